"""Several forms in one table, as a sheet or a text has them below each other: each by itself."""

from __future__ import annotations

from ..reading.document import Cell, Table
from ..words.clean import label
from ..words.synonyms import data
from . import scores
from .values import is_blank


def parted(table: Table) -> list[Table]:
    """One table for each form, with the title rows straight above it; any other table as it is."""
    starts: list[int] = []
    has_targets = True
    for top in range(table.height):
        cells = table.row(top)
        if scores.heads(cells):
            has_targets = True
        elif has_targets and begins(cells):
            starts.append(_with_title(table, top))
            has_targets = False
    if not has_targets:
        starts = starts[:-1]
    if len(starts) < 2:
        return [table]
    ends = [*starts[1:], table.height]
    return [_piece(table, start, end) for start, end in zip([0, *starts[1:]], ends)]


def begins(cells: list[Cell]) -> bool:
    """Is it the row that names the project or the department?"""
    filled = [cell for cell in cells if not is_blank(cell)]
    names = set(map(label, data()["funds"]["names"]))
    return 0 < len(filled) < 5 and label(filled[0].text) in names


def _with_title(table: Table, top: int) -> int:
    """The rows above that are one text belong to it."""
    while top > 0 and sum(not is_blank(cell) for cell in table.row(top - 1)) == 1:
        top -= 1
    return top


def _piece(table: Table, start: int, end: int) -> Table:
    cells = [cell._replace(top=cell.top - start) for cell in table.cells if start <= cell.top < end]
    piece = Table(cells, table.number)
    piece.caption = table.caption
    return piece
