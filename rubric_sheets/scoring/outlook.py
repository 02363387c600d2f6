"""What a total can still become: no grade is told that a missing score could still change."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO, plain
from ..exact.quantities import total as sum_of
from ..rubric.model import Rubric
from ..rubric.parts import Part, weight_of
from ..rubric.statuses import LEFT_OUT
from ..rules import is_judged
from ..rules.base import ADDED, INSIDE, TAKEN_OFF
from .result import Result
from .sums import OPEN, grade, is_judged_in_one, points_of, rescaled, rescales

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Bounds = tuple[Fraction, Fraction]


def is_blank(part: Part, member: Result, results: Sequence[Result]) -> bool:
    """Has it no score yet, though it should have one? Judged members of a group may all be
    scored in one cell: what a rule gives to another member is no judgement of them."""
    if member.score is not None or member.status not in OPEN:
        return False
    if part.cap is None or not is_judged(member.spec["rule"]):
        return True
    return not is_judged_in_one(part, results)


def room_of(part: Part, results: Sequence[Result]) -> Fraction | None:
    """The points that its blank scores may still bring; None where nothing limits them."""
    blank = [one for one in part.of(results) if is_blank(part, one, results)]
    room = sum_of(one.weight for one in blank)
    if blank and not part.is_inside and not room:
        return None
    return room if part.cap is None else min(room, part.cap - points_of(part, results))


def _rooms(parts: Iterable[Part], results: Sequence[Result], side: str) -> Fraction | None:
    """The same of everything on one side of the base."""
    found = [room_of(part, results) for part in parts if part.counts == side]
    known = [room for room in found if room is not None]
    return sum_of(known) if len(known) == len(found) else None


def possible(
    rubric: Rubric,
    parts: Sequence[Part],
    results: Sequence[Result],
    *,
    points: Fraction,
    base: Fraction,
    outside: Fraction,
    is_settled: bool,
) -> Bounds | None:
    """The least and the most that the total can come to, on its own scale; None where that
    cannot be said. `outside`: bonus − penalty so far.

    What does not apply after all leaves the base: that never gives more than full points.
    """
    inside, added, off = (_rooms(parts, results, side) for side in (INSIDE, ADDED, TAKEN_OFF))
    if inside is None or added is None or not base:
        return None
    if not is_settled:
        short = plain(rubric["full_marks"]) - weight_of(parts, [one.weight for one in results])
        if rescales(rubric) or short < 0:
            return None
        inside += short
    least = ZERO if off is None else rescaled(rubric, points, base) + outside - off
    most = rescaled(rubric, points + inside, base) + outside + added
    return max(ZERO, least), max(ZERO, most)


def certain_grade(rubric: Rubric, bounds: Bounds | None) -> str:
    """The grade of all that the total can come to; empty where there are several."""
    if bounds is None:
        return ""
    least, most = bounds
    found = grade(rubric, least)
    return found if found == grade(rubric, most) else ""


def progress(parts: Sequence[Part], results: Sequence[Result]) -> tuple[int, int]:
    """(how many indicators have what they need of a score, of how many that apply)."""
    blank = applies = 0
    for part in parts:
        members = [one for one in part.of(results) if one.status != LEFT_OUT]
        applies += len(members)
        blank += sum(is_blank(part, one, results) for one in members)
    return applies - blank, applies
