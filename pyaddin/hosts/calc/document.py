"""A document of LibreOffice: a call is a round trip, so
everything is asked for at once, and once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rubric_sheets.places.addresses import Area, area_text
from xlwings_libreoffice.calls import traced
from xlwings_libreoffice.connection import is_uno_error, uno_module
from xlwings_libreoffice.errors import SheetProtected
from xlwings_libreoffice.values import Kind


def quoted(sheet: str) -> str:
    """A sheet's name as LibreOffice's addresses hold it."""
    return "'" + sheet.replace("'", "''") + "'"


def address(area: Area) -> str:
    """`$'收支表'.C6:D8`"""
    return f"${quoted(area.sheet)}.{area_text(area)}"


class Document:
    """One open spreadsheet. `book`: the xlwings Book. Rows and columns count from 1."""

    def __init__(self, book: Any) -> None:
        self.book, self.doc = book, book.impl.doc
        self.sheets = self.doc.Sheets
        self.tabs: list[str] = list(self.sheets.ElementNames)
        self._opened: dict[str, Any] = {}

    def sheet(self, name: str) -> Any:
        """The UNO sheet; fetched once."""
        if name not in self._opened:
            self._opened[name] = self.sheets.getByName(name)
        return self._opened[name]

    def ranges(self, areas: Sequence[Area]) -> list[Any]:
        """UNO ranges of many areas in one call."""
        if not areas:
            return []
        found = self.sheets.getCellRangesByName(";".join(address(area) for area in areas))
        return [traced(one) for one in found]

    def cell(self, sheet: str, row: int, column: int) -> Any:
        """A UNO cell."""
        return self.sheets.getCellByPosition(column - 1, row - 1, self.tabs.index(sheet))

    def kind(self, cell: Any) -> Kind:
        """What a UNO cell's number format says about it."""
        kind: Kind = self.book.impl.formats.kind(cell.NumberFormat)
        return kind

    def is_all_visible(self, area: Area, cells: Any) -> bool:
        """No row or column of this range hidden, by hand or by a filter?"""
        visible: str = cells.queryVisibleCells().RangeAddressesAsString
        return visible.rpartition(".")[2] == area_text(area)

    def copy_onto_itself(self, area: Area) -> None:
        """Before and after a block is written, so that it can be undone, and done again: what
        undoes an array of values forgets the cells that were blank, what undoes a copy does not.

        Not for rows that are hidden: a copy leaves out those of a filter. Where merged cells begin
        or end outside, LibreOffice does nothing."""
        make, number = uno_module().createUnoStruct, self.tabs.index(area.sheet)
        first = (area.first_col - 1, area.first_row - 1)
        whole = (number, *first, area.last_col - 1, area.last_row - 1)
        to = make("com.sun.star.table.CellAddress", number, *first)
        source = make("com.sun.star.table.CellRangeAddress", *whole)
        self.sheet(area.sheet).copyRange(to, source)

    def put(self, sheet: str, method: Callable[[Any], None], content: Any) -> None:
        """Write a block with this method of its range. SheetProtected where that is the cause."""
        try:
            method(content)
        except Exception as problem:  # the exception itself names no cause
            if is_uno_error(problem) and sheet in self.tabs and self.sheet(sheet).isProtected():
                raise SheetProtected(f"工作表“{sheet}”受保护") from None
            raise
