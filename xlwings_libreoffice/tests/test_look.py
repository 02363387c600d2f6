"""Colours, fonts, number formats, sizes."""

from __future__ import annotations

import pytest

from xlwings_libreoffice import Unsupported


def test_colours(sheet):
    cell = sheet["A1"]
    for given, read in [
        ((255, 199, 206), (255, 199, 206)),
        ("#00ff7f", (0, 255, 127)),
        (255, (255, 0, 0)),
    ]:
        cell.color = given
        assert cell.color == read
    assert sheet["A1:B1"].color is None, "mixed"
    cell.color = None
    assert cell.color is None
    with pytest.raises(ValueError, match="颜色"):
        cell.color = "red"


def test_fonts(sheet):
    font = sheet["A1:B2"].font
    font.bold, font.italic, font.size, font.name, font.color = True, True, 16, "黑体", (192, 0, 0)
    font = sheet["B2"].font
    assert (font.bold, font.italic, font.size, font.name, font.color) == (
        True,
        True,
        16.0,
        "黑体",
        (192, 0, 0),
    )
    assert sheet["B2"].api.CharFontNameAsian == "黑体", "Chinese text uses the Asian properties"
    assert sheet["B2"].api.CharWeightAsian == 150
    mixed = sheet["A1:C1"].font
    assert (mixed.bold, mixed.size, mixed.name, mixed.color) == (None, None, None, None)
    sheet["A1"].font.bold = False
    assert sheet["A1"].font.bold is False


@pytest.mark.parametrize(
    "text",
    [
        "General",
        "0.00",
        "0%",
        "@",
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "#,##0.00",
        "[h]:mm",
        "#,##0.00_);(#,##0.00)",
    ],
)
def test_number_formats_are_read_as_written(sheet, text):
    sheet["A1:B2"].number_format = text
    assert sheet["A1:B2"].number_format == text


def test_number_formats_mixed_and_wrong(sheet):
    sheet["A1"].number_format = "0.0"
    assert sheet["A1:B1"].number_format is None
    with pytest.raises(ValueError, match="数字格式"):
        sheet["A1"].number_format = "[[["


def test_alignment_and_wrapping(sheet):
    sheet["A1"].horizontal_alignment = "center"
    sheet["A1"].vertical_alignment = "top"
    sheet["A1"].wrap_text = True
    cell = sheet["A1"]
    assert (cell.horizontal_alignment, cell.vertical_alignment, cell.wrap_text) == (
        "center",
        "top",
        True,
    )
    assert sheet["B2"].wrap_text is False
    assert sheet["A1:B1"].wrap_text is None
    with pytest.raises(Unsupported):
        sheet["A1"].horizontal_alignment = "distributed"


def test_sizes(sheet):
    sheet["A1:B1"].column_width = 20
    sheet["A1"].row_height = 30
    assert sheet["A1"].column_width == pytest.approx(20, abs=0.1)
    assert sheet["A1:C1"].column_width is None
    assert sheet["A1"].row_height == pytest.approx(30, abs=0.05)
    assert sheet["A1"].height == pytest.approx(30, abs=0.05)
    assert sheet["B1"].left == pytest.approx(sheet["A1"].width, abs=0.1)
    assert sheet["A2"].top == pytest.approx(30, abs=0.1)


def test_autofit(sheet):
    sheet["A1"].value = "一个相当长的指标名称，需要更宽的列"
    before = sheet["A1"].column_width
    sheet["A1"].columns.autofit()
    assert sheet["A1"].column_width > before
    sheet["A1"].autofit()
    sheet.autofit()


def test_hidden_rows_and_columns(sheet):
    sheet["A2:A3"].rows.hidden = True
    assert sheet["A2"].rows.hidden is True
    assert sheet["A1:A2"].rows.hidden is None
    sheet["A2:A3"].rows.hidden = False
    assert sheet["A2"].rows.hidden is False
    sheet["B1"].columns.hidden = True
    assert sheet["B1"].columns.hidden is True
