"""What was read, with the place where it stands: nothing in a report is known without a quote."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import exact
from ..records import Record
from .reading.document import Cell, Spot
from .words.numbers import BARE, Mention

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Evidence(Record):
    """A piece of the report, letter for letter."""

    quote: str
    spot: Spot

    def as_json(self) -> dict[str, Any]:
        return {"quote": self.quote, "place": self.spot.as_json()}

    @property
    def shown(self) -> str:
        """In one line."""
        return " ".join(self.quote.split())


class Sighting(Record):
    """One quantity where it stands. `value`: in the fact's own unit, percents in percent."""

    value: Fraction | str
    as_read: str
    unit: str
    evidence: Evidence
    slack: Fraction = Fraction(0)  # half a unit of the last printed place
    is_sentence: bool = False
    in_form: bool = False  # in a table of institutions, as the forms have them

    @property
    def words(self) -> str:
        """Its value, a number with all its digits."""
        return exact(self.value) if isinstance(self.value, Fraction) else self.value

    def as_json(self) -> dict[str, Any]:
        given = {"value": self.words, "unit": self.unit, "as_read": self.as_read}
        return {**given, **self.evidence.as_json()}


def of_number(one: Mention, text: str, evidence: Evidence, unit: str = "") -> Sighting:
    """A number that was read out of `text`."""
    low, high = one.around()
    shown = unit or ("" if one.kind == BARE else one.unit)
    return Sighting(one.value, text, shown, evidence, (high - low) / 2)


def of_cell(cell: Cell, before: Cell | None = None) -> Evidence:
    """The quote of a cell, with the label beside it where that stands directly before it."""
    in_table = cell.spot.table or cell.spot.sheet
    is_beside = before is not None and before.spot.column in (0, cell.spot.column - 1)
    if before is not None and is_beside and before.text.strip() and in_table:
        return Evidence(f"{before.text}{cell.joint}{cell.text}", cell.spot)
    return Evidence(cell.text, cell.spot)
