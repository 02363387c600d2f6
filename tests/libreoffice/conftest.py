"""One headless LibreOffice for the whole run, a fresh book for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pyaddin.libreoffice.office import Office

from ..offices import running


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """Started once for this folder."""
    with running() as process:
        yield process


@pytest.fixture
def book(office):
    """A new book with one sheet, closed without saving."""
    import xlwings as xw

    book = xw.Book()
    yield book
    if book.impl in list(book.app.books.impl):
        book.close()


@pytest.fixture
def sheet(book):
    return book.sheets[0]
