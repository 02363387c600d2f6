"""What becomes of LibreOffice's own exceptions."""

from __future__ import annotations

import pytest

from xlwings_libreoffice.errors import CallFailed, Closed, Missing, NotReachable
from xlwings_libreoffice.uno_errors import is_closed, ours, translated


def raised(work) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011  any of LibreOffice's own
        work()
    return caught.value


def test_what_is_not_there(book):
    error = raised(lambda: book.api.Sheets.getByName("没有"))
    found = ours(error, "读表", book.api)
    assert type(found) is Missing
    assert str(found).startswith("LibreOffice 没有完成 读表：")
    assert found.text
    with pytest.raises(Missing):
        translated(lambda: book.api.Sheets.getByIndex(99), "读表")()


def test_what_libreoffice_refuses(book, sheet):
    sheet.api.protect("")
    error = raised(lambda: sheet.impl.xl.getCellByPosition(0, 0).setDataArray((("x",),)))
    assert type(ours(error, "写表", book.api)) is CallFailed


def test_what_was_closed_meanwhile(office):
    import xlwings as xw

    book = xw.Book()
    document = book.api
    assert not is_closed(document)
    book.close()
    assert is_closed(document)
    error = raised(document.getURL)
    assert isinstance(ours(error, "读表"), Closed)
    with pytest.raises(NotReachable, match="已经关闭"):
        translated(document.getURL, "读表")()


def test_other_errors_pass():
    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        translated(fail, "算")()
