"""What the sheet's own formulas compute: totals of a row, the 汇总 row,
and the claims of judged indicators."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import total
from ..rubric.model import Rubric
from ..rules import own_score
from .model import Claim, FactSet, Row, Value, row_id

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
    tables = [table for table in rubric["tables"].values() if table["totals"]]
    for index in range(
        max((len(facts.tables.get(table["name"], ())) for table in tables), default=0)
    ):
        _derive_row(facts, tables, index)
    for table in tables:
        for column in table["columns"]:
            name = column["name"]
            if name in facts.derived:
                facts.values[name] = total_of(
                    [row.values.get(name) for row in facts.tables.get(table["name"], ())]
                )


def _derive_row(facts: FactSet, tables: list[Any], index: int) -> None:
    """The totals of one institution, over all tables.
    A total may be part of another that stands before it."""
    values: dict[str, Value] = {}
    pending: dict[str, tuple[Any, Row]] = {}
    for table in tables:
        rows = facts.tables.get(table["name"], ())
        if index < len(rows):
            row = rows[index]
            values.update(row.values)
            derived = (column for column in table["columns"] if column["name"] in row.derived)
            pending.update(
                (column["name"], (column, row))
                for column in derived
                if "sum" in column or "formula" in column
            )

    def settle(name: str) -> None:
        column, row = pending.pop(name)
        for part in (
            column["sum"]
            if "sum" in column
            else (part for _, part in signed_parts(column["formula"]))
        ):
            if part in pending:
                settle(part)
        values[name] = row.values[name] = _computed(column, values)

    while pending:
        settle(next(iter(pending)))


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
