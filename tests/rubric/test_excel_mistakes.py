"""Mistakes made in Excel: each is shown with its sheet and cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.rubric.order import in_order

from .helpers import Book, small, source_of

INDICATORS, DATA, ITEMS, OTHER, CASES = "指标", "比率与数据", "核查清单", "其他", "用例"
LIST = "分档／条件／等级"

# code, sheet, heading, row (its first cell, or how far below the heading), what is typed
TYPED: list[tuple[str, str, str, str | int, object]] = [
    ("rubric-not-number", INDICATORS, "分值", "staff", "二十"),
    ("rubric-missing", INDICATORS, "分值", "staff", None),
    ("rubric-missing", INDICATORS, "方向", "staff", None),
    ("rubric-choice", INDICATORS, "方向", "staff", "向上"),
    ("rubric-rule-unknown", INDICATORS, "规则", "staff", "扣分法"),
    ("rubric-parameter-unknown", INDICATORS, "标准", "rules", 100),
    ("rubric-parameter-unknown", INDICATORS, LIST, "staff", "[0,)→20"),
    ("rubric-cell-list", INDICATORS, LIST, "change", "90 以上得 5 分"),
    ("rubric-cell-list", INDICATORS, LIST, "balance", '"累计结余 = 0→10'),
    ("rubric-band-gap", INDICATORS, LIST, "change", "(,0]→20；(0,10]→10；(11,)→0"),
    ("rubric-band-range", INDICATORS, LIST, "change", "(,0]→20；(0，10)→10；十以上→0"),
    ("rubric-id", INDICATORS, "编号", "society", "社会_效益"),
    ("rubric-duplicate", INDICATORS, "编号", "society", "economy"),
    ("rubric-levels", INDICATORS, "一级指标", "staff", None),
    ("rubric-ratio-unknown", INDICATORS, "比率", "staff", "控制律"),
    ("rubric-group-unknown", INDICATORS, "合并组", "economy", "效应"),
    ("rubric-cell-formula", INDICATORS, "分值", "staff", "=10+10"),
    ("rubric-cell-error", INDICATORS, "分值", "staff", "#N/A"),
    ("rubric-cell-date", INDICATORS, "标准", "staff", datetime.datetime(2024, 1, 2)),
    ("rubric-formula", DATA, "公式", 1, "在职人员数 /"),
    ("rubric-fact-unknown", DATA, "公式", 1, "在职人数 / 编制数"),
    ("rubric-cell-formula", DATA, "公式", 1, "=在职人员数/编制数"),
    ("rubric-missing", DATA, "公式", 1, None),
    ("rubric-missing", DATA, "比率名称", 1, None),
    ("rubric-duplicate", DATA, "比率名称", 2, "控制率"),
    ("rubric-name", DATA, "数据名称", 1, "A1"),
    ("rubric-choice", DATA, "类型", 1, "次数"),
    ("rubric-type", DATA, "可为负", 1, "也许"),
    ("rubric-row-orphan", ITEMS, "指标编号", 1, "rulez"),
    ("rubric-row-unused", ITEMS, "指标编号", 1, "staff"),
    ("rubric-name-taken", ITEMS, "名称", 2, "制度_制定"),
    ("rubric-not-positive", ITEMS, "分值", 3, 0),
    ("rubric-missing", ITEMS, "内容", 1, None),
    ("rubric-property-unknown", OTHER, "项", 1, "编码号"),
    ("rubric-duplicate", OTHER, "项", 2, "编号"),
    ("rubric-missing", OTHER, "值", 3, None),
    ("rubric-choice", OTHER, "值", 8, "departmnet"),
    ("rubric-grades-order", OTHER, "最低分", 2, 95),
    ("rubric-group-cap", OTHER, "上限", 1, 50),
    ("rubric-fact-unknown", OTHER, "指向的数据", 1, "支出"),
    ("rubric-case-score", CASES, "应得分", 1, 16),
    ("rubric-cell-list", CASES, "填报数据", 1, "在职人员数 36"),
    ("rubric-cell-list", CASES, "填报数据", 1, "编制数=1；编制数=2"),
    ("rubric-case-value", CASES, "填报数据", 1, "在职人员数=三；编制数=34"),
    ("rubric-heading-unknown", INDICATORS, "每多少点", 0, "每几点"),
    ("rubric-heading-twice", INDICATORS, "依据", 0, "分值"),
]


@pytest.mark.parametrize(
    ("code", "sheet", "heading", "row", "typed"),
    [pytest.param(*t, id=f"{i}-{t[0]}") for i, t in enumerate(TYPED)],
)
def test_mistake_in_a_cell(
    tmp_path: Path, code: str, sheet: str, heading: str, row: str | int, typed: object
) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    place = book.set(sheet, heading, row, typed)
    assert (code, place) in book.findings()


def test_mistakes_at_once_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    places = [
        book.set(INDICATORS, "标准", "staff", "一百"),
        book.set(INDICATORS, LIST, "change", "(,0]→20；(0,)→21"),
        book.set(DATA, "公式", 1, "在职人员数 /"),
        book.set(ITEMS, "分值", 1, 5),
        book.set(OTHER, "最低分", 3, 10),
    ]
    found = book.findings()
    shown = [place for _, place in found if place in places]
    assert shown == places[:3] + [place for place in shown if place.startswith(ITEMS)] + places[4:]
    assert "rubric-points-sum" in [code for code, _ in found]


def test_one_mistake_is_said_once(tmp_path: Path) -> None:
    """A formula in place of a weight is not also a missing weight."""
    book = Book(tmp_path / "a.xlsx", small())
    place = book.set(INDICATORS, "分值", "staff", "=10+10")
    assert [code for code, where in book.findings() if where == place] == ["rubric-cell-formula"]


def gone(name: str) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        del book.book[name]

    return change


def test_a_sheet_that_is_missing(tmp_path: Path) -> None:
    for name in (INDICATORS, OTHER):
        book = Book(tmp_path / f"{name}.xlsx", small())
        gone(name)(book)
        codes = [code for code, _ in book.findings()]
        assert codes[0] == "rubric-sheet-missing"
        assert codes.count("rubric-missing") == 0
    book = Book(tmp_path / "c.xlsx", small())
    gone(CASES)(book)
    assert book.findings() == []


@pytest.mark.parametrize(
    "rubric_id", ["small", "yueyang-department", "project", "xushui-management"]
)
@pytest.mark.parametrize("name", [INDICATORS, DATA, ITEMS, OTHER, CASES])
def test_a_sheet_with_another_name(tmp_path: Path, name: str, rubric_id: str) -> None:
    """Said once, with the sheet that it is now; whatever follows from it is left out."""
    for number, now in enumerate(("甲", f"{name}（新）")):
        book = Book(
            tmp_path / f"{number}.xlsx", small() if rubric_id == "small" else source_of(rubric_id)
        )
        book.book[name].title = now
        (one,) = findings_of(read_source(str(book.save())))
        assert one.code == ("rubric-cases-missing" if name == CASES else "rubric-sheet-missing")
        assert one.severity == ("warning" if name == CASES else "error")
        assert f"缺少工作表“{name}”" in one.message
        assert one.fix == f"是否改名为“{now}”？请把表名改回“{name}”。"


def test_sheets_that_changed_names_with_one_another(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    book.book[DATA].title, book.book[ITEMS].title = "核查", "数据"
    said = {one.actual: one.fix for one in findings_of(read_source(str(book.save())))}
    assert {name: fix[:10] for name, fix in said.items()} == {
        DATA: "是否改名为“核查”？",
        ITEMS: "是否改名为“数据”？",
    }


def test_a_sheet_that_was_deleted_though_needed(tmp_path: Path) -> None:
    for name in (DATA, ITEMS):
        book = Book(tmp_path / f"{name}.xlsx", small())
        gone(name)(book)
        (one,) = findings_of(read_source(str(book.save())))
        assert (one.code, one.actual) == ("rubric-sheet-missing", name)
        assert "rubric export" in one.fix


def test_sheets_of_the_authors_own_are_left_alone(tmp_path: Path) -> None:
    """Without a use for it, a sheet may be deleted, and another be added."""
    source = source_of("xushui-management")
    book = Book(tmp_path / "a.xlsx", source)
    for name in (DATA, ITEMS, CASES):
        gone(name)(book)
    for name, headings in (("清单", ("指标", "分值")), ("汇总", ("指标", "得分", "备注"))):
        book.book.create_sheet(name).append(headings)
    assert [one for one in book.findings() if one[0].endswith("missing")] == []


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [
        (INDICATORS, "分值"),
        (INDICATORS, "规则"),
        (DATA, "公式"),
        (OTHER, "最低分"),
        (CASES, "填报数据"),
    ],
)
def test_a_heading_that_is_missing(tmp_path: Path, sheet: str, heading: str) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    book.set(sheet, heading, 0, "别的什么")
    assert ("rubric-heading-missing", sheet) in book.findings()


def test_words_and_signs_that_people_use(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    for sheet, heading, row, text in (
        (INDICATORS, "标准", "staff", "１００％"),
        (INDICATORS, "不足一步", "staff", "不足不扣"),
        (INDICATORS, "方向", "staff", " over "),
        (INDICATORS, "扣分", "staff", "1 分"),
        (INDICATORS, "规则", "change", "bands"),
        (INDICATORS, LIST, "change", "（,0］ -> 20\n（0,10］：10分；\n\n（10,）=> 0；"),
        (INDICATORS, LIST, "balance", "累计结余 = 0->１０;否则→0"),
        (INDICATORS, LIST, "effect", "好:10;差(不好):0"),
        (OTHER, "项", 1, "id"),
        (OTHER, "同义词", 1, "优秀,"),
        (CASES, "填报数据", 1, "在职人员数：３６; 编制数＝34"),
        (CASES, "应得分", 1, "15"),
    ):
        book.set(sheet, heading, row, text)
    for sheet, heading, text in (
        (INDICATORS, "分值", "权 重"),
        (INDICATORS, "编号", "ID"),
        (INDICATORS, "规则", "评分方法"),
        (INDICATORS, LIST, "分档/条件/等级"),
    ):
        book.set(sheet, heading, 0, text)
    read = book.read()
    wanted = in_order(small())
    for band, typed in zip(
        wanted["indicator"][1]["rule"]["bands"], ("（,0］", "（0,10］", "（10,）")
    ):
        band["range"] = typed  # an interval is kept as typed: both writings are read
    assert read.findings == []
    assert read.source == wanted
    assert book.findings() == []


def test_a_percent_cell_is_read_in_percent(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    cell = book.cell(INDICATORS, "标准", "staff")
    cell.value, cell.number_format = 0.95, "0%"
    assert book.read().source["indicator"][0]["rule"]["limit"] == "95"


def test_numbers_are_exact(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    book.set(INDICATORS, "扣分", "staff", 0.1 + 0.2)
    book.set(INDICATORS, "分值", "staff", "0.10")
    book.set(INDICATORS, "标准", "staff", 1e-7)
    rule = book.read().source["indicator"][0]
    assert (rule["rule"]["lose"], rule["weight"], rule["rule"]["limit"]) == (
        "0.3",
        "0.10",
        "0.0000001",
    )


def test_columns_in_any_order_with_notes_and_blank_rows(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    sheet = book.book[INDICATORS]
    top, _ = book.heading(INDICATORS, "编号")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top, max_row=top + 9)]
    turned = book.book.create_sheet("指标2")
    for number, row in enumerate(rows):
        for column, value in enumerate(reversed(row), 3):
            turned.cell(5 + 3 * number, column).value = value
    turned.cell(5, 2).value, turned.cell(8, 2).value = "备注", "我自己看的"
    del book.book[INDICATORS]
    turned.title = INDICATORS
    wanted = small()
    wanted["indicator"][0]["remark"] = "我自己看的"
    assert book.read().source == in_order(wanted)
    assert book.findings() == []


def test_merged_cells_and_ids_left_blank(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    top, column = book.heading(INDICATORS, "一级指标")
    for first, last in ((1, 2), (3, 5), (6, 8)):
        book.book[INDICATORS].merge_cells(
            start_row=top + first, end_row=top + last, start_column=column, end_column=column
        )
    book.set(ITEMS, "指标编号", 2, None)
    assert book.read().source == in_order(small())


def test_cells_far_away_and_huge_merges_cost_nothing(tmp_path: Path) -> None:
    book = Book(tmp_path / "a.xlsx", small())
    book.book[INDICATORS].cell(1_048_576, 16_384).value = "x"
    assert book.read().source == in_order(small())


def test_other_workbooks_are_refused_in_words(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    found = findings_of(read_source(str(tmp_path / "empty.xlsx")))
    assert [one.code for one in found[:2]] == ["rubric-sheet-missing"] * 2
    assert all(one.message.endswith("。") for one in found)
