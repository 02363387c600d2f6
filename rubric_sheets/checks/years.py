"""The year of the evaluation against the years that the rubric is for."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import plain
from ..facts.model import FactSet
from ..findings.finding import Finding, finding
from ..rubric.model import Rubric

YEAR = "评价年度"


def check(rubric: Rubric, facts: FactSet) -> list[Finding]:
    """One finding where the year is known and is none of them."""
    first, last = (rubric.get("first_year"), rubric.get("last_year"))
    year = facts.values.get(YEAR)
    if not (first or last) or not isinstance(year, Fraction):
        return []
    if (not first or year >= plain(first)) and (not last or year <= plain(last)):
        return []
    return [finding("year-outside", *facts.place(YEAR), actual=year, expected=spoken(first, last))]


def spoken(first: str | None, last: str | None) -> str:
    """`2021—2023 年度`, `2020 年度起`, `2019 年度`."""
    if first == last:
        return f"{first} 年度"
    if not last:
        return f"{first} 年度起"
    return f"{first}—{last} 年度" if first else f"{last} 年度及以前"
