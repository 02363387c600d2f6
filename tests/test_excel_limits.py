"""What Excel takes and what it repairs by dropping: names, formulas, lists and texts of every workbook that is made."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

import openpyxl
import pytest
import xlsxwriter.worksheet

from rubric_sheets.books.create import workbook
from rubric_sheets.rubric.load import load, published

LONGEST, ARGUMENTS, NESTED, LISTED, TEXT = 8192, 255, 64, 255, 32767
NAME = re.compile(r"[^\W\d][\w.]*")
CELL = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]\d*")


@pytest.fixture(scope="module", params=published())
def book(request: pytest.FixtureRequest) -> openpyxl.Workbook:
    data: dict[str, Any] = {}
    if request.param == "project":
        data = {"rubric": "project", "projects": [{"facts": {"项目名称": name}} for name in "甲乙"]}
    return openpyxl.load_workbook(io.BytesIO(workbook(load(request.param), data)))


def formulas(book: openpyxl.Workbook) -> list[str]:
    """Of cells, of conditional formats and of lists of choices."""
    found = []
    for sheet in book:
        for row in sheet.iter_rows():
            found += [cell.value for cell in row if cell.data_type == "f"]
        for cells in sheet.conditional_formatting:
            found += [text for rule in cells.rules for text in rule.formula]
        for check in sheet.data_validations.dataValidation:
            found += [text for text in (check.formula1, check.formula2) if text]
    return found


def depth_and_arguments(formula: str) -> tuple[int, int]:
    """How deep functions stand in each other, and the most arguments that one has."""
    bare = re.sub(r'"[^"]*"|\'[^\']*\'', "x", formula)
    depth = deepest = most = 0
    commas = [0]
    for sign in bare:
        if sign in "({":
            depth, deepest = depth + 1, max(deepest, depth + 1)
            commas.append(1)
        elif sign in ")}":
            depth -= 1
            most = max(most, commas.pop())
        elif sign == ",":
            commas[-1] += 1
    return deepest, most


def test_formulas_are_within_what_excel_takes(book: openpyxl.Workbook) -> None:
    for formula in formulas(book):
        deepest, most = depth_and_arguments(formula)
        assert len(formula) <= LONGEST
        assert deepest <= NESTED, formula
        assert most <= ARGUMENTS, formula
        assert all(len(text) <= LISTED for text in re.findall(r'"([^"]*)"', formula)), formula


def test_no_name_is_defined_twice_or_looks_like_a_cell(book: openpyxl.Workbook) -> None:
    names = Counter(name.casefold() for name in book.defined_names)
    assert [name for name, count in names.items() if count > 1] == []
    for name in book.defined_names:
        assert NAME.fullmatch(name), name
        assert not CELL.fullmatch(name), name
        assert len(name) <= LISTED


def test_lists_prompts_and_texts_fit(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert len(sheet.title) <= 31
        for row in sheet.iter_rows():
            assert all(len(cell.value) <= TEXT for cell in row if isinstance(cell.value, str))
        for check in sheet.data_validations.dataValidation:
            if check.type == "list" and check.formula1.startswith('"'):
                assert len(check.formula1) <= LISTED + 2, check.formula1
            assert len(check.promptTitle or "") <= 32
            assert len(check.prompt or "") <= LISTED
            assert len(check.errorTitle or "") <= 32
            assert len(check.error or "") <= 225


def test_merged_cells_do_not_overlap(book: openpyxl.Workbook) -> None:
    for sheet in book:
        taken = Counter(
            (row, column)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        )
        assert [at for at, count in taken.items() if count > 1] == [], sheet.title


def test_what_xlsxwriter_would_leave_out_is_an_error_here() -> None:
    """`conftest` watches every call of the tests: here is one that it must notice."""
    sheet = xlsxwriter.Workbook(io.BytesIO()).add_worksheet()
    with pytest.raises(AssertionError, match="write_string"):
        sheet.write_string(0, 0, "长" * (TEXT + 1))
