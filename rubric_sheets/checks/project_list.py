"""The scores that a department lists for its projects: each is out of a hundred."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import HUNDRED, ZERO
from ..facts.model import NOWHERE, FactSet
from ..findings.figures import Phrase
from ..findings.finding import Finding, finding
from ..rubric.own_figures import PROJECT, PROJECTS, SCORE


def check(facts: FactSet) -> list[Finding]:
    """One finding for each score that no project can have."""
    limits = Phrase("0—{}", (HUNDRED,))
    found = []
    for number, row in enumerate(facts.tables.get(PROJECTS, ()), 1):
        score, place = row.values.get(SCORE), row.places.get(SCORE)
        if isinstance(score, Fraction) and not ZERO <= score <= HUNDRED:
            name = row.values.get(PROJECT) or f"第 {number} 个项目"
            at = place.address if place else NOWHERE
            found.append(finding("claim-outside", *at, name=name, actual=score, expected=limits))
    return found
