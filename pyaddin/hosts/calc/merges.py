"""Merged cells of a document of LibreOffice.

It has no question for them, one cell costs three calls: the merges are read from the file, where
nothing was changed since, or from a copy of the open book that LibreOffice writes (one call, a
tenth of a second). As long as a person has only typed since the last click, what was found then
still holds; the list of what can be undone tells.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Sequence
from typing import Any

from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.merges import areas_of, merge_cells
from rubric_sheets.places.addresses import Area

from ..cells import Merges

# what LibreOffice calls typing into a cell, in its list of undo steps
TYPED = frozenset(("Input", "输入", "輸入"))
XLSX = "Calc MS Excel 2007 XML"


def in_file(path: str, sheets: Iterable[str]) -> Merges | None:
    """The merges of a workbook file; None where it is no readable .xlsx."""
    try:
        book = Book.open(path)
        return {sheet: areas_of(merge_cells(book.sheet(sheet).data)) for sheet in sheets}
    except Exception:  # no file, another kind of file, a sheet of another name
        return None


class CalcMerges:
    """The merges of a document of LibreOffice, and what is remembered of them from one click to
    the next. `undo`: the document's undo manager."""

    def __init__(self, doc: Any, undo: Any, path: str, memory: str) -> None:
        self.doc, self._undo, self.path, self.memory = doc, undo, path, memory
        self.document = ""
        self.is_modified = True
        self._titles: list[str] = []
        self._found: tuple[Merges, str] | None = None

    def watch(self) -> None:
        """Before this click changes anything: what has the person done since the last one?"""
        if self.document:
            return
        self.document = str(self.doc.getPropertyValue("RuntimeUID"))
        self._titles = self._undoable()
        # Charts call a document modified that nobody has touched: without a step there is none.
        self.is_modified = bool(self._titles) and bool(self.doc.isModified())

    def _undoable(self) -> list[str]:
        """Names of the steps that could be undone, the last first."""
        return list(self._undo.getAllUndoActionTitles())

    def find(self, sheets: Sequence[str], places: str) -> Merges:
        """The merges of these sheets; `places` says where the inputs
        stand, to notice rows that were inserted."""
        self.watch()
        found = self._remembered(sheets, places) if self.is_modified else in_file(self.path, sheets)
        if found is None:
            found = self._in_copy(sheets) or {}
        self._found = (found, places)
        return found

    def _remembered(self, sheets: Sequence[str], places: str) -> Merges | None:
        try:
            with open(self.memory, encoding="utf-8") as file:
                data = json.load(file)
            if (data["document"], data["places"]) != (self.document, places):
                return None
            now, then = self._titles, data["titles"]
            since = len(now) - len(then)
            if not now or since < 0 or now[since:] != then or not TYPED.issuperset(now[:since]):
                return None
            return {sheet: [Area("", *area) for area in data["merges"][sheet]] for sheet in sheets}
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _in_copy(self, sheets: Sequence[str]) -> Merges | None:
        from tempfile import TemporaryDirectory

        from xlwings_libreoffice.connection import file_url, properties

        with TemporaryDirectory() as folder:
            path = os.path.join(folder, "副本.xlsx")
            with contextlib.suppress(Exception):  # nothing is found then; scoring goes on
                self.doc.storeToURL(file_url(path), properties(FilterName=XLSX))
            return in_file(path, sheets)

    def remember(self) -> None:
        """At the end of a click: our own changes are no reason to look again."""
        if self._found is None:
            return
        found, places = self._found
        merges = {sheet: [tuple(area)[1:] for area in areas] for sheet, areas in found.items()}
        data = {
            "document": self.document,
            "places": places,
            "titles": self._undoable(),
            "merges": merges,
        }
        with contextlib.suppress(OSError):  # then the next click looks again
            os.makedirs(os.path.dirname(self.memory), exist_ok=True)
            with open(self.memory, "w", encoding="utf-8") as file:
                json.dump(data, file, ensure_ascii=False)
