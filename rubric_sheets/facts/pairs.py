"""Rows of two tables that belong together: those of one institution.

A row that names its institution goes with the first row of that name in the other table. By
position goes a row without a name, and one whose neighbour there has none. The sheet's formula
does the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..places.addresses import Area, letters
from .model import Row

INSTITUTION = "机构名称"


def name_of(row: Row) -> str:
    return str(row.values.get(INSTITUTION) or "")


def partner(rows: Sequence[Row], name: str, index: int) -> Row | None:
    """The row of a table that goes with one of another, which bears `name` at line `index`, counted
    from 0; None where there is none."""
    wanted = name.casefold()
    named = (row for row in rows if name and name_of(row).casefold() == wanted)
    beside = rows[index] if index < len(rows) else None
    if beside is not None and name and name_of(beside):
        beside = None  # of another institution, unless it is found by its name
    return next(named, beside)


def paired_cell(own: Area, row: int, other: Area, column: int) -> str:
    """The spreadsheet expression of that row's cell in `column` of another table. `own`, `other`:
    where the rows of the two tables are, names in the first column."""
    where = "" if other.sheet == own.sheet else f"'{other.sheet}'!"
    name = f"${letters(own.first_col)}{row}"
    line = f"ROWS(${letters(own.first_col)}${own.first_row}:{name})"
    names = where + _rows(letters(other.first_col), other)
    beside = f'IF(INDEX({names},{line})="",{line},NA())'
    at = f'IF({name}="",{line},IFERROR(MATCH({name},{names},0),{beside}))'
    return f"INDEX({where}{_rows(letters(column), other)},{at})"


def _rows(letter: str, area: Area) -> str:
    return f"${letter}${area.first_row}:${letter}${area.last_row}"


def difference(parts: Sequence[tuple[int, str]]) -> str:
    """A spreadsheet's sum of cells with their signs, blank until all are numbers."""
    text = "".join(("+" if sign > 0 else "-") + cell for sign, cell in parts).removeprefix("+")
    numbers = ",".join(f"ISNUMBER({cell})" for _, cell in parts)
    return f'IF(AND({numbers}),{text},"")'
