"""A block of cells that LibreOffice found: a cursor, a selection, what a name refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .address import area_of

if TYPE_CHECKING:
    from .protocols import Book, Range, Sheet


def range_of(book: Book, found: Any, sheet: Sheet | None = None) -> Range:
    """A Range for a UNO range or cursor; `sheet` where it is known already."""
    block = area_of(found.RangeAddress)
    owner = sheet or book.sheets.of(found.Spreadsheet)
    return owner.area(block)
