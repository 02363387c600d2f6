"""Points outside of the base that a rule counts: cases that add, cases that take off, and a veto of the whole."""

from __future__ import annotations

from typing import Any

import pytest

from rubric_sheets.checks.evaluation import evaluate
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.rubric.load import load

from ..honest import Honest


def card(**facts: Any) -> Any:
    """A complete unit with these facts."""
    rubric = load("department-graded")
    data = Honest(rubric, 3).data()
    data["claims"].pop("veto")  # what the unit makes of it must not stand in for its answer
    given = blank(rubric)
    apply(rubric, given, {**data, "facts": {**data["facts"], **facts}})
    return evaluate(rubric, given).card


NOTHING = {"国家级表彰": 0, "省级表彰": 0, "通报问题": 0, "骗取财政资金": "否"}


@pytest.mark.parametrize(
    ("facts", "bonus", "penalty"),
    [
        ({}, 0, 0),
        ({"国家级表彰": 1}, 2, 0),
        ({"国家级表彰": 1, "省级表彰": 2}, 3, 0),
        ({"通报问题": 2}, 0, 2),
        ({"通报问题": 9}, 0, 5),
        ({"国家级表彰": "不适用", "省级表彰": 1}, 1, 0),
    ],
)
def test_cases_count_up_to_the_limit(facts: dict[str, Any], bonus: int, penalty: int) -> None:
    found = card(**{**NOTHING, **facts})
    assert (found.bonus, found.penalty) == (bonus, penalty)


def test_a_veto_leaves_nothing_of_the_total() -> None:
    found = card(**{**NOTHING, "国家级表彰": 5, "骗取财政资金": "是"})
    assert (found.total, found.grade) == (0, "差")
    reason = next(one.reason for one in found.results if one.spec["id"] == "veto")
    assert reason == "骗取、套取财政资金被查实，一票否决，从总分里扣 103 分"
    assert card(**{**NOTHING, "骗取财政资金": "否"}).total > 0


def test_while_the_veto_is_not_answered_nothing_may_be_left() -> None:
    found = card(**{**NOTHING, "骗取财政资金": None})
    least, most = found.possible
    assert least == 0
    assert most == found.total > 0


def test_the_reason_tells_the_cases() -> None:
    found = card(**{**NOTHING, "国家级表彰": 1, "省级表彰": 2})
    reason = next(one.reason for one in found.results if one.spec["id"] == "awards")
    assert reason == (
        "①“预算绩效管理工作获国家级表彰或推广”1 例，每例加 2 分；②“获省级表彰或推广”2 例，"
        "每例加 1 分，最多加 3 分，加 3 分"
    )
