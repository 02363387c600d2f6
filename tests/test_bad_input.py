"""What people and other programs do to a workbook: each gives a line that says where, what,
and what to type."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.save import Changes, save
from rubric_sheets.ooxml.values import Value
from rubric_sheets.rubric.model import content_hash
from rubric_sheets.rubric.packing import cells, stored, unpacked

from .books import (
    FULL,
    RUBRIC,
    cell,
    found,
    new,
    parts,
    place,
    repack,
    run,
    shift_rows,
    type_at,
    type_in,
    with_openpyxl,
    write_json,
)


@pytest.fixture
def book(tmp_path: Path) -> str:
    return new(tmp_path / "自评表.xlsx")


def where(path: str, name: str) -> dict[str, str]:
    sheet, row, column = place(path, name)
    return {"sheet": sheet, "cell": f"{openpyxl.utils.get_column_letter(column)}{row}"}


def checked(capsys, path: str):
    """`check`, which must leave the file alone; `score --dry-run` must agree,
    and `score` must not fail on it."""
    before = Path(path).read_bytes()
    out = run(capsys, "check", path, "--json")
    assert Path(path).read_bytes() == before
    assert out.code == int(any(one["severity"] == "error" for one in out.json["findings"]))
    sheets = Book.open(path).sheets
    for one in out.json["findings"]:
        assert one["sheet"], one
        assert (
            one["cell"] or one["code"] in ("name-lost", "incomplete") or one["sheet"] not in sheets
        ), one
        assert one["message"][-1] == "。", one
        assert one["fix"][-1] == "。", one
        assert "{" not in one["message"] + one["fix"], one
    scored = run(capsys, "score", path, "--json")
    assert scored.json == out.json
    assert scored.code == out.code
    again = Path(path).read_bytes()
    assert run(capsys, "score", path, "--json").json == out.json
    assert Path(path).read_bytes() == again
    return out


# -- one cell that holds something else


CELLS = [
    ("编制数", "十四", "cell-text", "“十四”", "数字（人）"),
    ("编制数", "14人", "cell-text-number", "“14人”", "14"),
    ("编制数", "１４", "cell-text-number", "“１４”", "14"),
    ("编制数", " 14 ", "cell-text-number", "14", "14"),
    ("编制数", "1 4", "cell-text-number", "“1 4”", "14"),
    ("编制数", 14.5, "cell-not-whole", "14.5", "整数"),
    ("编制数", -14, "cell-negative", "-14", "核对"),
    ("编制数", True, "cell-bool", "TRUE", "数字"),
    ("编制数", 1e300, "cell-too-large", "1e+300", "核对"),
    ("政府采购预算", 1e-300, "cell-too-small", "1e-300", "填 0"),
    ("政府采购预算", "1,234.50", "cell-text-number", "“1,234.50”", "1234.5"),
    ("政府采购预算", "１，２３４．５０万元", "cell-text-number", "万元", "1234.5"),
    ("政府采购预算", "￥10", "cell-text", "￥10", "数字"),
    ("政府采购预算", "1.2.3", "cell-text", "1.2.3", "数字"),
    ("政府采购预算", "五十万", "cell-text", "“五十万”", "数字"),
    ("政府采购预算", "10元", "cell-text-number", "“10元”", "请改为 0.001"),
    ("政府采购预算", "100000 元", "cell-text-number", "“100000 元”", "请改为 10（"),
    ("政府采购预算", "0.2亿元", "cell-text-number", "亿元", "2000"),
    ("政府采购预算", "10人", "cell-text", "“10人”", "请改为数字"),
    ("政府采购预算", "1,5", "cell-text", "“1,5”", "请改为数字"),
    ("政府采购预算", "1.400,5", "cell-text", "“1.400,5”", "请改为数字"),
    ("政府采购预算", "-3", "cell-text", "“-3”", "请改为数字"),
    ("政府采购预算", "不适应", "cell-left-out-word", "“不适应”", "不适用"),
    ("政府采购预算", "不涉及", "cell-left-out-word", "“不涉及”", "请改填“不适用”"),
    ("政府采购预算", "N/A", "cell-left-out-word", "“N/A”", "请改填“不适用”"),
    ("政府采购预算", " 不适用 ", "cell-left-out-word", "“ 不适用 ”", "不带空格"),
    ("政府采购预算", "无", "cell-blank-word", "“无”", "0"),
    ("政府采购预算", "/", "cell-blank-word", "“/”", "不适用"),
    ("政府采购预算", "—", "cell-blank-word", "“—”", "留空"),
    ("政府采购预算", "-", "cell-blank-word", "“-”", "留空"),
    ("政府采购预算", "#REF!", "cell-error", "#REF!", "公式"),
    ("政府采购预算", "#DIV/0!", "cell-error", "#DIV/0!", "公式"),
    ("政府采购预算", ("=1/0", "#DIV/0!"), "cell-error", "#DIV/0!", "公式"),
    ("政府采购预算", -10, "cell-negative", "-10", "核对"),
    ("政府采购预算", ("=1.24+0.88", None), "formula-no-value", "=1.24+0.88", "保存"),
    ("满意度", "九成", "cell-text", "“九成”", "数字（%）"),
    ("满意度", "95%", "percent-text", "“95%”", "95%"),
    ("满意度", "９５％", "percent-text", "９５％", "95%"),
    ("满意度", "95", "cell-text-number", "“95”", "95"),
    ("满意度", "0.95", "percent-ambiguous", "0.95", "95%"),
    ("满意度", "95元", "cell-text", "“95元”", "请改为数字"),
    ("满意度", 95, "percent-ambiguous", "9500%", "95%"),
    ("满意度", 120, "percent-over", "12000%", "核对"),
    ("满意度", -0.5, "cell-negative", "-50%", "核对"),
    ("预算管理制度_制定", "有", "cell-yes-no", "“有”", "“是”"),
    ("预算管理制度_制定", "是 ", "cell-yes-no", "“是 ”", "“是”"),
    ("预算管理制度_制定", True, "cell-yes-no", "TRUE", "“是”"),
    ("预算管理制度_制定", 1, "cell-yes-no", "“1”", "“是”"),
    ("预算管理制度_制定", "部分", "cell-yes-no", "“部分”", "下拉"),
    ("违规例数_财经法规", "无", "cell-blank-word", "“无”", "0"),
    ("违规例数_财经法规", "1例", "cell-text-number", "“1例”", "1"),
    ("违规例数_财经法规", 0.5, "cell-not-whole", "0.5", "整数"),
    ("违规例数_财经法规", -2, "cell-negative", "-2", "核对"),
    ("新增长极目标自评", "优", "cell-text", "“优”", "数字"),
    ("新增长极目标自评", 8, "claim-outside", "8", "0—7"),
    ("新增长极目标自评", -1, "cell-negative", "-1", "核对"),
    ("自评总分", "九十二", "cell-text", "九十二", "数字"),
    ("自评等次", "甲", "grade-unknown", "“甲”", "优"),
]


@pytest.mark.parametrize(
    ("name", "typed", "code", "said", "mend"), CELLS, ids=[f"{c[0]}-{c[1]}" for c in CELLS]
)
def test_a_cell(
    capsys, book: str, name: str, typed: object, code: str, said: str, mend: str
) -> None:
    type_in(book, **{name: typed})
    out = checked(capsys, book)
    (one, *_) = found(out, code) or pytest.fail(str(out.json["findings"]))
    assert {key: one[key] for key in ("sheet", "cell")} == where(book, name)
    assert said in one["message"]
    assert mend in one["message"] + one["fix"] + one["expected"]
    assert one["expected"]
    assert one["actual"]


def test_what_is_read_without_a_word(capsys, book: str) -> None:
    cases: dict[str, object] = {
        "编制数": 14.0,
        "政府采购预算": ("=6+4", 10),
        "政府采购实际": ("=1.24+8.76", 10.000000000000002),
        "追加预算": -3,
        "预算调整数": 3,
        "满意度": 1,
        "公务卡刷卡额": "不适用",
        "三公经费预算": 1,
    }
    type_in(book, **cases)
    out = checked(capsys, book)
    assert out.json["findings"] == []
    assert {one["id"]: one["ratio"] for one in out.json["indicators"]}["procurement"] == "1"
    assert cell(book, "政府采购实际").formula == "1.24+8.76"


@pytest.mark.parametrize(
    ("typed", "ratio", "code"),
    [
        (95, None, "percent-plain"),
        (0.95, None, "percent-ambiguous"),
        (1, None, "percent-ambiguous"),
        (0, "0", ""),
        ("95%", None, "percent-text"),
        (100, None, "percent-plain"),
        (150.5, None, "percent-over"),
        (9500, None, "percent-over"),
        (-95, None, "cell-negative"),
        (-0.5, None, "cell-negative"),
    ],
)
def test_a_percent_in_a_plain_cell(
    capsys, book: str, typed: object, ratio: str | None, code: str
) -> None:
    """The formulas take 95 for 9500%: no score is made of it here either."""
    name = where(book, "满意度")

    def plain(workbook: openpyxl.Workbook) -> None:
        workbook[name["sheet"]][name["cell"]].number_format = "General"
        workbook[name["sheet"]][name["cell"]] = typed

    with_openpyxl(book, plain)
    out = checked(capsys, book)
    assert out.json["indicators"][-1]["ratio"] == ratio
    assert [one["code"] for one in out.json["findings"] if one["cell"] == name["cell"]] == (
        [code] if code else []
    )


def test_a_date(capsys, book: str) -> None:
    name = where(book, "编制数")

    def date(workbook: openpyxl.Workbook) -> None:
        workbook[name["sheet"]][name["cell"]].number_format = "yyyy-mm-dd"
        workbook[name["sheet"]][name["cell"]] = 14

    with_openpyxl(book, date)
    (one,) = found(checked(capsys, book), "cell-date")
    assert (one["cell"], "14" in one["message"] + one["fix"]) == (name["cell"], True)


def test_every_mistake_at_once(capsys, book: str) -> None:
    type_in(
        book,
        编制数="十四",
        在职人员数="无",
        政府采购预算="#REF!",
        满意度=95,
        公务卡刷卡额=-1,
        预算管理制度_制定="有",
    )
    codes = {one["code"] for one in checked(capsys, book).json["findings"]}
    assert {
        "cell-text",
        "cell-blank-word",
        "cell-error",
        "percent-ambiguous",
        "cell-negative",
        "cell-yes-no",
    } <= codes


def test_what_cannot_be_read_is_never_scored(capsys, book: str) -> None:
    type_in(book, 政府采购预算="十")
    (one,) = (i for i in checked(capsys, book).json["indicators"] if i["id"] == "procurement")
    assert (one["status"], one["score"]) == ("missing", None)


def test_mistakes_in_table_rows(capsys, book: str) -> None:
    sheet, row, _ = place(book, "公务接待费")
    type_at(book, sheet, {f"C{row + 1}": "0.5万", f"C{row + 2}": "无"})
    out = checked(capsys, book)
    assert [(one["code"], one["cell"]) for one in out.json["findings"] if one["sheet"] == sheet][
        :2
    ] == [("cell-text", f"C{row + 1}"), ("cell-blank-word", f"C{row + 2}")]


# -- merged cells


def merge(path: str, sheet: str, cells: str, others: str = "") -> None:
    data = Book.open(path).sheet(sheet).data
    extra = b'<mergeCell ref="%s"/>' % cells.encode() + others.encode()
    repack(
        path,
        {Book.open(path).sheets[sheet]: data.replace(b"</mergeCells>", extra + b"</mergeCells>")},
    )


def test_a_merge_that_hides_an_input(capsys, book: str) -> None:
    at = where(book, "政府采购实际")
    above = at["cell"][0] + str(int(at["cell"][1:]) - 1)
    merge(book, at["sheet"], f"{above}:{at['cell']}")
    out = checked(capsys, book)
    (one,) = found(out, "cell-merged")
    assert {key: one[key] for key in at} == at
    assert f"{above}:{at['cell']}" in one["message"]
    assert "政府采购实际" in one["message"]
    assert {i["id"]: i["status"] for i in out.json["indicators"]}["procurement"] == "missing"


def test_one_merge_over_many_inputs_is_one_finding(capsys, book: str) -> None:
    sheet, row, _ = place(book, "公务接待费")
    merge(book, sheet, f"A{row + 1}:F{row + 3}")
    (one,) = found(checked(capsys, book), "cell-merged")
    assert "等 14 格" in one["message"]


def test_a_merge_in_the_score_sheet(capsys, book: str) -> None:
    sheet, row, _ = place(book, "指标_staff_control")
    merge(book, sheet, f"G{row}:G{row + 1}")
    (one,) = found(checked(capsys, book), "cell-merged")
    assert one["cell"] == f"G{row + 1}"


@pytest.mark.parametrize(
    "ref", ["A1:XFD1048576", "B2:B1048576", "", "A", "A1:B2:C3", "甲1:乙2", "A0:B0", "'A1:B2'"]
)
def test_strange_merges(capsys, book: str, ref: str) -> None:
    merge(book, "三公", ref, "<mergeCell/>" if ref else "<mergeCell >")
    out = run(capsys, "check", book, "--json")
    assert out.code in (0, 1)


def test_merges_of_the_template_itself_are_no_finding(capsys, tmp_path: Path) -> None:
    for suffix in (".xlsx", ".xlsm"):
        assert not found(
            run(capsys, "check", new(tmp_path / f"b{suffix}"), "--json"), "cell-merged"
        )


# -- structure


def test_rows_inserted_above(capsys, book: str) -> None:
    before = run(capsys, "check", book, "--json").json
    for sheet in ("资产采购", "三公", "评分表", "收支表", "基本情况"):
        shift_rows(book, sheet, 2, 1)
        shift_rows(book, sheet, 2, 1)
    after = checked(capsys, book).json
    assert [one["score"] for one in after["indicators"]] == [
        one["score"] for one in before["indicators"]
    ]
    assert after["total"] == before["total"]
    type_in(book, 编制数="x")
    (one,) = found(run(capsys, "check", book, "--json"), "cell-text")
    assert {key: one[key] for key in ("sheet", "cell")} == where(book, "编制数")


def test_a_row_inserted_inside_a_table(capsys, book: str) -> None:
    """People insert a row where the table says so; the row has no formulas of its own."""
    area = Book.open(book).names["机构三公"]
    shift_rows(book, area.sheet, area.last_row, 1)
    type_at(
        book,
        area.sheet,
        {f"A{area.last_row}": "乙", f"B{area.last_row}": 3, f"C{area.last_row}": 3},
    )
    held = run(capsys, "facts", book, "--json").json
    assert held["tables"]["机构三公"][-1] == {"机构名称": "乙", "三公经费": "3", "公务接待费": "3"}
    out = run(capsys, "check", book, "--json")
    assert {i["id"]: i["ratio"] for i in out.json["indicators"]}[
        "three-public-control"
    ] == "2.7130769231"


def test_a_deleted_input_row(capsys, book: str) -> None:
    sheet, row, _ = place(book, "政府采购实际")
    shift_rows(book, sheet, row, -1)
    out = checked(capsys, book)
    (one,) = found(out, "name-lost")
    assert one["sheet"] == sheet
    assert "政府采购实际" in one["message"]
    assert {i["id"]: i["status"] for i in out.json["indicators"]}["procurement"] == "missing"


def test_a_deleted_indicator_row(capsys, book: str) -> None:
    sheet, row, _ = place(book, "指标_staff_control")
    shift_rows(book, sheet, row, -1)
    (one,) = found(checked(capsys, book), "name-lost")
    assert "财政供养人员控制率" in one["message"]


def test_a_deleted_institution_row(capsys, book: str) -> None:
    area = Book.open(book).names["机构三公"]
    shift_rows(book, area.sheet, area.first_row + 1, -1)
    assert checked(capsys, book).json["findings"] == []


@pytest.mark.parametrize("below", [False, True])
def test_a_row_inserted_beside_the_institutions(capsys, book: str, below: bool) -> None:
    """Above the first institution, or below the line that says where to insert:
    no sum reaches there."""
    area = Book.open(book).names["机构收入"]
    row = area.last_row + 1 if below else area.first_row
    shift_rows(book, area.sheet, row, 1)
    assert not found(checked(capsys, book), "row-outside")
    type_at(book, area.sheet, {f"A{row}": "新单位", f"C{row}": 100})
    (one,) = found(checked(capsys, book), "row-outside")
    assert (one["sheet"], one["cell"], one["severity"]) == (area.sheet, f"C{row}", "error")
    assert f"第 {row} 行" in one["message"]


def test_a_total_whose_parts_were_deleted(capsys, book: str) -> None:
    name = where(book, "三公经费")
    type_at(book, name["sheet"], {name["cell"]: ('IF(COUNT(#REF!)=0,"",SUM(#REF!))', "#REF!")})
    (one,) = found(checked(capsys, book), "formula-broken")
    assert one["cell"] == name["cell"]
    assert "#REF!" in one["message"]


def rename_sheet(path: str, old: str, to: str) -> None:
    opened = Book.open(path)
    text = (
        opened.data.decode()
        .replace(f'name="{old}"', f'name="{to}"')
        .replace(f">'{old}'!", f">'{to}'!")
        .replace(f">{old}!", f">'{to}'!")
    )
    changed = {opened.part: text.encode()}
    for name in opened.sheets:
        data = opened.sheet(name).data
        changed[opened.sheets[name]] = data.replace(f"'{old}'!".encode(), f"'{to}'!".encode())
    repack(path, changed)


@pytest.mark.parametrize(
    "sheet", ["基本情况", "收支表", "三公", "资产采购", "评分表", "校验", "核查清单", "绩效目标"]
)
def test_a_renamed_sheet(capsys, book: str, sheet: str) -> None:
    before = run(capsys, "check", book, "--json").json
    rename_sheet(book, sheet, "我们的 (2)")
    after = checked(capsys, book).json
    assert after | {"findings": []} == before
    assert after["findings"] == []


def test_a_lost_name_in_a_renamed_sheet(capsys, book: str) -> None:
    rename_sheet(book, "资产采购", "资产")
    sheet, row, _ = place(book, "政府采购实际")
    shift_rows(book, sheet, row, -1)
    out = checked(capsys, book)
    assert [one["sheet"] for one in found(out, "name-lost")] == ["资产"]
    assert not found(out, "sheet-missing")


@pytest.mark.parametrize("sheet", ["基本情况", "收支表", "三公", "评分表", "核查清单", "绩效目标"])
def test_a_missing_sheet(capsys, book: str, sheet: str) -> None:
    def drop(workbook: openpyxl.Workbook) -> None:
        for name in [
            n
            for n, d in workbook.defined_names.items()
            if f"'{sheet}'!" in d.attr_text or d.attr_text.startswith(sheet + "!")
        ]:
            workbook.defined_names[name].attr_text = "#REF!"
        del workbook[sheet]

    with_openpyxl(book, drop)
    out = checked(capsys, book)
    (one,) = found(out, "sheet-missing")
    assert one["sheet"] == sheet
    assert sheet in one["message"]
    assert not found(out, "name-lost")
    assert out.json["complete"] is False


@pytest.mark.parametrize("sheet", ["校验", "指标体系"])
def test_a_missing_sheet_that_holds_no_input(capsys, book: str, sheet: str) -> None:
    with_openpyxl(book, lambda workbook: workbook.remove(workbook[sheet]))
    out = run(capsys, "score", book)
    assert out.code == 0
    lost = sheet == "校验"
    assert ("“校验”表找不到了" in out.out) is lost
    assert out.out.rstrip().endswith("找不到单元格的结果没有写入。") is lost
    assert len(found(run(capsys, "check", book, "--json"), "findings-nowhere")) == lost


def test_a_lost_name(capsys, book: str) -> None:
    with_openpyxl(book, lambda workbook: workbook.defined_names.pop("编制数"))
    (one,) = found(checked(capsys, book), "name-lost")
    assert one["sheet"] == "基本情况"
    assert "“编制数”" in one["fix"]


@pytest.mark.parametrize(
    "name",
    [
        "评分表头",
        "校验结果",
        "校验摘要",
        "总分",
        "机构收入",
        "自评等次",
        "指标_staff_control",
        "合计得分",
    ],
)
@pytest.mark.parametrize(
    "target",
    [
        "#REF!",
        "'基本情况'!$A:$A",
        "'基本情况'!$A$1:$XFD$1048576",
        "'别处'!$A$1",
        "5",
        "'三公'!$A$1,'三公'!$B$2",
    ],
)
def test_names_that_point_anywhere(capsys, book: str, name: str, target: str) -> None:
    opened = Book.open(book)
    text = re.sub(
        rf'(<definedName name="{name}"[^>]*>)[^<]*<',
        lambda m: m[1] + target + "<",
        opened.data.decode(),
    )
    repack(book, {opened.part: text.encode()})
    for command in ("check", "score", "facts"):
        out = run(capsys, command, book, "--json")
        assert out.code in (0, 1), out.err


def test_a_changed_weight(capsys, book: str) -> None:
    sheet, row, _ = place(book, "指标_staff_control")
    type_at(book, sheet, {f"E{row}": 8})
    (one,) = found(checked(capsys, book), "weight-changed")
    assert ("8" in one["message"], one["expected"], one["actual"]) == (True, "5", "8")


@pytest.mark.parametrize(("typed", "shown"), [("8分", "8分"), (None, "空白"), ("#REF!", "#REF!")])
def test_a_weight_that_the_sheet_cannot_add_up(
    capsys, book: str, typed: object, shown: str
) -> None:
    sheet, row, _ = place(book, "指标_staff_control")
    type_at(book, sheet, {f"E{row}": typed})
    (one,) = found(checked(capsys, book), "weight-changed")
    assert (one["cell"], one["expected"], one["actual"]) == (f"E{row}", "5", shown)


@pytest.mark.parametrize("typed", ["7分", "无", -3, None, "#REF!"])
def test_a_weight_of_the_unit_that_cannot_be_read(capsys, book: str, typed: object) -> None:
    """Where the unit may set weights: what is no weight is unknown, neither zero nor 不适用."""
    sheet, row, _ = place(book, "指标_growth_pole_goals")
    type_at(book, sheet, {f"E{row}": typed})
    out = checked(capsys, book)
    one = next(i for i in out.json["indicators"] if i["id"] == "growth-pole-goals")
    assert one["status"] in ("missing", "error")
    assert out.json["complete"] is False


def test_overwritten_formulas(capsys, book: str) -> None:
    sheet, row, _ = place(book, "指标_staff_control")
    type_at(book, sheet, {f"H{row}": 1, f"I{row + 1}": "5分"})
    type_in(book, 总分=100)
    out = checked(capsys, book)
    lost = {one["cell"] for one in found(out, "formula-lost")}
    assert lost == {f"H{row}", f"I{row + 1}", where(book, "总分")["cell"]}
    assert cell(book, (sheet, row, 8)).text == "5"  # the program's result, not what was typed


def test_a_weight_that_is_no_number(capsys, book: str) -> None:
    sheet, row, _ = place(book, "指标_staff_control")
    changes = Changes(Book.open(book))
    changes.set(sheet, row, 5, Value("number", "1e999"), None)
    save(changes, backup=False)
    assert run(capsys, "check", book).err == ""


def test_a_very_long_text_takes_no_time(capsys, book: str) -> None:
    type_in(book, 单位名称="单" * 32000)
    assert run(capsys, "facts", book).code == 0


# -- the rubric in the file


def meta_rows(path: str) -> dict[str, tuple[int, str]]:
    """Key → (row, value) of `_meta`."""
    sheet = Book.open(path).sheet("_meta")
    cells = {number: (sheet.cell(number, 1), sheet.cell(number, 2)) for number in range(1, 60)}
    return {
        key.text: (number, value.text if value else "")
        for number, (key, value) in cells.items()
        if key and key.text
    }


def meta(path: str, **values: str) -> None:
    """Overwrite rows of `_meta` by key, or add them."""
    rows = meta_rows(path)
    last = max(row for row, _ in rows.values())
    edits = {}
    for key, value in values.items():
        row = rows[key][0] if key in rows else (last := last + 1)
        edits |= {f"A{row}": key, f"B{row}": value}
    type_at(path, "_meta", edits)


def carried(path: str) -> dict:
    values = {key: value for key, (_, value) in meta_rows(path).items()}
    return json.loads(unpacked(stored(values)[1], 10**7))


def carry(path: str, rubric: object, *, hash_of: str | None = None) -> None:
    """Another rubric, or any text, in the place of the carried one, and the hash beside it."""
    text = rubric if isinstance(rubric, str) else json.dumps(rubric, ensure_ascii=False)
    former = {key: "" for key in meta_rows(path) if key.startswith("packed")}
    wanted = content_hash(text if hash_of is None else hash_of)
    meta(path, hash=wanted, **{**former, **dict(cells(text))})


def test_a_rubric_that_was_changed_by_hand(capsys, book: str, tmp_path: Path) -> None:
    """The text in `_meta` is only as good as the hash beside it."""
    text = json.dumps(carried(book), ensure_ascii=False, separators=(",", ":"))
    milder = text.replace('"lose":"', '"lose":"0.', 1)
    assert milder != text
    carry(book, milder, hash_of=text)
    for out in all_commands(capsys, book, tmp_path):
        assert (out.code, "已损坏或被改动" in out.err) == (2, True)


def all_commands(capsys, path: str, tmp_path: Path) -> list:
    before = Path(path).read_bytes()
    facts = write_json(tmp_path / "f.json", {"facts": {"编制数": 1}})
    outs = []
    for argv in (
        ["check", path],
        ["check", path, "--json"],
        ["score", path],
        ["facts", path, "--json"],
        ["fill", path, "--facts", facts],
    ):
        outs.append(run(capsys, *argv))
        assert outs[-1].code in (0, 1, 2)
        if outs[-1].code == 2:
            assert Path(path).read_bytes() == before
            assert outs[-1].out == ""
    return outs


def test_a_changed_rubric_is_named(capsys, book: str) -> None:
    rubric = carried(book)
    rubric["indicators"][0]["weight"] = "6"
    carry(book, rubric)
    (one,) = found(run(capsys, "check", book, "--json"), "rubric-differs")
    assert "财政供养人员控制率" in one["message"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "5",
        '"a"',
        "{}",
        '{"format": 1}',
        '{"format": "1"}',
        '{"format": null}',
        "[" * 20000,
        "\x7f",
        '{"format": 1, "indicators": 5}',
        '{"format":1,"a":' + "9" * 6000 + "}",
    ],
    ids=lambda t: t[:20],
)
def test_a_rubric_that_is_none(capsys, book: str, tmp_path: Path, text: str) -> None:
    carry(book, text)
    for out in all_commands(capsys, book, tmp_path):
        assert out.code == 2
        assert "指标体系已损坏" in out.err
        assert out.err.count("\n") == 1


@pytest.mark.parametrize("wrong", ["{", "[]", ""])
def test_the_facts_are_saved_from_a_book_without_its_rubric(
    capsys, book: str, tmp_path: Path, wrong: str
) -> None:
    """As the message says: read by the names of a given rubric, into a new workbook."""
    before = run(capsys, "facts", book, "--json").json
    carry(book, wrong)
    said = run(capsys, "check", book).err
    assert "facts “" + book + "” --rubric 编号 --json" in said
    saved = run(capsys, "facts", book, "--rubric", RUBRIC, "--json")
    assert (saved.code, saved.json) == (0, before)
    path = str(tmp_path / "新.xlsx")
    facts = write_json(tmp_path / "数据.json", saved.json)
    assert run(capsys, "new", RUBRIC, path, "--facts", facts).code == 0
    assert run(capsys, "facts", path, "--json").json == before


def test_facts_by_another_rubric(capsys, book: str, tmp_path: Path) -> None:
    """What the two have in common is read, and what is not there is said; a rubric of which
    nothing is there is no use."""
    shared = run(capsys, "facts", book, "--rubric", "mof-2013-53-department", "--json")
    assert shared.code == 1
    assert shared.json["facts"]["编制数"] == 14
    assert "找不到了" in shared.err
    path = str(tmp_path / "别的.xlsx")
    openpyxl.Workbook().save(path)
    none = run(capsys, "facts", path, "--rubric", RUBRIC)
    assert (none.code, none.out, none.err.count("\n")) == (2, "", 1)
    assert "没有指标体系 yueyang-department 的任何单元格名称" in none.err
    assert run(capsys, "facts", book, "--rubric", "没有").code == 2


def test_a_rubric_of_a_later_version(capsys, book: str) -> None:
    carry(book, carried(book) | {"format": 2})
    out = run(capsys, "check", book)
    assert (out.code, "升级" in out.err) == (2, True)


def test_strange_rows_in_meta(capsys, book: str, tmp_path: Path) -> None:
    meta(book, jsonx="1", json="2", **{"json-1": "3", "json²": "4"})
    for out in all_commands(capsys, book, tmp_path):
        assert out.code in (0, 1)
    with_openpyxl(book, lambda workbook: workbook["_meta"].delete_rows(1, 30))
    assert run(capsys, "check", book).code == 2


def paths_of(value: object, at: tuple = ()) -> list[tuple]:
    """The way to every node down to depth five; of long lists and tables only the ends."""
    out = [at]
    if isinstance(value, dict) and len(at) < 6:
        keys = list(value)
        for key in keys[:12] if len(keys) > 25 else keys:
            out += paths_of(value[key], (*at, key))
    elif isinstance(value, list) and len(at) < 6:
        for index in sorted({0, len(value) - 1}) if value else ():
            out += paths_of(value[index], (*at, index))
    return out


def put(value: object, at: tuple, new_value: object) -> object:
    copy = json.loads(json.dumps(value))
    node = copy
    for key in at[:-1]:
        node = node[key]
    if new_value is None and isinstance(node, dict):
        del node[at[-1]]
    else:
        node[at[-1]] = new_value
    return copy


def test_a_rubric_with_any_one_node_wrong(capsys, book: str) -> None:
    """Every key in turn taken away or given another type: never a traceback, never a hang."""
    from rubric_sheets.books import read as reading
    from rubric_sheets.checks.evaluation import evaluate
    from rubric_sheets.findings.finding import InputError
    from rubric_sheets.tasks.score import results

    rubric = carried(book)
    source = reading.FileSource(book)
    tried, refused = 0, []
    for at in paths_of(rubric)[1:]:
        for wrong in (None, 5, "甲(", [], {}, ["x"], "9" * 50):
            text = json.dumps(put(rubric, at, wrong), ensure_ascii=False)
            tried += 1
            try:
                with reading.foreign_rubric(book, False):
                    reader = reading.Reader.__new__(reading.Reader)
                    made = Carrying(source, text)
                    reader.__init__(made)
                    reader.read()
                    results(reader, evaluate(reader.rubric, reader.facts, reader.published))
            except InputError as problem:
                refused.append(problem.findings[0].code)
    assert set(refused) <= {"book-rubric-damaged", "book-too-new"}
    assert len(refused) > tried // 3


class Carrying:
    """The same workbook with another rubric text in `_meta`."""

    def __init__(self, source, text: str) -> None:
        from rubric_sheets.ooxml.cell import Cell

        self.source = source
        cells = ("json0", text, "hash", content_hash(text))
        self.meta = {
            (1 + at // 2, 1 + at % 2): Cell("text", cell, None, 0) for at, cell in enumerate(cells)
        }

    def __getattr__(self, name: str):
        return getattr(self.source, name)

    def cell(self, sheet: str, row: int, column: int):
        return (
            self.meta.get((row, column))
            if sheet == "_meta"
            else self.source.cell(sheet, row, column)
        )


BOMBS = {
    "parentheses": "(" * 9000 + "1" + ")" * 9000,
    "minus": "-" * 9000 + "1",
    "chain": "+".join(["编制数"] * 5000),
    "powers": "*".join(["9" * 40] * 600),
    "long number": "9" * 20000,
    "divisions": "/".join(["编制数"] * 2000),
    "arguments": "max(" + ",".join(["编制数"] * 5000) + ")",
    "calls": "abs(" * 3000 + "1" + ")" * 3000,
    "code": "__import__('os').system('x')",
    "blank": "",
    "zero": "1/0",
}


@pytest.mark.parametrize("bomb", list(BOMBS))
@pytest.mark.parametrize("spot", ["ratio", "applies_when", "check", "condition"])
def test_expression_bombs(capsys, book: str, tmp_path: Path, bomb: str, spot: str) -> None:
    rubric, text = carried(book), BOMBS[bomb]
    if spot == "ratio":
        rubric["ratios"]["在职人员控制率"]["formula"] = text
    elif spot == "applies_when":
        rubric["indicators"][4]["applies_when"] = text
    elif spot == "check":
        rubric["checks"][0]["when"] = text
    else:
        rubric["indicators"][5]["rule"]["conditions"][0]["when"] = text
    carry(book, rubric)
    all_commands(capsys, book, tmp_path)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("indicators", 0, "weight"), "1e999"),
        (("indicators", 0, "weight"), "-5"),
        (("indicators", 0, "weight"), "9" * 40),
        (("full_marks",), "0"),
        (("full_marks",), "9" * 39),
        (("indicators", 0, "rule", "limit"), "x"),
        (("indicators", 0, "rule", "kind"), "../os"),
        (("indicators", 0, "rule", "kind"), "base"),
        (("indicators", 0, "id"), "a:b:c"),
        (("indicators", 1, "id"), "staff-control"),
        (("indicators", 0, "levels"), []),
        (("indicators", 0, "group"), "没有"),
        (("tables", "机构收入", "columns", 0, "sum"), ["收入合计"]),
        (("tables", "机构支出", "columns", 5, "formula"), "当年结余 - 当年结余"),
        (("tables", "年度目标", "columns", 0, "offset"), "99999999999"),
        (("id",), "../../etc/passwd"),
        (("id",), "x" * 5000),
        (("title",), {"a": 1}),
        (("grades",), []),
        (("grades", 0, "min"), "优"),
        (("facts", "编制数", "kind"), "bomb"),
        (("facts", "编制数", "sheet"), "没有"),
        (("budget",), ["没有"]),
        (("checks", 0, "message"), "{0.__class__} {收入合计!r:>999999999}"),
        (("checks", 0, "severity"), "fatal"),
        (("form",), "../x"),
        (("version",), []),
    ],
    ids=str,
)
def test_hostile_rubrics(capsys, book: str, tmp_path: Path, at: tuple, value: object) -> None:
    carry(book, put(carried(book), at, value))
    all_commands(capsys, book, tmp_path)


def test_a_rubric_of_very_many_indicators(capsys, book: str, tmp_path: Path) -> None:
    rubric = carried(book)
    rubric["indicators"] = [rubric["indicators"][21] | {"id": f"a{n}"} for n in range(3000)]
    carry(book, rubric)
    for out in all_commands(capsys, book, tmp_path):
        assert out.code == 2


# -- files


def refused(
    capsys,
    path: Path | str,
    said: str,
    commands: tuple[str, ...] = ("check", "score", "facts", "fill"),
) -> None:
    path = str(path)
    before = Path(path).read_bytes() if Path(path).is_file() else None
    siblings = sorted(os.listdir(os.path.dirname(path)))
    facts = write_json(Path(path).parent.parent / "给.json", {"facts": {"编制数": 1}})
    for command in commands:
        extra = ["--facts", facts] if command == "fill" else ["--json"]
        out = run(capsys, command, path, *extra)
        assert (out.code, out.out) == (2, ""), (command, out.err)
        assert said in out.err, out.err
        assert os.path.basename(path) in out.err
        assert out.err.count("\n") == 1
        assert out.err.strip()[-1] in "。？"
    if before is not None:
        assert Path(path).read_bytes() == before
    assert sorted(os.listdir(os.path.dirname(path))) == siblings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "夹").mkdir()
    return tmp_path / "夹"


CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
FILES = {
    "empty": (b"", "空文件"),
    "xls": (CFB + b"\0" * 512 + "Workbook".encode("utf-16-le") + b"\0" * 512, ".xls"),
    "encrypted": (
        CFB + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512,
        "打开密码",
    ),
    "csv": ("单位名称,编制数\n局,14\n".encode("gbk"), "CSV"),
    "html": (b"<html><table><tr><td>1</td></tr></table></html>", "HTML"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "image": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "图片"),
    "zeros": (b"\0" * 4096, "零"),
    "zip start": (b"PK\x03\x04" + b"\0" * 99, "末尾"),
    "binary": (bytes(range(256)) * 8, "无法识别"),
}


@pytest.mark.parametrize("kind", list(FILES))
def test_a_file_that_is_no_workbook(capsys, folder: Path, kind: str) -> None:
    content, said = FILES[kind]
    (folder / "表.xlsx").write_bytes(content)
    refused(capsys, folder / "表.xlsx", said)


def test_a_real_xls_and_docx(capsys, folder: Path) -> None:
    with zipfile.ZipFile(folder / "表.xlsx", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", "<w:document xmlns:w='x'/>")
    refused(capsys, folder / "表.xlsx", "Word")


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file(capsys, folder: Path, keep: float) -> None:
    path = Path(new(folder / "表.xlsx"))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    refused(capsys, path, "不完整")


def test_a_damaged_part(capsys, folder: Path) -> None:
    path = new(folder / "表.xlsx")
    data = Book.open(path).sheet("三公").data
    repack(path, {Book.open(path).sheets["三公"]: data[: len(data) // 2]})
    refused(capsys, path, "不完整")


def test_a_folder_and_nothing(capsys, folder: Path) -> None:
    (folder / "夹.xlsx").mkdir()
    refused(capsys, folder / "夹.xlsx", "文件夹")
    refused(capsys, folder / "没有.xlsx", "找不到")


def test_a_workbook_of_somebody_else(capsys, folder: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "收入"
    workbook.save(folder / "别的.xlsx")
    refused(capsys, folder / "别的.xlsx", "不是本工具")


def test_a_read_only_file(capsys, folder: Path) -> None:
    path = new(folder / "表.xlsx")
    os.chmod(path, 0o444)
    refused(capsys, path, "没有权限", ("score", "fill"))
    assert run(capsys, "check", path).code == 0


@contextmanager
def nobody() -> Iterator[None]:
    """As a user who owns nothing: root may read and write everywhere,
    which would hide the mistake."""
    if os.geteuid() != 0:
        yield
        return
    groups = os.getgroups()
    os.setgroups([])
    os.setresgid(65534, 65534, 0)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)
        os.setgroups(groups)


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_no_permission(tmp_path: Path, capsys) -> None:
    warm = new(tmp_path / "b.xlsx")
    # whatever is imported late is imported now, as nobody may not even see it
    run(capsys, "score", warm)
    run(capsys, "new", RUBRIC, warm)
    folder = Path(tempfile.mkdtemp(prefix="rubric-"))  # pytest's own folders are closed to others
    try:
        folder.chmod(0o755)
        path = new(folder / "表.xlsx")
        before = Path(path).read_bytes()
        os.chmod(path, 0o000)
        steps = [("check", path), ("score", path), ("facts", path)]
        with nobody():
            outs = [run(capsys, *argv) for argv in steps]
        os.chmod(path, 0o666)
        folder.chmod(0o555)  # the file may be written, the folder not: nothing can be put beside it
        with nobody():
            outs += [
                run(capsys, "score", path),
                run(capsys, "new", RUBRIC, str(folder / "新.xlsx")),
            ]
            assert run(capsys, "check", path).code == 0
        for out in outs:
            assert (out.code, out.out) == (2, "")
            assert "没有权限" in out.err
        assert Path(path).read_bytes() == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("lock", "content", "who"),
    [
        ("~$表.xlsx", b"\x05zhang" + b" " * 49, "Excel"),
        (".~lock.表.xlsx#", ",李会计,PC,21.11.2026 08:00,file:///x;".encode(), "李会计"),
        (".~lock.表.xlsx#", b"", "LibreOffice"),
    ],
)
def test_a_workbook_open_elsewhere(
    capsys, folder: Path, lock: str, content: bytes, who: str
) -> None:
    path = new(folder / "表.xlsx")
    (folder / lock).write_bytes(content)
    refused(capsys, path, who, ("score", "fill"))
    assert run(capsys, "check", path).code == 0
    assert run(capsys, "score", "--dry-run", path).code == 0
    (folder / lock).unlink()
    assert run(capsys, "score", path).code == 0


def test_one_bad_book_does_not_stop_the_others(capsys, folder: Path) -> None:
    good = new(folder / "好.xlsx", FULL)
    (folder / "坏.xlsx").write_bytes(b"")
    out = run(capsys, "score", str(folder / "坏.xlsx"), good)
    assert out.code == 2
    assert "坏.xlsx" in out.err
    assert "总分" in out.out
    assert Path(good + ".bak").exists()


def test_parts_stay_as_they_were(capsys, book: str) -> None:
    before = parts(book)
    type_in(book, 编制数="x")
    run(capsys, "score", book)
    assert parts(book)["xl/styles.xml"] == before["xl/styles.xml"]


def test_all_names_lost_is_one_finding(capsys, book: str) -> None:
    opened = Book.open(book)
    data = re.sub(rb"<definedNames>.*?</definedNames>", b"", opened.data, flags=re.DOTALL)
    repack(book, {opened.part: data})
    out = run(capsys, "check", book, "--json")
    errors = [one for one in out.json["findings"] if one["severity"] == "error"]
    assert [one["code"] for one in errors] == ["names-gone"]
    assert out.code == 1


def test_a_deleted_row_of_totals_is_told(capsys, book: str) -> None:
    sheet, row, _ = place(book, "合计得分")
    shift_rows(book, sheet, row, -1)
    codes = {one["code"] for one in checked(capsys, book).json["findings"]}
    assert {"name-lost", "result-broken"} & codes


def test_the_formula_of_another_row(capsys, book: str) -> None:
    """Filled down over the next one: it shows another score than the rule gives."""
    sheet, row, _ = place(book, "指标_staff_control")
    formula = str(cell(book, (sheet, row, 8)).formula)
    below = re.sub(rf"([EF]){row}\b", rf"\g<1>{row + 1}", formula)
    type_at(book, sheet, {f"H{row + 1}": (below, 3)})
    (one,) = found(checked(capsys, book), "formula-other")
    assert (one["cell"], one["actual"], one["expected"]) == (f"H{row + 1}", "3", "5")


def test_results_whose_inputs_were_changed_elsewhere(capsys, book: str) -> None:
    """Values that a library left as they were are no foreign formulas."""
    type_in(book, 在职人员数=15)
    assert not found(checked(capsys, book), "formula-other")
