"""One cell, one reading: what the program reads is what the sheet's own formulas read,
or a finding says what to type."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.exact.invisible import one_line, seen, unseen
from rubric_sheets.ooxml.book import Book

from .books import cell, found, new, place, repack, run, type_at, type_in, with_openpyxl


@pytest.fixture
def book(tmp_path: Path) -> str:
    return new(tmp_path / "自评表.xlsx")


def typed_as(path: str, name: str, value: object, number_format: str) -> None:
    """A value in the cell of a name, and another format of the cell."""
    sheet, row, column = place(path, name)

    def edit(workbook: openpyxl.Workbook) -> None:
        at = workbook[sheet].cell(row, column)
        at.value, at.number_format = value, number_format

    with_openpyxl(path, edit)


def codes_at(capsys, path: str, name: str) -> list[str]:
    sheet, row, column = place(path, name)
    at = f"{openpyxl.utils.get_column_letter(column)}{row}"
    findings = run(capsys, "check", path, "--json").json["findings"]
    return [one["code"] for one in findings if (one["sheet"], one["cell"]) == (sheet, at)]


# -- percentages where figures belong


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("编制数", "显示为 95%（存的数是 0.95），应为数字（人）"),
        ("政府采购预算", "数字（万元）"),
        ("违规例数_财经法规", "数字（例）"),
        ("新增长极目标自评", "95%"),
        ("自评总分", "数字（分）"),
    ],
)
def test_a_percentage_where_a_figure_belongs(capsys, book: str, name: str, said: str) -> None:
    typed_as(book, name, 0.95, "0%")
    (one,) = found(run(capsys, "check", book, "--json"), "cell-percent")
    assert said in one["message"]
    assert "常规" in one["fix"]
    assert codes_at(capsys, book, name)[0] == "cell-percent"


@pytest.mark.parametrize("name", ["新增长极目标自评", "自评总分"])
def test_a_percentage_for_a_score_has_no_echo(capsys, book: str, name: str) -> None:
    """Neither its small number nor the sums that it spoils are told as further mistakes."""
    before = {one["code"] for one in run(capsys, "check", book, "--json").json["findings"]}
    typed_as(book, name, 0.95, "0%")
    after = [one["code"] for one in run(capsys, "check", book, "--json").json["findings"]]
    assert codes_at(capsys, book, name) == ["cell-percent"]
    assert set(after) - before == {"cell-percent"}


def test_a_percentage_in_a_table_row(capsys, book: str) -> None:
    sheet, row, column = place(book, "公务接待费")

    def edit(workbook: openpyxl.Workbook) -> None:
        at = workbook[sheet].cell(row + 1, column)
        at.value, at.number_format = 0.527, "0.00%"

    with_openpyxl(book, edit)
    (one,) = found(run(capsys, "check", book, "--json"), "cell-percent")
    assert "52.7%" in one["message"]


@pytest.mark.parametrize("number_format", ["0.0000", '0.0"%"', "General", "@"])
def test_a_format_without_percent_is_none(capsys, book: str, number_format: str) -> None:
    typed_as(book, "编制数", 14, number_format)
    assert codes_at(capsys, book, "编制数") == []


def test_zero_is_zero_in_any_format(capsys, book: str) -> None:
    typed_as(book, "违规例数_财经法规", 0, "0%")
    assert codes_at(capsys, book, "违规例数_财经法规") == []


# -- figures beyond what a sheet can hold


@pytest.mark.parametrize("number", ["1e-300", "-1e-300", "4e-9"])
def test_next_to_nothing(capsys, book: str, number: str) -> None:
    """The formulas round it to 0; typed, it is a slip, and of a formula it is binary dust."""
    type_in(book, 公务卡应刷卡额=float(number))
    assert codes_at(capsys, book, "公务卡应刷卡额") == ["cell-too-small"]
    type_in(book, 公务卡刷卡额=0, 公务卡应刷卡额=("0.1+0.2-0.3", float(number)))
    out = run(capsys, "check", book, "--json")
    assert codes_at(capsys, book, "公务卡应刷卡额") == []
    assert {i["id"]: i["status"] for i in out.json["indicators"]}[
        "official-card"
    ] == "not_applicable"


# -- texts that a cell shows as something else


@pytest.mark.parametrize(
    ("date1904", "stored"), [(False, 44732), (True, 44732 - 1462)], ids=["1900", "1904"]
)
def test_a_date_is_the_date_shown(capsys, book: str, date1904: bool, stored: int) -> None:
    typed_as(book, "报告日期", stored, "yyyy-mm-dd")
    if date1904:
        opened = Book.open(book)
        flagged = opened.data.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
        assert flagged != opened.data
        repack(book, {opened.part: flagged})
    facts = run(capsys, "facts", book, "--json").json["facts"]
    assert facts["报告日期"] == "2022年6月20日"


def test_a_date_is_exported_as_shown(capsys, book: str, tmp_path: Path) -> None:
    typed_as(book, "报告日期", 44732, "yyyy-mm-dd")
    out = str(tmp_path / "报送.xlsx")
    assert run(capsys, "export", book, out, "--force").code in (0, 1)
    texts = {
        value
        for sheet in openpyxl.load_workbook(out)
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    }
    assert not texts & {44732, "44732"}
    assert any("2022年6月20日" in str(text) for text in texts)


def test_a_share_in_a_text_cell(capsys, book: str) -> None:
    typed_as(book, "联系人", 0.5, "0%")
    assert run(capsys, "facts", book, "--json").json["facts"]["联系人"] == "50%"


def test_a_logical_value_in_a_text_cell(capsys, book: str) -> None:
    type_in(book, 联系人=True)
    assert run(capsys, "facts", book, "--json").json["facts"]["联系人"] == "TRUE"


def test_a_long_code_is_a_text(capsys, book: str) -> None:
    type_in(book, 预算编码=911101080000000000)
    (one,) = found(run(capsys, "check", book, "--json"), "cell-long-code")
    assert "文本" in one["fix"]
    type_in(book, 预算编码="911101080000000000")
    assert codes_at(capsys, book, "预算编码") == []
    type_in(book, 预算编码=123456789012345)
    assert codes_at(capsys, book, "预算编码") == []


# -- signs that nobody sees

ZERO_WIDTH, BOM, HARD, SOFT, BIDI = "\u200b", "\ufeff", "\u00a0", "\u00ad", "\u202d"


@pytest.mark.parametrize(
    ("name", "text", "signs", "mend"),
    [
        ("编制数", f"14{ZERO_WIDTH}", "U+200B", "重新键入 14，"),
        ("编制数", f"{BOM}14{BOM}", "U+FEFF，", "重新键入 14，"),
        ("编制数", f"{HARD}14", "U+00A0", "重新键入 14，"),
        ("编制数", f"1{SOFT}4{BIDI}", "U+00AD、U+202D", "重新键入 14，"),
        ("满意度", f"95%{ZERO_WIDTH}", "U+200B", "重新键入 95%，"),
        ("政府采购预算", f"不适用{ZERO_WIDTH}", "U+200B", "重新键入 不适用，"),
        ("政府采购预算", f"十{ZERO_WIDTH}", "U+200B", "重新键入内容，"),
        ("预算管理制度_制定", f"是{ZERO_WIDTH}", "U+200B", "重新键入 是，"),
        ("自评总分", f"92{ZERO_WIDTH}", "U+200B", "重新键入 92，"),
    ],
)
def test_what_nobody_sees_is_named(
    capsys, book: str, name: str, text: str, signs: str, mend: str
) -> None:
    type_in(book, **{name: text})
    assert codes_at(capsys, book, name)[0] == "cell-invisible"
    (one,) = found(run(capsys, "check", book, "--json"), "cell-invisible")
    assert f"含不可见字符 {signs}" in one["message"]
    assert mend in one["fix"]


@pytest.mark.parametrize("text", [ZERO_WIDTH, f" {BOM} ", HARD, "　"])
def test_a_cell_that_looks_blank_is_blank(capsys, book: str, text: str) -> None:
    type_in(book, 政府采购预算=text, 预算管理制度_制定=text)
    facts = run(capsys, "facts", book, "--json").json["facts"]
    assert facts.get("政府采购预算") is None
    assert facts.get("预算管理制度_制定") is None
    assert codes_at(capsys, book, "政府采购预算") == []


def test_a_grade_with_signs_that_nobody_sees(capsys, book: str) -> None:
    type_in(book, 自评等次=f"优{ZERO_WIDTH}")
    assert not found(run(capsys, "check", book, "--json"), "grade-unknown")


def test_texts_keep_what_they_hold(capsys, book: str) -> None:
    """In a text they do no harm, and some scripts need them."""
    type_in(book, 联系人=f"李{ZERO_WIDTH}会计")
    assert run(capsys, "facts", book, "--json").json["facts"]["联系人"] == f"李{ZERO_WIDTH}会计"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("养护\n里程", "养护里程"),
        ("\n 养护 里程\r\n", "养护 里程"),
        ("OA\n \nsystem", "OA system"),
        ("≥65\u2028公里", "≥65公里"),
        ("12\n34", "12 34"),  # one figure or two: nobody knows
        ("\n", ""),
        ("", ""),
    ],
)
def test_a_text_in_one_line(typed: str, shown: str) -> None:
    assert one_line(typed) == shown


def test_seen_and_unseen() -> None:
    assert (seen("14\u200b"), unseen("14\u200b\u200b\ufeff")) == ("14", "U+200B、U+FEFF")
    assert (seen("　甲 乙\n丙"), unseen("　甲 乙\n丙")) == ("　甲 乙\n丙", "")


def test_what_is_typed_stays(capsys, book: str) -> None:
    """A finding does not change the cell."""
    type_in(book, 编制数=f"14{ZERO_WIDTH}")
    assert run(capsys, "score", book).code == 1
    held: Any = cell(book, "编制数")
    assert held.text == f"14{ZERO_WIDTH}"


def test_signs_in_a_table_row(capsys, book: str) -> None:
    sheet, row, _ = place(book, "公务接待费")
    type_at(book, sheet, {f"C{row + 1}": f"0.527{ZERO_WIDTH}"})
    (one,) = found(run(capsys, "check", book, "--json"), "cell-invisible")
    assert one["cell"] == f"C{row + 1}"
