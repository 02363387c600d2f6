"""What another engine gave, held against the exact value."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import for_cell
from ..records import Record
from .live import Live

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Answer = float | str | bool | None
SAME, ROUNDED, DIFFERS, UNABLE = "same", "rounded", "differs", "unable"
# The formulas round to eight decimals before they multiply by points; binary numbers lose less.
LAST_PLACE = Fraction(1, 10**7)
ONE = Fraction(1)


class Compared(Record):
    """One cell: `verdict` is SAME, ROUNDED (apart in the last place only), DIFFERS, or UNABLE where
    the engine gave an error."""

    live: Live
    answer: Answer
    verdict: str


def compared(cells: list[Live], answers: dict[Any, Answer]) -> list[Compared]:
    """Each cell with its answer, by its place."""
    return [
        Compared(cell, answers.get(cell.place), verdict(cell.exact, answers.get(cell.place)))
        for cell in cells
    ]


def verdict(exact: Fraction | str, answer: Answer) -> str:
    if isinstance(answer, str) and answer.startswith("#"):
        return UNABLE
    if isinstance(exact, str):
        return SAME if ("" if answer is None else answer) == exact else DIFFERS
    if answer is None or isinstance(answer, (str, bool)):
        return DIFFERS
    if repr(float(answer)) == repr(float(for_cell(exact))):
        return SAME
    try:
        gap = abs(Fraction(answer) - exact)
    except (ValueError, OverflowError):  # no number at all
        return UNABLE
    return ROUNDED if gap <= LAST_PLACE * max(ONE, abs(exact)) else DIFFERS
