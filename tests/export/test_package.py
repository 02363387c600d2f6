"""The file that is handed in: values and formats only, in the official columns."""

from __future__ import annotations

import re
import zipfile
from fractions import Fraction

import openpyxl

from rubric_sheets.exact.quantities import from_cell, show
from rubric_sheets.export import handed_in
from rubric_sheets.export.draft import why
from rubric_sheets.export.headings import tables
from rubric_sheets.seals.code import code_of, identity
from rubric_sheets.seals.stamp import stamped

from .conftest import Case

PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
)
# A draft says so on every page, by a picture in the header.
MARKED = re.compile(
    r"xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/drawings/(_rels/)?vmlDrawing\d+\.vml(\.rels)?|xl/media/image\d+\.png"
)
FORBIDDEN = (
    "<f>",
    "<f ",
    "<dataValidation",
    "<conditionalFormatting",
    "<hyperlink",
    "<legacyDrawing ",
    "<drawing",
    "<sheetProtection",
    "externalReference",
    "vbaProject",
    "hidden=",
    "veryHidden",
    "<protection",
    "customProperties",
)
OFFICIAL = [
    "一级指标",
    "二级指标",
    "三级指标",
    "评分标准",
    "分值",
    "自评得分",
    "扣分原因和其他说明",
]
PROJECT = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]


def test_only_values_and_formats(case: Case) -> None:
    with zipfile.ZipFile(case.out) as package:
        for part in package.namelist():
            if any(page.picture for page in case.pages) and MARKED.fullmatch(part):
                continue
            assert PARTS.fullmatch(part), part
            text = package.read(part).decode()
            assert [word for word in FORBIDDEN if word in text] == [], part
            names = re.findall(r'<definedName name="([^"]*)"', text)
            # the file format's own way to say which rows are repeated
            assert set(names) <= {"_xlnm.Print_Titles"}
            if part.startswith("docProps"):
                assert (
                    re.findall(r"<(?:dc:creator|cp:lastModifiedBy|Company|Manager)>[^<]+<", text)
                    == []
                )
                assert "2024-01-01T00:00:00Z" in text or "core" not in part


def test_openpyxl_agrees(case: Case) -> None:
    book = openpyxl.load_workbook(case.out)
    assert not book.defined_names
    assert not book.vba_archive
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not sheet.data_validations.dataValidation
        assert not sheet.defined_names
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.scale or 100) >= 70
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.comment is None
                assert cell.hyperlink is None
                fill = cell.fill.fgColor.rgb if cell.fill.fill_type else None
                assert fill is None


def test_the_same_bytes_each_time(case: Case) -> None:
    from rubric_sheets.books.read import open_projects
    from rubric_sheets.export.book import build
    from rubric_sheets.export.forms import raw_texts

    raw = [raw_texts(one) for one in open_projects(str(case.book))]
    code = code_of(case.evaluation)
    made = stamped(build(case.evaluation, raw, code), code, identity(case.evaluation.rubric))
    assert made == case.out.read_bytes()


def test_sheets_and_columns(case: Case) -> None:
    book = openpyxl.load_workbook(case.out)
    names = book.sheetnames
    assert names[-1] == case.parts[-1][0]
    assert (names[0] == "项目总表") == (len(case.parts) > 1)
    assert not {"校验", "指标体系", "_meta"} & set(names)
    rows = [
        [cell.value for cell in row if cell.value is not None] for row in book["评分表"].iter_rows()
    ]
    wanted = PROJECT if "targets" in case.evaluation.rubric else OFFICIAL
    if (
        max(len(spec["levels"]) for spec in case.evaluation.rubric["indicators"]) == 1
        and wanted is OFFICIAL
    ):
        wanted = ["指标", *OFFICIAL[3:]]
    assert wanted in rows
    flat = {text for row in rows for text in row if isinstance(text, str)}
    assert not {"测算得分", "指标值", "适用分值", "判定", "依据"} & flat
    assert {"总　分", "评价等次"} <= flat
    assert any(text.endswith("（签名）：") for text in flat)


def figure(value: object) -> str:
    """A number as people read it, a text as it stands."""
    return show(from_cell(repr(value))) if isinstance(value, (int, float)) else str(value)


def shown_total(total: Fraction, is_draft: bool) -> str:
    return f"暂计 {show(total)}" if is_draft else show(total)


def test_scores_are_those_of_the_unit(case: Case) -> None:
    """Every score stands in the file, as a number where it is one; and the total, of a draft in
    words that nobody takes for final."""
    is_draft = bool(why(case.evaluation))
    book = openpyxl.load_workbook(case.out)
    for name, part in case.parts:
        found = [cell.value for row in book[name].iter_rows() for cell in row]
        for result in filter(handed_in.is_used, part.card.results):
            score = handed_in.score_of(result)
            assert not isinstance(score, Fraction) or float(score) in found
        total = handed_in.totals(part).total
        assert total is None or shown_total(total, is_draft) in map(figure, found)
        if len(case.parts) > 1:
            overview = [figure(row[4].value) for row in book["项目总表"].iter_rows()]
            assert total is None or shown_total(total, is_draft) in overview


def test_nothing_that_was_filled_is_lost(case: Case) -> None:
    """Every text and figure of the unit, in the sheets or, where a text is long, in its parts."""
    values: list[object] = []
    for _, part in case.parts:
        values += part.facts.values.values()
        values += [
            value
            for rows in part.facts.tables.values()
            for row in rows
            for value in row.values.values()
        ]
        values += [claim.note for claim in part.facts.claims.indicators.values()]
    cells = [
        cell.value
        for sheet in openpyxl.load_workbook(case.out)
        for column in sheet.iter_cols()
        for cell in column
    ]
    text = "".join(str(cell) for cell in cells if isinstance(cell, str)).replace("\n", "")
    numbers = {cell for cell in cells if isinstance(cell, (int, float))}
    for value in values:
        if isinstance(value, str):
            assert value.replace("\n", "") in text
        elif isinstance(value, Fraction):
            assert value.numerator / value.denominator in numbers


def test_blank_rows_are_dropped(cases: dict[str, Case]) -> None:
    page = next(page for page in cases["yueyang-2021"].pages if page.name == "收支表")
    # 汇总 and the form's least number
    assert [table.end - table.first for table in tables(page)] == [
        4,
        4,
    ]
    texts = [item.text for page in cases["yueyang-2021"].pages for item in page.items]
    assert not [text for text in texts if "插入行" in text or text == "填报说明"]


def test_headings_stand_again_where_a_table_goes_on(cases: dict[str, Case]) -> None:
    for page in cases["full"].pages:
        assert page.breaks or page.name not in ("收支表", "绩效目标", "基本情况")
        for row in page.breaks:
            inside = [table for table in tables(page) if table.first < row + 1 < table.end]
            assert inside == [] or page.title_rows


def test_texts_like_formulas_stay_texts(cases: dict[str, Case]) -> None:
    book = openpyxl.load_workbook(cases["full"].out)
    found = {
        cell.value: cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
    for text in ("=1+1", "+有结余", "-第0项"):
        assert found[text].data_type == "s"
        assert found[text].number_format in ("@", "General")


def test_rows_are_no_higher_than_excel_allows(case: Case) -> None:
    assert max(height for page in case.pages for height in page.heights.values()) <= 409
    for page in case.pages:
        spans = [(item.row, item.column, item.rows, item.columns) for item in page.items]
        taken = {
            (r + a, c + b)
            for r, c, rows, columns in spans
            for a in range(rows)
            for b in range(columns)
        }
        assert len(taken) == sum(rows * columns for *_, rows, columns in spans), "cells overlap"
