"""Defined names of books and sheets."""

from __future__ import annotations

import pytest
import xlwings as xw

from xlwings_libreoffice import Unsupported


def test_names_of_the_book(book, sheet):
    sheet["A1:B2"].value = [[1, 2], [3, 4]]
    name = book.names.add("支出", f"={sheet.name}!$A$1:$B$2")
    assert (name.name, name.refers_to) == ("支出", f"={sheet.name}!$A$1:$B$2")
    assert name.refers_to_range == sheet["A1:B2"]
    assert sheet["支出"].value == [[1.0, 2.0], [3.0, 4.0]]
    assert "支出" in book.names
    assert [n.name for n in book.names] == ["支出"]
    sheet["D1"].formula = "=SUM(支出)"
    assert sheet["D1"].value == 10.0
    name.refers_to = f"={sheet.name}!$A$1"
    assert sheet["D1"].value == 1.0
    with pytest.raises(Unsupported, match="另外定义"):
        name.name = "收入"
    name.delete()
    assert "支出" not in book.names
    assert len(book.names) == 0


def test_constants_and_formulas(book):
    name = book.names.add("满分", "=100")
    assert name.refers_to == "=100"
    book.sheets[0]["A1"].formula = "=满分/2"
    assert book.sheets[0]["A1"].value == 50.0
    with pytest.raises(xw.NoSuchObjectError, match="没有指向"):
        _ = name.refers_to_range


def test_names_of_a_sheet(book, sheet):
    other = book.sheets.add("表 2", after=sheet)
    sheet["A1"].value, other["A1"].value = 1, 2
    sheet.names.add("合计", f"={sheet.name}!$A$1")
    book.names.add("'表 2'!合计", "='表 2'!$A$1")
    assert (sheet["合计"].value, other["合计"].value) == (1.0, 2.0)
    assert [n.name for n in book.names] == [f"{sheet.name}!合计", "'表 2'!合计"]
    assert [n.name for n in other.names] == ["'表 2'!合计"]
    assert book.names["'表 2'!合计"].refers_to == "='表 2'!$A$1"
    assert "没有!合计" not in book.names
    with pytest.raises(KeyError):
        _ = book.names["没有"]


def test_names_through_ranges(book, sheet):
    sheet["B2:C3"].name = "区"
    assert sheet["B2:C3"].name.name == "区"
    assert sheet["B2"].name is None
    sheet["B2"].name = "区"
    assert book.names["区"].refers_to_range.address == "$B$2"
    book.names["别名"] = sheet["A1"]
    del book.names["别名"]
    assert len(book.names) == 1


@pytest.mark.parametrize("name", ["A1", "有 空格", "1月"])
def test_what_cannot_be_a_name(book, name):
    with pytest.raises(ValueError, match="不能作名称"):
        book.names.add(name, "=1")
