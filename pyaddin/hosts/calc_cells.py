"""Cells as LibreOffice hands them over, and small helpers of `calc`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rubric_sheets.ooxml.cell import ERROR, NUMBER, TEXT, Cell
from rubric_sheets.places.addresses import Area
from xlwings_libreoffice.connection import uno_module

from .cells import Formula, Link, Rows, digits

PLACES = 3  # the column of the 校验 sheet that leads to the cells


def plain(value: Any) -> Any:
    """What setDataArray takes; formulas follow later."""
    return "" if value is None or isinstance(value, (Formula, Link)) else value


class CalcLock:
    """LibreOffice keeps a sheet's options when its protection is taken off and put back."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.was_protected = False

    def open(self) -> bool:
        """Unprotect; False where a password is set."""
        if not self.sheet.isProtected():
            return True
        try:
            self.sheet.unprotect("")
        except uno_module().getClass("com.sun.star.lang.IllegalArgumentException"):
            return False
        self.was_protected = (
            True  # should a version not raise for a wrong password, the first write will
        )
        return True

    def close(self) -> None:
        """Protect again, if it was protected."""
        if self.was_protected:
            self.sheet.protect("")


def size(area: Area) -> tuple[int, int]:
    """Rows and columns."""
    return area.last_row - area.first_row + 1, area.last_col - area.first_col + 1


def has_no_links(area: Area, values: Any) -> bool:
    """Of the 校验 sheet: is the column of places, where the only formulas stand, here and empty?"""
    place = PLACES - area.first_col
    return area.first_col <= PLACES <= area.last_col and not any(row[place] for row in values)


def fingerprint(value: Any) -> str:
    """A short text that differs where the values differ."""
    from hashlib import sha256

    return sha256(repr(value).encode()).hexdigest()[:32]


def quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def may_be_date(number: float) -> bool:
    """A day of the years 1927 to 2201, or a whole minute of the day: what typing a date or a time can give."""
    if 0 < number < 1:
        return abs(number * 1440 - round(number * 1440)) < 1e-6
    return 10_000 <= number <= 110_000


def present(block: tuple[Area, Rows]) -> Iterator[tuple[int, int, Cell]]:
    """(row, column, cell) of the cells that are not blank."""
    area, rows = block
    for row, cells in enumerate(rows, area.first_row):
        for column, cell in enumerate(cells, area.first_col):
            if cell is not None:
                yield row, column, cell


def typed_formula(formula: str) -> bool:
    """A formula that a person may have typed as an input, not one of the template's."""
    return not formula.startswith(("IF(", "SUM(", "ROUND("))


def runs_of(formulas: list[tuple[Area, str]]) -> list[tuple[Area, list[str]]]:
    """Formulas one below the other, gathered."""
    runs: list[tuple[Area, list[str]]] = []
    for area, text in formulas:
        if (
            runs
            and runs[-1][0][0] == area.sheet
            and runs[-1][0].first_col == area.first_col
            and runs[-1][0].last_row + 1 == area.first_row
        ):
            runs[-1] = (runs[-1][0]._replace(last_row=area.first_row), [*runs[-1][1], text])
        else:
            runs.append((area, [text]))
    return runs


def change(
    block: tuple[Area, Rows], row: int, column: int, kind: str, text: str | None = None
) -> None:
    area, rows = block
    cells = rows[row - area.first_row]
    old = cells[column - area.first_col]
    if old is not None:
        cells[column - area.first_col] = old._replace(
            kind=kind, text=old.text if text is None else text
        )


def cell_of(value: Any, formula: str) -> Cell | None:
    """One cell as UNO gives it: nothing is an error, empty text a blank cell or a formula's empty text."""
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
