"""What a unit filled in: facts, growing tables and claims, each with the cell it stands in.

A value is an exact Fraction, a text, `不适用`, or None for a blank.
What could not be read stands in
`invalid` and counts as missing: unknown is never zero.
"""

from __future__ import annotations

from fractions import Fraction

from ..findings.finding import Finding
from ..places.addresses import letters
from ..places.names import SCORE_SHEET
from ..records import Record

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


def row_id(index: int) -> str:
    """Under which a row of the unit's own list, counted from 0,
    stands among indicators and claims."""
    return f"row-{index + 1}"


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

    __slots__ = (
        "claims",
        "derived",
        "findings",
        "invalid",
        "lost",
        "places",
        "sums",
        "tables",
        "titles",
        "values",
    )

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.places: dict[str, Place] = {}
        self.tables: dict[str, list[Row]] = {}
        self.derived: set[str] = set()
        self.invalid: set[str] = set()
        self.lost: set[str] = set()
        self.sums: dict[str, Fraction] = {}  # of parts whose total is 0 or blank
        self.titles: dict[str, str] = {}  # of names that only a program needs
        self.findings: list[Finding] = []
        self.claims = Claims()

    def having(self, values: dict[str, Value]) -> FactSet:
        """The same with these values too."""
        if not values:
            return self
        out = FactSet()
        for slot in self.__slots__:
            setattr(out, slot, getattr(self, slot))
        out.values = {**self.values, **values}
        return out

    def counted(self, name: str) -> Value:
        """What counts for scores: as typed, but the sum of its parts for an empty total."""
        return self.sums.get(name, self.values.get(name))

    def title(self, name: str) -> str:
        """`“编制数”（基本情况!B8）`, the place only where it is known."""
        place = self.places.get(name)
        shown = self.titles.get(name, name)
        return f"“{shown}”" + (f"（{place.sheet}!{place.cell}）" if place else "")

    def place(self, name: str) -> tuple[str, str]:
        """(sheet, cell) of a fact, empty texts where unknown."""
        place = self.places.get(name)
        return place.address if place else NOWHERE
