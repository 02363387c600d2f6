"""What a run changes in an open workbook: collected cell by cell, written block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rubric_sheets.ooxml.cell import BLANK, NUMBER, TEXT, Cell
from rubric_sheets.ooxml.values import KEEP, Value
from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import FINDINGS_AREA

from ..hosts.cells import Formula, Link, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rubric_sheets.books.source import Source


class LiveChanges:
    """The live twin of `rubric_sheets.ooxml.save.Changes`.

    Formula cells are left to the program.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.cells: dict[Place, Any] = {}
        self.heights: dict[tuple[str, int], float] = {}  # (sheet, row) → points
        self.shown: list[Area] = []

    @property
    def is_empty(self) -> bool:
        """Is there nothing to write?"""
        return not self.cells

    def set(self, sheet: str, row: int, col: int, value: Value, formula: str | None = KEEP) -> None:
        """Set a cell; a formula that is to be kept computes its value itself."""
        old = self.source.cell(sheet, row, col)
        if formula is KEEP and old is not None and old.formula is not None:
            return
        self.cells[sheet, row, col] = (
            as_typed(value) if formula in (KEEP, None) else Formula(f"={formula}")
        )

    def set_hyperlinks(
        self, sheet: str, links: Mapping[tuple[int, int], tuple[str, str]], within: Area
    ) -> None:
        """Links of a rectangle, by (row, column) → location and text;
        the others are rewritten as plain text."""
        for (row, col), (location, text) in links.items():
            old = self.source.cell(sheet, row, col)
            standing = (
                old is not None
                and old.formula is not None
                and f'"#{location}"' in old.formula
                and old.text == text
            )
            if standing:
                self.cells.pop((sheet, row, col), None)
            else:
                self.cells[sheet, row, col] = Link(location, text)

    def set_height(self, sheet: str, row: int, points: float) -> None:
        """Give a row that is written this height."""
        self.heights[sheet, row] = points

    def show_rows(self, area: Area) -> None:
        """None of these rows, which are written, stays hidden."""
        self.shown.append(area)

    def sheets(self) -> list[str]:
        """The sheets that will change."""
        return list(dict.fromkeys(sheet for sheet, _, _ in self.cells))


def as_typed(value: Value) -> Any:
    """None, a number or a text, as spreadsheet programs take them."""
    if value.kind == BLANK:
        return None
    return float(value.text) if value.kind == NUMBER else value.text


def as_written(cell: Cell | None) -> Any:
    """What would have to be written to get this cell again."""
    if cell is None or (cell.kind == BLANK and cell.formula is None):
        return None
    if cell.formula is not None:
        return Formula(f"={cell.formula}")
    if cell.kind == TEXT:
        return cell.text
    return float(cell.text) if cell.kind == NUMBER else Formula(cell.text)


def singly(cells: Mapping[Place, Any]) -> list[tuple[Area, list[list[Any]]]]:
    """A block for each cell."""
    return [
        (Area(sheet, row, column, row, column), [[value]])
        for (sheet, row, column), value in cells.items()
    ]


def blocks(cells: Mapping[Place, Any], source: Source) -> list[tuple[Area, list[list[Any]]]]:
    """As few rectangles as may be: of each sheet one, where nothing else would be touched, else
    columns. The findings are by themselves: the line above them is merged, and blocks of whole
    cells only can be undone in LibreOffice.

    Gaps are filled with what stands there, if that is blank, plain, or a link of ours.
    """
    out = []
    for sheet, here in _by_table(cells, source.names.get(FINDINGS_AREA)):
        columns = sorted({column for _, column in here})
        rows = [row for row, _ in here]
        whole = Area(sheet, min(rows), columns[0], max(rows), columns[-1])
        size = (whole.last_row - whole.first_row + 1) * len(columns)
        if len(here) * 3 >= size and _fill(whole, here, source):
            out.append((whole, _rows(whole, here)))
            continue
        for column in columns:
            out += _column(sheet, column, here, source)
    return out


def _by_table(
    cells: Mapping[Place, Any], findings: Area | None
) -> list[tuple[str, dict[tuple[int, int], Any]]]:
    """The cells of each sheet; those of the findings by themselves."""
    groups: dict[tuple[str, bool], dict[tuple[int, int], Any]] = {}
    for (sheet, row, column), value in cells.items():
        is_found = findings is not None and sheet == findings.sheet and findings.covers(row, column)
        groups.setdefault((sheet, is_found), {})[row, column] = value
    return [(sheet, here) for (sheet, _), here in groups.items()]


def _fill(area: Area, here: dict[tuple[int, int], Any], source: Source) -> bool:
    """Complete `here` to the whole rectangle; False, and
    nothing changed, where that may do harm."""
    gaps: dict[tuple[int, int], Any] = {}
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_col, area.last_col + 1):
            if (row, column) in here:
                continue
            cell = source.cell(area.sheet, row, column)
            if cell is not None and not is_harmless(cell):
                return False
            gaps[row, column] = as_written(cell)
    here.update(gaps)
    return True


def is_harmless(cell: Cell) -> bool:
    """Does writing it again change nothing?"""
    if cell.formula is not None:
        return cell.formula.startswith("HYPERLINK(")
    return cell.kind in (BLANK, TEXT, NUMBER)


def _rows(area: Area, here: dict[tuple[int, int], Any]) -> list[list[Any]]:
    columns = range(area.first_col, area.last_col + 1)
    return [
        [here[row, column] for column in columns]
        for row in range(area.first_row, area.last_row + 1)
    ]


def _column(
    sheet: str, column: int, here: dict[tuple[int, int], Any], source: Source
) -> list[tuple[Area, list[list[Any]]]]:
    """The runs of one column."""
    runs: list[Area] = []
    for row in sorted(row for row, at in here if at == column):
        if runs and _fill(Area(sheet, runs[-1].last_row, column, row, column), here, source):
            runs[-1] = runs[-1]._replace(last_row=row)
        else:
            runs.append(Area(sheet, row, column, row, column))
    return [(run, _rows(run, here)) for run in runs]
