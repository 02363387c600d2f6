"""Values between Python and cells, without LibreOffice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlwings_libreoffice.values import (
    BOOLEAN,
    DATE,
    DATETIME,
    GENERAL,
    Cell,
    CellError,
    Kind,
    clean,
    decode,
    encode,
    needs_kind,
    prepare,
    serial_of,
    typed,
)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("007", Cell(7.0)),
        ("-1.5", Cell(-1.5)),
        (" 12 ", Cell(12.0)),
        ("1,234.5", Cell(1234.5)),
        ("12,34", Cell("12,34")),
        ("1e3", Cell(1000.0)),
        ("1e999", Cell("1e999")),
        ("1%", Cell(0.01, "0%")),
        ("7%", Cell(0.07, "0%")),
        ("74.25%", Cell(0.7425, "0.00%")),
        ("2024-01-02", Cell(45293.0, DATE)),
        ("2024/1/2", Cell(45293.0, DATE)),
        ("2024年1月2日", Cell(45293.0, DATE)),
        ("2024-01-02 12:00", Cell(45293.5, DATETIME)),
        ("2024-02-30", Cell("2024-02-30")),
        ("1899-01-01", Cell("1899-01-01")),
        ("TRUE", Cell(1.0, BOOLEAN)),
        ("false", Cell(0.0, BOOLEAN)),
        ("'007", Cell("007")),
        ("'=A1", Cell("=A1")),
        ("=A1", Cell("=A1", is_formula=True)),
        ("=", Cell("=")),
        ("五十万", Cell("五十万")),
        ("1-2号", Cell("1-2号")),
        ("１２", Cell("１２")),
        ("-", Cell("-")),
        (".", Cell(".")),
        ("%", Cell("%")),
    ],
)
def test_typed(text, cell):
    assert typed(text) == cell


@given(st.text())
def test_a_text_cell_keeps_every_text(text):
    assert encode(text, Kind.TEXT) == Cell(text)


@given(st.text(min_size=1))
def test_an_apostrophe_keeps_every_text(text):
    assert encode(f"'{text}", Kind.GENERAL) == Cell(text)


def test_number_types_become_floats():
    assert [prepare(x) for x in (3, 2**53, Decimal("0.1"), Fraction(1, 4))] == [
        3.0,
        float(2**53),
        0.1,
        0.25,
    ]
    assert prepare(float("nan")) is None
    with pytest.raises(ValueError, match="无穷大"):
        prepare(float("inf"))


def test_formats_follow_the_value():
    assert encode(True, Kind.GENERAL) == Cell(1.0, BOOLEAN)
    assert encode(True, Kind.BOOLEAN) == Cell(1.0)
    assert encode(5.0, Kind.BOOLEAN) == Cell(5.0, GENERAL), "a number must not show as TRUE"
    assert encode("5", Kind.BOOLEAN) == Cell(5.0, GENERAL)
    assert encode(5.0, Kind.TEXT) == Cell("5")
    assert encode(0.1 + 0.2, Kind.TEXT) == Cell("0.3")
    assert encode("1%", Kind.NUMBER) == Cell(0.01), "an own format is kept"
    assert encode(prepare(dt.date(2024, 1, 2)), Kind.GENERAL) == Cell(45293.0, DATE)
    assert encode(prepare(dt.date(2024, 1, 2)), Kind.DATE) == Cell(45293.0)
    assert encode(prepare(dt.time(12)), Kind.TIME).format is None


def test_plain_texts_do_not_depend_on_formats():
    assert not any(needs_kind(x) for x in ("部门", "", None, "A12"))
    assert all(needs_kind(x) for x in ("12", "=A1", "'x", 1.0, True, "2024-01-02", "1-2"))


@given(st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31)))
def test_moments_survive_to_the_millisecond(moment):
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert decode(serial_of(moment), Kind.DATE) == moment


def test_a_number_too_large_for_a_date_stays_a_number():
    assert decode(1e9, Kind.DATE) == 1e9


def test_clean_follows_the_options():
    error = CellError.of(532)
    assert clean(error, dt.datetime, "空", None, False) is None
    assert clean(error, dt.datetime, None, None, True) == "#DIV/0!"
    assert clean("", dt.datetime, "空", None, False) == "空"
    assert clean(2.0, dt.datetime, None, int, False) == 2
    assert clean(True, dt.datetime, None, int, False) is True

    def day(year, month, day, **_):
        return dt.date(year, month, day)

    assert clean(dt.datetime(2024, 1, 2, 3), day, None, None, False) == dt.date(2024, 1, 2)
