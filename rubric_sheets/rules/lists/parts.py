"""部分: a part of an indicator: what it is called, its formula, and the most that it gives, or
takes off where that is below 0.

In a cell: `制度健全（2）→如果(制度 = 是, 2, 0)；违规（-1）→-0.5 × 违规次数`
"""

from __future__ import annotations

from ...exact.quantities import ZERO
from ..base import Parameter
from ..loose import amount, rows
from . import CELL
from .cell_text import (
    ARROW,
    COLON,
    MARKS,
    halves,
    number_text,
    quoted,
    read_points,
    split,
    unquoted,
    write_points,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..base import Review

FIELDS = (
    Parameter("text", "名称", "text"),
    Parameter("most", "最多", "number"),
    Parameter("points", "得分", "points"),
)
ONE = "部分"
PLACE = CELL
EXAMPLE = "制度健全（2）→如果(制度 = 是, 2, 0)；违规（-1）→-0.5 × 违规次数"
BRIEF = "制度健全（2）→如果(制度 = 是, 2, 0)"
GUIDE = (
    "{kind}：制度健全（2）→如果(制度 = 是, 2, 0)；违规（-1）→-0.5 × 违规次数。"
    "括号里是这一部分最多得多少分，倒扣的写负数，即最多扣多少分；得分的各部分合起来是指标的分值。",
)
WORDS = ("部分",)
_OPEN, _CLOSE = ("（", "("), "）)"
_INNER = (*MARKS, *_OPEN)


def write(row: dict[str, Any]) -> str:
    most = quoted(row["most"], (*_INNER, *_CLOSE))
    return f"{quoted(row['text'], _INNER)}（{most}）→{write_points(row['points'])}"


def read(entry: str) -> dict[str, Any]:
    start, points = halves(entry, ARROW, COLON)
    text, *most = split(start, _OPEN, 1)
    if not most:
        raise ValueError(f"“{entry}”里没有写最多得多少分")
    inner = most[0].strip()
    inner = inner[:-1] if inner[-1:] in _CLOSE else inner
    return {
        "text": unquoted(text),
        "most": number_text(unquoted(inner)),
        "points": read_points(points),
    }


def faults(name: str, value: Any, review: Review) -> None:
    """Formulas that can be read; what the parts give at most makes up the weight."""
    total, is_whole = ZERO, True
    for index, row in rows(value):
        most, points = amount(row.get("most")), amount(row.get("points"))
        review.points(row.get("points"), (name, index, "points"))
        if most is None:
            is_whole = False
            continue
        if most == 0:
            review.add("rubric-not-positive", (name, index, "most"), actual=row["most"])
        if points is not None and abs(points) > abs(most):
            place = (name, index, "points")
            review.add("rubric-points-over", place, actual=points, expected=most)
        total += max(most, ZERO)
    if is_whole and value and review.weight is not None and total != review.weight:
        review.add("rubric-points-sum", (name,), actual=total, expected=review.weight)
