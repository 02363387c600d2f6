"""Merged cells, asked for through xlwings: Excel answers for whole rectangles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rubric_sheets.places.addresses import Area
from xlwings_libreoffice.address import rectangles


def asked(book: Any, sheet: str, cells: Iterable[tuple[int, int]]) -> list[Area]:
    """The merged areas that these cells (row, column) touch: halves, where a rectangle has some."""
    here, found = book.sheets[sheet], list[Area]()
    todo = [(one.row, one.column, one.rows, one.columns) for one in rectangles(list(cells))]
    while todo:
        row, column, rows, columns = todo.pop()
        last_row, last_column = row + rows - 1, column + columns - 1
        if any(area.covers(row, column) and area.covers(last_row, last_column) for area in found):
            continue
        block = here.range((row, column), (last_row, last_column))
        if block.merge_cells is False:  # True: all of them, None: some
            continue
        if rows == columns == 1:
            whole = block.merge_area
            last = whole.last_cell
            found.append(Area("", whole.row, whole.column, last.row, last.column))
        elif rows >= columns:
            half = rows // 2
            todo += [(row, column, half, columns), (row + half, column, rows - half, columns)]
        else:
            half = columns // 2
            todo += [(row, column, rows, half), (row, column + half, rows, columns - half)]
    return found
