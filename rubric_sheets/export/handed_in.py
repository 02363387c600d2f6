"""What the submission shows of the scores: the unit's own claim where there is one, else the score that counts."""

from __future__ import annotations

from fractions import Fraction

from ..checks.evaluation import Evaluation
from ..exact.quantities import NOT_APPLICABLE, ZERO, plain, show
from ..records import Record
from ..rules import counts, is_outside
from ..rules.base import SIGN
from ..scoring.result import Result
from ..scoring.sums import grade

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

Shown = Fraction | str


def score_of(result: Result) -> Shown:
    """A number, 不适用, or "" while nothing is scored."""
    if result.claimed is not None:
        return result.claimed
    if result.score is not None:
        return result.score
    return NOT_APPLICABLE if result.status == "not_applicable" else ""


def note_of(result: Result) -> str:
    """The unit's own words; else why points are lost, where the rule gives the score that is shown."""
    if result.note:
        return result.note
    score = score_of(result)
    if score == NOT_APPLICABLE:
        return result.reason if result.status == "not_applicable" else ""
    lost = isinstance(score, Fraction) and score == result.computed and score < result.weight
    return result.reason if lost and not is_outside(result.spec["rule"]) else ""


def is_used(result: Result) -> bool:
    """A row that the unit set aside (分值 0) does not belong into what it hands in."""
    idle = result.spec.get("own") and result.status == "not_applicable" and not result.weight
    return not (idle and not isinstance(result.claimed, Fraction))


class Totals(Record):
    """`raw` is the sum of what is shown, `base` what could be had; `total` and `grade` are the unit's own where typed."""

    weight: Fraction
    raw: Fraction
    base: Fraction
    outside: Fraction
    total: Fraction | None
    grade: str
    rescaled: bool


def weight_of(results: Sequence[Result], groups: dict[str, str]) -> Fraction:
    """The sum of the weights: groups once, bonus and penalty not at all."""
    inside = [r for r in results if not is_outside(r.spec["rule"])]
    named = {r.spec["group"] for r in inside if r.spec.get("group")}
    return sum((r.weight for r in inside if not r.spec.get("group")), ZERO) + sum(
        (plain(groups[n]) for n in named), ZERO
    )


def totals(evaluation: Evaluation) -> Totals:
    """The bottom of the score table, on the basis of the scores that are shown."""
    rubric, results = evaluation.rubric, evaluation.card.results
    inside = [r for r in results if not is_outside(r.spec["rule"])]
    raw, base = _sums(inside, rubric["groups"])
    outside = sum((points * SIGN[counts(r.spec["rule"])] for r in results
                   if is_outside(r.spec["rule"]) and isinstance(points := score_of(r), Fraction)), ZERO)  # fmt: skip
    full, own = plain(rubric["full_marks"]), evaluation.facts.claims
    anything = any(isinstance(score_of(r), Fraction) for r in results)
    total = max(ZERO, raw / base * full + outside) if base and anything else None
    rescaled = bool(base) and base != full
    if own.total is not None and not (rescaled and own.total == raw + outside):
        rescaled = rescaled and total is not None and show(total) == show(own.total)
        total = own.total
    return Totals(
        weight_of(results, rubric["groups"]),
        raw,
        base,
        outside,
        total,
        own.grade or grade(rubric, total),
        rescaled,
    )


def _sums(results: Sequence[Result], caps: dict[str, str]) -> tuple[Fraction, Fraction]:
    """(points, points that could be had); a group counts once, up to its cap."""
    raw = base = ZERO
    groups: dict[str, list[Result]] = {}
    for result in results:
        if result.spec.get("group"):
            groups.setdefault(result.spec["group"], []).append(result)
            continue
        score = score_of(result)
        if isinstance(score, Fraction):
            raw += score
            base += result.weight if result.status == "not_applicable" else max(result.base, score)
        elif score != NOT_APPLICABLE:
            base += result.base
    for name, members in groups.items():
        scores = [score_of(result) for result in members]
        raw += min(
            plain(caps[name]), sum((score for score in scores if isinstance(score, Fraction)), ZERO)
        )
        base += plain(caps[name]) if any(score != NOT_APPLICABLE for score in scores) else ZERO
    return raw, base
