"""The very hidden sheet of a workbook, as the hosts use it: the
handshake, our notes, a place to calculate."""

from __future__ import annotations

from collections.abc import Iterable

from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import META_SHEET

META_AREA = Area(META_SHEET, 1, 1, 60, 4)
MARKED = Area(META_SHEET, 1, 4, 1, 4)  # the sheets that have notes of ours, one a line
SCRATCH_COLUMN = 8  # formulas stand there for a moment, to be evaluated
# characters of one formula: Excel takes 8192, and one long one is parsed slower than several
ROOM = 3000


def chunked(parts: Iterable[str]) -> list[str]:
    """Formulas that join these parts as texts, none longer than a program takes."""
    chunks: list[list[str]] = []
    room = 0
    for part in parts:
        if len(part) >= room or not chunks:
            chunks.append(['""'])
            room = ROOM
        chunks[-1].append(part)
        room -= len(part) + 1
    return ["&".join(chunk) for chunk in chunks]
