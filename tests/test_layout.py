"""How a new workbook looks: rows high enough for what they start with, borders,
page ends, words."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.books.create import workbook
from rubric_sheets.commands.cli import main
from rubric_sheets.facts.json_form import read_file
from rubric_sheets.looks.heights import text_height
from rubric_sheets.pages.workbook_pages import pages
from rubric_sheets.places.addresses import letters
from rubric_sheets.places.names import RUBRIC_SHEET, SCORE_SHEET
from rubric_sheets.rubric.load import load, published
from rubric_sheets.scoring.sums import rescales
from scripts import docs

EXAMPLES = Path(__file__).parents[1] / "examples" / "facts"
LONG = "完成专用通信二级网络和电子政务内网的运行维护，两网安全畅通。" * 8


def opened(rubric: str, data: dict[str, Any] | None = None) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(load(rubric), data)))


def example(name: str) -> Any:
    return read_file(str(EXAMPLES / f"{name}.json"))


def clipped(book: Any, blank: Any) -> list[str]:
    """Cells whose text is higher than their rows;
    and rows that are lower than those of the blank workbook."""
    wrong = []
    for sheet in book:
        spans = {area.coord.split(":")[0]: area for area in sheet.merged_cells.ranges}
        for cell in (
            cell
            for row in sheet.iter_rows()
            for cell in row
            if cell.value and LONG in str(cell.value)
        ):
            area = spans.get(cell.coordinate)
            rows = range(cell.row, (area.max_row if area else cell.row) + 1)
            columns = range(cell.column, (area.max_col if area else cell.column) + 1)
            width = sum(sheet.column_dimensions[letters(column)].width for column in columns)
            if (
                sum(sheet.row_dimensions[row].height or 15 for row in rows)
                < min(409, text_height(LONG, width)) - 1
            ):
                wrong.append(f"{sheet.title}!{cell.coordinate}")
        if sheet.title in blank.sheetnames:
            lower = (
                r
                for r, d in blank[sheet.title].row_dimensions.items()
                if (sheet.row_dimensions[r].height or 15) < (d.height or 0)
            )
            wrong += [f"{sheet.title} row {row} is lower" for row in lower]
    return wrong


def test_the_texts_of_a_project_are_whole() -> None:
    row = dict.fromkeys(("三级指标", "年度指标值", "实际完成值", "偏差原因"), LONG)
    facts = dict.fromkeys(("项目名称", "主管部门", "预期目标", "实际完成情况"), LONG)
    one = {
        "facts": facts,
        "tables": {"绩效指标": [{**row, "分值": 10}]},
        "claims": {"execution": {"说明": LONG}},
    }
    book = opened("project", {"projects": [{}, one]})
    texts = [
        cell.coordinate
        for row in book["评分表（2）"].iter_rows()
        for cell in row
        if cell.value == LONG
    ]
    assert len(texts) == 9
    blank = opened("project", {"projects": [{}, {}]})
    assert clipped(book, blank) == []
    overview, heights = (
        book["项目总表"],
        [book["项目总表"].row_dimensions[row].height for row in (3, 4)],
    )
    assert heights[1] >= text_height(LONG, overview.column_dimensions["B"].width) - 1 > heights[0]


def test_the_texts_of_a_department_are_whole() -> None:
    data = {
        "facts": {"职能职责概述": LONG * 2, "单位名称": LONG},
        "tables": {"年度目标": [{"预期目标": LONG, "实际完成": "已完成"}]},
        "claims": {"staff-control": {"说明": LONG}},
    }
    book, blank = opened("yueyang-department", data), opened("yueyang-department")
    assert clipped(book, blank) == []
    assert any(LONG in str(cell.value) for row in book[SCORE_SHEET].iter_rows() for cell in row)


def test_page_ends_count_what_is_filled_in() -> None:
    notes = {spec["id"]: {"说明": LONG[:60]} for spec in load("yueyang-department")["indicators"]}
    ends = [
        len(opened("yueyang-department", data)[SCORE_SHEET].row_breaks.brk)
        for data in ({}, {"claims": notes})
    ]
    assert ends[1] > ends[0] > 0


@pytest.mark.parametrize(("name", "rows"), [("langfang-2019", 9), ("ziyang-2022", 6)])
def test_a_project_ends_its_first_page_after_a_level(name: str, rows: int) -> None:
    """All nine indicators of the first are on page one; those of the second part after 产出指标."""
    sheet = opened("project", example(name))[SCORE_SHEET]
    first = next(row for row in range(1, 30) if sheet.cell(row, 3).value == "三级指标") + 1
    assert [one.id for one in sheet.row_breaks.brk] == [first + rows - 1]
    assert sheet.page_setup.scale == 60


@pytest.mark.parametrize("rubric", published())
def test_every_printed_row_of_totals_has_its_right_border(rubric: str) -> None:
    sheet = opened(rubric)[SCORE_SHEET]
    last = sheet[sheet.print_area.split(":")[-1].replace("$", "")].column
    for row in range(1, sheet.max_row + 1):
        if str(sheet.cell(row, 1).value).startswith(
            ("合计", "总分", "等次", "加分", "扣分", "换算")
        ):
            assert sheet.cell(row, last).border.right.style == "thin", row
    assert all(area.max_col <= last or area.min_col > last for area in sheet.merged_cells.ranges)


def test_how_a_total_is_rescaled_is_shown_and_kept_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data: dict[str, dict[str, Any]] = {
        "facts": {
            "资产管理分值": 8,
            "资产管理自评": 7,
            "预算编制管理分值": 12,
            "预算编制管理自评": 9,
            "存在问题扣分": 2,
        }
    }
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(load("xushui-management"), data))
    blank = {
        "合计得分": 16,
        "换算基数": 100,
        "换算系数": 1,
        "换算得分": 16,
        "总分": 14,
        "等次": None,
    }
    assert named(path, blank) == blank  # weights that are blank never rescale
    others = [
        spec["weight_fact"]
        for spec in load("xushui-management")["indicators"]
        if "weight_fact" in spec and spec["weight_fact"] not in data["facts"]
    ]
    data["facts"] |= dict.fromkeys(others, "不适用") | {"财政改革创新加分": 0}
    path.write_bytes(workbook(load("xushui-management"), data))
    wanted = {"合计得分": 16, "换算基数": 20, "换算系数": 5, "换算得分": 80, "扣分": 2, "总分": 78}
    assert named(path, wanted) == wanted
    edited = openpyxl.load_workbook(path)
    area = edited.defined_names["资产管理分值"].attr_text.rpartition("!")[2].replace("$", "")
    edited[SCORE_SHEET][area] = 13
    edited.save(path)
    main(["score", str(path)])
    capsys.readouterr()
    wanted |= {"换算基数": 25, "换算系数": 4, "换算得分": 64, "总分": 62}
    assert named(path, wanted) == wanted


def named(path: Path, names: Any) -> dict[str, Any]:
    """The cached values of named cells."""
    book = openpyxl.load_workbook(path, data_only=True)
    cells = {
        name: book.defined_names[name].attr_text.rpartition("!")[2].replace("$", "")
        for name in names
    }
    return {name: book[SCORE_SHEET][cell].value for name, cell in cells.items()}


def test_the_label_of_the_total_tells_how_it_is_made() -> None:
    labels = {}
    for id_ in published():
        (page,) = (page for page in pages(load(id_)) if page.name == SCORE_SHEET)
        (labels[id_],) = (item.text for item in page.items if item.text.startswith("总分"))
        kinds = {spec["rule"]["kind"] for spec in load(id_)["indicators"]}
        assert ("加分" in labels[id_], "扣分" in labels[id_]) == (
            bool({"bonus", "bonus_cases"} & kinds),
            bool({"penalty", "penalty_cases", "veto"} & kinds),
        ), id_
        assert any(item.text.startswith("换算系数") for item in page.items) == rescales(
            load(id_)
        ), id_
    assert labels["xushui-management"] == "总分（换算得分 ＋ 加分 − 扣分）"
    assert labels["project"] == "总分（合计得分 ÷ 合计适用分值 × 100）"


@pytest.mark.parametrize("id_", published())
def test_weights_are_told_in_the_words_of_the_documentation(id_: str) -> None:
    rubric = load(id_)
    (page,) = (page for page in pages(rubric) if page.name == RUBRIC_SHEET)
    shown = [item.text for item in page.items if item.column == 5 and item.columns == 1][1:]
    assert shown == [docs.weight(spec) for spec in rubric["indicators"]]


def test_what_is_added_and_taken_off_stays_with_the_totals() -> None:
    sheet = opened("xushui-management")[SCORE_SHEET]
    (end,) = (one.id for one in sheet.row_breaks.brk)
    below = [sheet.cell(row, 1).value for row in range(end + 1, sheet.max_row + 1)]
    assert below[:3] == ["财政改革创新", "存在问题", "合计（换算前）"]
