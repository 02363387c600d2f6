"""The Excel form as an author alone with Excel meets it: what it shows, what it forgives, and what
it keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.utils
import pytest
from openpyxl.comments import Comment
from openxml_audit import OpenXmlValidator

from rubric_sheets.authoring.excel.ids import id_of
from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.commands.cli import main
from rubric_sheets.rubric.load import form_names, published
from rubric_sheets.rubric.order import in_order

from ..recalc import Sample, formulas_of, libreoffice, values_of
from .helpers import Book, small, source_of

INDICATORS, DATA, ITEMS, OTHER, CASES = "指标", "比率与数据", "核查清单", "其他", "用例"
LIST = "分档／条件／等级"


def said(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(one) for one in argv])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# -- what it shows


def recalculated(folder: Path, *paths: Path) -> list[dict[tuple[str, str], Any]]:
    """Sheet and cell → value, of each workbook, as LibreOffice computes it."""
    samples = [Sample(path.name, path.read_bytes(), {}) for path in paths]
    return [values_of(data) for _, data in libreoffice(folder, samples)]


def sums(book: Book, values: dict[tuple[str, str], Any], row: str) -> tuple[Any, Any]:
    cells = [book.cell(INDICATORS, heading, row) for heading in ("一级合计", "二级合计")]
    one, other = (values.get((INDICATORS, cell.coordinate)) for cell in cells)
    return one, other


def test_running_sums_follow_what_is_typed(tmp_path: Path) -> None:
    """Groups once, a bonus not at all, merged levels as if they stood in every row."""
    book = Book(tmp_path / "a.xlsx", small())
    changed = Book(tmp_path / "b.xlsx", small())
    changed.set(INDICATORS, "分值", "change", 15.5)
    top, column = changed.heading(INDICATORS, "一级指标")
    for row in (2, 4, 5):
        changed.book[INDICATORS].cell(top + row, column).value = None
    more = Book(tmp_path / "c.xlsx", small())
    more.set(OTHER, "值", 10, 95)
    assert more.cell(OTHER, "项", 10).value == "满分"
    books = (book, changed, more)
    first, second, third = recalculated(tmp_path / "out", *(one.save() for one in books))
    assert first[INDICATORS, "A1"] == "分值合计 100，满分 100，相符"
    assert sums(book, first, "staff") == (40, 40)
    assert sums(book, first, "change") == (None, None)
    assert sums(book, first, "effect") == (30, 10)
    assert sums(book, first, "economy") == (None, 10), "half of what both have together"
    assert second[INDICATORS, "A1"] == "分值合计 95.5，满分 100，还差 4.5 分"
    assert sums(changed, second, "staff") == (35.5, 35.5)
    assert sums(changed, second, "balance")[0] == 30
    assert third[INDICATORS, "A1"] == "分值合计 100，满分 95，多 5 分"


def test_a_new_file_shows_what_its_formulas_give(tmp_path: Path) -> None:
    """As programs do that do not compute on opening."""
    ids = ("yueyang-department", "project", "xushui-management")
    paths = [Book(tmp_path / f"{id_}.xlsx", source_of(id_)).path for id_ in ids]
    for path, after in zip(paths, recalculated(tmp_path / "out", *paths)):
        before, cells = values_of(path.read_bytes()), formulas_of(path.read_bytes())
        assert len(cells) > 60
        assert {cell: before.get(cell) or None for cell in cells} == {
            cell: after.get(cell) or None for cell in cells
        }


def test_the_wording_stands_beside_each_row(tmp_path: Path) -> None:
    """That of the rule, also where the author has put another in its place."""
    source = small()
    source["indicator"][0]["standard"] = "按文件执行。"
    book = Book(tmp_path / "a.xlsx", source)
    shown = book.cell(INDICATORS, "自动写出的评分标准", "staff").value
    assert shown.startswith("控制率≤100%，计20分；每超过1个百分点扣1分")
    assert book.cell(INDICATORS, "评分标准", "staff").value == "按文件执行。"
    assert book.read().source == in_order(source)


def test_bands_of_columns_that_no_row_uses_are_folded(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    sheet = book.book[INDICATORS]
    hidden = {
        sheet.cell(4, number).value
        for number in range(1, sheet.max_column + 1)
        if sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].hidden
    }
    assert {"档次数据", "否决条件", "分值数据"} <= hidden
    assert not {"编号", "分值", "规则", "方向", LIST, "合并组", "评分标准"} & hidden


def test_every_name_of_data_is_listed(tmp_path: Path) -> None:
    """Those of the form, the author's own as they are typed, those that rules bring."""
    book = Book(tmp_path / "a.xlsx", small())
    book.set(DATA, "数据名称", 2, "培训次数")
    (values,) = recalculated(tmp_path / "out", book.save())
    names = [values.get(("数据名称", f"A{row}")) for row in range(5, 150)]
    assert names.index("编制数") < names.index("检查次数") < names.index("培训次数")
    assert names.index("培训次数") < names.index("制度_制定")
    rules = book.book[INDICATORS].data_validations.dataValidation
    value = book.cell(INDICATORS, "数据", 1).coordinate
    (rule,) = [one for one in rules if value in one.sqref]
    assert rule.formula1.startswith("'数据名称'!$A$5:")


