"""What is read equals what openpyxl reads, for every producer,
and what the standard allows beyond that."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.cell import Cell
from rubric_sheets.ooxml.faults import PackageFault
from rubric_sheets.places.addresses import Area

from . import handmade

PRODUCERS = ("xlsxwriter", "openpyxl", "libreoffice-xlsxwriter", "libreoffice-openpyxl")


def plain(cell: Cell | None) -> object:
    """A cell's value the way openpyxl gives it."""
    if cell is None or cell.kind == "blank" or (cell.kind == "text" and not cell.text):
        return None
    if cell.kind == "number":
        return float(cell.text)
    return cell.text == "1" if cell.kind == "bool" else cell.text


def normal(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


@pytest.mark.parametrize("producer", PRODUCERS)
def test_every_cell_is_what_openpyxl_reads(produced: dict[str, Path], producer: str) -> None:
    path = produced[producer]
    book = Book.open(str(path))
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    assert list(book.sheets) == values.sheetnames
    for name in book.sheets:
        sheet = book.sheet(name)
        for row in range(1, 12):
            for col in range(1, 9):
                cell = sheet.cell(row, col)
                expected = values[name].cell(row, col).value
                assert plain(cell) == normal(expected), (name, row, col)
                text = formulas[name].cell(row, col).value
                formula = text[1:] if isinstance(text, str) and text.startswith("=") else None
                assert (cell.formula if cell else None) == formula, (name, row, col)
                if cell is not None:
                    shown = values[name].cell(row, col).number_format
                    assert book.is_percent(cell.style) == ("%" in shown)


@pytest.mark.parametrize("producer", PRODUCERS)
def test_names(produced: dict[str, Path], producer: str) -> None:
    names = Book.open(str(produced[producer])).names
    assert names["人员支出"] == Area("it's 表", 2, 2, 2, 2)
    assert names["全表"] == Area("收支表", 1, 1, 3, 6)


def test_book_of_excel(excel: str) -> None:
    book = Book.open(excel)
    assert book.sheets == {
        "收支 & '表'额": "xl/worksheets/第一.xml",
        "第二": "xl/worksheets/sheet7.xml",
    }
    assert book.hidden == {"第二"}
    assert book.names == {
        "区域": Area("收支 & '表'额", 1, 1, 5, 3),
        "单元": Area("第二", 1, 3, 1, 3),
        "列": Area("第二", 1, 1, 1_048_576, 2),
    }
    assert book.lost_names == {"丢失"}
    assert not book.date1904
    assert [book.is_percent(style) for style in range(6)] == [
        False,
        False,
        True,
        False,
        True,
        False,
    ]
    assert [book.is_date(style) for style in range(6)] == [False, False, False, True, False, False]


def test_cells_of_excel(excel: str) -> None:
    sheet = Book.open(excel).sheet("收支 & '表'额")
    expected = {
        (1, 1): Cell("text", "部门 & 单位", None, 1),
        (1, 2): Cell("number", "0.28999999999999998", None, 2),
        (1, 3): Cell("text", "富 文本\r ", None, 0),
        (1, 4): None,
        (1, 6): Cell("bool", "1", None, 0),
        (2, 2): Cell("number", "2", "A2*2", 0),
        (2, 3): Cell("text", "1<元>", 'A2&"<元>"', 0),
        (2, 4): Cell("error", "#DIV/0!", "1/0", 0),
        (2, 5): Cell("bool", "1", "A2>0", 0),
        (3, 2): Cell("number", "6", "A3*3", 0),
        (4, 2): Cell("number", "9", "", 0),
        (7, 1): Cell("blank", "", None, 2),
        (7, 2): Cell("text", "_x0041_", None, 2),
        (9, 1): Cell("number", "2", "A2:A3*2", 0),
        (9, 3): Cell("number", "45000", None, 3),
    }
    assert {place: sheet.cell(*place) for place in expected} == expected
    found = sheet.cells(Area("", 1, 1, 2, 2))
    assert list(found) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert len(sheet.cells(Area("", 1, 1, 1_048_576, 16_384))) == len(sheet.addresses()) == 19


def test_cells_of_odd_but_legal_xml(excel: str) -> None:
    sheet = Book.open(excel).sheet("第二")
    assert sheet.cells(Area("", 1, 1, 9, 9)) == {
        (1, 1): Cell("text", "内联", None, 0),
        (1, 2): Cell("text", "富 文 ", None, 1),
        (1, 3): Cell("number", "12.50", None, 0),
        (1, 4): Cell("blank", "", None, 0),
        (2, 1): Cell("number", "7", None, 0),
        (2, 2): Cell("text", "甲\n乙", None, 0),
        (2, 4): Cell("number", "8", None, 0),
        (4, 1): Cell("date", "2024-05-06", None, 0),
        (4, 2): Cell("blank", "", None, 0),
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("", {}),
        ("<row/><row><c/><c ><v>1</v></c ></row>", {(2, 1): "", (2, 2): "1"}),
        ('<row r="3"><c r="B3"><v/></c><c><v></v></c></row>', {(3, 2): "", (3, 3): ""}),
        ("<row r='1'><c t='n' r='A1'><v>5</v></c></row>", {(1, 1): "5"}),
        ('<row r="1"><c r="A1"><!-- <c r="B1"/> --><v>5</v></c></row>', {(1, 1): "5"}),
        (
            '<row r="1"><!--a--> <!--b--><c r="A1"><v>5</v><!--c--></c></row><!-- <c/> -->',
            {(1, 1): "5"},
        ),
        (
            '<row r="1"><c r="A1" t="str"><f>1</f><v xml:space="preserve"> a</v></c></row>',
            {(1, 1): " a"},
        ),
        (
            '<row r="1"><c r="A1" t="inlineStr"><is/></c><c r="B1" t="inlineStr"/></row>',
            {(1, 1): "", (1, 2): ""},
        ),
        ('<row r="1"><c r="A1"><v>1</v><extLst><ext uri="a"/></extLst></c></row>', {(1, 1): "1"}),
        (
            '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><color></color></rPr><t>x</t></r></is></c></row>',
            {(1, 1): "x"},
        ),
        ('<row r="1"><c r="A1"><f aca="false">B1</f><v>3</v></c></row>', {(1, 1): "3"}),
        (
            '<row r="1"><c r="A1" t="str"><v>&#x4e2d;&#20013;&amp;lt;</v></c></row>',
            {(1, 1): "中中&lt;"},
        ),
    ],
)
def test_legal_forms(tmp_path: Path, rows: str, expected: dict[tuple[int, int], str]) -> None:
    path = handmade.write(tmp_path / "a.xlsx", handmade.minimal(handmade.sheet_xml(rows)))
    cells = Book.open(path).sheet("表").cells(Area("", 1, 1, 20, 20))
    assert {place: cell.text for place, cell in cells.items()} == expected


