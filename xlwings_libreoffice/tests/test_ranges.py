"""Ranges: addresses, neighbours, options, merged cells, links, rows that come and go."""

from __future__ import annotations

import pytest
import xlwings as xw

from xlwings_libreoffice import LibreOfficeError, Unsupported


def test_ways_to_name_a_range(book, sheet):
    other = book.sheets.add("收 支", after=sheet)
    sheet.range((2, 2)).value = 5
    assert sheet["B2"].value == sheet[1, 1].value == sheet.range("$B$2").value == 5.0
    assert sheet.range((1, 1), (3, 2)).address == "$A$1:$B$3"
    assert sheet.range("B2", "A1").address == "$A$1:$B$2"
    assert sheet[0:3, 1:3].address == "$B$1:$C$3"
    assert sheet.range("'收 支'!C3").sheet == other
    assert sheet["A:A"].shape == (1048576, 1)
    assert sheet["A1:B2"](2, 1).address == sheet["A1:B2"](3).address == "$A$2"
    assert sheet["B2"].offset(1, 1).resize(2, 2).address == "$C$3:$D$4"
    assert other["A1"].get_address(False, True, include_sheetname=True) == "'收 支'!$A1"
    assert [cell.address for cell in sheet["A1:B1"]] == ["$A$1", "$B$1"]
    assert sheet["A1:B3"].rows.count == 3
    assert sheet["A1:B3"].columns[1].address == "$B$1:$B$3"


def test_unknown_ranges(sheet):
    with pytest.raises(xw.NoSuchObjectError, match="没有这个"):
        _ = sheet["没有这个"]
    with pytest.raises(Unsupported, match="几块"):
        _ = sheet["A1,C3"]
    with pytest.raises(IndexError):
        sheet.range((0, 1))


def test_expand_end_and_regions(sheet):
    sheet["B2"].value = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    sheet["B8"].formula = '=""'
    assert sheet["B2"].expand().address == "$B$2:$D$4"
    assert sheet["B2"].expand("down").address == "$B$2:$B$4"
    assert sheet["B2"].expand("right").address == "$B$2:$D$2"
    ends = [sheet["B2"].end(way).address for way in ("down", "right", "up", "left")]
    assert ends == ["$B$4", "$D$2", "$B$1", "$A$2"]
    assert sheet["B4"].end("down").address == "$B$8", "a formula without text fills its cell"
    assert sheet["B9"].end("down").address == "$B$1048576"
    assert sheet["A3"].end("right").address == "$B$3"
    assert sheet["C3"].current_region.address == "$B$2:$D$4"
    assert sheet.used_range.address == "$B$2:$D$8"
    assert sheet["B2"].options(expand="table").value[2] == [7.0, 8.0, 9.0]


def test_clearing(sheet):
    sheet["A1:B2"].value = 1
    sheet["A1:B2"].color = "#ff0000"
    sheet["A1"].clear_contents()
    assert sheet["A1:B1"].value == [None, 1.0]
    assert sheet["A1"].color == (255, 0, 0)
    sheet["A1"].clear_formats()
    assert sheet["A1"].color is None
    sheet.clear()
    assert sheet["A1:B2"].value == [[None, None], [None, None]]


def test_selection(book, sheet):
    sheet["B2:C3"].select()
    assert book.selection.address == "$B$2:$C$3"
    assert book.app.selection.sheet == sheet


def test_merged_cells(sheet):
    sheet["A1:B2"].merge()
    assert sheet["B2"].merge_area.address == "$A$1:$B$2"
    states = [sheet[a].merge_cells for a in ("A1", "B2", "A1:B2", "A1:C3", "C3", "C3:D4")]
    assert states == [True, True, True, None, False, False]
    sheet["A1:B2"].unmerge()
    assert sheet["A1"].merge_cells is False
    sheet["A4:B5"].merge(across=True)
    assert sheet["A5"].merge_area.address == "$A$5:$B$5"


def test_links(sheet):
    sheet["A1"].add_hyperlink("https://www.mof.gov.cn", "财政部")
    assert sheet["A1"].value == "财政部"
    assert sheet["A1"].hyperlink == "https://www.mof.gov.cn"
    with pytest.raises(Unsupported, match="screen_tip"):
        sheet["A2"].add_hyperlink("https://a.b", "x", "提示")
    with pytest.raises(ValueError, match="没有超链接"):
        _ = sheet["A3"].hyperlink


def test_insert_delete_copy(sheet):
    sheet["A1:A3"].options(transpose=True).value = [1, 2, 3]
    sheet["2:2"].insert("down")
    assert sheet["A1:A4"].value == [1.0, None, 2.0, 3.0]
    sheet["2:2"].delete()
    assert sheet["A1:A3"].value == [1.0, 2.0, 3.0]
    sheet["A1:A3"].copy(sheet["C2"])
    assert sheet["C2:C4"].value == [1.0, 2.0, 3.0]
    with pytest.raises(Unsupported, match="copy"):
        sheet["A1"].copy()


def test_a_chunked_read_and_write(sheet):
    block = [[float(i * j) for j in range(5)] for i in range(50)]
    sheet["A1"].options(chunksize=7).value = block
    assert sheet["A1:E50"].options(chunksize=9).value == block


def test_pdf_of_a_range(sheet, tmp_path):
    sheet["A1"].value = "表"
    path = tmp_path / "区域.pdf"
    sheet["A1:B2"].to_pdf(path)
    assert path.read_bytes().startswith(b"%PDF")


def test_infinity_is_refused(sheet):
    with pytest.raises(ValueError, match="无穷大"):
        sheet["A1"].value = float("inf")


def test_notes(book, sheet):
    assert sheet["B2"].note is None
    note = sheet["B2"].add_note("请核对\n第二行")
    sheet["A1"].add_note("甲")
    assert (note.text, note.location.address) == ("请核对\n第二行", "$B$2")
    assert [n.location.address for n in book.notes] == ["$A$1", "$B$2"]
    with pytest.raises(ValueError, match="already has a note"):
        sheet["A1"].add_note("乙")
    with pytest.raises(LibreOfficeError, match="已有批注"):
        sheet["A1"].impl.add_note("乙")
    sheet["A1"].note.text = "丙"
    assert sheet.notes["A1"].text == "丙"
    sheet["A1"].note.delete()
    assert sheet["A1"].note is None
    assert len(sheet.notes) == 1
