"""A number in a cell for texts, read as the cell shows it: 0.96 in a percent cell is `96%`, a day
is a date."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import show
from ..facts.model import Value
from ..ooxml.cell import Cell
from .values import from_cell_or_none

FIRST_1900 = 693_594  # the ordinal of 1899-12-30, day 0 of all days after February 1900
FIRST_1904 = 695_056  # the ordinal of 1904-01-01, day 0 of workbooks that count from 1904


def as_shown(value: Value, cell: Cell, is_percent: bool, is_date: bool, date1904: bool) -> Value:
    """What the cell shows, with what a formula joins to a text beside it; `value` where it shows
    just that."""
    from ..scoring.own_list import shown

    number = from_cell_or_none(cell.text)
    if cell.kind == "date" or is_date:
        return _date_shown(cell.text, number, date1904) or value
    if number is None:
        return value
    text = f"{show(number * 100, 10)}%" if is_percent else show(number, 10)
    return shown(text, show(number, 20))


def _date_shown(text: str, number: Fraction | None, date1904: bool) -> Value:
    """A day as people write it; None for times, and for what is no day."""
    from datetime import date

    from ..scoring.own_list import shown

    first = FIRST_1904 if date1904 else FIRST_1900
    try:
        if number is None:
            day = date.fromisoformat(text[:10])
        else:
            day = date.fromordinal(first + int(number))
    except (ValueError, OverflowError):
        return None
    serial = day.toordinal() - first
    # before March 1900 the numbers mean other days; below 1 they are times of the day
    if serial < (1 if date1904 else 61):
        return None
    raw = str(serial) if number is None else show(number, 20)
    return shown(f"{day.year}年{day.month}月{day.day}日", raw)
