"""Reading blocks from LibreOffice.

Dates and booleans are numbers with a format there, errors are nothing: which they are is asked only
where they may be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rubric_sheets.ooxml.cell import BOOL, DATE, ERROR, NUMBER, Cell
from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import FINDINGS_SHEET, SCORE_SHEET
from xlwings_libreoffice.values import CellError, Kind

from ..cells import Place, Rows
from ..meta import chunked
from .cells import Block, cell_of, change, has_no_links, may_be_date, present, typed_formula
from .document import Document, address

DATES = 2  # com.sun.star.sheet.CellFlags
KINDS = {Kind.DATE: DATE, Kind.BOOLEAN: BOOL}
Evaluate = Callable[[Sequence[str]], list[Any]]


def read(document: Document, areas: Sequence[Area], evaluate: Evaluate) -> list[Rows]:
    """The cells of each area."""
    out: list[Rows] = []
    ranges = document.ranges(areas)
    for area, cells in zip(areas, ranges):
        values = cells.getDataArray()
        formulas: Any = (("",) * len(row) for row in values)
        if not (area.sheet == FINDINGS_SHEET and has_no_links(area, values)):
            formulas = cells.getFormulaArray()
        out.append([[cell_of(*pair) for pair in zip(*rows)] for rows in zip(values, formulas)])
    _tell_apart(document, list(zip(areas, out)), ranges, evaluate)
    return out


def _tell_apart(
    document: Document, blocks: list[Block], ranges: Sequence[Any], evaluate: Evaluate
) -> None:
    places = {block[0].sheet: block for block in blocks}
    doubtful: list[Place] = []
    for block, cells in zip(blocks, ranges):
        if block[0].sheet == FINDINGS_SHEET:
            continue
        found = [one for one in present(block) if one[2].kind in (NUMBER, ERROR)]
        if any(_is_typed_date(cell) for _, _, cell in found):
            _dates(block, cells)
        doubtful += _by_cell(document, block, found)
    for sheet, row, column in _booleans(doubtful, evaluate):
        change(places[sheet], row, column, BOOL)


def _is_typed_date(cell: Cell) -> bool:
    return cell.kind == NUMBER and cell.formula is None and may_be_date(float(cell.text))


def _dates(block: Block, cells: Any) -> None:
    for dates in cells.queryContentCells(DATES).RangeAddresses:
        for row in range(dates.StartRow, dates.EndRow + 1):
            for column in range(dates.StartColumn, dates.EndColumn + 1):
                change(block, row + 1, column + 1, DATE)


def _by_cell(document: Document, block: Block, found: list[tuple[int, int, Cell]]) -> list[Place]:
    """Errors get their names, results of typed formulas their kinds;
    zeros and ones that remain are doubtful."""
    sheet = block[0].sheet
    doubtful: list[Place] = []
    for row, column, cell in found:
        if cell.formula is not None and not typed_formula(cell.formula):
            continue
        if cell.kind == ERROR:
            code = document.cell(sheet, row, column).getError()
            change(block, row, column, ERROR, str(CellError.of(code)))
        elif cell.formula is not None and sheet != SCORE_SHEET:
            kind = KINDS.get(document.kind(document.cell(sheet, row, column)))
            if kind is not None:
                change(block, row, column, kind)
        elif cell.text in ("0", "1"):
            doubtful.append((sheet, row, column))
    return doubtful


def _booleans(places: list[Place], evaluate: Evaluate) -> list[Place]:
    """Which of these zeros and ones are FALSE and TRUE."""
    if not places:
        return []
    cells = [Area(sheet, row, column, row, column) for sheet, row, column in places]
    tests = [f"ISLOGICAL({address(cell)})" for cell in cells]
    answers = "".join(str(text) for text in evaluate(chunked(tests)))
    return [place for place, answer in zip(places, answers) if answer == "1"]
