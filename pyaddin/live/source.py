"""The workbook on the screen as the core's reader sees it:
each sheet that is needed in one block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rubric_sheets.books.labels import ABOVE
from rubric_sheets.books.list_columns import heads
from rubric_sheets.books.projects import views
from rubric_sheets.books.read import Reader
from rubric_sheets.books.rubric_in_book import foreign_rubric, read_rubric
from rubric_sheets.ooxml.cell import Cell
from rubric_sheets.ooxml.merges import Hidden, hidden_by
from rubric_sheets.places.addresses import Area
from rubric_sheets.places.headings import column_of
from rubric_sheets.places.headings import columns as columns_by_heading
from rubric_sheets.places.names import (
    FINDINGS_AREA,
    HEADER,
    META_SHEET,
    OWN_NOTE,
    OWN_SCORE,
    row_name,
)
from rubric_sheets.rubric.forms import judged_lists
from rubric_sheets.rubric.model import Rubric

from ..hosts.cells import Place, Rows
from ..hosts.meta import META_AREA
from ..hosts.probe import locate
from .changes import LiveChanges

if TYPE_CHECKING:
    from ..hosts.protocol import Host

PERCENT = 1  # as a cell's style: its number format is a percentage


class LiveSource:
    """Cells of an open workbook; a Source of `rubric_sheets.books.source`."""

    date1904 = False  # the host gives dates as dates

    def __init__(self, host: Host) -> None:
        self.host = host
        self.path = host.path
        self.sheets: list[str] = host.sheet_names()
        self.names: dict[str, Area] = {}
        self._blocks: dict[str, tuple[Area, Rows]] = {}
        self._percent: set[Place] = set()
        self._inputs: dict[str, list[tuple[int, int]]] = {}
        self._hidden: dict[str, Hidden] | None = None
        if META_SHEET in self.sheets:
            self._blocks[META_SHEET] = (META_AREA, host.meta())

    def locate(self, rubric: Rubric, *, lists: bool = False) -> None:
        """Find the names, and read every sheet that a score needs; `lists`
        says whether texts of lists will be read."""
        self.host.watch()
        found = locate(self.host, rubric)
        self.names = found.areas
        self._percent = {
            (area.sheet, area.first_row, area.first_col)
            for name, area in found.areas.items()
            if name in found.percent
        }
        judged = judged_lists(rubric)
        texts = {
            name
            for name, table in rubric["tables"].items()
            if not table["totals"] and name not in judged
        }
        kinds = ((name.partition("__")[0], area) for name, area in found.areas.items())
        self.load(
            boxes(
                heads(area) if kind in texts else _read(rubric, kind, area) for kind, area in kinds
            )
        )
        self._inputs = self._find_inputs(rubric, set() if lists else texts)

    def _find_inputs(self, rubric: Rubric, unread: set[str]) -> dict[str, list[tuple[int, int]]]:
        """The cells (row, column) of each sheet that people fill in, and a few more."""
        rows = {row_name(spec["id"]) for spec in rubric["indicators"]}
        claims: dict[str, list[int]] = {}
        found: dict[str, list[tuple[int, int]]] = {}
        for name, area in self.names.items():
            kind = name.partition("__")[0]
            if kind in rows:
                claims.setdefault(area.sheet, []).append(area.first_row)
            elif kind not in unread and kind not in (HEADER, FINDINGS_AREA) and area.is_table:
                lines, columns = (
                    range(area.first_row, area.last_row + 1),
                    range(area.first_col, area.last_col + 1),
                )
                found.setdefault(area.sheet, []).extend(
                    (row, column) for row in lines for column in columns
                )
        for name, area in self.names.items():
            if name.partition("__")[0] == HEADER:
                listed = columns_by_heading()
                for (_, column), cell in self.cells(area).items():
                    heading = cell.text.strip()
                    if column_of(heading, listed) in (OWN_SCORE, OWN_NOTE):
                        found.setdefault(area.sheet, []).extend(
                            (row, column) for row in claims.get(area.sheet, [])
                        )
        return found

    def merges(self, sheet: str) -> Hidden:
        """What merged cells hide; asked for once, for all sheets."""
        if self._hidden is None:
            self._hidden = {
                name: hidden_by(areas) for name, areas in self.host.merges(self._inputs).items()
            }
        return self._hidden.get(sheet, ({}, []))

    def load(self, areas: list[Area]) -> None:
        """Read these areas, one of each sheet; what was read of the sheet before goes."""
        for area, rows in zip(areas, self.host.read(areas)):
            self._blocks[area.sheet] = (area, rows)

    def cell(self, sheet: str, row: int, column: int) -> Cell | None:
        block = self._blocks.get(sheet)
        if block is None or not block[0].covers(row, column):
            block = self._wider(sheet, row, column)
        area, rows = block
        cell = rows[row - area.first_row][column - area.first_col]
        if cell is not None and (sheet, row, column) in self._percent:
            return cell._replace(style=PERCENT)
        return cell

    def _wider(self, sheet: str, row: int, column: int) -> tuple[Area, Rows]:
        """A cell beside the block: read the sheet again, up to the
        ends of its names and to this cell."""
        parts = [area for area in self.names.values() if area.sheet == sheet]
        if sheet in self._blocks:
            parts.append(self._blocks[sheet][0])
        self.load(boxes([*parts, Area(sheet, row, column, row, column)]))
        return self._blocks[sheet]

    def cells(self, area: Area) -> dict[tuple[int, int], Cell]:
        """The cells in the rectangle that are not blank."""
        found = {}
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_col, area.last_col + 1):
                cell = self.cell(area.sheet, row, column)
                if cell is not None:
                    found[row, column] = cell
        return found

    def is_percent(self, cell: Cell) -> bool:
        return cell.style == PERCENT

    def is_date(self, cell: Cell) -> bool:
        return False  # the host tells dates from numbers by kind

    def changes(self) -> LiveChanges:
        """What collects the changes of this workbook."""
        return LiveChanges(self)


def _read(rubric: Rubric, name: str, area: Area) -> Area:
    """A table is read with the row below it: what stands there was meant for the table; a list of
    texts with its headings too. A fact is read with the labels beside it and above."""
    if name in rubric["tables"]:
        listed = area if rubric["tables"][name]["totals"] else heads(area)
        return listed._replace(last_row=area.last_row + 1)
    if name in rubric["facts"]:
        return area._replace(first_row=max(area.first_row - ABOVE, 1), first_col=1)
    return area


def boxes(areas: Iterable[Area]) -> list[Area]:
    """The smallest rectangle around all areas of each sheet."""
    found: dict[str, Area] = {}
    for area in areas:
        old = found.get(area.sheet, area)
        found[area.sheet] = Area(
            area.sheet,
            min(old.first_row, area.first_row),
            min(old.first_col, area.first_col),
            max(old.last_row, area.last_row),
            max(old.last_col, area.last_col),
        )
    return list(found.values())


def read_live(host: Host, *, lists: bool = False) -> list[Reader]:
    """Read the whole workbook, one reader for each project.

    Raises InputError for what is no workbook of ours.
    """
    source = LiveSource(host)
    carried = read_rubric(source)
    with foreign_rubric(source.path, carried[1]):
        source.locate(carried[0], lists=lists)
        return [Reader(view, carried).read(lists=lists) for view in views(source)]
