"""What is still open: groups with computed members, blank weights, and how far a form has come."""

from __future__ import annotations

from typing import Any

import pytest

from rubric_sheets.checks import standing
from rubric_sheets.checks.evaluation import Evaluation, as_json, evaluate
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.rubric.load import load
from rubric_sheets.rubric.model import Rubric


def evaluated(rubric: Rubric, data: dict[str, Any]) -> Evaluation:
    facts = blank(rubric)
    apply(rubric, facts, data)
    return evaluate(rubric, facts)


@pytest.fixture
def mixed() -> Rubric:
    """The merged weight of 15 with a member that a rule scores: 社会效益 by the carry-over."""
    rubric: Any = dict(load("yueyang-department"))
    conditions = [{"when": "累计结余 = 0", "points": "6"}, {"points": "2"}]
    rubric["indicators"] = [
        {**spec, "rule": {"kind": "conditions", "conditions": conditions}}
        if spec["id"] == "social-benefit"
        else spec
        for spec in rubric["indicators"]
    ]
    return rubric  # type: ignore[no-any-return]


def test_a_computed_member_of_a_group_is_no_claim_of_the_unit(mixed: Rubric) -> None:
    card = evaluated(mixed, {"facts": {"累计结余": 5}}).card
    reasons = {result.spec["id"]: result.reason for result in card.results}
    assert reasons["social-benefit"].startswith("累计结余 5，不符合以上各条，得 2 分")
    assert reasons["social-benefit"].endswith("（与同组各项合计不超过 15 分）")


def test_a_merged_weight_tells_what_it_loses(mixed: Rubric) -> None:
    claims = {"economic-benefit": {"自评得分": 5}, "ecological-benefit": {"自评得分": 4}}
    card = evaluated(mixed, {"facts": {"累计结余": 0}, "claims": claims}).card
    reasons = {result.spec["id"]: result.reason for result in card.results}
    assert reasons["ecological-benefit"] == "单位自评 4 分（同组各项合计 15 分，满分 15 分）"
    claims["ecological-benefit"]["自评得分"] = 2
    card = evaluated(mixed, {"facts": {"累计结余": 0}, "claims": claims}).card
    reasons = {result.spec["id"]: result.reason for result in card.results}
    assert reasons["economic-benefit"] == "单位自评 5 分（同组各项合计 13 分，满分 15 分，扣 2 分）"
    claims["ecological-benefit"]["自评得分"] = 9
    card = evaluated(mixed, {"facts": {"累计结余": 0}, "claims": claims}).card
    reasons = {result.spec["id"]: result.reason for result in card.results}
    assert reasons["economic-benefit"] == "单位自评 5 分（同组各项合计 20 分，按上限 15 分计）"


def test_a_missing_computed_member_is_not_done(mixed: Rubric) -> None:
    claims = {"claims": {"economic-benefit": {"自评得分": 9}}}
    blank_member = evaluated(mixed, claims).card
    known = evaluated(mixed, {**claims, "facts": {"累计结余": 0}}).card
    assert blank_member.pending == known.pending + 2  # itself, and 资金结余
    assert blank_member.room is not None
    assert known.room is not None
    assert blank_member.room - known.room == 6 + 3


def test_a_merged_weight_in_one_cell_is_done() -> None:
    rubric = load("yueyang-department")
    before = evaluated(rubric, {}).card
    after = evaluated(rubric, {"claims": {"economic-benefit": {"自评得分": 12}}}).card
    assert (before.progress, after.progress) == ((0, 25), (3, 25))
    assert after.room == 100 - 15


def test_a_form_just_begun_is_told_how_far_it_has_come() -> None:
    rubric = load("yueyang-department")
    facts = {"编制数": 14, "在职人员数": 14, "累计结余": 0}
    found = evaluated(rubric, {"facts": facts})
    assert standing.result(found.card) == "已得 8 分，最多再得 92 分（未完成：已评 2/25 项）"
    shown = as_json("a.xlsx", found)
    assert (shown["grade"], shown["possible"]) == ("", {"least": "8", "most": "100"})
    assert shown["progress"] == {"scored": 2, "of": 25}


def test_blank_weights_never_rescale() -> None:
    rubric = load("xushui-management")
    facts = {"资产管理分值": 8, "资产管理自评": 7}
    card = evaluated(rubric, {"facts": facts}).card
    assert (card.total, card.base, card.grade, card.possible) == (7, 100, "", None)
    others = [spec["weight_fact"] for spec in rubric["indicators"] if "weight_fact" in spec]
    rest = {name: "不适用" for name in others if name != "资产管理分值"}
    outside = {"财政改革创新加分": 0, "存在问题扣分": 0}
    card = evaluated(rubric, {"facts": facts | rest | outside}).card
    assert (card.total, card.base, card.grade) == (87.5, 8, "良")


def test_a_bonus_without_a_limit_keeps_the_grade_open() -> None:
    rubric = load("xushui-management")
    weights = [spec["weight_fact"] for spec in rubric["indicators"] if "weight_fact" in spec]
    facts: dict[str, Any] = dict.fromkeys(weights, "不适用")
    facts |= {"资产管理分值": 8, "资产管理自评": 7, "存在问题扣分": 0}
    card = evaluated(rubric, {"facts": facts}).card
    assert (card.total, card.grade, card.possible) == (87.5, "", None)
