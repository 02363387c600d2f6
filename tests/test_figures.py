"""Numbers in messages: each is made text in one place, as its message asks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from rubric_sheets.findings.catalogue import CATALOGUE
from rubric_sheets.findings.figures import PLACES, POINTS, Figure, Percent, Phrase, said
from rubric_sheets.findings.finding import InputError, Words, finding

from .conftest import AS_USERS_SEE_IT

THIRD = Fraction(1, 3)


@pytest.mark.parametrize(
    ("code", "name", "value", "words"),
    [
        ("claim-too-high", "actual", THIRD, "0.33"),  # points
        ("claim-too-high", "expected", Fraction(5), "5"),
        ("sum-differs", "actual", THIRD, "0.3333333333"),  # an amount
        ("sum-differs", "actual", Fraction("12.345678"), "12.345678"),
        ("sum-differs", "gap", THIRD, "0.333333"),
        ("cell-text-number", "suggestion", Fraction("50.2"), "50.2"),
        ("percent-over", "actual", Percent(Fraction("1.6")), "160%"),
        ("percent-over", "actual", Percent(Fraction("0.949996")), "94.9996%"),
        ("percent-text", "expected", Figure(THIRD, "%", before="数字 "), "数字 0.33%"),
        ("percent-ambiguous", "actual", Figure(THIRD, places=4), "0.3333"),
        ("group-over", "expected", Phrase("不超过 {}", (THIRD,)), "不超过 0.33"),
        ("sum-differs", "parts", Phrase("{} {}", ("{甲}", THIRD)), "{甲} 0.3333333333"),
        (
            "fact-check",
            "problem",
            Phrase("{甲} 大于 {乙}{0}", {"甲": THIRD}),
            "0.3333333333 大于 {乙}{0}",
        ),
        ("form-unknown", "known", ["甲", "乙"], "甲、乙"),
        ("own-indicators", "what", ("甲", Phrase("{} 分", (THIRD,))), "甲、0.33 分"),
        ("incomplete", "count", 12, "12"),
        ("cell-text", "actual", "五十", "五十"),
    ],
)
def test_the_words_of_a_value(code: str, name: str, value: Any, words: str) -> None:
    assert said(code, name, value) == words


def test_the_tables_speak_of_messages_that_there_are() -> None:
    assert set(CATALOGUE) >= POINTS
    texts = "".join(problem + fix for _, problem, fix in CATALOGUE.values())
    assert all(f"{{{name}}}" in texts for name in PLACES)


def test_fields_of_a_finding_are_words_too() -> None:
    found = finding(
        "claim-too-high", "评分表", "H5", name="甲", actual=THIRD, expected=0, reason=""
    )
    assert (found.actual, found.expected, found.place) == ("0.33", "0", "评分表!H5")


def test_what_was_not_given_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own mistake; whoever has a file to hand in still reads what there is to say."""
    monkeypatch.setattr(Words, "__missing__", AS_USERS_SEE_IT)  # other tests refuse it
    found = finding("claim-too-high", "评分表", "H5", name="甲")
    assert found.message == "“甲”自评 … 分，按评分标准应得 … 分：…。"
    assert (found.actual, found.expected) == ("", "")
    assert str(InputError("file-not-found")) == "找不到文件“…”。请核对文件名和所在文件夹。"
