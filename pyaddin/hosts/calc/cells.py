"""Cells as LibreOffice hands them over, and what must be asked to know what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rubric_sheets.ooxml.cell import ERROR, NUMBER, TEXT, Cell
from rubric_sheets.places.addresses import Area

from ..cells import Rows, digits

Block = tuple[Area, Rows]

PLACES = 3  # the column of the 校验 sheet that leads to the cells


def has_no_links(area: Area, values: Any) -> bool:
    """Of the 校验 sheet: is the column of places, where the only formulas stand, here and empty?"""
    place = PLACES - area.first_col
    return area.first_col <= PLACES <= area.last_col and not any(row[place] for row in values)


def fingerprint(value: Any) -> str:
    """A short text that differs where the values differ."""
    from hashlib import sha256

    return sha256(repr(value).encode()).hexdigest()[:32]


def may_be_date(number: float) -> bool:
    """A day of the years 1927 to 2201, or a whole minute of the day:
    what typing a date or a time can give."""
    if 0 < number < 1:
        return abs(number * 1440 - round(number * 1440)) < 1e-6
    return 10_000 <= number <= 110_000


def present(block: Block) -> Iterator[tuple[int, int, Cell]]:
    """(row, column, cell) of the cells that are not blank."""
    area, rows = block
    for row, cells in enumerate(rows, area.first_row):
        for column, cell in enumerate(cells, area.first_col):
            if cell is not None:
                yield row, column, cell


def typed_formula(formula: str) -> bool:
    """A formula that a person may have typed as an input, not one of the template's."""
    return not formula.startswith(("IF(", "SUM(", "ROUND("))


def change(block: Block, row: int, column: int, kind: str, text: str | None = None) -> None:
    """Another kind, and perhaps another text, for a cell that is not blank."""
    area, rows = block
    cells = rows[row - area.first_row]
    old = cells[column - area.first_col]
    if old is not None:
        cells[column - area.first_col] = old._replace(
            kind=kind, text=old.text if text is None else text
        )


def cell_of(value: Any, formula: str) -> Cell | None:
    """One cell as UNO gives it: nothing is an error, empty text a
    blank cell or a formula's empty text."""
    own = formula[1:] if formula.startswith("=") and formula != value else None
    if own is None and formula.startswith("{=") and formula != value:
        own = formula[2:-1]
    if value is None:
        return Cell(ERROR, "#VALUE!", own, 0)
    if value == "":
        return None if own is None else Cell(TEXT, "", own, 0)
    if isinstance(value, str):
        return Cell(TEXT, value, own, 0)
    return Cell(NUMBER, digits(value), own, 0)
