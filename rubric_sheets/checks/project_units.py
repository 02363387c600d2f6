"""元 typed for 万元 in the funds of a project: amounts beyond what a project has, or near ten
thousand times the money that its own targets speak of."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO
from ..facts.model import FactSet
from ..findings.finding import Finding, finding
from ..rubric.model import Rubric
from ..rules.targets.reading import amount
from ..rules.targets.units import scale
from ..scoring.own_list import text_of
from .arithmetic import LIKE_HIGH, LIKE_LOW, numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = Fraction(100_000)  # 万元: a thousand million 元 are no project of a county
TEN_THOUSAND = 10_000


def check(rubric: Rubric, facts: FactSet) -> list[Finding]:
    """One finding at most, of the greatest of the amounts that tell the size of the project."""
    known = numbers(facts.values, rubric["budget"]) if "targets" in rubric else {}
    if not known:
        return []
    name = max(known, key=lambda one: known[one])
    value = known[name]
    given: dict[str, Any] = {"name": name, "actual": value, "expected": value / TEN_THOUSAND}
    money = _most_money(rubric, facts)
    if money and LIKE_LOW <= value * TEN_THOUSAND / money <= LIKE_HIGH:
        spoken = money / TEN_THOUSAND
        return [finding("unit-slip-goal", *facts.place(name), of=spoken, **given)]
    if value >= MOST:
        return [finding("unit-slip-large", *facts.place(name), **given)]
    return []


def _most_money(rubric: Rubric, facts: FactSet) -> Fraction:
    """The greatest sum in the targets and results, in 元; 0 where none speaks of money."""
    most = ZERO
    for row in facts.tables.get(rubric["targets"]["table"], ()):
        for column in ("年度指标值", "实际完成值"):
            found = amount(text_of(row.values.get(column)))
            times, unit = scale(found.unit) if found else (1, "")
            if found and unit == "元":
                most = max(most, found.value * times)
    return most
