"""Points of the rows of a list against the weight of the indicator."""

from __future__ import annotations

from ..loose import amount, rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..base import Review


def within_weight(name: str, value: Any, review: Review, also: Sequence[Any] = ()) -> None:
    """Points between 0 and the weight, the best of them the weight itself. `also`: further points,
    or formulas; of what a formula gives at best nothing is known."""
    best, weight = None, review.weight
    for index, row in rows(value):
        points, place = amount(row.get("points")), (name, index, "points")
        if points is None:
            continue
        best = points if best is None else max(best, points)
        if points < 0:
            review.add("rubric-points-negative", place, actual=row["points"])
        elif weight is not None and points > weight:
            review.add("rubric-points-over", place, actual=row["points"], expected=weight)
    given = [amount(points) for points in also]
    best = max((points for points in (best, *given) if points is not None), default=None)
    if best is None or weight is None or best >= weight or review.wrong((name,)):
        return
    if None in given:
        return
    review.add("rubric-best-below", (name,), actual=best, expected=weight)
