"""Defined names, of the book and of single sheets (`表名!名称`)."""

from __future__ import annotations

import numbers
from typing import TYPE_CHECKING, Any

from xlwings import NoSuchObjectError, base_classes

from . import address
from .calls import untraced
from .connection import uno_module
from .errors import Unsupported
from .found import range_of
from .unsupported import Named, complete

if TYPE_CHECKING:
    from .protocols import Book, Range, Sheet


def quoted_reference(block: Range) -> str:
    """`=表!$A$1:$B$2`"""
    return f"={address.quoted(block.sheet.name)}!{block.address}"


def _named_ranges(book: Book, sheet: Sheet | None) -> Any:
    """LibreOffice's own list: a sheet's names, or with None the book's."""
    return (book.doc if sheet is None else sheet.xl).NamedRanges


def find_name(book: Book, text: str, sheet: Sheet | None = None) -> Name | None:
    """A name as seen from a sheet: the sheet's own first, then the book's."""
    if sheet is not None and sheet.xl.NamedRanges.hasByName(text):
        return Name(book, text, sheet)
    return Name(book, text) if book.doc.NamedRanges.hasByName(text) else None


@complete("Name", base_classes.Name)
class Name(Named, base_classes.Name):
    """One name; `sheet` is None for a name of the book."""

    def __init__(self, book: Book, text: str, sheet: Sheet | None = None) -> None:
        self._book, self._text, self._sheet = book, text, sheet

    @property
    def _container(self) -> Any:
        return _named_ranges(self._book, self._sheet)

    @property
    def _entry(self) -> Any:
        return self._container.getByName(self._text)

    @property
    def api(self) -> Any:
        return untraced(self._entry)

    @property
    def name(self) -> str:
        return (
            self._text
            if self._sheet is None
            else f"{address.quoted(self._sheet.name)}!{self._text}"
        )

    @name.setter
    def name(self, value: str) -> None:
        raise Unsupported(
            "Name.name = …", "LibreOffice 不会改写用到它的公式；请另外定义新名称，再删除旧的。"
        )

    def delete(self) -> None:
        self._container.removeByName(self._text)

    @property
    def refers_to(self) -> str:
        entry = self._entry
        return self._book.formulas.shown(entry.getTokens(), entry.ReferencePosition)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        entry = self._entry
        entry.setTokens(self._book.formulas.tokens(_formula(value), entry.ReferencePosition))

    @property
    def refers_to_range(self) -> Range:
        cells = self._entry.getReferredCells()
        if cells is None:
            raise NoSuchObjectError(
                f"名称“{self._text}”没有指向单元格区域，而是 {self.refers_to}。"
            )
        return range_of(self._book, cells)


def _formula(text: str) -> str:
    return text if text.startswith("=") else f"={text}"


class _Names(Named, base_classes.Names):
    """What both collections share. `_scopes` lists their sheets, None for the book's own names."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self._book, self._sheet = book, sheet

    def _scopes(self) -> list[Sheet | None]:
        raise NotImplementedError

    @property
    def api(self) -> Any:
        return untraced(_named_ranges(self._book, self._sheet))

    def _all(self) -> list[Name]:
        found = []
        for sheet in self._scopes():
            names = _named_ranges(self._book, sheet).ElementNames
            found += [Name(self._book, text, sheet) for text in names]
        return found

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self._all()]

    def __len__(self) -> int:
        return len(self._all())

    def _find(self, key: str) -> Name | None:
        sheet_name, text = address.split_sheet(key)
        if not sheet_name:
            return find_name(self._book, text, self._sheet)
        sheets = self._book.sheets
        if sheet_name not in sheets:
            return None
        sheet = sheets(sheet_name)
        return Name(self._book, text, sheet) if sheet.xl.NamedRanges.hasByName(text) else None

    def contains(self, key: int | str) -> bool:
        return self._find(str(key)) is not None

    def __call__(self, key: int | str) -> Name:
        if isinstance(key, numbers.Number):
            return self._all()[int(key) - 1]
        found = self._find(str(key))
        if found is None:
            raise KeyError(key)
        return found

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name; `表名!名称` makes it the sheet's own."""
        sheet_name, text = address.split_sheet(name)
        sheet = self._book.sheets(sheet_name) if sheet_name else self._sheet
        container = _named_ranges(self._book, sheet)
        parsers = self._book.formulas
        position = parsers.position(0 if sheet is None else sheet.index - 1, 0, 0)
        tokens = parsers.tokens(_formula(refers_to), position)
        if container.hasByName(text):
            container.removeByName(text)
        try:
            # the content is set as tokens: the text that this call takes follows the user's own
            # settings
            container.addNewByName(text, "0", position, 0)
        except uno_module().getClass("com.sun.star.uno.RuntimeException") as error:
            raise ValueError(f"“{name}”不能作名称：不能含空格，也不能像单元格地址。") from error
        container.getByName(text).setTokens(tokens)
        return Name(self._book, text, sheet)


@complete("Names", base_classes.Names)
class BookNames(_Names):
    """book.names: the book's own names, then those of its sheets."""

    def _scopes(self) -> list[Sheet | None]:
        return [None, *self._book.sheets]

    def of_range(self, block: Range) -> Name | None:
        """The first name that refers to exactly these cells."""
        wanted = (block.sheet.name, block.block)
        for name in self._all():
            try:
                found = name.refers_to_range
            except NoSuchObjectError:
                continue
            if (found.sheet.name, found.block) == wanted:
                return name
        return None


@complete("Names", base_classes.Names)
class SheetNames(_Names):
    """sheet.names."""

    def _scopes(self) -> list[Sheet | None]:
        return [self._sheet]
