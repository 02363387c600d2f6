"""分档计分: each band of the measure, with open or closed ends, gives its points."""

from __future__ import annotations

from fractions import Fraction

from ..exact.intervals import condition, parse, words
from ..exact.quantities import plain, show
from .base import (
    INSIDE,
    Cells,
    Given,
    Parameter,
    Rule,
    Scored,
    Subject,
    asks_nothing,
    needs_all,
    no_faults,
    whole_weight,
)

LABEL = "分档计分"
READS_MEASURE = True
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (
    Parameter(
        "bands", "分档", "bands", help="每档写区间和得分，如 [90,)→5；方括号含端点，圆括号不含"
    ),
)


asked = asks_nothing
faults = no_faults
base_formula = whole_weight


needed = needs_all


def facts(rule: Rule) -> list[str]:
    return []


def _band(rule: Rule, x: Fraction) -> dict[str, str] | None:
    return next((band for band in rule["bands"] if parse(band["range"]).holds(x)), None)


def score(rule: Rule, given: Given) -> Scored:
    band = _band(rule, given.x)
    if band is None:
        return Scored(None, given.weight, (("no-band", {"what": given.text}),))
    return Scored(plain(band["points"]), given.weight)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    band = _band(rule, given.x)
    if band is None:
        return f"{given.text}，不在任何一档之内"
    place = f"{given.text}，在“{words(parse(band['range']), given.unit)}”一档"
    points = plain(band["points"])
    if points == given.weight:
        return f"{place}，得满分 {show(points)} 分"
    return f"{place}，得 {show(points)} 分，扣 {show(given.weight - points)} 分"


def formula(rule: Rule, cells: Cells) -> str:
    text = '"无法计算"'
    for band in reversed(rule["bands"]):
        inside = condition(parse(band["range"]), f"ROUND({cells.x},8)")
        text = f"IF({inside},{show(plain(band['points']), 10)},{text})"
    return text


def standard(rule: Rule, subject: Subject) -> str:
    parts = []
    for band in rule["bands"]:
        points = plain(band["points"])
        parts.append(
            words(parse(band["range"]), subject.unit)
            + (f"，计{show(points, 10)}分" if points else "，不得分")
        )
    return f"{subject.name}{'；'.join(parts)}。"
