"""A range: its values, formulas, neighbours, notes and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from . import content, links, pdf
from .address import MAX_COLUMNS, MAX_ROWS, Area
from .connection import uno_module
from .errors import Unsupported
from .found import range_of
from .look import Look
from .names import BookNames, Name, quoted_reference
from .notes import Note, add_note, note_of
from .unsupported import complete

if TYPE_CHECKING:
    from . import protocols

_CONTENTS, _FORMATS, _EVERYTHING = 1 | 2 | 4 | 16, 32 | 64, 1023  # com.sun.star.sheet.CellFlags
_DIRECTIONS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}
_SHORT = {"d": "down", "u": "up", "r": "right", "l": "left", "toleft": "left", "toright": "right"}


@complete("Range", base_classes.Range, keep=("expand", "max_cells_per_read", "max_cells_per_write"))
class Range(Look):
    """An `xw.Range` on LibreOffice."""

    # -- values
    @property
    def raw_value(self) -> Any:
        return content.read(self)

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        content.write(self, value)

    @property
    def formula(self) -> Any:
        return content.read_formulas(self)

    @formula.setter
    def formula(self, value: Any) -> None:
        content.write(self, value)

    @property
    def formula2(self) -> Any:
        return content.read_formulas(self)

    @formula2.setter
    def formula2(self, value: Any) -> None:
        content.write(self, value)

    @property
    def formula_array(self) -> str | None:
        text = self.xl.getArrayFormula().strip("{}")
        if not text:
            return None
        parsers = self.sheet.book.formulas
        position = parsers.position(self.sheet.index - 1, self.row - 1, self.column - 1)
        return parsers.excel_text(text, position, lambda: self.part(0, 0).xl)

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        parsers = self.sheet.book.formulas
        position = parsers.position(self.sheet.index - 1, self.row - 1, self.column - 1)
        self.xl.setArrayTokens(parsers.tokens(value, position))

    @property
    def has_array(self) -> bool:
        return bool(self.part(0, 0).xl.getArrayFormula())

    def _clear(self, flags: int) -> None:
        self.sheet.guard()
        self.xl.clearContents(flags)

    def clear_contents(self) -> None:
        self._clear(_CONTENTS)

    def clear_formats(self) -> None:
        self._clear(_FORMATS)

    def clear(self) -> None:
        self._clear(_EVERYTHING)

    # -- neighbours
    @property
    def current_region(self) -> protocols.Range:
        cursor = self.sheet.xl.createCursorByRange(self.api)
        cursor.collapseToCurrentRegion()
        return range_of(self.sheet.book, cursor, self.sheet)

    def end(self, direction: str) -> Range:
        """Ctrl+arrow: to the last filled cell of a run, else to the
        next filled one, else to the edge."""
        direction = _SHORT.get(direction, direction)
        down, right = _DIRECTIONS[direction]
        filled = self._filled_line(bool(down))
        here, step = (self.row, down) if down else (self.column, right)
        limit = {1: MAX_ROWS if down else MAX_COLUMNS, -1: 1}[step]
        ahead = sorted((n for n in filled if (n - here) * step > 0), reverse=step < 0)
        target = ahead[0] if ahead else limit
        if here in filled and target == here + step:
            while target + step in filled:
                target += step
        return Range(self.sheet, Area(target, self.column) if down else Area(self.row, target))

    def _filled_line(self, vertical: bool) -> set[int]:
        """The filled cells in this row or column; a formula that returns "" fills its cell."""
        whole = Area(1, self.column, MAX_ROWS, 1) if vertical else Area(self.row, 1, 1, MAX_COLUMNS)
        found: set[int] = set()
        for a in Range(self.sheet, whole).xl.queryContentCells(_CONTENTS).RangeAddresses:
            found.update(
                range(a.StartRow + 1, a.EndRow + 2)
                if vertical
                else range(a.StartColumn + 1, a.EndColumn + 2)
            )
        return found

    def select(self) -> None:
        self.sheet.activate()
        self.sheet.book.doc.CurrentController.select(self.api)

    # -- rows and columns come and go
    def insert(self, shift: str | None = None, copy_origin: Any = None) -> None:
        self.sheet.guard()
        mode = uno_module().Enum(
            "com.sun.star.sheet.CellInsertMode", self._shift(shift, "DOWN", "RIGHT")
        )
        self.sheet.xl.insertCells(self.xl.RangeAddress, mode)

    def delete(self, shift: str | None = None) -> None:
        self.sheet.guard()
        mode = uno_module().Enum(
            "com.sun.star.sheet.CellDeleteMode", self._shift(shift, "UP", "LEFT")
        )
        self.sheet.xl.removeRange(self.xl.RangeAddress, mode)

    def _shift(self, shift: str | None, vertical: str, horizontal: str) -> str:
        if self.block.columns >= MAX_COLUMNS:
            return "ROWS"
        if self.block.rows >= MAX_ROWS:
            return "COLUMNS"
        sideways = shift in ("right", "left") or (
            shift is None and self.block.rows > self.block.columns
        )
        return horizontal if sideways else vertical

    def copy(self, destination: Any = None) -> None:
        """Copy contents and formats to a range; the clipboard, xlwings' default, is not offered."""
        if destination is None:
            raise Unsupported("Range.copy()", "请写明目标区域：copy(destination)。")
        target = getattr(destination, "impl", destination)
        target.sheet.guard()
        target.sheet.xl.copyRange(target.part(0, 0).xl.CellAddress, self.xl.RangeAddress)

    # -- names, notes, links
    @property
    def name(self) -> Name | None:
        return BookNames(self.sheet.book).of_range(self)

    @name.setter
    def name(self, value: str) -> None:
        names = BookNames(self.sheet.book)
        reference = quoted_reference(self)
        if names.contains(value):
            names(value).refers_to = reference
        else:
            names.add(value, reference)

    @property
    def note(self) -> Note | None:
        return note_of(self.part(0, 0))

    def add_note(self, text: str) -> Note:
        return add_note(self.part(0, 0), text)

    @property
    def hyperlink(self) -> str:
        return links.read(self.part(0, 0))

    def add_hyperlink(
        self, address: str, text_to_display: str | None = None, screen_tip: str | None = None
    ) -> None:
        links.add(self.part(0, 0), address, text_to_display, screen_tip)

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        pdf.export(self.sheet.book.doc, path, quality, self.api)
