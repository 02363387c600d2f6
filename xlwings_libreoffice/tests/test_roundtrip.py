"""What is written is read back: properties, against a real LibreOffice."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SLOW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
# no control characters but tab and newline: Excel's files cannot hold them either
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
SPECIAL = st.sampled_from(
    [
        "=x",
        "=1+1",
        "007",
        "1%",
        "2024-01-02",
        "TRUE",
        "'",
        "''x",
        "一\n二",
        "评分表😀",
        "\t",
        "1e5",
        " 1",
        "#N/A",
        "=",
    ]
)
TEXTS = st.one_of(SPECIAL, st.text(CHARACTERS, min_size=1, max_size=40))
PLAIN = st.text(st.characters(categories=("Lo", "So")), min_size=1, max_size=20)


@SLOW
@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_floats(sheet, block):
    cells = sheet.range((1, 1), (len(block), 3))
    cells.value = block
    assert cells.options(ndim=2).value == block


@SLOW
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_every_text_survives_in_text_cells(sheet, texts):
    cells = sheet.range((1, 5), (len(texts), 5))
    cells.number_format = "@"
    cells.options(transpose=True).value = texts
    assert cells.options(ndim=1).value == texts


@SLOW
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_every_text_survives_behind_an_apostrophe(sheet, texts):
    cells = sheet.range((1, 7), (len(texts), 7))
    cells.options(transpose=True).value = [f"'{text}" for text in texts]
    assert cells.options(ndim=1).value == texts


@SLOW
@given(st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2200, 1, 1)))
def test_moments(sheet, moment):
    moment = moment.replace(microsecond=0)
    sheet["I1"].value = moment
    assert sheet["I1"].value == moment


MIXED = st.one_of(
    st.none(), st.booleans(), NUMBERS, PLAIN, st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))
)


@SLOW
@given(st.lists(st.lists(MIXED, min_size=4, max_size=4), min_size=2, max_size=6))
def test_mixed_blocks_over_whatever_stood_there(sheet, block):
    """Formats of earlier values must not change how later ones read."""
    cells = sheet.range((1, 11), (len(block), 14))
    cells.value = block

    def expected(value):
        return (
            dt.datetime(value.year, value.month, value.day) if isinstance(value, dt.date) else value
        )

    read = cells.options(ndim=2).value
    for row, row_read in zip(block, read):
        for value, got in zip(row, row_read):
            if isinstance(value, float) and isinstance(got, dt.datetime):
                continue  # a number in a cell that has a date format: Excel shows a date as well
            assert got == expected(value)
            assert isinstance(got, bool) == isinstance(value, bool)


@pytest.mark.parametrize("number", [0, 1, -1, 2**31, 2**53, 10**15, 123456789012345, 10**300])
def test_big_integers(sheet, number):
    sheet["A1"].value = number
    assert sheet["A1"].value == float(number)
    assert sheet["A1"].options(numbers=int).value == int(float(number))


def test_booleans_both_ways_and_a_number_after_them(sheet):
    sheet["A1:B1"].value = [True, False]
    assert sheet["A1:B1"].value == [True, False]
    sheet["A1"].value = 1
    assert sheet["A1"].value == 1.0
    assert not isinstance(sheet["A1"].value, bool)
    assert sheet["A1"].number_format == "General"


def test_dates_times_and_durations(sheet):
    sheet["A1"].value = [dt.date(2024, 12, 31), dt.time(6), dt.timedelta(hours=36)]
    assert sheet["A1:C1"].value == [dt.datetime(2024, 12, 31), 0.25, 1.5]
    assert sheet["A1"].options(dates=dt.date).value == dt.date(2024, 12, 31)
    assert [sheet[cell].number_format for cell in ("A1", "B1", "C1")] == [
        "yyyy-mm-dd",
        "hh:mm:ss",
        "[h]:mm:ss",
    ]


@pytest.mark.parametrize("text", ["'007", "'=1+1", "1-2", "3/4", "12:30", "2024年度", "'1%", "(3)"])
def test_texts_that_look_like_numbers_do_not_turn_their_cells_into_text_cells(sheet, text):
    sheet["A1:B2"].number_format = "0.0"
    sheet["A1"].value = [[text, "一"], ["二", text]]
    assert sheet["A1:B2"].value == [[text.lstrip("'"), "一"], ["二", text.lstrip("'")]]
    assert sheet["A1:B2"].number_format == "0.0"
    sheet["A1"].value = 7
    assert sheet["A1"].value == 7.0


def test_numbers_into_text_cells_become_text(sheet):
    sheet["A1:A2"].number_format = "@"
    sheet["A1:A2"].value = [[7], ["=1+1"]]
    assert sheet["A1:A2"].value == ["7", "=1+1"]


def test_typed_texts_in_general_cells(sheet):
    sheet["A1"].value = ["007", "12.5%", "2024-01-02", "TRUE", "=1+1", "一"]
    assert sheet["A1:F1"].value == [7.0, 0.125, dt.datetime(2024, 1, 2), True, 2.0, "一"]
    assert sheet["B1"].number_format == "0.00%"


def test_empty_cells_and_formulas_without_text(sheet):
    sheet["A1:B1"].formula = [['=""', None]]
    assert sheet["A1:B1"].value == [None, None]
    assert sheet["A1:B1"].options(empty="空").value == ["空", "空"]
    assert sheet["A1:B1"].formula == (('=""', ""),)


def test_errors(sheet):
    formulas = ["=1/0", "=NA()", '=VALUE("甲")', "=没有这个名称", "=1E300*1E300", '=INDIRECT("?")']
    sheet["A1:F1"].formula = formulas
    assert sheet["A1:F1"].value == [None] * 6
    texts = sheet["A1:F1"].options(err_to_str=True).value
    assert texts == ["#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#REF!"]


def test_books_that_count_days_from_1904(book, sheet):
    first = book.api.NullDate
    first.Year, first.Month, first.Day = 1904, 1, 1
    book.api.NullDate = first
    sheet["A1"].value = [dt.date(2024, 1, 2), "2024-01-02", dt.time(12)]
    assert sheet["A1:C1"].value == [dt.datetime(2024, 1, 2), dt.datetime(2024, 1, 2), 0.5]
    assert sheet["A1:B1"].api.getDataArray() == ((43831.0, 43831.0),)
