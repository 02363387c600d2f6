"""Excel addresses in plain Python: resolving `A1:C3` must not cost a round trip to LibreOffice."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384

_CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6}))?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?([1-9]\d{0,6}):\$?([1-9]\d{0,6})")
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")


class Area(NamedTuple):
    """A block of cells; row and column count from 1."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


def area_of(found: Any) -> Area:
    """A com.sun.star.table.CellRangeAddress, which counts from 0, as an area."""
    rows, columns = found.EndRow - found.StartRow + 1, found.EndColumn - found.StartColumn + 1
    return Area(found.StartRow + 1, found.StartColumn + 1, rows, columns)


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _area(row1: int, column1: int, row2: int, column2: int) -> Area | None:
    if max(row1, row2) > MAX_ROWS or max(column1, column2) > MAX_COLUMNS:
        return None
    row, column = min(row1, row2), min(column1, column2)
    return Area(row, column, abs(row2 - row1) + 1, abs(column2 - column1) + 1)


def parse(text: str) -> Area | None:
    """`A1`, `$A$1:C3`, `A:C` or `2:5`; None for anything else (a name, perhaps)."""
    if found := _CELLS.fullmatch(text):
        column, row = column_number(found[1]), int(found[2])
        return _area(
            row, column, int(found[4] or row), column_number(found[3]) if found[3] else column
        )
    if found := _COLUMNS.fullmatch(text):
        return _area(1, column_number(found[1]), MAX_ROWS, column_number(found[2]))
    if found := _ROWS.fullmatch(text):
        return _area(int(found[1]), 1, int(found[2]), MAX_COLUMNS)
    return None


def split_sheet(text: str) -> tuple[str, str]:
    """`'我 的'!A1` → ("我 的", "A1"); without a sheet the first part is empty.
    A [book] is dropped."""
    sheet, mark, rest = text.rpartition("!")
    if not mark:
        return "", text
    if sheet.startswith("'") and sheet.endswith("'") and len(sheet) > 1:
        sheet = sheet[1:-1].replace("''", "'")
    if sheet.startswith("[") and "]" in sheet:
        sheet = sheet[sheet.index("]") + 1 :]
    return sheet, rest


def quoted(sheet: str) -> str:
    """A sheet's name as formulas need it, quoted only where Excel quotes."""
    if _PLAIN_SHEET.fullmatch(sheet) and parse(sheet) is None:
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def written(area: Area, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """An area as Excel writes it."""
    row_mark, column_mark = "$" if row_absolute else "", "$" if column_absolute else ""
    last_row, last_column = area.row + area.rows - 1, area.column + area.columns - 1
    if area.rows >= MAX_ROWS:
        return (
            f"{column_mark}{column_letters(area.column)}:{column_mark}{column_letters(last_column)}"
        )
    if area.columns >= MAX_COLUMNS:
        return f"{row_mark}{area.row}:{row_mark}{last_row}"
    first = f"{column_mark}{column_letters(area.column)}{row_mark}{area.row}"
    if area.rows == area.columns == 1:
        return first
    return f"{first}:{column_mark}{column_letters(last_column)}{row_mark}{last_row}"


def rectangles(cells: list[tuple[int, int]]) -> list[Area]:
    """Cells gathered into as few blocks as a simple scan finds: runs down a column, equal runs side
    by side.

    Offsets count from 0, as the cells' do.
    """
    runs: list[Area] = []
    for row, column in sorted(set(cells), key=lambda cell: (cell[1], cell[0])):
        if runs and runs[-1].column == column and runs[-1].row + runs[-1].rows == row:
            runs[-1] = runs[-1]._replace(rows=runs[-1].rows + 1)
        else:
            runs.append(Area(row, column))
    blocks: dict[tuple[int, int], Area] = {}
    done: list[Area] = []
    for run in runs:
        block = blocks.get((run.row, run.rows))
        if block is not None and block.column + block.columns == run.column:
            blocks[run.row, run.rows] = block._replace(columns=block.columns + 1)
            continue
        if block is not None:
            done.append(block)
        blocks[run.row, run.rows] = run
    return done + list(blocks.values())
