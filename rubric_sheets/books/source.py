"""Where cells come from: a file on disk, or a workbook that is open in a spreadsheet program.
Reading knows only this."""

from __future__ import annotations

from ..ooxml.book import Book
from ..ooxml.cell import Cell
from ..ooxml.faults import PackageFault
from ..ooxml.merges import in_part
from ..places.addresses import Area

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any, Protocol

    from ..findings.finding import InputError
    from ..ooxml.merges import Hidden

    class Source(Protocol):
        """A workbook's cells. Rows and columns count from 1;
        a blank cell is None or a Cell of kind blank."""

        path: str
        names: dict[str, Area]

        @property
        def date1904(self) -> bool: ...
        @property
        def sheets(self) -> Collection[str]: ...
        def cell(self, sheet: str, row: int, column: int) -> Cell | None: ...
        def cells(self, area: Area) -> dict[tuple[int, int], Cell]: ...
        def merges(self, sheet: str) -> Hidden: ...
        def is_percent(self, cell: Cell) -> bool: ...
        def is_date(self, cell: Cell) -> bool: ...
        def changes(self) -> Any: ...


def in_words(fault: PackageFault) -> InputError:
    """What is wrong with a file, for people; its words are loaded only then."""
    from ..findings import file_faults

    return file_faults.in_words(fault)


class FileSource:
    """A workbook file, read straight from its XML. InputError file-…:
    a sheet is looked at when its first cell is."""

    def __init__(self, path: str, data: bytes | None = None) -> None:
        """`data`: its bytes, where they are read already or come out of an archive."""
        try:
            self.book = Book.open(path) if data is None else Book.of(path, data)
        except PackageFault as fault:
            raise in_words(fault) from None
        self.path = path
        self.names = self.book.names
        self.sheets = self.book.sheets
        self._cells: dict[str, Callable[[int, int], Cell | None]] = {}  # of the sheets looked at

    def cell(self, sheet: str, row: int, column: int) -> Cell | None:
        try:
            look = self._cells.get(sheet)
            if look is None:
                look = self._cells[sheet] = self.book.sheet(sheet).cell
            found = look(row, column)
        except PackageFault as fault:
            raise in_words(fault) from None
        if found is not None and found.formula == "":
            return self._with_formula(found, sheet, row, column)
        return found

    def _with_formula(self, cell: Cell, sheet: str, row: int, column: int) -> Cell:
        """One of a filled-down formula, with the text that stands in another cell."""
        from ..ooxml.shared_formulas import text_of

        try:
            return cell._replace(formula=text_of(self.book.sheet(sheet), row, column))
        except PackageFault as fault:
            raise in_words(fault) from None

    def cells(self, area: Area) -> dict[tuple[int, int], Cell]:
        """The cells present in the rectangle."""
        try:
            return self.book.sheet(area.sheet).cells(area)
        except PackageFault as fault:
            raise in_words(fault) from None

    def merges(self, sheet: str) -> Hidden:
        """What merged cells hide."""
        try:
            return in_part(self.book.sheet(sheet).data)
        except PackageFault as fault:
            raise in_words(fault) from None

    def is_percent(self, cell: Cell) -> bool:
        return self.book.is_percent(cell.style)

    def is_date(self, cell: Cell) -> bool:
        return self.book.is_date(cell.style)

    @property
    def date1904(self) -> bool:
        """Do days count from 1904?"""
        return self.book.date1904

    def changes(self) -> Any:
        """What collects the changes of this file: `rubric_sheets.ooxml.save.Changes`."""
        from ..ooxml.save import Changes

        return Changes(self.book)
