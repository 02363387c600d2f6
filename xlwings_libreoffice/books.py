"""The open spreadsheets of one LibreOffice."""

from __future__ import annotations

import numbers
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .connection import file_url, properties, uno_module
from .errors import LibreOfficeError, Unsupported
from .unsupported import Named, complete

if TYPE_CHECKING:
    from .protocols import App, Book

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
# MacroExecutionMode: ask the user's own macro security, like Excel; never weaken it
_USE_CONFIG = 3


@complete("Books", base_classes.Books)
class Books(Named, base_classes.Books):
    """xw.books."""

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def app(self) -> App:
        return self._app

    @property
    def api(self) -> Any:
        return self._app.api.Components

    def _documents(self) -> Iterator[Any]:
        components = self._app.desktop.Components.createEnumeration()
        end = uno_module().getClass("com.sun.star.container.NoSuchElementException")
        while True:
            try:  # asking first whether there are more would double the calls
                document = components.nextElement()
            except end:
                return
            if document.supportsService(_SPREADSHEET):
                yield document

    @property
    def active(self) -> Book | None:
        """The book in front; where no window has the focus, the
        one that this process touched last."""
        document = self._app.desktop.CurrentComponent
        if document is not None and document.supportsService(_SPREADSHEET):
            return self._app.book_of(document)
        books = list(self)
        latest = self._app.latest
        if latest is not None and latest in books:
            return latest
        return books[0] if books else None

    def __call__(self, key: int | str) -> Book:
        if isinstance(key, numbers.Number):
            return list(self)[int(key) - 1]
        for book in self:
            if book.name.lower() == str(key).lower():
                return book
        raise KeyError(key)

    def __len__(self) -> int:
        return sum(1 for _ in self._documents())

    def __iter__(self) -> Iterator[Book]:
        return (self._app.book_of(document) for document in self._documents())

    def __contains__(self, key: str) -> bool:
        return any(book.name.lower() == key.lower() for book in self)

    def _load(self, url: str, **arguments: Any) -> Book:
        hidden = not self._app.visible
        document = self._app.desktop.loadComponentFromURL(
            url, "_blank", 0, properties(Hidden=hidden, **arguments)
        )
        if document is None:
            raise LibreOfficeError(f"LibreOffice 打不开“{url}”。")
        book = self._app.book_of(document)
        if hidden:
            self._app.touched(book)
        else:  # the window gets the focus by and by, and until then another one has it
            book.activate()
        return book

    def add(self) -> Book:
        return self._load("private:factory/scalc", MacroExecutionMode=_USE_CONFIG)

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,
        read_only: bool | None = None,
        format: Any = None,
        password: str | None = None,
        *others: Any,
    ) -> Book:
        """Open a file and recalculate it: by default LibreOffice
        trusts stored results, however stale."""
        if format is not None or any(other is not None for other in others):
            raise Unsupported(
                "Books.open(format=… 等参数)",
                "只支持 fullname、update_links、read_only、password。",
            )
        arguments: dict[str, Any] = {"MacroExecutionMode": _USE_CONFIG, "ReadOnly": bool(read_only)}
        if update_links is not None:
            arguments["UpdateDocMode"] = 1 if update_links else 0
        if password:
            arguments["Password"] = password
        try:
            book = self._load(file_url(fullname), **arguments)
        except (uno_module().getClass("com.sun.star.uno.Exception"), LibreOfficeError) as error:
            name = os.path.basename(fullname)
            raise LibreOfficeError(
                f"LibreOffice 打不开“{name}”：文件已损坏、格式不支持，或打开密码不对。"
            ) from error
        book.doc.calculateAll()
        return book
