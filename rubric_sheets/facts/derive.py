"""What the sheet's own formulas compute: totals of a row, the 汇总 row,
and the claims of judged indicators."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import total
from ..rubric.model import Rubric
from ..rules import own_score
from .model import Claim, FactSet, Row, Value, row_id
from .pairs import name_of, partner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def total_of(parts: list[Value]) -> Value:
    """As the sheet's IF(COUNT(…)=0,"",SUM(…)): blank where nothing is filled, texts left out."""
    numbers = [part for part in parts if isinstance(part, Fraction)]
    return total(numbers) if numbers else None


def signed_parts(formula: str) -> list[tuple[int, str]]:
    """`收入合计 - 支出合计` → [(1, 收入合计), (-1, 支出合计)]:
    the formulas of columns are sums and differences only."""
    out, sign = [], 1
    for word in formula.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
        else:
            out.append((sign, word))
    return out


def parts_of(column: Any) -> list[str]:
    """The names of what a total adds up, or takes off."""
    if "sum" in column:
        return list(column["sum"])
    return [name for _, name in signed_parts(column["formula"])]


def _computed(spec: Any, values: dict[str, Value]) -> Value:
    if "sum" in spec:
        return total_of([values.get(part) for part in spec["sum"]])
    parts = []
    for sign, name in signed_parts(spec["formula"]):
        value = values.get(name)
        if not isinstance(value, Fraction):
            return None
        parts.append(value if sign > 0 else -value)
    return total(parts)


def derive(rubric: Rubric, facts: FactSet) -> None:
    """Compute what the sheet's own formulas compute: totals of a row, then the 汇总 row.
    Typed values stay."""
    for name, spec in rubric["facts"].items():
        if "own_total" not in spec:
            continue
        if name in facts.derived:
            facts.values[name] = _computed(spec, facts.values)
        elif not facts.values.get(name) and name not in facts.invalid:
            parts = _computed(spec, facts.values)
            if isinstance(parts, Fraction) and parts:
                facts.sums[name] = parts
    _Rows(rubric, facts).settle()
    for table in rubric["tables"].values():
        for column in table["columns"] if table["totals"] else ():
            name = column["name"]
            if name in facts.derived:
                facts.values[name] = total_of(
                    [row.values.get(name) for row in facts.tables.get(table["name"], ())]
                )


class _Rows:
    """The totals of the institutions' rows, over all tables."""

    def __init__(self, rubric: Rubric, facts: FactSet) -> None:
        self.tables = {
            name: facts.tables.get(name, [])
            for name, table in rubric["tables"].items()
            if table["totals"]
        }
        self.columns = {
            column["name"]: (name, column)
            for name in self.tables
            for column in rubric["tables"][name]["columns"]
        }
        self.done: set[tuple[int, str]] = set()

    def settle(self) -> None:
        for table, rows in self.tables.items():
            for index, row in enumerate(rows):
                for name in sorted(row.derived):
                    self.value(table, index, row, name)

    def value(self, table: str, index: int, row: Row, name: str) -> Value:
        """Of a column, in this row or in the one that goes with it in the column's own table. A
        total may be part of another that stands before it."""
        home, column = self.columns.get(name, (table, {}))
        if home != table:
            other = partner(self.tables[home], name_of(row), index)
            if other is None:
                return None
            index, row = self.tables[home].index(other), other
        is_open = name in row.derived and (id(row), name) not in self.done
        if is_open and ("sum" in column or "formula" in column):
            self.done.add((id(row), name))
            parts = {part: self.value(home, index, row, part) for part in parts_of(column)}
            row.values[name] = _computed(column, parts)
        return row.values.get(name)


def judged_claims(rubric: Rubric, facts: FactSet) -> None:
    """For a judged indicator the fact and the claim are one cell:
    whichever is given serves as both."""
    for spec in rubric["indicators"]:
        name, claim = own_score(spec["rule"]), facts.claims.indicators.get(spec["id"])
        if not name:
            continue
        if claim and claim.score is not None:
            facts.values[name] = claim.score
        elif facts.values.get(name) is not None:
            facts.claims.indicators[spec["id"]] = Claim(
                facts.values[name], claim.note if claim else ""
            )


def own_places(rubric: Rubric, facts: FactSet) -> None:
    """Where the claims of the unit's own list stand: in the rows themselves."""
    if "targets" not in rubric:
        return
    for index, row in enumerate(facts.tables.get(rubric["targets"]["table"], ())):
        if place := row.places.get("自评得分"):
            facts.claims.places[row_id(index)] = place