def test_forms_have_names_and_a_list(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    cell = book.cell(OTHER, "值", 8)
    assert cell.value == form_names()["department"] == "部门整体支出（多表）"
    rules = book.book[OTHER].data_validations.dataValidation
    assert any(cell.coordinate in one.sqref and "项目支出" in one.formula1 for one in rules)
    cell.value = "项目支出"
    assert book.read().source["form"] == "project"
    cell.value = "项目支出表"
    (one,) = [one for one in findings_of(read_source(str(book.save()))) if one.sheet == OTHER]
    assert one.message == "“填报表”填的是“项目支出表”，没有这个选项。"
    assert one.fix.startswith("是否指“项目支出”？可选：")


# -- what it forgives, and how one slip is told


def test_ids_are_made_of_names(tmp_path: Path) -> None:
    """And rows of other sheets may name the indicator itself."""
    book = Book(tmp_path / "a.xlsx", small())
    for row in range(1, 10):
        book.set(INDICATORS, "编号", row, None)
    for row, name in ((1, "制度"), (2, None), (3, "合规")):
        book.set(ITEMS, "指标编号", row, name)
    book.set(CASES, "指标编号", 1, "控制率")
    book.set(OTHER, "值", 1, None)
    read = book.read()
    assert read.findings == []
    assert read.source["id"] == "部门整体支出绩效评价评分表"
    ids = [spec["id"] for spec in read.source["indicator"]]
    assert ids == [
        "控制率",
        "变动率",
        "资金结余",
        "制度",
        "合规",
        "行政效能",
        "经济效益",
        "社会效益",
        "加分",
    ]
    assert [len(spec["rule"].get("items", ())) for spec in read.source["indicator"]][3] == 2
    assert "case" in read.source["indicator"][0]
    assert book.findings() == []


def test_ids_of_indicators_that_are_called_the_same(tmp_path: Path) -> None:
    source = source_of("yueyang-department")
    book = Book(tmp_path / "a.xlsx", source)
    for row in range(1, len(source["indicator"]) + 1):
        book.set(INDICATORS, "编号", row, None)
    ids = [spec["id"] for spec in book.read().source["indicator"]]
    assert len(set(ids)) == len(ids)
    assert {"预算管理-管理制度健全性", "资产管理-管理制度健全性", "三公经费变动率"} <= set(ids)
    assert id_of("《政府工作报告》 目标(A/B)") == "政府工作报告-目标-a-b"


def test_a_rubric_with_made_ids_makes_a_workbook_that_scores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    for row in range(1, 10):
        book.set(INDICATORS, "编号", row, None)
    for row, name in ((1, "制度"), (2, "制度"), (3, "合规")):
        book.set(ITEMS, "指标编号", row, name)
    book.set(CASES, "指标编号", 1, "控制率")
    book.save()
    filled = tmp_path / "b.xlsx"
    assert said(capsys, "new", book.path, filled)[0] == 0
    _, out, _ = said(capsys, "check", filled, "--json")
    assert '"id": "控制率"' in out


def row_below(book: Book, rows: int = 9) -> int:
    return book.heading(INDICATORS, "编号")[0] + rows + 1


SLIPS = [
    ("rubric-row-total", {"一级指标": "合计", "分值": 100}),
    ("rubric-row-total", {"编号": "合 计", "分值": "=SUM(E5:E13)"}),
    ("rubric-row-total", {"三级指标": "效果小计", "分值": 30}),
    ("rubric-row-note", {"编号": "注：本表由各单位填写。"}),
    ("rubric-row-note", {"一级指标": "说明：合并组只计一次"}),
]


@pytest.mark.parametrize(("code", "cells"), SLIPS)
def test_rows_that_are_none_are_told_once_and_left_out(
    tmp_path: Path, code: str, cells: dict[str, object]
) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    row = row_below(book)
    for heading, value in cells.items():
        column = book.heading(INDICATORS, heading)[1]
        book.book[INDICATORS].cell(row, column).value = value
    assert [found for found, _ in book.findings()] == [code]
    assert book.read().source == in_order(small())


def test_a_remark_across_the_sheet(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    row = row_below(book)
    book.book[INDICATORS].cell(row, 1).value = "本表自发布之日起施行"
    book.book[INDICATORS].merge_cells(start_row=row, end_row=row, start_column=1, end_column=9)
    assert [found for found, _ in book.findings()] == ["rubric-row-note"]


@pytest.mark.parametrize("heading", ["分值", "规则", "比率", "标准"])
def test_merged_cells_are_told_once(tmp_path: Path, heading: str) -> None:
    """A weight of two indicators: the cause, and nothing of what follows from it."""
    source = small()
    source["indicator"][1]["rule"] = dict(source["indicator"][0]["rule"])
    source["indicator"][1].pop("case", None)
    book = Book(tmp_path / "a.xlsx", source)
    top, column = book.heading(INDICATORS, heading)
    book.book[INDICATORS].merge_cells(
        start_row=top + 1, end_row=top + 2, start_column=column, end_column=column
    )
    place = f"{INDICATORS}!{book.cell(INDICATORS, heading, 1).coordinate}"
    found = [one for one in book.findings() if one[0] != "rubric-ratio-unused"]
    assert found == [("rubric-cell-merged", place)]


@pytest.mark.parametrize("heading", ["方向", "标准", "扣分", "数据名称", LIST])
def test_a_column_that_was_deleted_is_told_once(tmp_path: Path, heading: str) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    column = book.heading(INDICATORS, heading)[1]
    for row in range(1, 40):
        cell = book.book[INDICATORS].cell(row, column)
        if not isinstance(cell, openpyxl.cell.cell.MergedCell):
            cell.value = None
    found = [one for one in findings_of(read_source(str(book.save()))) if one.severity == "error"]
    assert [one.code for one in found] == ["rubric-heading-missing"]
    assert found[0].actual == f"指标·{heading}"


def test_percent_signs_in_bands(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    book.set(INDICATORS, LIST, "change", "(,0%]→20；(0%,10％]→10；(１０%,)→0")
    assert book.findings() == []


# -- what it keeps


def test_remarks_comments_and_widths_survive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    book.set(INDICATORS, "备注", "staff", "去年是 5 分")
    book.set(DATA, "备注", 1, "问过业务科")
    book.cell(INDICATORS, "标准", "staff").comment = Comment("市里要求不变", "张")
    book.cell(INDICATORS, "分值", 0).comment = Comment("合计 100", "张")
    letter = book.cell(INDICATORS, "三级指标", 1).column_letter
    book.book[INDICATORS].column_dimensions[letter].width = 41.0
    book.book[INDICATORS].move_range("A5:AH13", rows=3)
    again, third = tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    assert said(capsys, "rubric", "export", book.save(), again)[0] == 0
    assert said(capsys, "rubric", "export", again, third)[0] == 0
    for path in (again, third):
        new = Book(path)
        assert new.cell(INDICATORS, "备注", "staff").value == "去年是 5 分"
        assert new.cell(DATA, "备注", 1, nth=0).value == "问过业务科"
        assert new.cell(INDICATORS, "标准", "staff").comment.text == "市里要求不变"
        assert new.cell(INDICATORS, "分值", 0).comment.text == "合计 100"
        width = new.book[INDICATORS].column_dimensions[letter].width
        assert abs(width - 41) < 1
        assert OpenXmlValidator().validate(str(path)).errors == []
    text = tmp_path / "d.toml"
    assert said(capsys, "rubric", "export", again, text)[0] == 0
    assert read_source(str(text)).source == read_source(str(third)).source


def test_preview_writes_the_wording_of_what_was_typed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    book.set(INDICATORS, "扣分", "staff", 2)
    for heading in ("指标编号", "填报数据", "应得分"):
        book.set(CASES, heading, 1, None)
    out = tmp_path / "预览.xlsx"
    code, told, _ = said(capsys, "rubric", "check", book.save(), "--preview", out)
    assert code == 0
    assert told.endswith(f"已生成 {out}。\n")
    shown = Book(out).cell(INDICATORS, "自动写出的评分标准", "staff").value
    assert "每超过1个百分点扣2分" in shown
    assert said(capsys, "rubric", "check", book.path, "--preview", book.path)[0] == 2


def test_a_blank_rubric_is_filled_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "空白.xlsx"
    assert said(capsys, "rubric", "new", path, "--form", "基本情况和评分表")[0] == 0
    book = Book(path)
    for row, value in ((2, "2024.1"), (3, "某县评分表"), (7, "某财〔2024〕1号")):
        book.set(OTHER, "值", row, value)
    cells = {
        "一级指标": "过程",
        "二级指标": "群众满意",
        "分值": 100,
        "规则": "单位自评",
        "数据名称": "满意自评",
    }
    for heading, value in cells.items():
        book.set(INDICATORS, heading, 1, value)
    assert book.findings() == []
    assert book.read().source["indicator"][0]["id"] == "群众满意"
    assert said(capsys, "rubric", "new", tmp_path / "b.xlsx", "--form", "没有的")[0] == 2
    for name in form_names().values():
        blank = tmp_path / f"{name}.toml"
        assert said(capsys, "rubric", "new", blank, "--form", name)[0] == 0
        codes = {one.code for one in findings_of(read_source(str(blank)))}
        assert codes == {"rubric-missing"}


def test_a_copy_of_last_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a rubric, and of a workbook that units have filled."""
    for name in ("baojing-2019", tmp_path / "filled.xlsx"):
        if isinstance(name, Path):
            assert said(capsys, "new", "baojing-2019", name)[0] == 0
        out = tmp_path / f"{Path(name).stem}.new.xlsx"
        code, told, _ = said(capsys, "rubric", "new", out, "--from", name)
        assert code == 0
        assert "年度：2019 → 2020" in told
        source = read_source(str(out)).source
        assert (source["id"], source["year"]) == ("baojing-2020", "2020")
        assert source["indicator"] == source_of("baojing-2019")["indicator"]
        assert said(capsys, "rubric", "check", out)[0] == 0


@pytest.mark.parametrize("rubric_id", published())
def test_the_form_of_every_rubric_is_sound(rubric_id: str, tmp_path: Path) -> None:
    assert Book(tmp_path / "a.xlsx", source_of(rubric_id)).findings() == []
