"""加减分情形: something counted by cases, the fact that counts it, and the points of a case."""

from __future__ import annotations

from ..base import Parameter
from ..loose import amount, rows
from . import ROWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..base import Review

FIELDS = (
    Parameter("fact", "名称", "fact"),
    Parameter("points", "每例分数", "number"),
    Parameter("text", "内容", "text"),
)
ONE = "项"
PLACE = ROWS


def faults(name: str, value: Any, review: Review) -> None:
    """Each case is worth something, and no more than the indicator's limit."""
    for index, row in rows(value):
        points, place = amount(row.get("points")), (name, index, "points")
        if points is None:
            continue
        if points <= 0:
            review.add("rubric-not-positive", place, actual=row["points"])
        elif review.weight and points > review.weight:
            review.add("rubric-points-over", place, actual=row["points"], expected=review.weight)
