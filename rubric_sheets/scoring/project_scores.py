"""What comes of the scores of a unit's projects, which it lists: how many, their average, and that
weighted by their budgets."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import NOT_APPLICABLE, total
from ..facts.model import FactSet, Value
from ..rubric.model import Rubric
from ..rubric.own_figures import (
    AVERAGE,
    BUDGET,
    OF_PROJECTS,
    PROJECT_COUNT,
    PROJECTS,
    SCORE,
    TYPED,
    WEIGHTED,
    listed,
)


def of_projects(rubric: Rubric, facts: FactSet) -> dict[str, Value]:
    """By the names of facts, those that the rubric uses; None while a project has no score, or
    there is none. A project whose score is 不适用 does not count."""
    rows = [row.values for row in facts.tables.get(PROJECTS, ())]
    filled = [row for row in rows if any(row.get(name) not in (None, "") for name in TYPED)]
    counted = [row for row in filled if row.get(SCORE) != NOT_APPLICABLE]
    scores = [points for row in counted if isinstance(points := row.get(SCORE), Fraction)]
    names = [name for name in listed(rubric["facts"]) if name in OF_PROJECTS]
    if not scores or len(scores) < len(counted):
        return dict.fromkeys(names)
    budgets = [budget for row in counted if isinstance(budget := row.get(BUDGET), Fraction)]
    weight, weighted = total(budgets), None
    if weight and len(budgets) == len(scores):
        weighted = total(a * b for a, b in zip(budgets, scores)) / weight
    found: dict[str, Value] = {
        PROJECT_COUNT: Fraction(len(scores)),
        AVERAGE: total(scores) / len(scores),
        WEIGHTED: weighted,
    }
    return {name: found[name] for name in names}
