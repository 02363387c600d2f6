"""Dates that no calendar has: 6月31日, 13月."""

from __future__ import annotations

import calendar
import re

from ..reading.document import Passage
from ..sightings import Evidence
from ..words.clean import cleaned
from .statement import NO, YES, Statement

DATE = re.compile(
    r"(?:(?<![0-9])(?P<y>(?:19|20)[0-9]{2})年)?(?<![0-9.])(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})(?:日|号)"
)


def read(passage: Passage) -> list[Statement]:
    """Each full date of a passage."""
    clean = cleaned(passage.text)
    found = []
    for match in DATE.finditer(clean.text):
        month, day = int(match["m"]), int(match["d"])
        year = int(match["y"]) if match["y"] else 2024  # without a year: the benefit of a leap year
        last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
        holds = YES if 1 <= day <= last else NO
        how = f"{month} 月只有 {last} 天" if last else f"没有 {month} 月"
        quote = Evidence(clean.quote(match.start(), match.end()), passage.spot)
        found.append(
            Statement("date", quote, match[0], match[0] if holds == YES else "", holds, how)
        )
    return found
