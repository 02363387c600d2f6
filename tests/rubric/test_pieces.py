"""Pieces, formulas for points, settings of a zero denominator, and what leaves no points: as a bureau writes them."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from typing import Any

import pytest

from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.authoring.problems import as_findings
from rubric_sheets.checks.evaluation import evaluate
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.rubric.load import numbers_as_text, resolve

TOP = """
id = "one"
version = "1"
title = "一条"
source = "测试"
form = "plain"
full_marks = 10
grades = [{ name = "好", min = 60 }, { name = "差", min = 0 }]
[ratios]
"率" = "完成数 / 计划数"
[[fact]]
name = "完成数"
kind = "amount"
[[fact]]
name = "计划数"
kind = "amount"
[[fact]]
name = "名次"
kind = "count"
unit = "名"
[[fact]]
name = "绩效目标"
kind = "yes_no"
[[fact]]
name = "社会公众或服务对象满意度"
kind = "percent"
[[indicator]]
id = "one"
levels = ["管理", "完成"]
weight = 10
"""


def source(text: str) -> dict[str, Any]:
    found: dict[str, Any] = numbers_as_text(tomllib.loads(TOP + text, parse_float=str))
    return found


def errors(text: str) -> list[str]:
    given = source(text)
    told = as_findings(check_source(given), given)
    return [one.code for one in told if one.code != "rubric-ratio-unused"]


def outcome(text: str, claim: Any = None, **facts: Any) -> Any:
    assert errors(text) == []
    rubric = resolve(source(text))
    given = blank(rubric)
    claims = {} if claim is None else {"one": {"自评得分": claim}}
    apply(rubric, given, {"facts": facts, "claims": claims})
    return evaluate(rubric, given)


def result(text: str, **facts: Any) -> Any:
    return outcome(text, **facts).card.results[0]


NOTHING_BELOW_60 = """
ratio = "率"
rule.kind = "pieces"
rule.pieces = [
  { range = "[90,)", points = "分值" },
  { range = "[60,90)", points = "指标值×分值" },
  { range = "(,60)", points = 0 },
]
"""
WITHOUT_JUMP = """
ratio = "率"
rule.kind = "pieces"
rule.pieces = [
  { range = "[90,)", points = "分值" },
  { range = "[60,90)", points = 4, until = 10 },
  { range = "(,60)", points = 0 },
]
"""
UNEQUAL_STEPS = """
ratio = "率"
rule.kind = "pieces"
rule.pieces = [
  { range = "[100,)", points = "分值" },
  { range = "[90,100)", points = "分值 - 0.2 × 取整((100% - 指标值) × 100)" },
  { range = "(,90)", points = "分值 - 2 - 1 × 取整((90% - 指标值) × 100)" },
]
"""
OVER_FULFILMENT = """
ratio = "率"
rule.kind = "pieces"
rule.pieces = [{ range = "(,)", points = "较小值(指标值, 100%) × 分值" }]
"""
RANKS = """
value = "名次"
rule.kind = "pieces"
rule.pieces = [
  { range = "[1,3]", points = 10, until = 8 },
  { range = "(3,10]", points = 5 },
  { range = "(10,)", points = 0 },
  { range = "[0,1)", points = 0 },
]
"""


@pytest.mark.parametrize(
    ("text", "done", "score"),
    [
        (NOTHING_BELOW_60, "90", "10"),
        (NOTHING_BELOW_60, "89.99", "8.999"),
        (NOTHING_BELOW_60, "60", "6"),
        (NOTHING_BELOW_60, "59.99", "0"),
        (WITHOUT_JUMP, "60", "4"),
        (WITHOUT_JUMP, "75", "7"),
        (WITHOUT_JUMP, "89.9", "9.98"),
        (UNEQUAL_STEPS, "97.5", "9.6"),
        (UNEQUAL_STEPS, "90", "8"),
        (UNEQUAL_STEPS, "87.9", "6"),
        (UNEQUAL_STEPS, "10", "0"),
        (OVER_FULFILMENT, "140", "10"),
        (OVER_FULFILMENT, "70", "7"),
    ],
)
def test_pieces_of_a_rate(text: str, done: str, score: str) -> None:
    assert result(text, 完成数=done, 计划数=100).score == Fraction(score)


@pytest.mark.parametrize(("rank", "score"), [(1, 10), (2, 9), (3, 8), (4, 5), (11, 0)])
def test_pieces_of_a_rank(rank: int, score: int) -> None:
    assert result(RANKS, 名次=rank).score == score


def test_the_reason_and_the_standard_say_how() -> None:
    one = result(NOTHING_BELOW_60, 完成数=85, 计划数=100)
    assert one.reason == (
        "率 85 ÷ 100 = 85%，在“60%（含）—90%”一段，指标值 × 分值 = 0.85 × 10，得 8.5 分，扣 1.5 分"
    )
    assert one.spec["standard"] == (
        "率90%（含）以上，计10分；60%（含）—90%，按“率 × 10”计分；低于60%，不得分。"
        "率=完成数 ÷ 计划数 × 100%。"
    )
    run = result(WITHOUT_JUMP, 完成数=75, 计划数=100)
    assert "从 4 分到 10 分按比例，得 7 分" in run.reason
    assert "从4分到10分按比例计分" in run.spec["standard"]


PROGRESS = """
rule.kind = "conditions"
rule.conditions = [
  { when = "绩效目标 = 否", points = 0, text = "未设置绩效目标" },
  { when = "计划数 = 0", points = "分值" },
  { when = "完成数 ÷ 计划数 ≥ 50%", points = "完成数 ÷ 计划数 × 分值" },
  { points = "如果(社会公众或服务对象满意度 >= 90%, 3, 1)" },
]
"""


def test_a_condition_may_give_a_formula_and_ask_for_words() -> None:
    assert (
        result(PROGRESS, 绩效目标="否").reason == "绩效目标 否，未设置绩效目标，得 0 分，扣 10 分"
    )
    given = result(PROGRESS, 绩效目标="是", 完成数=60, 计划数=80)
    assert given.score == Fraction("7.5")
    assert "完成数 ÷ 计划数 × 分值 = 60 ÷ 80 × 10，得 7.5 分" in given.reason
    low = result(PROGRESS, 绩效目标="是", 完成数=6, 计划数=80, 社会公众或服务对象满意度=92)
    assert low.score == 3


@pytest.mark.parametrize(
    ("settings", "done", "planned", "score", "status"),
    [
        ("", 0, 0, None, "not_applicable"),
        ("", 5, 0, None, "error"),
        ('zero = "none"', 0, 0, 0, "scored"),
        ('zero = "full"', 5, 0, None, "error"),
        ('over_zero = "full"', 5, 0, 10, "scored"),
        ('over_zero = "none"', 5, 0, 0, "scored"),
        ('over_zero = "not_applicable"', 5, 0, None, "not_applicable"),
        ('over_zero = "full"', 0, 0, None, "not_applicable"),
    ],
)
def test_a_denominator_of_zero(
    settings: str, done: int, planned: int, score: int | None, status: str
) -> None:
    one = result(f'ratio = "率"\n{settings}\nrule.kind = "share"\n', 完成数=done, 计划数=planned)
    assert (one.score, one.status) == (score, status)


def test_a_zero_denominator_inside_of_a_ratio_has_its_setting_too() -> None:
    text = 'ratio = "率"\nrule.kind = "share"\n'
    inside = {"ratios": {"率": "1 - 完成数 / 计划数"}}
    for setting, score in (("", None), ('zero = "full"\n', Fraction(10))):
        rubric = resolve(source(setting + text) | inside)
        facts = blank(rubric)
        apply(rubric, facts, {"facts": {"完成数": 0, "计划数": 0}})
        assert evaluate(rubric, facts).card.results[0].score == score


VOID = """
value = "社会公众或服务对象满意度"
void_when = "绩效目标 = 否"
void_text = "未设置绩效目标"
rule.kind = "share"
"""


def test_a_condition_leaves_no_points() -> None:
    assert result(VOID, 社会公众或服务对象满意度=90, 绩效目标="是").score == 9
    void = outcome(VOID, claim=9, 绩效目标="否")
    assert void.card.results[0].score == 0
    assert void.card.results[0].reason == "未设置绩效目标，按规定得 0 分"
    assert "claim-too-high" in [one.code for one in void.findings]
    assert result(VOID, 社会公众或服务对象满意度=90).status == "missing"


def test_the_unit_is_told_that_its_own_score_is_void() -> None:
    text = 'void_when = "绩效目标 = 否"\nrule = { kind = "judged", fact = "自评一" }\n'
    void = outcome(text, claim=9, 绩效目标="否")
    assert (void.card.results[0].status, void.card.results[0].score) == ("judged", 0)
    assert "claim-too-high" in [one.code for one in void.findings]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[60,90)", "[60,85)", "rubric-band-gap"),
        ("指标值×分值", "指标值×", "rubric-formula"),
        ("指标值×分值", "完成率 × 分值", "rubric-fact-unknown"),
        ("指标值×分值", "绩效目标 × 分值", "rubric-fact-kind"),
        ("指标值×分值", "如果(计划数 = 是, 1, 2)", "rubric-formula"),
        ("指标值×分值", "如果(绩效目标 = “好”, 1, 2)", "rubric-formula"),
        ('points = "分值"', "points = 12", "rubric-points-over"),
        ('points = "分值"', "points = 9, until = 10", "rubric-run-open"),
    ],
)
def test_mistakes_are_told(old: str, new: str, code: str) -> None:
    assert old in NOTHING_BELOW_60
    assert code in errors(NOTHING_BELOW_60.replace(old, new))


def test_a_name_with_the_word_for_or_is_a_name() -> None:
    """社会公众或服务对象满意度 is the official one."""
    one = result(
        'value = "社会公众或服务对象满意度"\nrule.kind = "share"\n', 社会公众或服务对象满意度=85
    )
    assert one.score == Fraction("8.5")
    text = 'applies_when = "社会公众或服务对象满意度>0或计划数>0"\n' + NOTHING_BELOW_60
    one = result(text, 社会公众或服务对象满意度=0, 完成数=9, 计划数=10)
    assert one.score == 10


def test_a_condition_that_divides_by_zero_is_told() -> None:
    text = 'applies_when = "完成数 / 计划数 > 1"\nvalue = "名次"\nrule.kind = "share"\n'
    one = result(text, 完成数=1, 计划数=0, 名次=1)
    assert (one.status, one.reason) == (
        "error",
        "适用条件“完成数 / 计划数 > 1”的分母为 0，无法判断",
    )
