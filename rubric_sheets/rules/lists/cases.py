"""情形: something that must not occur, and the fact that counts it."""

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
    Parameter("text", "内容", "text"),
    Parameter("points", "每例扣分", "number", required=False),
)
ONE = "项"
PLACE = ROWS


def faults(name: str, value: Any, review: Review) -> None:
    """A case of its own worth loses something."""
    for index, row in rows(value):
        points = amount(row.get("points"))
        if points is not None and points <= 0:
            review.add("rubric-not-positive", (name, index, "points"), actual=row["points"])
