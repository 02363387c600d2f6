"""Cells between a spreadsheet program, as xlwings shows it, and
the core; and what can be written into one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from rubric_sheets.ooxml.cell import BOOL, DATE, ERROR, NUMBER, TEXT, Cell
from rubric_sheets.places.addresses import Area

ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
)
EPOCH = dt.datetime(1899, 12, 30)
_LOOKS_TYPED = "=+-@'0123456789.,(（¥￥$€ "

Place = tuple[str, int, int]
Rows = list[list[Cell | None]]
Merges = dict[str, list[Area]]  # by sheet; the sheets of the areas are empty


class Formula(NamedTuple):
    """A formula as this program's own block reads give it, with "="."""

    text: str


class Link(NamedTuple):
    """A text that leads to another cell of the same book; `location` is `'收支表'!C6`."""

    location: str
    text: str


def digits(value: float) -> str:
    """A number as files hold it: the shortest text of the binary
    float, from which the core takes 15 digits."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def looks_typed(text: str) -> bool:
    """May a spreadsheet program take this text for something else when it is put into a cell?"""
    return text[:1] in _LOOKS_TYPED or text.strip().upper() in ("TRUE", "FALSE") or text[:1] == "#"


def cell_of(value: Any, formula: str) -> Cell | None:
    """One cell from its value and its formula text, as xlwings gives them; None for a blank one."""
    own = formula[1:] if formula.startswith("=") and formula != value else None
    if value is None or value == "":
        return None if own is None else Cell(TEXT, "", own, 0)
    if isinstance(value, bool):
        return Cell(BOOL, str(int(value)), own, 0)
    if isinstance(value, dt.datetime):
        return Cell(
            DATE, digits((value.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)), own, 0
        )
    if isinstance(value, str):
        return Cell(ERROR if value in ERRORS else TEXT, value, own, 0)
    # a currency format, cut to four decimals: the formula text has them all
    if isinstance(value, Decimal):
        return Cell(NUMBER, str(value) if own is not None else _plain(formula, value), own, 0)
    return Cell(NUMBER, digits(value), own, 0)


def _plain(formula: str, value: Decimal) -> str:
    try:
        return digits(float(formula))
    except ValueError:
        return str(value)
