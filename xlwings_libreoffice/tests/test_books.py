"""Books and sheets: opening, saving, exporting, adding, copying."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from xlwings_libreoffice import LibreOfficeError, MacroBookRefused, Unsupported
from xlwings_libreoffice.saving import save_macro_book


@pytest.fixture
def made(office, tmp_path):
    """A file made by XlsxWriter whose stored results are wrong, opened."""
    path = tmp_path / "2024年度 评分表（财政局）.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        first = workbook.add_worksheet("收 支")
        date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        first.write_row(0, 0, ["项目", 1.29, True])
        first.write_datetime(0, 3, dt.datetime(2024, 1, 2), date)
        first.write_formula(0, 4, "=B1*2", None, 999)
        first.write_formula(0, 5, "=B1>1", None, False)
        workbook.add_worksheet("评分表")
        workbook.define_name("预算数", "='收 支'!$B$1")
    book = xw.Book(path)
    yield book
    if book.impl in list(book.app.books.impl):
        book.close()


def test_open_recalculates_and_reads(made):
    values = made.sheets["收 支"]["A1:F1"].value
    assert values == ["项目", 1.29, True, dt.datetime(2024, 1, 2), 2.58, True]
    assert isinstance(values[5], bool)
    assert made.name == "2024年度 评分表（财政局）.xlsx"
    assert [sheet.name for sheet in made.sheets] == ["收 支", "评分表"]
    assert made.sheets["收 支"]["预算数"].value == 1.29


def test_opening_again_gives_the_same_book(made):
    assert xw.Book(made.fullname).impl is made.impl
    assert xw.Book(made.name) == made
    assert xw.books[made.name] == made
    assert xw.books.open(made.fullname) == made
    assert made in list(xw.books)
    assert xw.books.active == made


def test_save_in_place_and_elsewhere(made, tmp_path):
    made.sheets["评分表"]["A1"].value = "得分"
    made.save()
    assert openpyxl.load_workbook(made.fullname)["评分表"]["A1"].value == "得分"
    other = tmp_path / "另存.ods"
    made.save(other)
    assert made.fullname == str(other)
    made.save(tmp_path / "表.csv")
    assert "得分" not in (tmp_path / "表.csv").read_text("utf-8"), "only the active sheet"


def test_a_macro_book_is_not_saved(made, tmp_path):
    path = tmp_path / "宏.xlsm"
    with pytest.raises(MacroBookRefused, match="损坏"):
        made.save(path)
    assert not path.exists()
    save_macro_book(made, path)
    assert path.exists()
    with pytest.raises(MacroBookRefused):
        made.save()
    made.save(tmp_path / "不含宏.xlsx")


def test_saving_elsewhere_fails_clearly(made, tmp_path):
    with pytest.raises(LibreOfficeError, match="格式"):
        made.save(tmp_path / "表.txt")
    with pytest.raises(LibreOfficeError, match="不存在"):
        made.save(tmp_path / "没有" / "表.xlsx")


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls"])
def test_passwords(office, book, tmp_path, ending):
    path = tmp_path / f"密{ending}"
    book.sheets[0]["A1"].value = 5
    book.save(path, password="财政2024")
    book.close()
    with pytest.raises(LibreOfficeError, match="打不开"):
        xw.books.open(path)
    again = xw.books.open(path, password="财政2024")
    assert again.sheets[0]["A1"].value == 5.0
    again.close()


def test_open_problems(office, tmp_path):
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(LibreOfficeError, match="坏"):
        xw.books.open(broken)
    with pytest.raises(FileNotFoundError):
        xw.books.open(tmp_path / "没有.xlsx")


def test_read_only_and_unsupported_arguments(made, tmp_path):
    made.save()
    made.close()
    book = xw.books.open(
        made_path := str(tmp_path / "2024年度 评分表（财政局）.xlsx"), read_only=True
    )
    assert book.api.isReadonly()
    book.close()
    with pytest.raises(Unsupported, match="open"):
        xw.books.open(made_path, local=True)


def test_a_new_book_is_active_and_closes(office):
    first, second = xw.Book(), xw.Book()
    assert xw.books.active == second
    first.activate()
    count = len(xw.books)
    second.close()
    first.close()
    assert len(xw.books) == count - 2


def test_pdf_of_book_and_sheet(made, tmp_path):
    made.sheets["评分表"]["A1"].value = "评分"
    whole, part, small = tmp_path / "全.pdf", tmp_path / "表.pdf", tmp_path / "小.pdf"
    made.to_pdf(whole)
    made.sheets["评分表"].to_pdf(part)
    made.to_pdf(small, include=["收 支"], quality="minimum")
    assert all(path.read_bytes().startswith(b"%PDF") for path in (whole, part, small))
    assert [sheet.visible for sheet in made.sheets] == [True, True]
    with pytest.raises(LibreOfficeError, match="导出"):
        made.to_pdf(tmp_path / "没有" / "全.pdf")


def test_add_rename_hide_delete_sheets(book):
    first = book.sheets[0]
    first.name = "收支表"
    last = book.sheets.add("评分表", after=first)
    middle = book.sheets.add(before=last)
    assert [sheet.name for sheet in book.sheets] == ["收支表", middle.name, "评分表"]
    assert book.sheets.active == middle
    assert [sheet.index for sheet in book.sheets] == [1, 2, 3]
    last.activate()
    assert book.sheets.active == last
    middle.visible = False
    assert middle.visible is False
    middle.delete()
    assert "评分表" in book.sheets
    assert len(book.sheets) == 2
    last.delete()
    with pytest.raises(LibreOfficeError, match="至少"):
        book.sheets[0].delete()
    with pytest.raises(LibreOfficeError, match="隐藏"):
        book.sheets[0].visible = False
    with pytest.raises(xw.NoSuchObjectError, match="现有：“收支表”"):
        book.sheets.impl("没有")
    with pytest.raises(ValueError, match="改名"):
        book.sheets[0].impl.name = "不[行]"


def test_copy_and_move_sheets(book):
    first = book.sheets[0]
    first["A1"].value = 7
    copy = first.copy(name="副本")
    assert (copy.name, copy["A1"].value, copy.index) == ("副本", 7.0, 2)
    copy.move(before=first)
    assert [sheet.name for sheet in book.sheets] == ["副本", first.name]
    other = xw.Book()
    moved = first.copy(after=other.sheets[0], name="来自别处")
    assert (moved.book, moved["A1"].value) == (other, 7.0)
    other.close()


def test_freeze_panes_and_print_area(sheet):
    sheet.freeze_panes.freeze_at("A1:B2")
    assert sheet.book.api.CurrentController.hasFrozenPanes()
    sheet.freeze_panes.unfreeze()
    assert not sheet.book.api.CurrentController.hasFrozenPanes()
    assert sheet.page_setup.print_area is None
    sheet.page_setup.print_area = "$A$1:$C$9"
    assert sheet.page_setup.print_area == "$A$1:$C$9"
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None
