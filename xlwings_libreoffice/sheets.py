"""The sheets of a book."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import NoSuchObjectError, base_classes

from .calls import untraced
from .sheet import Sheet
from .unsupported import Named, complete

if TYPE_CHECKING:
    from .protocols import Book
    from .protocols import Sheet as AnySheet


@complete("Sheets", base_classes.Sheets)
class Sheets(Named, base_classes.Sheets):
    """book.sheets."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        return untraced(self._all)

    @property
    def _all(self) -> Any:
        return self._book.doc.Sheets

    def of(self, sheet: Any) -> Sheet:
        """Ours for a UNO sheet."""
        return Sheet(self._book, untraced(sheet))

    @property
    def active(self) -> Sheet:
        controller = self._book.doc.CurrentController
        return self.of(
            controller.ActiveSheet if controller is not None else self._all.getByIndex(0)
        )

    def __call__(self, key: int | str) -> Sheet:
        sheets = self._all
        if isinstance(key, numbers.Number):
            number = int(key)
            if not 1 <= number <= sheets.Count:
                raise NoSuchObjectError(f"没有第 {number} 张工作表，共 {sheets.Count} 张。")
            return self.of(sheets.getByIndex(number - 1))
        if not sheets.hasByName(key):
            there = "、".join(f"“{name}”" for name in sheets.ElementNames)
            raise NoSuchObjectError(f"没有工作表“{key}”。现有：{there}。")
        return self.of(sheets.getByName(key))

    def __contains__(self, key: str) -> bool:
        return bool(self._all.hasByName(key))

    def __len__(self) -> int:
        return int(self._all.Count)

    def __iter__(self) -> Iterator[Sheet]:
        sheets = self._all
        return (self.of(sheets.getByIndex(i)) for i in range(sheets.Count))

    def add(
        self, before: AnySheet | None = None, after: AnySheet | None = None, name: str | None = None
    ) -> Sheet:
        """A new sheet, before the active one as on Excel, and active itself."""
        index = after.index if after else (before or self.active).index - 1
        sheets = self._all
        if not name:
            number = sheets.Count + 1
            while sheets.hasByName(f"Sheet{number}"):
                number += 1
            name = f"Sheet{number}"
        sheets.insertNewByName(name, index)
        sheet = self.of(sheets.getByIndex(index))
        sheet.activate()
        return sheet
