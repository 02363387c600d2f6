"""分档: an interval of the measure and its points; together they cover every possible value once.

In a cell: `[90,)→5；[80,90)→4`
"""

from __future__ import annotations

from fractions import Fraction

from ...exact.intervals import Interval, parse
from ...exact.quantities import ZERO, exact
from ..base import Parameter
from ..loose import rows
from . import CELL
from .cell_text import ARROW, COLON, MARKS, halves, number_text, quoted, unquoted
from .points import within_weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..base import Review

    Edge = tuple[Fraction, int]  # a place on the line: before (0) or after (1) a number

FIELDS = (Parameter("range", "区间", "text"), Parameter("points", "得分", "number"))
ONE = "档"
PLACE = CELL
EXAMPLE = "[90,)→5；[80,90)→4；(,80)→0"
BRIEF = "[90,)→5；[80,90)→4"
GUIDE = (
    "区间：[80,90) 含 80 不含 90；[90,) 为 90 及以上；(,60) 为 60 以下；[0,0] 为等于 0。也可以写 "
    "90%以上、低于60%、80%（含）-90%、第1-3名。"
    "各档要首尾相接，不重不漏。",
    "{kind}：[90,)→5；[80,90)→4；(,80)→0。各档之间用分号或换行分开，箭头也可以写成 ->。",
)
WORDS = ("分档", "档次")


def write(row: dict[str, Any]) -> str:
    return f"{quoted(row['range'], MARKS)}→{quoted(row['points'], MARKS)}"


def read(entry: str) -> dict[str, Any]:
    start, points = halves(entry, ARROW, COLON)
    return {"range": unquoted(start), "points": number_text(unquoted(points))}


def faults(name: str, value: Any, review: Review) -> None:
    """Intervals that cover every possible value once; points that fit the weight."""
    covered(name, value, review)
    within_weight(name, value, review)


def covered(name: str, value: Any, review: Review) -> None:
    """Intervals that can be read, and that cover every possible value once."""
    bands: list[tuple[int, Interval]] = []
    readable = True
    for index, row in rows(value):
        text = row.get("range")
        if not isinstance(text, str) or not text:
            readable = False
            continue
        try:
            bands.append((index, parse(text)))
        except ValueError as problem:
            readable = False
            place = (name, index, "range")
            review.add("rubric-band-range", place, actual=text, what=str(problem))
    if bands:
        _cover(name, bands, review, outer=readable)


def _edges(interval: Interval) -> tuple[Edge | None, Edge | None]:
    low = high = None
    if interval.low is not None:
        low = (interval.low, 0 if interval.low_closed else 1)
    if interval.high is not None:
        high = (interval.high, 1 if interval.high_closed else 0)
    return low, high


def _cover(name: str, bands: list[tuple[int, Interval]], review: Review, *, outer: bool) -> None:
    """Gaps and overlaps. `outer` False: a band could not be read,
    so that what is not covered may be its part."""
    ordered = sorted(
        ((*_edges(interval), index) for index, interval in bands),
        key=lambda b: (b[0] is not None, b[0] or (ZERO, 0)),
    )
    first, reach, holder = ordered[0]
    least = review.counted_from()
    if least is not None:
        is_gap = first is not None and (Fraction(least), 0) < first
    else:
        is_gap = first is not None and (first != (ZERO, 0) or review.may_be_negative())
    if outer and is_gap:
        review.add("rubric-band-gap", (name,), actual=_stretch(None, first))
    for low, high, index in ordered[1:]:
        if reach is None or low is None or low < reach:
            both = _stretch(low, _smaller(reach, high))
            what = f"第 {min(holder, index) + 1} 档和第 {max(holder, index) + 1} 档"
            review.add("rubric-band-overlap", (name, index, "range"), actual=both, what=what)
        elif low > reach and outer and (least is None or _has_whole(reach, low)):
            review.add("rubric-band-gap", (name,), actual=_stretch(reach, low))
        if reach is not None and (high is None or high > reach):
            reach, holder = high, index
    if outer and reach is not None:
        whole = review.is_percent() and reach >= (Fraction(100), 1)
        code = "rubric-band-top" if whole else "rubric-band-gap"
        review.add(code, (name,), actual=_stretch(reach, None))


def _has_whole(low: Edge, high: Edge) -> bool:
    """Does a whole number lie between these edges?"""
    value, is_beyond = low
    whole = Fraction(value.__floor__() + 1 if is_beyond else value.__ceil__())
    return (whole, 0) < high


def _smaller(one: Edge | None, other: Edge | None) -> Edge | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _stretch(low: Edge | None, high: Edge | None) -> str:
    """`[80,85)`."""
    left, right = "(", ")"
    if low is not None:
        left = ("[" if low[1] == 0 else "(") + exact(low[0])
    if high is not None:
        right = exact(high[0]) + ("]" if high[1] == 1 else ")")
    return f"{left},{right}"