def test_empty_sheet_data(tmp_path: Path) -> None:
    xml = f'<worksheet xmlns="{handmade.MAIN}"><sheetData/></worksheet>'
    path = handmade.write(tmp_path / "a.xlsx", handmade.minimal(xml))
    assert Book.open(path).sheet("表").cell(1, 1) is None


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (f'<x:worksheet xmlns:x="{handmade.MAIN}"><x:sheetData/></x:worksheet>', "unusual"),
        (
            f'<worksheet xmlns="{handmade.MAIN}" xmlns:x="{handmade.MAIN}"><sheetData><x:row/></sheetData></worksheet>',
            "unusual",
        ),
        (
            f'<?xml version="1.0" encoding="GBK"?><worksheet xmlns="{handmade.MAIN}"><sheetData/></worksheet>',
            "unusual",
        ),
        ('<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>', "unusual"),
        (
            handmade.sheet_xml('<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>'),
            "unusual",
        ),
        (
            handmade.sheet_xml('<row r="1"><c r="A1" t="str"><v>&#xD800;</v></c></row>'),
            "unusual",
        ),
        (
            handmade.sheet_xml('<row r="1"><c r="A1" t="str"><v><![CDATA[1]]></v></c></row>'),
            "unusual",
        ),
        (handmade.sheet_xml('<row r="1"><c r="A1"><v>1<!-- -->2</v></c></row>'), "unusual"),
        (handmade.sheet_xml('<row r="1"><c r="A1"/><c r="A1"><v>1</v></c></row>'), "unusual"),
        (handmade.sheet_xml('<row r="1"><c r="a1"><v>1</v></c></row>'), "truncated"),
        (handmade.sheet_xml('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'), "truncated"),
        (handmade.sheet_xml('<row r="1"><c r="A1" t="what"><v>9</v></c></row>'), "truncated"),
        (handmade.sheet_xml('<row r="1"><c r="A1" t=n><v>9</v></c></row>'), "truncated"),
        (handmade.sheet_xml('<row r="1"><c r="A1"><v>9</v></c></row>')[:-40], "truncated"),
        (handmade.sheet_xml('<row r="1"><c r="A1"><v>9')[:-30], "truncated"),
        ("<html><body/></html>", "unusual"),
        ("", "truncated"),
    ],
)
def test_no_partial_reading(tmp_path: Path, xml: str, kind: str) -> None:
    path = handmade.write(tmp_path / "a.xlsx", handmade.minimal(xml))
    book = Book.open(path)
    with pytest.raises(PackageFault) as caught:
        book.sheet("表").cell(1, 1)
    assert caught.value.kind == kind


def test_utf16_is_refused(tmp_path: Path) -> None:
    parts = handmade.minimal("") | {"xl/sheet.xml": handmade.sheet_xml("").encode("utf-16")}
    book = Book.open(handmade.write(tmp_path / "a.xlsx", parts))
    with pytest.raises(PackageFault) as caught:
        book.sheet("表")
    assert caught.value.kind == "unusual"


def test_no_styles_no_strings(tmp_path: Path) -> None:
    path = handmade.write(tmp_path / "a.xlsx", handmade.minimal(handmade.sheet_xml("")))
    book = Book.open(path)
    assert not book.is_percent(3)
    assert not book.is_date(0)
    assert book.names == {}
    assert book.lost_names == set()


@pytest.mark.parametrize(
    ("code", "percent", "date"),
    [
        ("0.00%", True, False),
        ('0"%"', False, False),
        ("0\\%", False, False),
        ("[$%-804]0", False, False),
        ('yyyy"年"m"月"d"日"', False, True),
        ("[$-804]yyyy/m/d;@", False, True),
        ("[h]:mm:ss", False, True),
        ("mm:ss.0", False, True),
        ("[红色]#,##0.00", False, False),
        ("General", False, False),
        ('G/通用格式"元"', False, False),
        ('0"days"', False, False),
    ],
)
def test_number_formats(tmp_path: Path, code: str, percent: bool, date: bool) -> None:
    text = code.replace('"', "&quot;")
    styles = (
        f'<styleSheet xmlns="{handmade.MAIN}"><numFmts><numFmt formatCode="{text}" numFmtId="200"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    )
    parts = handmade.minimal(handmade.sheet_xml(""), sst=styles.encode())
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"/sharedStrings", b"/styles")
    book = Book.open(handmade.write(tmp_path / "a.xlsx", parts))
    assert (book.is_percent(0), book.is_date(0)) == (percent, date)
