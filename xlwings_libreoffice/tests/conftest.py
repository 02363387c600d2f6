"""One headless LibreOffice for the whole run, a fresh book for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from xlwings_libreoffice.errors import LibreOfficeError
from xlwings_libreoffice.office import Office
from xlwings_libreoffice.testing import running


@pytest.fixture(scope="package")
def office() -> Iterator[Office]:
    """Started once for this folder.

    Without LibreOffice every test that asks for it fails with one line.
    """
    with ExitStack() as stack:
        try:
            process = stack.enter_context(running())
        except LibreOfficeError as error:
            pytest.fail(str(error), pytrace=False)
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
