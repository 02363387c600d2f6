"""分段: an interval of the measure and what it gives: points, a formula, or points that run evenly
from one end to the other. Together they cover every possible value once.

In a cell: `[90,)→分值；[60,90)→6～9；(,60)→0`
"""

from __future__ import annotations

from ...exact.intervals import parse
from ..base import Parameter
from ..loose import rows
from . import CELL
from .bands import covered
from .cell_text import (
    ARROW,
    COLON,
    MARKS,
    halves,
    quoted,
    read_points,
    split,
    unquoted,
    write_points,
)
from .points import within_weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..base import Review

FIELDS = (
    Parameter("range", "区间", "text"),
    Parameter("points", "得分", "points"),
    Parameter("until", "到上端的得分", "number", required=False),
)
ONE = "段"
PLACE = CELL
EXAMPLE = "[90,)→分值；[60,90)→指标值×分值；(,60)→0"
BRIEF = "[90,)→分值；[60,90)→6～9"
GUIDE = (
    "{kind}：[90,)→分值；[60,90)→指标值×分值；(,60)→0。箭头后面写分数或公式；"
    "公式里“分值”是本指标的分值，“指标值”是量出的数（85% 即 0.85）。",
    "{kind}里写 [60,90)→6～9 的，从 60 得 6 分到 90 得 9 分，中间按比例。",
)
WORDS = ("分段",)
_RUN = ("～", "~")


def write(row: dict[str, Any]) -> str:
    points = write_points(row["points"], (*MARKS, *_RUN))
    run = f"～{write_points(row['until'])}" if "until" in row else ""
    return f"{quoted(row['range'], MARKS)}→{points}{run}"


def read(entry: str) -> dict[str, Any]:
    start, rest = halves(entry, ARROW, COLON)
    points, *until = split(rest, _RUN, 1)
    row = {"range": unquoted(start), "points": read_points(points)}
    return {**row, **({"until": read_points(until[0])} if until else {})}


def faults(name: str, value: Any, review: Review) -> None:
    """Intervals that cover every possible value once; formulas that can be read; points that fit
    the weight."""
    covered(name, value, review)
    for index, row in rows(value):
        review.points(row.get("points"), (name, index, "points"))
        if "until" in row:
            _run(row, (name, index, "until"), review)
    ends = [row.get(end) for _, row in rows(value) for end in ("points", "until") if end in row]
    within_weight(name, value, review, also=ends)


def _run(row: dict[str, Any], path: tuple[str | int, ...], review: Review) -> None:
    """Points can only run between two ends, from a number to a number."""
    try:
        interval = parse(str(row.get("range")))
    except ValueError:
        return  # said already
    if interval.low is None or interval.high is None or interval.low == interval.high:
        review.add("rubric-run-open", path, actual=row.get("range"))
