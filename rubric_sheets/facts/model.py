"""What a unit filled in: facts, growing tables and claims, each with the cell it stands in.

A value is an exact Fraction, a text, `不适用`, or None for a blank. What could not be read stands in
`invalid` and counts as missing: unknown is never zero.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import total
from ..findings.finding import Finding
from ..places.addresses import letters
from ..places.names import SCORE_SHEET
from ..records import Record
from ..rubric.model import Rubric
from ..rules import is_judged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Value = Fraction | str | None
NOWHERE = ("", "")


class Place(Record):
    """A cell, rows and columns counted from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        return f"{letters(self.column)}{self.row}"

    @property
    def address(self) -> tuple[str, str]:
        """(sheet, cell), as findings name it."""
        return self.sheet, self.cell


class Row:
    """One row of a table: values by column, and the place of each."""

    __slots__ = ("derived", "places", "values")

    def __init__(
        self,
        values: dict[str, Value],
        places: dict[str, Place] | None = None,
        derived: set[str] | None = None,
    ) -> None:
        self.values = values
        self.places = places or {}
        self.derived = derived or set()


class Claim(Record):
    """What the unit typed for one indicator."""

    score: Value = None
    note: str = ""


class Claims:
    """The unit's own scores: by indicator, by first level, in all."""

    __slots__ = ("grade", "indicators", "places", "subtotals", "total", "weights")

    def __init__(self) -> None:
        self.indicators: dict[str, Claim] = {}
        self.subtotals: dict[str, Fraction] = {}
        self.total: Fraction | None = None
        self.grade = ""
        self.weights: dict[str, Fraction] = {}
        self.places: dict[str, Place] = {}

    def place(self, key: str) -> tuple[str, str]:
        """(sheet, cell) of a claim; the 评分表 as a whole where its cell is unknown."""
        place = self.places.get(key)
        return place.address if place else (SCORE_SHEET, "")


class FactSet:
    """All facts of one unit. `derived` names are computed by the sheet's own formula, not typed."""

    __slots__ = ("claims", "derived", "findings", "invalid", "lost", "places", "tables", "values")

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.places: dict[str, Place] = {}
        self.tables: dict[str, list[Row]] = {}
        self.derived: set[str] = set()
        self.invalid: set[str] = set()
        self.lost: set[str] = set()
        self.findings: list[Finding] = []
        self.claims = Claims()

    def title(self, name: str) -> str:
        """`“编制数”（基本情况!B8）`, the place only where it is known."""
        place = self.places.get(name)
        return f"“{name}”" + (f"（{place.sheet}!{place.cell}）" if place else "")

    def place(self, name: str) -> tuple[str, str]:
        """(sheet, cell) of a fact, empty texts where unknown."""
        place = self.places.get(name)
        return place.address if place else NOWHERE


def total_of(parts: list[Value]) -> Value:
    """As the sheet's IF(COUNT(…)=0,"",SUM(…)): blank where nothing is filled, texts left out."""
    numbers = [part for part in parts if isinstance(part, Fraction)]
    return total(numbers) if numbers else None


def signed_parts(formula: str) -> list[tuple[int, str]]:
    """`收入合计 - 支出合计` → [(1, 收入合计), (-1, 支出合计)]: the formulas of columns are sums and differences only."""
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
    """Compute what the sheet's own formulas compute: totals of a row, then the 汇总 row. Typed values stay."""
    for name, spec in rubric["facts"].items():
        if name in facts.derived and "own_total" in spec:
            facts.values[name] = _computed(spec, facts.values)
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
    """The totals of one institution, over all tables. A total may be part of another that stands before it."""
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
    """For a judged indicator the fact and the claim are one cell: whichever is given serves as both."""
    for spec in rubric["indicators"]:
        if not is_judged(spec["rule"]):
            continue
        name, claim = spec["rule"]["fact"], facts.claims.indicators.get(spec["id"])
        if claim and claim.score is not None:
            facts.values[name] = claim.score
        elif facts.values.get(name) is not None:
            facts.claims.indicators[spec["id"]] = Claim(
                facts.values[name], claim.note if claim else ""
            )
