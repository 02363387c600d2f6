"""Judged within a graded range: the grade offers a range, points outside of it are told and clamped."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from typing import Any

import pytest

from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.authoring.problems import as_findings
from rubric_sheets.checks.evaluation import evaluate
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.pages.workbook_pages import pages
from rubric_sheets.rubric.load import numbers_as_text, resolve
from rubric_sheets.rubric.model import Rubric

SOURCE = """
id = "graded"
version = "1"
title = "分档"
source = "测试"
form = "department"
full_marks = 25
grades = [{ name = "好", min = 60 }, { name = "差", min = 0 }]

[[indicator]]
id = "goal"
levels = ["产出", "目标完成"]
weight = 10
[indicator.rule]
kind = "graded"
fact = "目标自评"
grade = "目标档次"
of = "share"
ranges = [
  { name = "达成", range = "[80,100]", synonyms = ["完成"] },
  { name = "基本达成", range = "[60,80)" },
  { name = "未达成", range = "[0,60)" },
]

[[indicator]]
id = "effect"
levels = ["效益", "示范作用"]
weight = 15
[indicator.rule]
kind = "graded"
fact = "示范自评"
grade = "示范档次"
of = "points"
ranges = [
  { name = "较强", range = "[10,15]" },
  { name = "一般", range = "[5,10]" },
  { name = "差", range = "[0,0]" },
]
"""


def source(old: str = "", new: str = "") -> dict[str, Any]:
    assert old in SOURCE
    found: dict[str, Any] = numbers_as_text(tomllib.loads(SOURCE.replace(old, new)))
    return found


def rubric() -> Rubric:
    assert not check_source(source())
    return resolve(source())


def outcome(grade: Any, claim: Any, id_: str = "goal") -> tuple[Any, str, str, list[str]]:
    """Score, status and reason of an indicator, and the codes of what is found of it."""
    known = rubric()
    rule = next(one["rule"] for one in known["indicators"] if one["id"] == id_)
    facts = blank(known)
    claims = {} if claim is None else {id_: {"自评得分": claim, "说明": "未完成"}}
    apply(known, facts, {"facts": {rule["grade"]: grade}, "claims": claims})
    found = evaluate(known, facts)
    result = next(one for one in found.card.results if one.spec["id"] == id_)
    codes = [one.code for one in found.findings if result.spec["levels"][-1] in one.message]
    return result.score, result.status, result.reason, codes


@pytest.mark.parametrize(
    ("grade", "claim", "score", "codes"),
    [
        ("达成", 10, 10, []),
        ("完成", 8, 8, []),
        ("达成", 7.99, 8, ["graded-outside"]),
        ("基本达成", "7.99", "7.99", []),
        ("基本达成", 8, 8, ["graded-outside"]),
        ("基本达成", 9, 8, ["graded-outside"]),
        ("基本达成", 6, 6, []),
        ("未达成", 0, 0, []),
        ("未达成", 6, 6, ["graded-outside"]),
        ("达成", 11, 10, ["claim-outside"]),
    ],
)
def test_points_stay_within_the_range_of_the_grade(
    grade: str, claim: Any, score: Any, codes: list[str]
) -> None:
    given, status, _, found = outcome(grade, claim)
    assert (given, status) == (Fraction(score), "judged")
    assert found == codes


def test_the_reason_tells_the_range_and_what_was_made_of_the_points() -> None:
    assert outcome("基本达成", 7)[2] == (
        "评为“基本达成”，可得6分（含）—8分，自评 7 分，得 7 分，扣 3 分"
    )
    assert outcome("基本达成", 9)[2] == (
        "评为“基本达成”，可得6分（含）—8分，自评 9 分，不在此档之内，按 8 分计，得 8 分，扣 2 分"
    )


def test_a_grade_of_one_figure_needs_no_points() -> None:
    assert outcome("差", None, "effect")[:2] == (0, "judged")
    assert outcome("一般", None, "effect")[:2] == (None, "missing")


def test_points_without_a_grade_are_told() -> None:
    score, status, reason, codes = outcome(None, 9)
    assert (score, status) == (9, "missing")
    assert "目标档次" in reason
    assert codes == ["claim-without-fact"]


def test_what_does_not_apply_leaves_the_base() -> None:
    for grade, claim in (("不适用", 9), ("达成", "不适用"), ("不适用", None), (None, "不适用")):
        assert outcome(grade, claim)[1] == "not_applicable"


def test_the_form_offers_the_grades_and_the_range() -> None:
    """A drop-down of the grades; the cell of the score takes what the grade allows."""
    items = {one.name: one for page in pages(rubric()) for one in page.items if one.name}
    grade, score = items["目标档次"].fact, items["目标自评"].fact
    assert grade is not None
    assert score is not None
    assert grade["choices"] == ["达成", "基本达成", "未达成"]
    offered = "达成 8分（含）—10分（含）；基本达成 6分（含）—8分；未达成 0分（含）—6分"
    assert grade["help"] == score["help"] == f"各档得分：{offered}"
    assert score["least"].startswith('IF(OR(目标档次="达成",目标档次="完成"),10*0.8,')


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[80,100]", "[80,)", "rubric-range-open"),
        ("[80,100]", "80—100", "rubric-band-range"),
        ("[60,80)", "[60,85)", "rubric-range-order"),
        ("[80,100]", "[80,110]", "rubric-points-over"),
        ("[10,15]", "[10,14]", "rubric-best-below"),
        ('"未达成"', '"完成"', "rubric-duplicate"),
    ],
)
def test_mistakes_are_told(old: str, new: str, code: str) -> None:
    given = source(old, new)
    told = as_findings(check_source(given), given)
    assert [one.code for one in told] == [code]
