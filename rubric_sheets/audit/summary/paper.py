"""A sheet of the summary, written from top to bottom. Whatever comes from a file is text: it never
becomes a formula, a number or a link by itself."""

from __future__ import annotations

import os
from decimal import Decimal

from xlsxwriter.utility import xl_range_abs

from ...looks.heights import HIGHEST, text_height
from ...looks.styles import NUMBERS, properties

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from xlsxwriter import Workbook

MAX_TEXT = 32_000  # characters; a cell holds 32,767
MAX_LINKS = 60_000  # of one sheet; Excel refuses a file with more than 65,530
MAX_LINK = 2_000
MAX_NAME = 31
INSIDE = "internal:"  # no path: those in the store are absolute
NO_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
EXTRA = {"rate": "0.0%", "year": "0", "points": NUMBERS["points"], "count": "#,##0"}


class Column:
    """One column of a table. `kind`: text, centre, link, or one of EXTRA."""

    def __init__(self, head: str, width: float, kind: str = "text") -> None:
        self.head, self.width, self.kind = head, width, kind


class Book:
    """The workbook, its formats by name, its sheets with names of their own."""

    def __init__(self, book: Workbook, folder: str) -> None:
        self.book, self.folder = book, folder
        self._formats: dict[str, Any] = {}
        self._names: set[str] = set()
        self._reserved: set[str] = set()

    def look(self, name: str) -> Any:
        """`found`, `found.text`, `found.link`, `header`, `title`, `note`; `found.rate` …"""
        if name not in self._formats:
            base, _, kind = name.partition(".")
            if kind in EXTRA:
                made = {**properties(base), "num_format": EXTRA[kind]}
            else:
                made = dict(properties(name))
            if base == "found":
                made |= {"border": 1, "border_color": "#BFBFBF"}
            self._formats[name] = self.book.add_format(made)
        return self._formats[name]

    def sheet(self, name: str) -> Any:
        """A new sheet of this name, or of one like it; of one that was reserved, to the letter."""
        made = name if name in self._reserved else self.reserve(name)
        self._reserved.discard(made)
        return self.book.add_worksheet(made)

    def reserve(self, name: str) -> str:
        """The name of a sheet that will follow: links to it may come before."""
        clean = name.translate(NO_SHEET_NAME).strip()[:MAX_NAME] or "表"
        made, number = clean, 2
        while made.lower() in self._names:
            made = f"{clean[: MAX_NAME - 4]}（{number}）"
            number += 1
        self._names.add(made.lower())
        self._reserved.add(made)
        return made

    def link(self, path: str) -> str | None:
        """A link to a file, relative to the summary; None for names that links cannot hold."""
        try:
            target = os.path.relpath(path, self.folder)
        except ValueError:  # on another drive
            target = path
        if len(target) > MAX_LINK or any(sign in target for sign in "#%\ufffd"):
            return None
        if len(target) < 2:  # xlsxwriter looks for a drive's letter without counting
            target = os.path.join(os.curdir, target)
        return "external:" + target


class Table:
    """Rows below a title, a note and a line of headings."""

    def __init__(self, book: Book, name: str, title: str, columns: list[Column]) -> None:
        self.book, self.columns = book, columns
        self.sheet = book.sheet(name)
        self.title, self.links, self.row = title, 0, 0
        for at, column in enumerate(columns):
            self.sheet.set_column(at, at, column.width)
        self._looks = [book.look(_look(column.kind)) for column in columns]
        self._print()

    def _print(self) -> None:
        sheet = self.sheet
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)

    def head(self, note: str = "", frozen: int = 2) -> None:
        """Title, note and headings; the columns before `frozen` stay in sight."""
        last = len(self.columns) - 1
        self.sheet.set_row(0, 30)
        self.sheet.write_string(0, 0, self.title, self.book.look("caption"))
        if note:
            self.sheet.set_row(1, 18)
            self.sheet.write_string(1, 0, note, self.book.look("quiet"))
        tall = max(text_height(column.head, column.width) for column in self.columns)
        self.sheet.set_row(2, max(24.0, min(HIGHEST, tall)))
        for at, column in enumerate(self.columns):
            self.sheet.write_string(2, at, column.head, self.book.look("header"))
        self.sheet.freeze_panes(3, frozen)
        self.sheet.repeat_rows(2)
        self.last, self.first = last, 3
        self.row = 3

    def write(self, values: Sequence[Any]) -> None:
        """One row; a link is a pair of text and file."""
        height = 20.0
        for column, value in zip(self.columns, values):
            text = value[0] if isinstance(value, tuple) else value
            if isinstance(text, str) and column.kind in ("text", "link"):
                height = max(height, text_height(text[:MAX_TEXT], column.width))
        self.sheet.set_row(self.row, min(HIGHEST, height))
        for at, value in enumerate(values):
            if isinstance(value, tuple):
                self._link(at, *value)
            else:
                self._cell(at, value)
        self.row += 1

    def _cell(self, at: int, value: Any) -> None:
        look = self._looks[at]
        if value is None or value == "":
            self.sheet.write_blank(self.row, at, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(self.row, at, value[:MAX_TEXT], look)
        elif isinstance(value, (int, float, Decimal)):
            self.sheet.write_number(self.row, at, float(value), look)

    def _link(self, at: int, text: str, path: str) -> None:
        """The file's name, as a link where there is room for one more; `path` may be a sheet."""
        target = None
        if self.links < MAX_LINKS:
            target = path if path.startswith(INSIDE) else self.book.link(path)
        if target is None:
            self.sheet.write_string(self.row, at, text[:MAX_TEXT], self.book.look("found.text"))
        else:
            self.links += 1
            look = self.book.look("found.link")
            self.sheet.write_url(self.row, at, target, look, text[:MAX_TEXT])

    def end(self) -> None:
        """The filter over all rows."""
        self.sheet.autofilter(2, 0, max(self.row - 1, 2), self.last)

    def area(self, first: int, last: int) -> str:
        """The cells of some columns, as a formula names them."""
        return str(xl_range_abs(self.first, first, max(self.row - 1, self.first), last))


def _look(kind: str) -> str:
    if kind in ("text", "link"):
        return f"found.{kind}"
    return "found" if kind == "centre" else f"found.{kind}"
