"""A row of totals that is 0 or blank beside filled parts, in several columns: told as one."""

from __future__ import annotations

from ..facts.model import FactSet
from ..findings.figures import Phrase
from ..findings.finding import Finding, finding
from ..rubric.model import Rubric

LEAST = 2  # characters that the names of one row share


def check(rubric: Rubric, facts: FactSet) -> tuple[list[Finding], set[str]]:
    """(one finding at most, the totals that it tells of)."""
    names = [name for name in facts.sums if name in rubric["facts"]]
    row = _shared(names)
    if len(names) < 2 or len(row) < LEAST:
        return [], set()
    sums = [Phrase("{} {}", (name.removeprefix(row), facts.sums[name])) for name in names]
    place = facts.place(names[0])
    return [finding("totals-empty", *place, row=row, sums=sums)], set(names)


def _shared(names: list[str]) -> str:
    """The beginning that all names have."""
    first, last = min(names, default=""), max(names, default="")
    same = zip(first, last)
    return first[: next((at for at, (a, b) in enumerate(same) if a != b), len(first))]
