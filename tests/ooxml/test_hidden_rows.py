"""Rows hidden by a filter or by hand are shown where something new is written; all else stays."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.ooxml import values
from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.save import Changes, save
from rubric_sheets.places.addresses import Area

from ..books import parts, repack

PLACE = Area("表", 4, 1, 9, 3)


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Rows 2, 5, 6, 9 and 11 hidden, 5 and 6 by a filter for one word."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    for row in range(1, 13):
        sheet.append([row, "错误" if row % 2 else "提示", "文字"])
    for row in (2, 5, 6, 9, 11):
        sheet.row_dimensions[row].hidden = True
    sheet.row_dimensions[6].height = 40
    sheet.auto_filter.ref = "A3:C9"
    sheet.auto_filter.add_filter_column(1, ["错误"])
    sheet.sheet_properties.filterMode = True
    book.create_sheet("另一张").row_dimensions[5].hidden = True
    book["另一张"]["A5"] = 1
    path = tmp_path / "表.xlsx"
    book.save(path)
    return str(path)


def hidden(path: str, sheet: str = "表") -> list[int]:
    rows = openpyxl.load_workbook(path)[sheet].row_dimensions
    return sorted(number for number, row in rows.items() if row.hidden)


def test_rows_show_and_the_filter_has_no_condition(path: str) -> None:
    changes = Changes(Book.open(path))
    changes.set("表", 6, 2, values.text("新的"), None)
    changes.set_height("表", 5, 33)
    changes.show_rows(PLACE)
    assert save(changes, backup=False)
    assert (hidden(path), hidden(path, "另一张")) == ([2, 11], [5])
    sheet = openpyxl.load_workbook(path)["表"]
    assert (sheet.auto_filter.ref, sheet.auto_filter.filterColumn) == ("A3:C9", [])
    assert not sheet.sheet_properties.filterMode
    assert (sheet["B6"].value, sheet["B7"].value) == ("新的", "错误")
    heights = [sheet.row_dimensions[row].height for row in (5, 6)]
    assert heights == [33, 40]


def test_a_filter_elsewhere_keeps_its_condition(path: str) -> None:
    changes = Changes(Book.open(path))
    changes.show_rows(Area("表", 11, 1, 12, 3))
    save(changes, backup=False)
    sheet = openpyxl.load_workbook(path)["表"]
    assert hidden(path) == [2, 5, 6, 9]
    assert len(sheet.auto_filter.filterColumn) == 1
    assert sheet.sheet_properties.filterMode


def test_where_nothing_is_hidden_nothing_changes(path: str) -> None:
    before = Path(path).read_bytes()
    changes = Changes(Book.open(path))
    assert changes.is_empty
    changes.show_rows(Area("表", 7, 1, 8, 3))
    assert not changes.is_empty
    assert not save(changes, backup=False)
    assert Path(path).read_bytes() == before


def test_as_other_programs_write_it(path: str) -> None:
    """Single quotes, `true`, a comment that only looks like a row, and rows without numbers."""
    part = "xl/worksheets/sheet1.xml"

    content = parts(path)[part]
    assert content.count(b' hidden="1"') == 5
    mark = b'<sheetData><!-- <row r="5" hidden="1"/> -->'
    content = content.replace(b' hidden="1"', b"  hidden = 'true'").replace(b"<sheetData>", mark)
    repack(path, {part: content.replace(b'<row r="6"', b"<row")})
    changes = Changes(Book.open(path))
    changes.show_rows(PLACE)
    save(changes, backup=False)
    assert hidden(path) == [2, 11]
