"""How points add up: a group once up to its cap, bonus and penalty outside of the base."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import HUNDRED, ZERO, plain
from ..exact.quantities import total as sum_of
from ..rubric.model import Rubric
from ..rules import is_outside
from .result import Result, Scorecard


def in_scored_group(result: Result, results: list[Result]) -> bool:
    """A merged weight may be scored as one cell: its other cells may stay blank."""
    group = result.spec.get("group")
    return bool(group) and any(
        r.spec.get("group") == group and r.score is not None for r in results
    )


def sums(
    rubric: Rubric, results: list[Result]
) -> tuple[Fraction, Fraction, dict[str, tuple[Fraction, Fraction]]]:
    """Raw score, base, and both for each first level; a group counts once, up to its cap."""
    levels: dict[str, tuple[list[Fraction], list[Fraction]]] = {}
    groups: dict[str, list[Result]] = {}

    def add(level: str, points: Fraction, base: Fraction) -> None:
        of_level = levels.setdefault(level, ([], []))
        of_level[0].append(points)
        of_level[1].append(base)

    for result in results:
        if is_outside(result.spec["rule"]):
            continue
        if result.spec.get("group"):
            groups.setdefault(result.spec["group"], []).append(result)
        else:
            add(result.spec["levels"][0], result.score or ZERO, result.base)
    for name, members in groups.items():
        cap = plain(rubric["groups"][name])
        points = min(cap, sum_of(m.score or ZERO for m in members))
        applies = any(m.status != "not_applicable" for m in members)
        add(members[0].spec["levels"][0], points, cap if applies else ZERO)
    subtotals = {
        level: (sum_of(points), sum_of(bases)) for level, (points, bases) in levels.items()
    }
    raw = sum_of(points for points, _ in subtotals.values())
    return raw, sum_of(base for _, base in subtotals.values()), subtotals


def grade(rubric: Rubric, total: Fraction | None) -> str:
    """The grade of an unrounded total, on the scale of 100; empty without a total."""
    if total is None:
        return ""
    points = total * HUNDRED / plain(rubric["full_marks"])
    return next((g["name"] for g in rubric["grades"] if points >= plain(g["min"])), "")


def grade_name(rubric: Rubric, text: str) -> str:
    """The rubric's own word for a grade or one of its synonyms; empty when unknown."""
    return next(
        (g["name"] for g in rubric["grades"] if text == g["name"] or text in g["synonyms"]), ""
    )


def total_weight(rubric: Rubric, card: Scorecard, level: str = "") -> Fraction:
    """The sum of the weights, of one first level or of all: groups once, bonus and penalty not at all."""
    inside = [
        r
        for r in card.results
        if not is_outside(r.spec["rule"]) and level in ("", r.spec["levels"][0])
    ]
    groups = {r.spec["group"] for r in inside if r.spec.get("group")}
    single = [r.weight for r in inside if not r.spec.get("group")]
    return sum_of([*single, *(plain(rubric["groups"][group]) for group in groups)])


def rescales(rubric: Rubric) -> bool:
    """Does the unit type what its indicators weigh? Then the sum nearly always has to be rescaled."""
    return any("weight_fact" in spec and not spec.get("own") for spec in rubric["indicators"])
