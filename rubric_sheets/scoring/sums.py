"""Scores added up part by part: the sum, the base, what is still open, the total and its grade."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import HUNDRED, ZERO, plain
from ..exact.quantities import total as sum_of
from ..rubric.model import Rubric
from ..rubric.once import once
from ..rubric.parts import Part, scale
from ..rubric.statuses import ERROR, LEFT_OUT, MISSING
from ..rules import is_judged
from ..rules.base import INSIDE, TAKEN_OFF
from .result import Result

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OPEN = (MISSING, ERROR)


def points_of(part: Part, results: Sequence[Result]) -> Fraction:
    """What counts of its scores: of a group no more than its cap."""
    if part.cap is None:
        return results[part.members[0]].score or ZERO
    return min(part.cap, sum_of(member.score or ZERO for member in part.of(results)))


def base_of(part: Part, results: Sequence[Result]) -> Fraction:
    """What applies of its weight: of a group the whole cap,
    as long as any of its members applies."""
    if not part.is_inside:
        return ZERO
    if part.cap is None:
        return results[part.members[0]].base
    applies = any(member.status != LEFT_OUT for member in part.of(results))
    return part.cap if applies else ZERO


def whole_base(rubric: Rubric, weight: Fraction, base: Fraction, *, is_settled: bool) -> Fraction:
    """What the points are out of. `weight`, `base`: the sums of all weights and of their
    applicable parts.

    Only what does not apply leaves the full marks; weights that are blank, or do not add up
    to the full marks, do not. Where the unit types what applies, once all is typed, it is that.
    """
    if is_settled and rescales(rubric):
        return base
    return max(ZERO, plain(rubric["full_marks"]) - (weight - base))


def is_judged_in_one(part: Part, results: Sequence[Result]) -> bool:
    """Has any of the judged members of a group a score?"""
    return any(one.score is not None and is_judged(one.spec["rule"]) for one in part.of(results))


def is_pending(part: Part, results: Sequence[Result]) -> bool:
    """Does its score still lack a basis? The judged members of a group may be scored in one
    cell: then the others may stay blank. What a rule gives stands for itself."""
    members = part.of(results)
    if part.cap is None:
        return members[0].status in OPEN
    if any(one.status in OPEN and not is_judged(one.spec["rule"]) for one in members):
        return True
    if is_judged_in_one(part, results):
        return False
    return any(member.status in OPEN for member in members)


def raw_of(parts: Iterable[Part], results: Sequence[Result], side: str = INSIDE) -> Fraction:
    """The points inside the base, or of one side outside of it: ADDED or TAKEN_OFF."""
    return sum_of(points_of(part, results) for part in parts if part.counts == side)


def signed_claims(part: Part, results: Sequence[Result]) -> list[Fraction]:
    """What the unit typed for its indicators, as it counts in a sum: a penalty below zero."""
    typed = [one.claimed for one in part.of(results) if one.claimed is not None]
    claims = [claim for claim in typed if isinstance(claim, Fraction)]
    return [-claim for claim in claims] if part.counts == TAKEN_OFF else claims


def rescaled(rubric: Rubric, points: Fraction, base: Fraction) -> Fraction:
    """Points of a base that is not 0, on the scale of the total."""
    return points / base * plain(scale(rubric))


def grade(rubric: Rubric, total: Fraction | None) -> str:
    """The grade of an unrounded total, on the scale of 100; empty without a total. The sum of a
    unit's own scores may come out below 0 where all is void."""
    if total is None:
        return ""
    points = max(total, ZERO) * HUNDRED / plain(scale(rubric))
    return next((g["name"] for g in rubric["grades"] if points >= plain(g["min"])), "")


def grade_name(rubric: Rubric, text: str) -> str:
    """The rubric's own word for a grade or one of its synonyms; empty when unknown."""
    return next(
        (g["name"] for g in rubric["grades"] if text == g["name"] or text in g["synonyms"]), ""
    )


@once
def rescales(rubric: Rubric) -> bool:
    """Does the unit type what its indicators weigh? Then the sum nearly always has to be
    rescaled."""
    return any("weight_fact" in spec and not spec.get("own") for spec in rubric["indicators"])
