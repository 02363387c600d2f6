"""What the submission shows of the scores: the unit's own claim where there is one,
else the score that counts."""

from __future__ import annotations

from fractions import Fraction

from ..checks.evaluation import Evaluation
from ..checks.reach import is_sum
from ..exact.quantities import NOT_APPLICABLE, ZERO, agrees, plain, show
from ..exact.quantities import total as sum_of
from ..records import Record
from ..rubric.parts import Part, scale, weight_of
from ..rubric.statuses import LEFT_OUT
from ..rules import is_outside
from ..rules.base import SIGN
from ..scoring.result import Result, Scorecard
from ..scoring.sums import grade, rescaled, whole_base

Shown = Fraction | str


def score_of(result: Result) -> Shown:
    """A number, 不适用, or "" while nothing is scored."""
    if result.claimed is not None:
        return result.claimed
    if result.score is not None:
        return result.score
    return NOT_APPLICABLE if result.status == LEFT_OUT else ""


def note_of(result: Result) -> str:
    """The unit's own words; else why points are lost,
    where the rule gives the score that is shown."""
    if result.note:
        return result.note
    score = score_of(result)
    if score == NOT_APPLICABLE:
        return result.reason if result.status == LEFT_OUT else ""
    if not isinstance(score, Fraction) or result.computed is None or score >= result.weight:
        return ""
    by_rule = agrees(score, result.computed) and not is_outside(result.spec["rule"])
    return result.reason if by_rule else ""


def is_used(result: Result) -> bool:
    """A row that the unit set aside (分值 0) does not belong into what it hands in."""
    idle = result.spec.get("own") and result.status == LEFT_OUT and not result.weight
    return not (idle and not isinstance(result.claimed, Fraction))


class Totals(Record):
    """`raw` is the sum of what is shown, `base` what could be had;
    `total` and `grade` are the unit's own where typed."""

    weight: Fraction
    raw: Fraction
    base: Fraction
    outside: Fraction
    total: Fraction | None
    grade: str
    rescaled: bool


def weight_under(card: Scorecard, levels: tuple[str, ...] = ()) -> Fraction:
    """The sum of the weights, in all or of one level."""
    return weight_of(card.parts, [result.weight for result in card.results], levels)


def totals(evaluation: Evaluation) -> Totals:
    """The bottom of the score table, on the basis of the scores that are shown."""
    rubric, card, own = evaluation.rubric, evaluation.card, evaluation.facts.claims
    scores = [score_of(result) for result in card.results]
    inside = [part for part in card.parts if part.is_inside]
    raw = sum_of(points_of(part, scores) for part in inside)
    weight = weight_under(card)
    applicable = sum_of(_base(part, scores, card) for part in inside)
    base = whole_base(rubric, weight, applicable, is_settled=card.is_settled)
    outside = sum_of(
        SIGN[part.counts] * points_of(part, scores) for part in card.parts if not part.is_inside
    )
    total = None
    if base and _numbers(scores):
        total = max(ZERO, rescaled(rubric, raw, base) + outside)
    is_rescaled = bool(base) and base != plain(scale(rubric))
    if own.total is not None and not (is_rescaled and is_sum(own.total, raw + outside, card)):
        is_rescaled = is_rescaled and total is not None and show(total) == show(own.total)
        total = own.total
    return Totals(
        weight=weight,
        raw=raw,
        base=base,
        outside=outside,
        total=total,
        grade=own.grade or _grade(evaluation, total),
        rescaled=is_rescaled,
    )


def _grade(evaluation: Evaluation, total: Fraction | None) -> str:
    """None while a score that is missing could still change it."""
    card = evaluation.card
    is_open = not card.is_settled or card.room != 0
    return card.grade if is_open and total is not None else grade(evaluation.rubric, total)


def _numbers(scores: list[Shown]) -> list[Fraction]:
    return [score for score in scores if isinstance(score, Fraction)]


def points_of(part: Part, scores: list[Shown]) -> Fraction:
    """What counts of the scores shown: of a group no more than its cap."""
    points = sum_of(_numbers(part.of(scores)))
    return points if part.cap is None else min(part.cap, points)


def _base(part: Part, scores: list[Shown], card: Scorecard) -> Fraction:
    """What could be had: never less than what is shown, even where the rule has left it out."""
    if part.cap is not None:
        applies = any(score != NOT_APPLICABLE for score in part.of(scores))
        return part.cap if applies else ZERO
    (score,), (result,) = part.of(scores), part.of(card.results)
    if score == NOT_APPLICABLE:
        return ZERO
    if not isinstance(score, Fraction):
        return result.base
    return result.weight if result.status == LEFT_OUT else max(result.base, score)
