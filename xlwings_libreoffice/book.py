"""One open spreadsheet."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from . import pdf
from .calls import traced
from .connection import uno_module
from .formats import Formats
from .formulas import Formulas
from .names import BookNames
from .recent import Recent
from .saving import save
from .sheets import Sheets
from .unsupported import Named, complete

if TYPE_CHECKING:
    from .protocols import App


@complete("Book", base_classes.Book)
class Book(Named, base_classes.Book):
    """An `xw.Book` on LibreOffice."""

    def __init__(self, app: App, document: Any) -> None:
        self._app, self._document = app, document
        self._formats = Formats(document)
        self._formulas = Formulas(document)
        self._epoch: dt.datetime | None = None
        self._fullname: Recent[str] = Recent(self._ask_fullname)

    @property
    def document(self) -> Any:
        """The UNO document itself."""
        return self._document

    @property
    def doc(self) -> Any:
        """The UNO document, counted while calls are counted."""
        return traced(self._document)

    @property
    def api(self) -> Any:
        return self._document

    @property
    def app(self) -> App:
        return self._app

    @property
    def formats(self) -> Formats:
        """The number formats of this book."""
        return self._formats

    @property
    def formulas(self) -> Formulas:
        """The formula parsers of this book."""
        return self._formulas

    @property
    def epoch(self) -> dt.datetime:
        """Day 0 of this book: files from old Macs count from 1904."""
        if self._epoch is None:
            day = self.doc.NullDate
            self._epoch = dt.datetime(day.Year, day.Month, day.Day)
        return self._epoch

    def _ask_fullname(self) -> str:
        url = self.doc.URL
        return str(uno_module().fileUrlToSystemPath(url)) if url else str(self.doc.Title)

    @property
    def fullname(self) -> str:
        return self._fullname.value

    @property
    def name(self) -> str:
        return os.path.basename(self.fullname)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> BookNames:
        return BookNames(self)

    def has_frame(self) -> bool:
        """Is there a window (in a headless office: what stands for one)?"""
        return self.doc.CurrentController is not None

    def frame(self) -> Any:
        """The frame of the book's window."""
        return self.doc.CurrentController.Frame

    def activate(self) -> None:
        self._app.touched(self)
        if self.has_frame():
            self.frame().activate()

    def close(self) -> None:
        """Close without asking; unsaved changes are lost."""
        self._app.forget(self)
        self.doc.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        save(self, path, password)
        self._fullname.forget()

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        pdf.export(self.doc, path, quality)
