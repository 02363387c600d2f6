"""Rows of cells without a grid → a table: which columns a short row's cells stand over.

In text that was taken out of Word a cell merged downwards leaves a blank cell in the rows below,
one merged to the right leaves nothing. So each row of a heading stands over the row below it: a
blank below belongs to the cell above, and a cell that stands over several has them for its parts.
"""

from __future__ import annotations

from functools import lru_cache

from ..words.clean import label
from ..words.numbers import number_in
from ..words.synonyms import data
from .document import Cell, Spot

MISSING = 40  # cells that a row may be short of, and still be fitted in
Spans = list[tuple[int, int]]  # (left, width) of each cell


def aligned(rows: list[list[str]], table: int) -> list[Cell]:
    """The cells of a table in one grid as wide as its widest row."""
    wide = max(map(len, rows))
    kinds = kinds_of(rows, wide)
    cells: list[Cell] = []
    below: list[str] = []
    spans: Spans = []
    for top in range(len(rows) - 1, -1, -1):
        row = rows[top]
        spans = _spans(row, below, spans, kinds)
        below = row
        for number, (text, (left, width)) in enumerate(zip(row, spans), 1):
            spot = Spot(table=table, row=top + 1, column=number)
            cells.append(Cell(text, spot, top, left, 1, width))
    return sorted(cells, key=lambda cell: (cell.top, cell.left))


def _spans(row: list[str], below: list[str], spans: Spans, kinds: str) -> Spans:
    """A row that is shorter than the one below stands over it; any other has its own columns."""
    if len(row) == 1:
        return [(0, len(kinds))]
    is_head = len(row) < len(below) and not any(map(is_figure, row))
    if is_head and (found := over(row, below, spans)):
        return found
    if is_total(row[0]):
        return fitted(row, kinds)
    return [(number, 1) for number in range(len(row))]


def kinds_of(rows: list[list[str]], wide: int) -> str:
    """For each column what the rows of full width hold there: `f` figures, `w` words."""
    full = [row for row in rows if len(row) == wide and any(map(is_figure, row))]
    out = []
    for column in range(wide):
        texts = [row[column] for row in full if row[column].strip()]
        figures = sum(map(is_figure, texts))
        kind = "f" if figures * 2 > len(texts) else "w"
        out.append(kind if texts else " ")
    return "".join(out)


def fitted(row: list[str], kinds: str) -> Spans:
    """A row of figures that is too short: behind a label that is merged to the right, its cells
    stand where they fit best."""
    most = len(kinds) - len(row) if row[1].strip() else 0
    missing = range(max(0, min(most, MISSING)) + 1)
    shift = max(missing, key=lambda n: (fit(row[1:], kinds[1 + n :]), -n))
    return [(0, 1 + shift), *((number + shift, 1) for number in range(1, len(row)))]


def fit(row: list[str], kinds: str) -> int:
    """How many cells hold what their columns do."""
    pairs = [(is_figure(cell), kind) for cell, kind in zip(row, kinds) if cell.strip()]
    return sum(1 if figure == (kind == "f") else -1 for figure, kind in pairs)


def over(row: list[str], below: list[str], spans: Spans) -> Spans:
    """Where the cells of a heading stand over those of the row below; [] where they cannot."""
    counts = _counts(tuple(map(_filled, row)), tuple(map(_filled, below)))
    return _over(counts, spans) if counts else []


def _over(counts: tuple[int, ...], spans: Spans) -> Spans:
    out, at = [], 0
    for count in counts:
        taken = spans[at : at + count]
        out.append((taken[0][0], sum(width for _, width in taken)))
        at += count
    return out


def _filled(text: str) -> bool:
    return bool(text.strip())


def is_total(text: str) -> bool:
    """`合计`, `小计`, `支出合计`."""
    return label(text).endswith((*map(label, data()["score"]["total"]), "小计"))


def is_figure(text: str) -> bool:
    return text.strip()[:1].isdigit() and number_in(text) is not None


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
