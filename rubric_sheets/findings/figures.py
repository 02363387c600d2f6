"""The words of what a finding is given: whoever finds something passes numbers,
and only here they become text.

A plain number is shown as its code asks: points with two decimals, an amount with all that it has,
a gap with six. What is shown in another way says so itself: Figure, Percent, Phrase.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import exact, percent, show
from ..records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Figure(Record):
    """At most `places` decimals, and a unit: `60%`, `12.5个`, `数字 60%`."""

    value: Fraction
    unit: str = ""
    places: int = 2
    before: str = ""


class Percent(Record):
    """A ratio, shown in percent: 0.95 is `95%`."""

    ratio: Fraction


class Phrase(Record):
    """Words around numbers or other values: Phrase("不超过 {}", (room,)). A form's own text has
    their names in it, Phrase("{收入合计} 小于 0", {"收入合计": total}), and no format language:
    it may come from outside."""

    text: str
    values: tuple[Any, ...] | dict[str, Any]


# The codes whose plain numbers are points.
POINTS = frozenset(
    (
        "weight-changed",
        "weights-sum",
        "own-weights",
        "own-indicators",
        "not-judged",
        "claim-outside",
        "graded-outside",
        "report-level-weight",
        "claim-not-applicable",
        "claim-rounding",
        "claim-too-high",
        "claim-too-low",
        "claim-weighted-twice",
        "claim-contradicted",
        "goal-none",
        "goal-too-high",
        "goal-too-low",
        "full-without-fact",
        "claim-without-fact",
        "lost-without-reason",
        "group-over",
        "subtotal-differs",
        "subtotal-impossible",
        "total-differs",
        "total-impossible",
        "grade-differs",
        "incomplete",
    )
)
PLACES = {"gap": 6}  # decimals of a parameter, whatever its code


def said(code: str, name: str, value: Any) -> str:
    """The words for `value`, given as the parameter `name` of the message `code`."""
    if isinstance(value, str):
        return value
    if isinstance(value, Fraction):
        if name in PLACES:
            return show(value, PLACES[name])
        return show(value) if code in POINTS else exact(value)
    if isinstance(value, Figure):
        return value.before + show(value.value, value.places) + value.unit
    if isinstance(value, Percent):
        return percent(value.ratio)
    if isinstance(value, Phrase):
        return _phrase(code, name, value)
    if isinstance(value, (list, tuple)):
        return "、".join(said(code, name, inner) for inner in value)
    return str(value)


def told_apart(words: dict[str, str], params: dict[str, Any]) -> dict[str, str]:
    """`expected` and `actual` with all their digits, where rounding would show two figures that
    differ as the same."""
    expected, actual = params.get("expected"), params.get("actual")
    if not isinstance(expected, Fraction) or not isinstance(actual, Fraction):
        return {}
    if expected == actual or words["expected"] != words["actual"]:
        return {}
    return {"expected": exact(expected), "actual": exact(actual)}


def _phrase(code: str, name: str, phrase: Phrase) -> str:
    text, values = phrase
    if isinstance(values, tuple):
        return text.format(*(said(code, name, inner) for inner in values))
    for key, inner in values.items():
        text = text.replace("{" + key + "}", said(code, name, inner))
    return text
