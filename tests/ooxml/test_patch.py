"""What is written: exactly the edits, seen by openpyxl and LibreOffice,
and every other byte as it was."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.ooxml import values
from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.cell import Cell
from rubric_sheets.ooxml.faults import PackageFault
from rubric_sheets.ooxml.save import Changes, save
from rubric_sheets.ooxml.values import NOTHING, number, text
from rubric_sheets.places import addresses as refs
from rubric_sheets.places.addresses import Area

from . import handmade
from .conftest import soffice
from .test_reading import PRODUCERS, normal

FIRST = "收支 & '表'额"
FIRST_PART = "xl/worksheets/第一.xml"


def compressed(data: bytes) -> dict[str, bytes]:
    """Part → its compressed bytes with the local header before them."""
    found = {}
    for info in zipfile.ZipFile(io.BytesIO(data)).infolist():
        name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
        end = info.header_offset + 30 + name + extra + info.compress_size
        found[info.filename] = data[info.header_offset : end]
    return found


def part(path: str, name: str = FIRST_PART) -> str:
    return Book.open(path).container.read(name).decode()


def edited(path: str, sheet: str, *edits: tuple[object, ...]) -> Book:
    """Save (row, column, value[, formula]) edits and read the file again."""
    changes = Changes(Book.open(path))
    for edit in edits:
        changes.set(sheet, *edit)  # type: ignore[arg-type]
    save(changes, backup=False)
    return Book.open(path)


@pytest.mark.parametrize("producer", PRODUCERS)
def test_others_see_exactly_the_edits(
    produced: dict[str, Path], producer: str, tmp_path: Path
) -> None:
    source = produced[producer]
    path = tmp_path / "book.xlsx"
    path.write_bytes(source.read_bytes())
    sheet = "it's 表"
    wanted: dict[tuple[int, int], object] = {
        (1, 2): 99.5,
        (2, 1): "=不是公式 <&> \n 新",
        (3, 1): "_x0041_",
        (1, 4): None,
        (20, 7): "新行",
        (6, 3): 1.0,
        (3, 5): 4.0,
    }
    changes = Changes(Book.open(str(path)))
    for (row, col), value in wanted.items():
        made = (
            NOTHING
            if value is None
            else text(value)
            if isinstance(value, str)
            else number(str(value))
        )
        # LibreOffice stores a truth value as the formula TRUE()
        changes.set(sheet, row, col, made, None if (row, col) == (1, 4) else values.KEEP)
    assert save(changes)
    for data_only in (True, False):
        before = openpyxl.load_workbook(source, data_only=data_only)
        after = openpyxl.load_workbook(path, data_only=data_only)
        for name in before.sheetnames:
            for row in range(1, 23):
                for col in range(1, 9):
                    old, new = before[name].cell(row, col), after[name].cell(row, col)
                    expected = old.value
                    if (
                        name == sheet
                        and (row, col) in wanted
                        and (data_only or (row, col) != (3, 5))
                    ):
                        expected = wanted[row, col]
                        if expected == "_x0041_":
                            expected = "_x005F_x0041_"  # openpyxl leaves escapes in inline strings
                    assert normal(new.value) == normal(expected), (name, row, col)
                    assert new.number_format == old.number_format
            assert after[name].merged_cells.ranges == before[name].merged_cells.ranges


def test_libreoffice_opens_it_and_recalculates(
    excel: str, produced: dict[str, Path], tmp_path: Path
) -> None:
    paths = []
    for producer in PRODUCERS:
        path = tmp_path / f"{producer}.xlsx"
        path.write_bytes(produced[producer].read_bytes())
        edited(
            str(path),
            "收支表",
            (1, 2, number("50")),
            (20, 2, text("_x0041_ =1")),
            (9, 9, number("2"), "B1*3"),
        )
        paths.append(path)
    edited(excel, FIRST, (2, 1, number("50")), (2, 3, text("值"), None), (8, 5, text("新")))
    folder = tmp_path / "office"
    folder.mkdir()
    soffice(folder, *paths, Path(excel))
    for path in paths:
        sheet = Book.open(str(folder / path.name)).sheet("收支表")
        cells = [sheet.cell(1, 2), sheet.cell(1, 5), sheet.cell(20, 2), sheet.cell(9, 9)]
        assert [cell.text if cell else None for cell in cells][::2] == ["50", "_x0041_ =1"]
        assert cells[3] is not None
        assert cells[3].formula == "B1*3"
    sheet = Book.open(str(folder / "自评表.xlsx")).sheet(FIRST)
    assert [sheet.cell(*place).text for place in ((2, 1), (2, 3), (8, 5))] == ["50", "值", "新"]  # type: ignore[union-attr]
    assert sheet.cell(2, 3).formula is None  # type: ignore[union-attr]


@pytest.mark.parametrize("streamed", [False, True])
def test_untouched_parts_keep_their_compressed_bytes(tmp_path: Path, streamed: bool) -> None:
    path = tmp_path / "book.xlsm"
    path.write_bytes(handmade.zipped(handmade.excel_parts(), streamed=streamed))
    before = compressed(path.read_bytes())
    edited(str(path), FIRST, (2, 1, number("7")))
    after = compressed(path.read_bytes())
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {
        FIRST_PART,
        "xl/workbook.xml",
    }
    assert zipfile.ZipFile(path).testzip() is None
    old, new = handmade.EXCEL_SHEET, part(str(path))
    assert new == old.replace('<c r="A2"><v>1</v></c>', '<c r="A2"><v>7</v></c>')


def test_workbook_part_asks_for_recalculation(excel: str, tmp_path: Path) -> None:
    edited(excel, FIRST, (2, 1, number("7")))
    assert '<calcPr fullCalcOnLoad="1" calcId="191029"/>' in part(excel, "xl/workbook.xml")
    path = handmade.write(tmp_path / "a.xlsx", handmade.minimal(handmade.sheet_xml("")))
    edited(path, "表", (1, 1, number("7")))
    assert '</sheets><calcPr fullCalcOnLoad="1"/></workbook>' in part(path, "xl/workbook.xml")


@pytest.mark.parametrize(
    ("old", "value", "formula", "new"),
    [
        (
            '<c r="A1" s="4"><f>B1</f><v>1</v></c>',
            number("2.50"),
            values.KEEP,
            '<c r="A1" s="4"><f>B1</f><v>2.50</v></c>',
        ),
        (
            '<c r="A1" s="4" t="b" cm="1" vm="2"><f t="array" ref="A1">B1</f><v>1</v></c>',
            text("a<"),
            values.KEEP,
            '<c r="A1" s="4" cm="1" t="str"><f t="array" ref="A1">B1</f><v>a&lt;</v></c>',
        ),
        (
            '<c r="A1" t="str"><f aca="false">B1</f><v>x</v></c>',
            NOTHING,
            values.KEEP,
            '<c r="A1"><f aca="false">B1</f></c>',
        ),
        (
            '<c r="A1"><f>B1</f><v>1</v></c>',
            values.error("#N/A"),
            values.KEEP,
            '<c r="A1" t="e"><f>B1</f><v>#N/A</v></c>',
        ),
        (
            '<c r="A1"><f>B1</f><v>1</v></c>',
            values.boolean(True),
            values.KEEP,
            '<c r="A1" t="b"><f>B1</f><v>1</v></c>',
        ),
        (
            '<c r="A1" cm="1" s="2"><f>B1</f><v>1</v></c>',
            number("1"),
            None,
            '<c r="A1" s="2"><v>1</v></c>',
        ),
        (
            '<c r="A1" s="2"/>',
            number("3"),
            "=B1&lt",
            '<c r="A1" s="2"><f>B1&amp;lt</f><v>3</v></c>',
        ),
        (
            '<c s="2" ph="1" r="A1" t="s"><v>0</v></c>',
            NOTHING,
            values.KEEP,
            '<c r="A1" s="2" ph="1"/>',
        ),
        ("<c r='A1' s='2'/>", number("3"), values.KEEP, '<c r="A1" s="2"><v>3</v></c>'),
        (
            '<c r="A1"><v>1</v></c>',
            text(" =1+1\r\n_x0041_\x00\ud800"),
            values.KEEP,
            '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> =1+1&#13;\n_x005F_x0041_</t></is></c>',
        ),
    ],
)
def test_one_cell(
    tmp_path: Path, old: str, value: values.Value, formula: str | None, new: str
) -> None:
    strings = f'<sst xmlns="{handmade.MAIN}"><si><t>x</t></si></sst>'.encode()
    parts = handmade.minimal(handmade.sheet_xml(f'<row r="1">{old}</row>'), sst=strings)
    path = handmade.write(tmp_path / "a.xlsx", parts)
    edited(path, "表", (1, 1, value, formula))
    assert part(path, "xl/sheet.xml") == handmade.sheet_xml(f'<row r="1">{new}</row>')


@pytest.mark.parametrize(
    ("rows", "places", "expected"),
    [
        ("", [(2, 2)], '<row r="2"><c r="B2"><v>2</v></c></row>'),
        (
            '<row r="3" spans="2:3"><c r="B3"/></row>',
            [(3, 1), (3, 3), (3, 4), (1, 1), (5, 1), (4, 2)],
            '<row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="3"><c r="A3"><v>1</v></c><c r="B3"/><c r="C3"><v>3</v></c><c r="D3"><v>4</v></c></row>'
            '<row r="4"><c r="B4"><v>2</v></c></row><row r="5"><c r="A5"><v>1</v></c></row>',
        ),
        (
            '<row r="3" spans="1:3" ht="9"/>',
            [(3, 2)],
            '<row r="3" spans="1:3" ht="9"><c r="B3"><v>2</v></c></row>',
        ),
        (
            '<row r="1" s="5" customFormat="1"><c r="AA1"/></row>',
            [(1, 26), (1, 28)],
            '<row r="1" s="5" customFormat="1"><c r="Z1" s="5"><v>26</v></c><c r="AA1"/><c r="AB1" s="5"><v>28</v></c></row>',
        ),
        (
            "<row><c/><c><v>1</v></c></row>",
            [(1, 3)],
            '<row><c/><c><v>1</v></c><c r="C1"><v>3</v></c></row>',
        ),
        ('<row s="5" r="1"></row>', [(1, 1)], '<row s="5" r="1"><c r="A1"><v>1</v></c></row>'),
    ],
)
def test_new_cells_and_rows(
    tmp_path: Path, rows: str, places: list[tuple[int, int]], expected: str
) -> None:
    path = handmade.write(tmp_path / "a.xlsx", handmade.minimal(handmade.sheet_xml(rows)))
    edited(path, "表", *((row, col, number(str(col))) for row, col in places))
    assert part(path, "xl/sheet.xml") == handmade.sheet_xml(expected)


def test_empty_sheet_data_is_opened_and_dimension_grows(tmp_path: Path) -> None:
    xml = f'<worksheet xmlns="{handmade.MAIN}"><dimension ref="A1"/><cols><col min="3" max="3" style="6"/></cols><sheetData />'
    path = handmade.write(tmp_path / "a.xlsx", handmade.minimal(xml + "<pageMargins/></worksheet>"))
    edited(path, "表", (2, 3, number("1")), (4, 2, text("")))
    assert part(path, "xl/sheet.xml") == (
        f'<worksheet xmlns="{handmade.MAIN}"><dimension ref="B2:C4"/><cols><col min="3" max="3" style="6"/></cols>'
        '<sheetData><row r="2"><c r="C2" s="6"><v>1</v></c></row><row r="4"><c r="B4" t="inlineStr"><is>'
        '<t xml:space="preserve"></t></is></c></row></sheetData><pageMargins/></worksheet>'
    )


def test_new_cell_of_excel_takes_column_style_and_dimension(excel: str) -> None:
    book = edited(excel, FIRST, (12, 6, number("1")), (7, 5, number("2")), (6, 2, number("3")))
    sheet = book.sheet(FIRST)
    assert sheet.cell(12, 6) == Cell("number", "1", None, 3)
    # the row's style goes before the column's
    assert sheet.cell(7, 5) == Cell("number", "2", None, 2)
    assert sheet.cell(6, 2) == Cell("number", "3", None, 0)
    assert '<dimension ref="A1:F12"/>' in part(excel)


def test_rows_out_of_order_are_refused(tmp_path: Path) -> None:
    path = handmade.write(
        tmp_path / "a.xlsx", handmade.minimal(handmade.sheet_xml('<row r="3"/><row r="2"/>'))
    )
    with pytest.raises(PackageFault) as caught:
        edited(path, "表", (1, 1, number("1")))
    assert caught.value.kind == "unusual"


@pytest.mark.parametrize("place", [(3, 2), (9, 1)])
def test_masters_of_shared_and_array_formulas_are_refused(
    excel: str, place: tuple[int, int]
) -> None:
    before = Path(excel).read_bytes()
    with pytest.raises(PackageFault) as caught:
        edited(excel, FIRST, (*place, number("1"), None))
    assert caught.value.kind == "unusual"
    assert ("B3" if place == (3, 2) else "A9") in caught.value.params["cell"]
    assert Path(excel).read_bytes() == before
    book = edited(excel, FIRST, (*place, number("77")))  # their results may be set
    cell = book.sheet(FIRST).cell(*place)
    assert cell is not None
    assert (cell.text, bool(cell.formula)) == ("77", True)


def test_calculation_chain_loses_the_removed_formula(excel: str) -> None:
    edited(
        excel,
        FIRST,
        (2, 2, number("1"), None),
        (4, 2, number("9"), None),
        (2, 3, number("3"), "A2"),
    )
    chain = part(excel, "xl/calcChain.xml")
    assert 'r="B2"' not in chain
    assert (
        '<c i="3" r="C2"/><c r="D2"/><c r="E2"/><c r="B3" s="1"/><c r="B5"/><c r="A9" a="1"/>'
        in chain
    )


def test_empty_calculation_chain_goes(tmp_path: Path) -> None:
    parts = handmade.excel_parts()
    parts["xl/calcChain.xml"] = (
        f'<calcChain xmlns="{handmade.MAIN}"><c r="B2" i="3"/></calcChain>'.encode()
    )
    path = handmade.write(tmp_path / "a.xlsm", parts)
    book = edited(path, FIRST, (2, 2, number("2"), None))
    assert not book.container.has("xl/calcChain.xml")
    assert "calcChain" not in part(path, "[Content_Types].xml") + part(
        path, "xl/_rels/workbook.xml.rels"
    )
    assert len(book.relations) == 4
    openpyxl.load_workbook(path)


def test_hyperlinks_are_replaced_within(excel: str) -> None:
    changes = Changes(Book.open(excel))
    changes.set_hyperlinks(
        FIRST, {(4, 1): ('第二!A1:"<', "去 & 看"), (2, 6): ("第二!B1", "")}, Area("", 1, 1, 9, 6)
    )
    assert save(changes, backup=False)
    assert part(excel) == handmade.EXCEL_SHEET.replace(
        '<hyperlink ref="A5" location="第二!A1" display="x"/>',
        '<hyperlink ref="A4" location="第二!A1:&quot;&lt;" tooltip="去 &amp; 看" display="第二!A1:&quot;&lt;"/>',
    )
    again = Changes(Book.open(excel))
    again.set_hyperlinks(
        FIRST, {(4, 1): ('第二!A1:"<', "去 & 看"), (2, 6): ("第二!B1", "")}, Area("", 1, 1, 9, 6)
    )
    assert not save(again)


def test_hyperlinks_inserted_in_order_and_removed(excel: str, tmp_path: Path) -> None:
    after = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells><pageMargins/><extLst><ext><hyperlinks/></ext></extLst>'
    path = handmade.write(tmp_path / "a.xlsx", handmade.minimal(handmade.sheet_xml("", after)))
    for links in ({(1, 1): ("表!B2", "")}, {}):
        changes = Changes(Book.open(path))
        changes.set_hyperlinks("表", links, Area("表", 1, 1, 5, 5))
        assert save(changes, backup=False)
        made = (
            '<hyperlinks><hyperlink ref="A1" location="表!B2" display="表!B2"/></hyperlinks>'
            if links
            else ""
        )
        assert part(path, "xl/sheet.xml") == handmade.sheet_xml(
            "", after.replace("<pageM", f"{made}<pageM")
        )


def test_same_values_change_nothing(excel: str) -> None:
    before = Path(excel).read_bytes()
    book = Book.open(excel)
    changes = Changes(book)
    assert changes.is_empty
    for name in book.sheets:
        sheet = book.sheet(name)
        for place, cell in sheet.cells(Area("", 1, 1, 20, 20)).items():
            if cell.kind != "date":
                changes.set(name, *place, values.Value(cell.kind, cell.text))
    changes.set(FIRST, 30, 30, NOTHING)
    assert not changes.is_empty
    assert not save(changes)
    assert Path(excel).read_bytes() == before


def test_values_refuse_what_is_none(excel: str) -> None:
    for digits in ("", "nan", "inf", "1_0", "１", "五十万", "1e999"):
        with pytest.raises(ValueError, match=r"float|finite"):
            number(digits)
    with pytest.raises(ValueError, match="no cell"):
        Changes(Book.open(excel)).set(FIRST, 1, 20_000, NOTHING)
    with pytest.raises(KeyError):
        Changes(Book.open(excel)).set("无此表", 1, 1, NOTHING)
    with pytest.raises(ValueError, match="empty formula"):
        Changes(Book.open(excel)).set(FIRST, 1, 1, NOTHING, "=")


def test_long_text_is_cut() -> None:
    assert text("长" * 32_767).text == "长" * 32_767
    assert text("长" * 32_768).text == "长" * 32_766 + "…"
    cut = text("😀" * 20_000).text
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.endswith("😀…")


@pytest.mark.parametrize(
    ("rows", "cell", "expected"),
    [
        (
            '<row r="3"><c r="A3"><v>1</v></c></row>',
            None,
            '<row r="3" ht="62.4" customHeight="1"><c r="A3"><v>1</v></c></row>',
        ),
        (
            '<row r="3" ht="9" s="4" customHeight="0"/>',
            None,
            '<row r="3" s="4" ht="62.4" customHeight="1"></row>',
        ),
        ("", None, ""),  # no cell, no row
        ("", "A3", '<row r="3" ht="62.4" customHeight="1"><c r="A3"><v>7</v></c></row>'),
        (
            '<row r="3" spans="1:1" ht="9"><c r="A3"><v>1</v></c></row>',
            "C3",
            '<row r="3" ht="62.4" customHeight="1"><c r="A3"><v>1</v></c><c r="C3"><v>7</v></c></row>',
        ),
    ],
)
def test_row_heights(tmp_path: Path, rows: str, cell: str | None, expected: str) -> None:
    path = handmade.write(tmp_path / "a.xlsx", handmade.minimal(handmade.sheet_xml(rows)))
    changes = Changes(Book.open(path))
    assert changes.is_empty
    changes.set_height("表", 3, 62.4)
    assert not changes.is_empty
    if cell:
        changes.set("表", *refs.cell(cell), number("7"))
    save(changes)
    assert part(path, "xl/sheet.xml") == handmade.sheet_xml(expected)
    with pytest.raises(ValueError, match="row 0"):
        changes.set_height("表", 0, 15)
    with pytest.raises(KeyError):
        changes.set_height("别的", 1, 15)
