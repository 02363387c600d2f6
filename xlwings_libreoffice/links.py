"""Hyperlinks: in LibreOffice a field inside the cell's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .calls import untraced
from .errors import Unsupported

if TYPE_CHECKING:
    from .protocols import Range


def _fields(cell: Range) -> list[Any]:
    fields = cell.xl.getTextFields().createEnumeration()
    found = []
    while fields.hasMoreElements():
        found.append(fields.nextElement())
    return found


def read(cell: Range) -> str:
    """The address of the cell's first link."""
    for field in _fields(cell):
        return str(field.URL)
    raise ValueError(f"{cell.address} 没有超链接。")


def add(cell: Range, address: str, text: str | None, tip: str | None) -> None:
    """Replace the cell's content by a link.

    An address without a scheme gets http://, as xlwings does it.
    """
    if tip and tip != f"{address} - Click once to follow. Click and hold to select this cell.":
        raise Unsupported("Range.add_hyperlink(screen_tip=…)")
    cell.sheet.guard()
    field = cell.sheet.book.doc.createInstance("com.sun.star.text.TextField.URL")
    field.URL, field.Representation = address, text or address
    xl = cell.xl
    xl.setString("")
    xl.insertTextContent(untraced(xl.createTextCursor()), untraced(field), False)
