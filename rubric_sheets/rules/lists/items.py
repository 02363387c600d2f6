"""核查项: something to hold, the fact that says so, and its part of the weight."""

from __future__ import annotations

from ...exact.quantities import ZERO
from ..base import Parameter
from ..loose import amount, rows
from . import ROWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..base import Review

FIELDS = (
    Parameter("fact", "名称", "fact"),
    Parameter("points", "分值", "number"),
    Parameter("text", "内容", "text"),
)
ONE = "项"
PLACE = ROWS


def faults(name: str, value: Any, review: Review) -> None:
    """The items' points make up the weight."""
    total, whole = ZERO, True
    for index, row in rows(value):
        points = amount(row.get("points"))
        if points is None:
            whole = False
        elif points <= 0:
            review.add("rubric-not-positive", (name, index, "points"), actual=row["points"])
        total += points or ZERO
    weight = review.weight
    if whole and weight is not None and total != weight and value:
        review.add("rubric-points-sum", (name,), actual=total, expected=weight)
