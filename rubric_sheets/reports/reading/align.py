"""Rows of cells without a grid → a table: which columns a short row's cells stand over.

In text that was taken out of Word a cell merged downwards leaves a blank cell in the rows below,
one merged to the right leaves nothing. So each row of a heading stands over the row below it: a
blank below belongs to the cell above, and a cell that stands over several has them for its parts.
"""

from __future__ import annotations

from functools import lru_cache

from .document import Cell, Spot

Spans = list[tuple[int, int]]  # (left, width) of each cell


def aligned(rows: list[list[str]], table: int) -> list[Cell]:
    """The cells of a table in one grid as wide as its widest row."""
    wide = max(map(len, rows))
    cells: list[Cell] = []
    below: list[str] = []
    spans: Spans = []
    for top in range(len(rows) - 1, -1, -1):
        row = rows[top]
        spans = _spans(row, below, spans, wide)
        below = row
        for number, (text, (left, width)) in enumerate(zip(row, spans), 1):
            spot = Spot(table=table, row=top + 1, column=number)
            cells.append(Cell(text, spot, top, left, 1, width))
    return sorted(cells, key=lambda cell: (cell.top, cell.left))


def _spans(row: list[str], below: list[str], spans: Spans, wide: int) -> Spans:
    """A row that is shorter than the one below stands over it; any other has its own columns."""
    if len(row) < len(below) and len(row) > 1 and not any(map(_is_figure, row)):
        if found := over(row, below, spans):
            return found
    out = [(number, 1) for number in range(len(row))]
    if len(row) == 1:
        return [(0, wide)]
    return out


def _over(counts: tuple[int, ...], spans: Spans) -> Spans:
    out, at = [], 0
    for count in counts:
        taken = spans[at : at + count]
        out.append((taken[0][0], sum(width for _, width in taken)))
        at += count
    return out


def over(row: list[str], below: list[str], spans: Spans) -> Spans:
    """Where the cells of a heading stand over those of the row below; [] where they cannot."""
    counts = _counts(tuple(map(_filled, row)), tuple(map(_filled, below)))
    return _over(counts, spans) if counts else []


def _filled(text: str) -> bool:
    return bool(text.strip())


def _is_figure(text: str) -> bool:
    return text.strip()[:1].isdigit()


def _counts(row: tuple[bool, ...], below: tuple[bool, ...]) -> tuple[int, ...]:
    """How many cells below each cell of the row stands over: the cheapest way; () for none."""

    @lru_cache(None)
    def best(cell: int, at: int) -> tuple[float, tuple[int, ...]]:
        if cell == len(row):
            return (0.0, ()) if at == len(below) else (float("inf"), ())
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        most = len(below) - at - (len(row) - cell - 1)
        for count in range(most, 0, -1):  # of equal ways the first cell gets most
            rest, counts = best(cell + 1, at + count)
            cost = rest + _cost(row[cell], below[at : at + count])
            if cost < found[0]:
                found = (cost, (count, *counts))
        return found

    if len(below) > 40:
        return ()
    return best(0, 0)[1]


def _cost(filled: bool, below: tuple[bool, ...]) -> float:
    """What it costs to let a cell stand over these: over a blank one alone, or over several that
    are filled, nothing."""
    if len(below) == 1:
        return 0.0 if not below[0] or not filled else 1.0
    if not filled:
        return 5.0 * len(below)
    return 3.0 * below.count(False) + 0.01 * len(below)
