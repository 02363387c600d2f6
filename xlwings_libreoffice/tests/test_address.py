"""Addresses, which never ask LibreOffice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlwings_libreoffice.address import (
    MAX_COLUMNS,
    MAX_ROWS,
    Area,
    column_letters,
    column_number,
    parse,
    quoted,
    rectangles,
    split_sheet,
    written,
)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A1", Area(1, 1)),
        ("$B$3", Area(3, 2)),
        ("a1:c2", Area(1, 1, 2, 3)),
        ("C2:A1", Area(1, 1, 2, 3)),
        ("XFD1048576", Area(MAX_ROWS, MAX_COLUMNS)),
        ("B:C", Area(1, 2, MAX_ROWS, 2)),
        ("2:4", Area(2, 1, 3, MAX_COLUMNS)),
        ("XFE1", None),
        ("A0", None),
        ("A1048577", None),
        ("得分", None),
        ("A1,B2", None),
        ("AAAA1", None),
        ("", None),
    ],
)
def test_parse(text, area):
    assert parse(text) == area


@given(
    st.integers(1, MAX_ROWS - 50),
    st.integers(1, MAX_COLUMNS - 50),
    st.integers(1, 50),
    st.integers(1, 50),
)
def test_what_is_written_is_parsed_back(row, column, rows, columns):
    area = Area(row, column, rows, columns)
    assert parse(written(area)) == parse(written(area, False, False)) == area


@given(st.integers(1, MAX_COLUMNS))
def test_column_letters_and_numbers(number):
    assert column_number(column_letters(number)) == number


@pytest.mark.parametrize("sheet", ["Sheet1", "我的表", "2024", "it's", "A1", "收 支", "a-b"])
def test_sheet_names_are_quoted_and_split_back(sheet):
    assert split_sheet(f"{quoted(sheet)}!B2") == (sheet, "B2")


def test_quotes_only_where_excel_needs_them():
    assert [quoted(name) for name in ("Sheet1", "得分", "A1", "2024年")] == [
        "Sheet1",
        "得分",
        "'A1'",
        "'2024年'",
    ]
    assert split_sheet("'[甲.xlsx]表 1'!A1") == ("表 1", "A1")


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))))
def test_rectangles_cover_each_cell_once(cells):
    covered = [
        (row, column)
        for area in rectangles(sorted(cells))
        for row in range(area.row, area.row + area.rows)
        for column in range(area.column, area.column + area.columns)
    ]
    assert sorted(covered) == sorted(cells)


def test_a_full_block_is_one_rectangle():
    assert rectangles([(i, j) for i in range(3) for j in range(4)]) == [Area(0, 0, 3, 4)]
