"""Writing blocks into LibreOffice: values first, then formulas,
then the notes that a block takes away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import META_SHEET
from xlwings_libreoffice import address, notes

from ..cells import Formula, Link
from ..shared import link_formula
from .document import Document

SEPARATOR = ";"
POINT = 2540 / 72  # in 1/100 mm
Blocks = Sequence[tuple[Area, list[list[Any]]]]
Runs = list[tuple[Area, list[str]]]


def write(document: Document, blocks: Blocks) -> None:
    """Each block at once, and all formulas of a column's run at once."""
    if not blocks:
        return
    kept = [(sheet, notes.inside(sheet, areas)) for sheet, areas in _noted(document, blocks)]
    formulas: list[tuple[Area, str]] = []
    copied: list[Area] = []
    try:
        for cells, (area, rows) in zip(document.ranges([area for area, _ in blocks]), blocks):
            values = tuple(tuple(_plain(value) for value in row) for row in rows)
            if document.is_all_visible(area, cells):
                document.copy_onto_itself(area)
                copied.append(area)
            document.put(area.sheet, cells.setDataArray, values)
            formulas += _formulas(area, rows)
        runs = runs_of(formulas)
        for cells, (area, texts) in zip(document.ranges([area for area, _ in runs]), runs):
            document.put(area.sheet, cells.setFormulaArray, tuple((text,) for text in texts))
        for area in copied:
            document.copy_onto_itself(area)
    finally:
        for sheet, found in kept:
            notes.put_back(sheet, found)


def type_in(document: Document, blocks: Blocks) -> None:
    """Cell by cell, as a person types: cells that were blank and merged ones can be undone too."""
    for area, rows in blocks:
        for row, values in enumerate(rows, area.first_row):
            for column, value in enumerate(values, area.first_col):
                _type(document, document.cell(area.sheet, row, column), area.sheet, value)


def _type(document: Document, cell: Any, sheet: str, value: Any) -> None:
    if isinstance(value, float):
        document.put(sheet, cell.setValue, value)
    elif isinstance(value, (Formula, Link)):
        text = value.text if isinstance(value, Formula) else f"={link_formula(value, SEPARATOR)}"
        document.put(sheet, cell.setFormula, text)
    else:
        document.put(sheet, cell.setString, value or "")


def set_heights(document: Document, heights: dict[tuple[str, int], float]) -> None:
    """Row heights in points, by (sheet, row)."""
    ranges = document.ranges([Area(sheet, row, 1, row, 1) for sheet, row in heights])
    for cells, points in zip(ranges, heights.values()):
        cells.Rows.Height = round(points * POINT)


def show_rows(document: Document, areas: Sequence[Area]) -> None:
    """Rows that a filter or a person has hidden; the filter has no conditions any longer."""
    for area, cells in zip(areas, document.ranges(areas)):
        if document.is_all_visible(area, cells):
            continue
        filters = document.doc.getPropertyValue("UnnamedDatabaseRanges")
        number = document.tabs.index(area.sheet)
        if filters.hasByTable(number):
            filters.getByTable(number).getFilterDescriptor().setFilterFields(())
        cells.Rows.IsVisible = True


def _noted(document: Document, blocks: Blocks) -> Iterator[tuple[Any, list[address.Area]]]:
    """The sheets that may have notes, and what of them is
    written: writing a block deletes its notes."""
    for name in dict.fromkeys(area.sheet for area, _ in blocks if area.sheet != META_SHEET):
        own = [area for area, _ in blocks if area.sheet == name]
        yield document.sheet(name), [_of_engine(area) for area in own]


def _of_engine(area: Area) -> address.Area:
    rows, columns = area.last_row - area.first_row + 1, area.last_col - area.first_col + 1
    return address.Area(area.first_row, area.first_col, rows, columns)


def _plain(value: Any) -> Any:
    """What setDataArray takes; formulas follow later."""
    return "" if value is None or isinstance(value, (Formula, Link)) else value


def _formulas(area: Area, rows: list[list[Any]]) -> Iterable[tuple[Area, str]]:
    """Column by column."""
    for offset in range(area.last_col - area.first_col + 1):
        column = area.first_col + offset
        for number, row in enumerate(rows, area.first_row):
            value, cell = row[offset], Area(area.sheet, number, column, number, column)
            if isinstance(value, Formula):
                yield cell, value.text
            elif isinstance(value, Link):
                yield cell, f"={link_formula(value, SEPARATOR)}"


def runs_of(formulas: list[tuple[Area, str]]) -> Runs:
    """Formulas one below the other, gathered."""
    runs: Runs = []
    for area, text in formulas:
        if runs and _continues(runs[-1][0], area):
            above, texts = runs[-1]
            runs[-1] = (above._replace(last_row=area.first_row), [*texts, text])
        else:
            runs.append((area, [text]))
    return runs


def _continues(above: Area, area: Area) -> bool:
    is_same_column = above.sheet == area.sheet and above.first_col == area.first_col
    return is_same_column and above.last_row + 1 == area.first_row
