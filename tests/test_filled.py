"""What `fill` writes is what is read: the format of the cell is set, or nothing is written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from .books import cell, new, place, run, with_openpyxl, write_json


@pytest.fixture
def book(tmp_path: Path) -> str:
    return new(tmp_path / "自评表.xlsx")


def formatted(path: str, name: str, number_format: str) -> None:
    sheet, row, column = place(path, name)

    def edit(workbook: openpyxl.Workbook) -> None:
        workbook[sheet].cell(row, column).number_format = number_format

    with_openpyxl(path, edit)


@pytest.mark.parametrize(
    ("name", "number_format", "value"),
    [
        ("满意度", "General", "94"),
        ("满意度", "@", "94"),
        ("满意度", "yyyy-mm-dd", "94"),
        ("编制数", "yyyy-mm-dd", 15),
        ("编制数", "0%", 15),
        ("政府采购预算", "0.00%", "11.5"),
        ("编制数", "@", 15),
    ],
)
def test_the_format_is_set(
    capsys, book: str, tmp_path: Path, name: str, number_format: str, value: object
) -> None:
    formatted(book, name, number_format)
    look = openpyxl.load_workbook(book)
    sheet, row, column = place(book, name)
    before = look[sheet].cell(row, column)
    facts = write_json(tmp_path / "数据.json", {"facts": {name: value}})
    assert run(capsys, "fill", book, "--facts", facts).out.startswith("已填入 1 个单元格")
    held = run(capsys, "facts", book, "--json")
    assert (held.json["facts"][name], held.code) == (value, 0)
    after = openpyxl.load_workbook(book)[sheet].cell(row, column)
    assert after.is_date is False
    assert ("%" in after.number_format) is (name == "满意度")
    assert (after.fill.fgColor.rgb, after.font.name) == (before.fill.fgColor.rgb, before.font.name)
    assert after.protection.locked is before.protection.locked
    again = Path(book).read_bytes()
    assert run(capsys, "fill", book, "--facts", facts).out.startswith("工作簿里已是这些数据")
    assert Path(book).read_bytes() == again


def test_what_cannot_be_read_back_is_not_written(capsys, book: str, tmp_path: Path) -> None:
    sheet, row, column = place(book, "政府采购预算")

    def edit(workbook: openpyxl.Workbook) -> None:
        workbook[sheet].merge_cells(
            start_row=row - 1, end_row=row, start_column=column, end_column=column
        )

    with_openpyxl(book, edit)
    before = Path(book).read_bytes()
    facts = write_json(tmp_path / "数据.json", {"facts": {"政府采购预算": 15}})
    out = run(capsys, "fill", book, "--facts", facts)
    assert (out.code, out.out) == (2, "")
    assert "“政府采购预算”写进这一格就读不回来" in out.err
    assert "合并" in out.err
    assert Path(book).read_bytes() == before


@pytest.mark.parametrize("value", ["1234567890.1234567", "1e-300", 1e-300, "0.000000001"])
def test_more_digits_than_a_cell_keeps(capsys, book: str, tmp_path: Path, value: object) -> None:
    before = Path(book).read_bytes()
    facts = write_json(tmp_path / "数据.json", {"facts": {"政府采购预算": value}})
    out = run(capsys, "fill", book, "--facts", facts)
    assert out.code == 2
    assert "政府采购预算" in out.err
    assert Path(book).read_bytes() == before


def test_as_many_digits_as_a_cell_keeps(capsys, book: str, tmp_path: Path) -> None:
    facts = write_json(tmp_path / "数据.json", {"facts": {"政府采购预算": "12345678.1234567"}})
    assert run(capsys, "fill", book, "--facts", facts).code == 0
    assert run(capsys, "facts", book, "--json").json["facts"]["政府采购预算"] == "12345678.1234567"
    held = cell(book, "政府采购预算")
    assert held is not None
    assert held.text == "12345678.1234567"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_facts_files_as_programs_save_them(
    capsys, book: str, tmp_path: Path, encoding: str
) -> None:
    facts = tmp_path / "数据.json"
    facts.write_bytes('{"facts": {"联系人": "李会计"}}'.encode(encoding))
    assert run(capsys, "fill", book, "--facts", str(facts)).code == 0
    assert run(capsys, "facts", book, "--json").json["facts"]["联系人"] == "李会计"


def test_a_facts_file_without_end(capsys, book: str, tmp_path: Path) -> None:
    facts = tmp_path / "数据.json"
    with facts.open("wb") as file:
        file.truncate((16 << 20) + 1)
    out = run(capsys, "fill", book, "--facts", str(facts))
    assert (out.code, "超过 16 MB" in out.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"facts": {}}', "JSON 数据文件"),
        ("只是一句话。", "纯文本"),
        ("单位,编制数\n甲,14\n", "CSV"),
    ],
)
def test_texts_called_workbooks(capsys, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "数据.xlsx"
    path.write_text(text, encoding="utf-8")
    out = run(capsys, "score", str(path))
    assert (out.code, said in out.err) == (2, True)
