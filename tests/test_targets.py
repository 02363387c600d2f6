"""Targets and results as people type them. The readable cases stand in `cases/targets.toml`."""

from __future__ import annotations

import os
import sys
import tomllib
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric_sheets.exact.quantities import plain, show
from rubric_sheets.facts.model import Row
from rubric_sheets.rules import target as rule
from rubric_sheets.rules.base import Given
from rubric_sheets.rules.targets.judging import judge, reached
from rubric_sheets.rules.targets.signs import AT_LEAST, AT_MOST, EQUAL
from rubric_sheets.scoring.own_list import rule_of

with open(os.path.join(os.path.dirname(__file__), "cases", "targets.toml"), "rb") as file:
    CASES = tomllib.load(file)
RULES = {"bare": "≥", "mostly": "80", "undone": "0"}


@pytest.mark.parametrize(
    "case", CASES["pair"], ids=lambda case: f"{case['target']}→{case['result']}"
)
def test_a_pair(case: dict[str, Any]) -> None:
    found = judge(
        case["target"],
        case["result"],
        {
            **RULES,
            "bare": case.get("bare", "≥"),
            "year": case.get("year", ""),
            "name": case.get("name", ""),
        },
    )
    assert (found.kind, found.share) == (
        case["kind"],
        Fraction(case["share"]) if "share" in case else None,
    )
    assert found.share is not None or found.reason


@pytest.mark.parametrize(
    "text",
    [
        "≥" + "9" * 60,
        "9" * 60 + "台",
        "1~" + "9" * 60,
        "[1," + "9" * 60 + "]",
        "完成" + "9" * 60 + "台",
    ],
)
def test_endless_figures_are_no_figures(text: str) -> None:
    assert judge(text, "完成", RULES).kind == "完成"
    assert judge("≥65台", text, RULES).kind == "待定"


@pytest.mark.parametrize(
    "case", CASES["band"], ids=lambda case: f"{case['result']} {case['mostly_from']}"
)
def test_the_band_that_a_unit_may_choose_from(case: dict[str, Any]) -> None:
    parameters = {
        **RULES,
        "target": "有效推进",
        "actual": case["result"],
        "mostly_from": case["mostly_from"],
    }
    weight = Fraction(case["weight"])
    for claim, allowed in case["claims"].items():
        assert rule.allows(parameters, weight, plain(claim)) is allowed, claim
        scored = rule.score(parameters, Given(weight, Fraction(0), "", "", {"claim": plain(claim)}))
        default = (
            weight * plain(parameters["mostly" if case["result"] == "基本完成" else "undone"]) / 100
        )
        assert scored.points == (plain(claim) if allowed else default)
        if allowed:
            assert show(plain(claim)) in rule.explain(
                parameters, Given(weight, Fraction(0), "", "", {}), scored
            )


@pytest.mark.parametrize(
    "case", CASES["reason"], ids=lambda case: f"{case['target']}→{case['result']}"
)
def test_the_reason_can_be_checked_by_hand(case: dict[str, Any]) -> None:
    asked = {**RULES, "mostly_from": "60", "target": case["target"], "actual": case["result"]}
    given = Given(Fraction(case["weight"]), Fraction(0), "", "", {})
    assert rule.explain(asked, given, rule.score(asked, given)) == case["says"]


numbers = st.fractions(0, 1000, max_denominator=100)


@given(st.sampled_from((AT_LEAST, AT_MOST, EQUAL)), numbers, numbers)
def test_bounds_and_what_reaching_means(sign: str, goal: Fraction, value: Fraction) -> None:
    share = reached(sign, goal, goal, value)
    assert 0 <= share <= 1
    met = {AT_LEAST: value >= goal, AT_MOST: value <= goal, EQUAL: value == goal}[sign]
    assert (share == 1) is met


@given(st.sampled_from((AT_LEAST, AT_MOST)), numbers, numbers, numbers)
def test_better_never_scores_less(
    sign: str, goal: Fraction, one: Fraction, other: Fraction
) -> None:
    worse, better = sorted((one, other), reverse=sign == AT_MOST)
    assert reached(sign, goal, goal, worse) <= reached(sign, goal, goal, better)


@pytest.mark.parametrize(
    "doubt", ["未", "没有", "尚未", "预计", "计划", "即将", "争取", "推迟后", "不能", "待", "无法"]
)
@pytest.mark.parametrize(
    "word", ["完成", "达标", "符合要求", "满意", "实现", "落实", "完成65台", "按时完成", "全部完成"]
)
def test_a_doubt_before_the_word_is_never_done(doubt: str, word: str) -> None:
    for goal in ("提高", "≥65台", "12月31日前"):
        found = judge(goal, "项目" + doubt + word, RULES)
        assert found.share in (None, 0), (goal, found)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_judged_somehow(target: str, result: str) -> None:
    found = judge(target, result, RULES)
    assert found.share is None or 0 <= found.share <= 1
    assert found.share is not None or found.reason


@pytest.mark.parametrize(
    ("name", "level", "less"),
    [
        ("投诉率", "质量指标", True),
        ("平均办理时限", "时效指标", True),
        ("万元产值能耗", "生态效益指标", True),
        ("三公经费控制率", "", True),
        ("采购价格", "成本指标", True),
        ("投诉处理率", "质量指标", False),
        ("事故隐患整改率", "质量指标", False),
        ("成本节约率", "成本指标", False),
        ("时限达标率", "时效指标", False),
        ("设备采购数量", "数量指标", False),
        ("满意度", "服务对象满意度指标", False),
    ],
)
def test_a_bare_number_takes_its_direction_from_the_names(
    name: str, level: str, less: bool
) -> None:
    row = Row({"三级指标": name, "二级指标": level, "年度指标值": "5%", "实际完成值": "1%"})
    found = rule_of({"mostly": "80", "mostly_from": "60", "undone": "0"}, row)
    assert found["bare"] == ("≤" if less else "≥")


def test_the_words_are_the_rubrics() -> None:
    row = Row({"三级指标": "噪声", "二级指标": "", "年度指标值": "50分贝", "实际完成值": "40分贝"})
    targets = {"mostly": "80", "mostly_from": "60", "undone": "0", "less": "噪声、粉尘"}
    assert rule_of(targets, row)["bare"] == "≤"


@pytest.mark.parametrize(
    "piece", ["计划65台，完成60台；", "1台", "完成", "1,", "第1名", "没有事故"]
)
def test_a_long_text_is_read_in_its_length(piece: str) -> None:
    """Every character is looked at a bounded number of times: counted, not timed."""

    def steps(length: int) -> int:
        text, count = piece * (length // len(piece)), 0

        def look(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(look)
        try:
            judge("≥65台", text, RULES)
        finally:
            sys.setprofile(None)
        return count

    assert steps(8000) <= 5 * steps(2000) + 2000


@pytest.mark.parametrize(
    ("goal", "bare", "said"),
    [
        ("5%", "≤", "（指标值没有写方向，按不高于核对）"),
        ("5%", "≥", "（指标值没有写方向，按不低于核对）"),
        ("≤5%", "≥", ""),
        ("5%以内", "≥", ""),
        ("1%~5%", "≥", ""),
        ("完成", "≥", ""),
    ],
)
def test_the_reason_says_which_direction_was_taken(goal: str, bare: str, said: str) -> None:
    asked = {**RULES, "mostly_from": "60", "target": goal, "actual": "1%", "bare": bare}
    given = Given(Fraction(5), Fraction(0), "", "", {})
    reason = rule.explain(asked, given, rule.score(asked, given))
    assert ("没有写方向" in reason) == bool(said)
    assert said in reason
