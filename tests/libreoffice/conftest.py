"""One headless LibreOffice for the whole run, a fresh book for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from pyaddin import libreoffice
from pyaddin.libreoffice.errors import LibreOfficeError
from pyaddin.libreoffice.office import Office

NEEDED = "请先安装：sudo apt install libreoffice-calc python3-uno fonts-noto-cjk"


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """Started once; every test of this folder fails, never skips, where it cannot start."""
    process = Office(macros=True)
    try:
        process.start()
    except LibreOfficeError as error:
        pytest.fail(f"LibreOffice 测试无法进行。{NEEDED}。原因：{error}", pytrace=False)
    before = os.environ.get(libreoffice.VARIABLE)
    libreoffice.register(process.target)
    yield process
    from pyaddin.libreoffice.engine import engine

    engine.running.clear()
    process.stop()
    if before is None:
        os.environ.pop(libreoffice.VARIABLE, None)
    else:
        os.environ[libreoffice.VARIABLE] = before


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
