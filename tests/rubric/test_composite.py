"""Parts of different kinds inside of one indicator, each with a limit of its own."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from typing import Any

import pytest

from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.checks.evaluation import evaluate
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.rubric.load import numbers_as_text, resolve

TEXT = """
id = "one"
version = "1"
title = "一条"
source = "测试"
form = "plain"
full_marks = 5
grades = [{ name = "好", min = 60 }, { name = "差", min = 0 }]
[[fact]]
name = "已付"
kind = "amount"
[[fact]]
name = "应付"
kind = "amount"
[[fact]]
name = "制度"
kind = "yes_no"
[[fact]]
name = "违规次数"
kind = "count"
[[fact]]
name = "项目数"
kind = "count"
[[indicator]]
id = "one"
levels = ["管理", "支付"]
weight = 5
void_when = "违规次数 > 9"
[indicator.rule]
kind = "composite"
parts = [
  { text = "制度健全", most = 2, points = "如果(制度 = 是, 2, 0)" },
  { text = "支付进度", most = 3, points = "如果(项目数 = 0, 2, 已付 ÷ 应付 × 3)" },
  { text = "违规", most = -1, points = "-0.3 × 违规次数" },
]
"""
ALL = {"制度": "是", "项目数": 4, "已付": 30, "应付": 40, "违规次数": 0}


def source(old: str = "", new: str = "") -> dict[str, Any]:
    assert old in TEXT
    found: dict[str, Any] = numbers_as_text(
        tomllib.loads(TEXT.replace(old, new, 1), parse_float=str)
    )
    return found


def result(**facts: Any) -> Any:
    assert check_source(source()) == []
    rubric = resolve(source())
    given = blank(rubric)
    apply(rubric, given, {"facts": {**ALL, **facts}})
    return evaluate(rubric, given).card.results[0]


@pytest.mark.parametrize(
    ("facts", "score", "base"),
    [
        ({}, "4.25", 5),
        ({"已付": 50}, "5", 5),
        ({"制度": "否"}, "2.25", 5),
        ({"项目数": 0}, "4", 5),
        ({"违规次数": 2}, "3.65", 5),
        ({"违规次数": 9}, "3.25", 5),
        ({"违规次数": 9, "制度": "否", "已付": 0}, "0", 5),
        ({"违规次数": 10}, "0", 5),
        ({"制度": "不适用"}, "2.25", 3),
        ({"应付": "不适用"}, "2", 2),
    ],
)
def test_parts_add_up_within_their_limits(facts: dict[str, Any], score: str, base: int) -> None:
    one = result(**facts)
    assert (one.score, one.base) == (Fraction(score), base)


def test_what_cannot_be_said() -> None:
    assert result(应付=0).status == "error"
    assert result(制度=None).status == "missing"
    assert result(制度="不适用", 应付="不适用").status == "not_applicable"


def test_the_reason_tells_each_part() -> None:
    assert result(违规次数=2, 制度="不适用").reason == (
        "①制度健全不适用，不计入分母；②支付进度 如果(项目数 = 0，2，30 ÷ 40 × 3)，得 2.25 分；"
        "③违规 −0.3 × 2，扣 0.6 分。共得 1.65 分"
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("most = 3", "most = 2", "rubric-points-sum"),
        ("most = -1", "most = 0", "rubric-not-positive"),
        ("已付 ÷ 应付", "已付 ÷ 应付数", "rubric-fact-unknown"),
        ("如果(制度 = 是, 2, 0)", "3", "rubric-points-over"),
        ("如果(制度 = 是, 2, 0)", "制度", "rubric-fact-kind"),
    ],
)
def test_mistakes_are_told(old: str, new: str, code: str) -> None:
    assert code in [one.code for one in check_source(source(old, new))]
