"""What the members of a merged weight say of it: what they come to together, and what it loses."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import show
from ..exact.quantities import total as sum_of
from ..rubric.parts import Part
from .outlook import is_blank
from .result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def with_groups(parts: Sequence[Part], results: list[Result]) -> list[Result]:
    """The results; to the reasons of scored members of a group its sum is added."""
    out = list(results)
    for part in parts:
        if part.cap is None:
            continue
        scores = {at: score for at in part.members if (score := results[at].score) is not None}
        is_open = any(is_blank(part, member, results) for member in part.of(results))
        told = _told(sum_of(scores.values()), part.cap, is_open=is_open)
        for at in scores:
            out[at] = out[at]._replace(reason=f"{out[at].reason}（{told}）")
    return out


def _told(points: Fraction, cap: Fraction, *, is_open: bool) -> str:
    """`同组各项合计 12 分，满分 15 分，扣 3 分`; of one that is not all scored its limit."""
    if is_open and points <= cap:
        return f"与同组各项合计不超过 {show(cap)} 分"
    together = f"同组各项合计 {show(points)} 分"
    if points > cap:
        return f"{together}，按上限 {show(cap)} 分计"
    lost = f"，扣 {show(cap - points)} 分" if points < cap else ""
    return f"{together}，满分 {show(cap)} 分{lost}"
