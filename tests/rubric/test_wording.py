"""The wording of a standard: made of the rule in the words of its fact, or the bureau's own and
then of the same numbers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rubric_sheets.authoring.lint import check as lint
from rubric_sheets.authoring.lint.wording import numbers
from rubric_sheets.exact.intervals import parse, words
from rubric_sheets.exact.quantities import plain
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.rubric import load, unfold
from rubric_sheets.scoring.scorecard import score

from .helpers import STAFF, problems, put, small

INDICATOR = "indicator"


def made(unit: str, rule: dict[str, Any], name: str = "办理时间") -> Any:
    """A rubric whose first indicator measures a fact of this unit."""
    source = small()
    source["fact"].append({"name": name, "kind": "count", "unit": unit})
    spec = source["indicator"][STAFF]
    spec.pop("ratio"), spec.pop("case")
    spec.update(value=name, rule=rule)
    return load.resolve(source)


def reason(rubric: Any, name: str, value: int) -> str:
    facts = blank(rubric)
    apply(rubric, facts, {"facts": {name: value}})
    return score(rubric, facts).results[0].reason


LATE = {"kind": "deduct", "side": "over", "limit": "5", "every": "2", "lose": "1", "step": "whole"}
PLACES = {
    "kind": "bands",
    "bands": [
        {"range": "[1,1]", "points": "20"},
        {"range": "[2,3]", "points": "15"},
        {"range": "[4,)", "points": "0"},
    ],
}


def test_the_unit_of_the_fact() -> None:
    rubric = made("工作日", LATE)
    text = rubric["indicators"][STAFF]["standard"]
    assert text == "办理时间≤5工作日，计20分；每超过2工作日扣1分（不足2工作日的不扣），扣完为止。"
    assert (
        reason(rubric, "办理时间", 9)
        == "办理时间 9工作日，超过 5工作日 满 4 工作日，每 2 工作日扣 1 分，扣 2 分"
    )
    assert "百分点" not in text


def test_places_in_an_order() -> None:
    rubric = made("名次", PLACES, "全市排名")
    text = rubric["indicators"][STAFF]["standard"]
    assert text == "全市排名第1名，计20分；第2—3名，计15分；第4名及以后，不得分。"
    assert reason(rubric, "全市排名", 3) == "全市排名 第3名，在“第2—3名”一档，得 15 分，扣 5 分"


@pytest.mark.parametrize(
    ("range_", "unit", "text"),
    [
        ("(,-5]", "%", "-5%（含）以下"),
        ("(-5,0]", "%", "-5%—0%（含）"),
        ("(0,)", "%", "大于0%"),
        ("(,3]", "名次", "第3名及以前"),
        ("[1,3)", "名次", "第1—3名（不含）"),
    ],
)
def test_bands_in_words(range_: str, unit: str, text: str) -> None:
    assert words(parse(range_), unit) == text


def test_a_ratio_of_the_rubrics_own_is_explained() -> None:
    """Those that every office knows are not."""
    rubric = load.resolve(small())
    assert rubric["indicators"][STAFF]["standard"].endswith("控制率=在职人员数 ÷ 编制数 × 100%。")
    known = load.load("yueyang-department")["indicators"][0]["standard"]
    assert "÷" not in known


OWN = [
    ("控制率不超过100%的计20分；每超过一个百分点扣1分。", ""),
    ("控制率不超过１００％的计２０分，超过的酌情扣分。", ""),
    ("控制率不超过100%的计15分；每超过一个百分点扣1分。", "20"),
    ("按文件执行。", "20"),
]


@pytest.mark.parametrize(("text", "missing"), OWN)
def test_the_bureaus_own_wording_has_the_numbers_of_the_rule(text: str, missing: str) -> None:
    found = [
        one
        for one in problems(put(INDICATOR, STAFF, "standard", to=text))
        if one.code == "rubric-wording"
    ]
    assert [one.params["actual"] for one in found] == ([missing] if missing else [])
    assert all(one.path == (INDICATOR, STAFF, "standard") for one in found)


def test_numbers_that_are_spelled() -> None:
    assert numbers("每低于三个百分点扣０.５分，分两档") == {plain("3"), plain("0.5"), plain("2")}
    assert numbers("第一、单位统一部署") == set()


# The figures of 附件3-1, as the finance bureau prints them.
OFFICIAL = {
    "staff-control": "100 5 0.5",
    "three-public-change": "0 5 0.5",
    "key-spending": "90 5 80 4 70 3 60 2",
    "budget-adjustment": "0 3 10 2 20 1 30 0.5",
    "payment-progress": "0.5",
    "carry-over": "3 2",
    "three-public-control": "100 6 1",
    "procurement": "100 0.2",
    "official-card": "50 0.2",
    "asset-use": "100 0.1",
    "satisfaction": "95 5 85 3 75 1",
}


@pytest.mark.parametrize(("id_", "figures"), OFFICIAL.items())
def test_the_official_figures_of_yueyang(id_: str, figures: str) -> None:
    specs = {spec["id"]: spec for spec in load.load("yueyang-department")["indicators"]}
    text = specs[id_]["standard"]
    told = set(re.findall(r"[0-9]+(?:\.[0-9]+)?", text))
    assert set(figures.split()) <= told | {"0", "1"}


def test_a_ratio_may_stand_in_formulas_under_its_name() -> None:
    """In points, in conditions and in other ratios; the standard tells what it is."""
    source = small()
    source["ratios"]["两率之和"] = "变动率 + 控制率"
    source["indicator"][2]["rule"]["conditions"][0]["points"] = "两率之和 × 10"
    source["indicator"][2]["void_when"] = "控制率 > 120%"
    source["indicator"][1].update(value="三公经费")
    del source["indicator"][1]["ratio"]
    assert "rubric-ratio-unused" not in [one.code for one in lint.check_source(source)]
    rubric = load.resolve(source)
    spec = rubric["indicators"][2]
    assert "按“两率之和 × 10”计分" in spec["standard"]
    assert "两率之和=变动率 + 控制率 × 100%。" in spec["standard"].replace("(", "").replace(")", "")
    assert "控制率 > 120%的，不得分" in spec["standard"]
    assert spec["void_when"] == "(在职人员数 / 编制数) > 120%"
    again = unfold.source_of(rubric)
    assert again["ratios"] == source["ratios"]
    assert again["indicator"][2]["void_when"] == "控制率 > 120%"
    assert load.resolve(again) == rubric


def test_a_ratio_with_a_mistake_is_told_where_it_stands() -> None:
    """Also where a formula names it."""
    parts = [{"text": "甲", "most": "10", "points": "控制率 × 10"}]
    for text in ("在职人员数 / (编制数, 2", "1001e999", "编制数,", "控制率 + 1"):
        change = put("indicator", 3, "rule", to={"kind": "composite", "parts": parts})
        found = problems(put("ratios", "控制率", to=text), change)
        assert [one.path for one in found if one.path[0] == "ratios"] == [("ratios", "控制率")]


def test_a_ratio_that_is_too_much_for_a_formula_is_told() -> None:
    source = small()
    source["ratios"] |= {"长": " + ".join(["在职人员数"] * 80)}
    source["ratios"] |= {"更长": "长 + 长"}
    source["indicator"][2]["void_when"] = "更长 > 1"
    found = {one.path: one.params.get("what") for one in lint.check_source(source)}
    for path in (("ratios", "更长"), ("indicator", 2, "void_when")):
        assert found[path] == "把用到的比率换成公式，就超过 600 个字了"


def test_a_text_is_no_ratio() -> None:
    codes = [one.code for one in problems(put("ratios", "控制率", to="“甲”"))]
    assert "rubric-formula" in codes
