"""Where cells come from: a file on disk, or a workbook that is open in a spreadsheet program. Reading knows only this."""

from __future__ import annotations

from ..ooxml.book import Book
from ..ooxml.cell import Cell
from ..ooxml.merges import in_part
from ..places.addresses import Area

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any, Protocol

    from ..ooxml.merges import Hidden

    class Source(Protocol):
        """A workbook's cells. Rows and columns count from 1; a blank cell is None or a Cell of kind blank."""

        path: str
        names: dict[str, Area]

        @property
        def sheets(self) -> Collection[str]: ...
        def cell(self, sheet: str, row: int, column: int) -> Cell | None: ...
        def cells(self, area: Area) -> dict[tuple[int, int], Cell]: ...
        def merges(self, sheet: str) -> Hidden: ...
        def is_percent(self, cell: Cell) -> bool: ...
        def is_date(self, cell: Cell) -> bool: ...
        def changes(self) -> Any: ...


class FileSource:
    """A workbook file, read straight from its XML."""

    def __init__(self, path: str) -> None:
        self.book = Book.open(path)
        self.path = path
        self.names = self.book.names
        self.sheets = self.book.sheets

    def cell(self, sheet: str, row: int, column: int) -> Cell | None:
        return self.book.sheet(sheet).cell(row, column)

    def cells(self, area: Area) -> dict[tuple[int, int], Cell]:
        """The cells present in the rectangle."""
        return self.book.sheet(area.sheet).cells(area)

    def merges(self, sheet: str) -> Hidden:
        """What merged cells hide."""
        return in_part(self.book.sheet(sheet).data)

    def is_percent(self, cell: Cell) -> bool:
        return self.book.is_percent(cell.style)

    def is_date(self, cell: Cell) -> bool:
        return self.book.is_date(cell.style)

    def changes(self) -> Any:
        """What collects the changes of this file: `rubric_sheets.ooxml.save.Changes`."""
        from ..ooxml.save import Changes

        return Changes(self.book)
