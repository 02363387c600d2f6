"""One sheet."""

from __future__ import annotations

import numbers
from typing import TYPE_CHECKING, Any

from xlwings import NoSuchObjectError, base_classes

from . import address, pdf
from .calls import traced, untraced
from .errors import LibreOfficeError, SheetProtected, Unsupported
from .names import SheetNames, find_name
from .notes import notes_of
from .ranges import Range
from .recent import Recent
from .unsupported import Named, complete
from .view import FreezePanes, PageSetup

if TYPE_CHECKING:
    from . import protocols
    from .protocols import Book


@complete("Sheet", base_classes.Sheet)
class Sheet(Named, base_classes.Sheet):
    """An `xw.Sheet` on LibreOffice."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self._name: Recent[str] = Recent(lambda: str(self.xl.Name))

    @property
    def xl(self) -> Any:
        """The UNO sheet, counted while calls are counted."""
        return traced(self._sheet)

    @property
    def api(self) -> Any:
        return self._sheet

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return self._name.value

    @name.setter
    def name(self, value: str) -> None:
        wrong = ValueError(
            f"工作表不能改名为“{value}”：已有同名的表，或含有不允许的字符，或超过 31 个字。"
        )
        if not 0 < len(value) <= 31 or set(value) & set("[]:*?/\\"):
            raise wrong
        self.xl.Name = value
        self._name.forget()
        if self.xl.Name != value:  # LibreOffice ignores what it does not like
            raise wrong

    @property
    def index(self) -> int:
        return int(self.xl.RangeAddress.Sheet) + 1

    @property
    def names(self) -> SheetNames:
        return SheetNames(self._book, self)

    @property
    def visible(self) -> bool:
        return bool(self.xl.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.xl.IsVisible = bool(value)
        if bool(self.xl.IsVisible) != bool(value):  # LibreOffice ignores hiding the last one
            raise LibreOfficeError(f"不能隐藏“{self.name}”：至少要有一张可见的工作表。")

    def guard(self) -> None:
        """Raise if the sheet is protected: LibreOffice ignores most
        changes of formats without a word."""
        if self.xl.isProtected():
            raise SheetProtected(f"工作表“{self.name}”受保护，不能修改。请先撤销工作表保护。")

    # -- cells
    def area(self, area: address.Area) -> Range:
        """A block of this sheet; costs no call."""
        return Range(self, area)

    def range(self, arg1: Any, arg2: Any = None) -> protocols.Range:
        if isinstance(arg1, numbers.Number) and isinstance(arg2, numbers.Number):
            return self._one((arg1, arg2))
        first = self._one(arg1)
        if arg2 is None:
            return first
        second = self._one(arg2)
        a, b = first.block, second.block
        row, column = min(a.row, b.row), min(a.column, b.column)
        last_row = max(a.row + a.rows, b.row + b.rows)
        last_column = max(a.column + a.columns, b.column + b.columns)
        return self.area(address.Area(row, column, last_row - row, last_column - column))

    def _one(self, arg: Any) -> protocols.Range:
        if isinstance(arg, Range):
            return arg
        if isinstance(arg, tuple):
            area = address.Area(*(int(number) for number in arg))
            if area.row < 1 or area.column < 1:
                raise IndexError(f"行号、列号从 1 起，给的是 {arg}。")
            return self.area(area)
        return self._named(str(arg))

    def _named(self, text: str) -> protocols.Range:
        sheet_name, rest = address.split_sheet(text.removeprefix("="))
        sheet: protocols.Sheet = self._book.sheets(sheet_name) if sheet_name else self
        area = address.parse(rest)
        if area is not None:
            return sheet.area(area)
        found = find_name(self._book, rest, sheet)
        if found is not None:
            return found.refers_to_range
        if "," in rest:
            raise Unsupported(f"Sheet.range({text!r})", "不支持由几块组成的区域，请分别读写。")
        raise NoSuchObjectError(f"没有区域或名称“{text}”。")

    @property
    def cells(self) -> Range:
        return self.area(address.Area(1, 1, address.MAX_ROWS, address.MAX_COLUMNS))

    @property
    def used_range(self) -> Range:
        cursor = self.xl.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return self.area(address.area_of(cursor.RangeAddress))

    def clear_contents(self) -> None:
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        self.cells.clear_formats()

    def clear(self) -> None:
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    # -- the sheet among its siblings
    def activate(self) -> None:
        controller = self._book.doc.CurrentController
        if controller is None:
            raise LibreOfficeError("工作簿没有窗口，不能切换工作表。")
        controller.setActiveSheet(untraced(self._sheet))

    def select(self) -> None:
        self.activate()

    def delete(self) -> None:
        sheets = self._book.doc.Sheets
        if sheets.Count == 1:
            raise LibreOfficeError("不能删除：工作簿至少要有一张工作表。")
        sheets.removeByName(self.name)

    def copy(self, before: protocols.Sheet | None, after: protocols.Sheet | None) -> None:
        """A copy beside a sheet of this book or of another one."""
        other = before or after or self
        index = other.index - (1 if before else 0)
        sheets, name = other.book.doc.Sheets, self.name
        if other.book is not self._book:
            sheets.importSheet(self._book.document, name, index)
            return
        number = 2
        while sheets.hasByName(f"{name} ({number})"):
            number += 1
        sheets.copyByName(name, f"{name} ({number})", index)

    def move(self, before: protocols.Sheet | None, after: protocols.Sheet | None) -> None:
        index = after.index if after else 0
        if before:
            index = before.index - 1
        self._book.doc.Sheets.moveByName(self.name, index)

    # -- belongings
    @property
    def notes(self) -> Any:
        return notes_of(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        return FreezePanes(self)

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        pdf.export(self._book.doc, path, quality, self._sheet)
