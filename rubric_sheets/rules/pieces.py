"""分段计分: each stretch of the measure gives points, a formula's points, or points that run evenly
from one of its ends to the other."""

from __future__ import annotations

from fractions import Fraction

from ..exact.expressions import ZeroDenominator, parse
from ..exact.intervals import condition, words
from ..exact.intervals import parse as interval_of
from ..exact.quantities import NOT_APPLICABLE, plain, show
from ..exact.written import to_chinese
from .base import (
    INSIDE,
    Cells,
    Given,
    Parameter,
    Rule,
    Scored,
    Subject,
    asks_nothing,
    clamp,
    no_faults,
    whole_weight,
)
from .worth import constant, ending, excel, facts_of, said, where_filled, worked, worth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LABEL = "分段计分"
READS_MEASURE = True
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (
    Parameter("pieces", "分段", "pieces", help="每段写区间和得分，得分可以是数、公式，或从几到几"),
)
asked = asks_nothing
faults = no_faults
base_formula = whole_weight


def facts(rule: Rule) -> list[str]:
    names = (name for row in rule["pieces"] for name in facts_of(row["points"]))
    return list(dict.fromkeys(names))


def needed(rule: Rule, known: dict[str, Any], x: Fraction) -> list[str]:
    """The facts of the one piece that gives the points."""
    row = _piece(rule, x)
    return facts_of(row["points"]) if row else []


def _piece(rule: Rule, x: Fraction) -> dict[str, Any] | None:
    return next((row for row in rule["pieces"] if interval_of(row["range"]).holds(x)), None)


def _run(row: dict[str, Any]) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """(from, to) of the measure and of the points."""
    interval = interval_of(row["range"])
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high, plain(row["points"]), plain(row["until"])


def _points(row: dict[str, Any], given: Given) -> Fraction:
    if "until" not in row:
        return worth(row["points"], given)
    low, high, start, end = _run(row)
    return clamp(start + (end - start) * (given.x - low) / (high - low), given.weight)


def score(rule: Rule, given: Given) -> Scored:
    if NOT_APPLICABLE in given.values.values():
        return Scored(None, given.weight * 0)
    row = _piece(rule, given.x)
    if row is None:
        return Scored(None, given.weight, (("no-band", {"what": given.text}),))
    try:
        return Scored(_points(row, given), given.weight)
    except ZeroDenominator:
        told = {"name": given.text, "reason": "分母为 0"}
        return Scored(None, given.weight, (("not-computable", told),))


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    row = _piece(rule, given.x)
    if NOT_APPLICABLE in given.values.values():
        return "所需数据填为不适用"
    if row is None:
        return f"{given.text}，不在任何一段之内"
    place = f"{given.text}，在“{words(interval_of(row['range']), given.unit)}”一段"
    if scored.points is None:
        return f"{place}，分母为 0，无法计算"
    return f"{place}{_how(row, given)}，{ending(scored.points, given.weight)}"


def _how(row: dict[str, Any], given: Given) -> str:
    """How its points came about, where they are no figure of the rubric."""
    if "until" in row:
        start, end = (show(plain(row[key]), 10) for key in ("points", "until"))
        return f"，从 {start} 分到 {end} 分按比例"
    text = row["points"]
    if constant(text) is not None or not (facts_of(text) or " " in to_chinese(parse(text))):
        return ""
    return f"，{to_chinese(parse(text))} = {worked(text, given)}"


def formula(rule: Rule, cells: Cells) -> str:
    text = '"无法计算"'
    for row in reversed(rule["pieces"]):
        inside = condition(interval_of(row["range"]), f"ROUND({cells.x},8)")
        text = f"IF({inside},{_excel(row, cells)},{text})"
    if any("/" in _excel(row, cells) for row in rule["pieces"] if "until" not in row):
        text = f'IFERROR({text},"无法计算")'
    return text


def _excel(row: dict[str, Any], cells: Cells) -> str:
    """Each piece asks for its own facts where it counts."""
    if "until" not in row:
        points = row["points"]
        return where_filled(facts_of(points), parse(points), excel(points, cells))
    low, high, start, end = _run(row)
    rate, above = show(end - start, 10), f"({cells.x}-({show(low, 10)}))"
    points = f"{show(start, 10)}+({rate})*{above}/{show(high - low, 10)}"
    return f"MAX(0,MIN({cells.weight},{points}))"


def standard(rule: Rule, subject: Subject) -> str:
    parts = []
    for row in rule["pieces"]:
        text = said(row["points"], subject)
        if row["points"] == "分值":
            text = f"计{subject.weight}分"
        if "until" in row:
            start, end = (show(plain(row[key]), 10) for key in ("points", "until"))
            text = f"从{start}分到{end}分按比例计分"
        parts.append(f"{words(interval_of(row['range']), subject.unit)}，{text}")
    return f"{subject.name}{'；'.join(parts)}。"
