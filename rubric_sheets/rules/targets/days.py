"""Days as targets and results: `12月31日前`, `2022-11-30`."""

from __future__ import annotations

import re

_DAY = (
    r"(?:([0-9]{4})年)?([0-9]{1,2})月(?:([0-9]{1,2})[日号]?)?"
    r"|([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})日?"
)
_BEFORE_DAY = r"[底末]?(?:之?前|以前|之?内)?(?:完成|完工|竣工)?"


def is_day(text: str) -> bool:
    """Is the text a day by which something is due?"""
    match = re.search(_DAY, text)
    return match is not None and re.fullmatch(_BEFORE_DAY, text[match.end() :]) is not None


def day_of(text: str) -> tuple[int, int] | None:
    """(year or 0, month and day as one number, 31 where only the month is given);
    None without just one date."""
    found = list(re.finditer(_DAY, text))
    if len(found) != 1:
        return None
    year, month, day, *other = found[0].groups()
    if other[0]:
        year, month, day = other
    return int(year or 0), int(month) * 100 + int(day or 31)
