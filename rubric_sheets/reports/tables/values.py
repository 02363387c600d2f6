"""What a cell holds, and what stands to its left and above."""

from __future__ import annotations

import re
from functools import lru_cache

from ...exact.quantities import BLANK_WORDS
from ..reading.document import Cell, Table
from ..words.clean import cleaned, label
from ..words.numbers import MONEY, Mention, number_in

_UNIT = re.compile(r"(?:单位:?|\(|,|:)\s*(?:人民币)?(万元|亿元|千元|元)\)?")


def number(cell: Cell | None, unit: str = "") -> Mention | None:
    """The number of a cell; None for a blank and for words."""
    if cell is None or not cell.text.strip():
        return None
    return number_in(cell.text, unit)


def is_blank(cell: Cell | None) -> bool:
    return cell is None or not cell.text.strip() or cell.text.strip() in BLANK_WORDS


def is_words(cell: Cell | None) -> bool:
    return not is_blank(cell) and number(cell) is None


def heading(table: Table, row: int, column: int) -> Cell | None:
    """The nearest words above a position."""
    known = table.heads
    found = None
    above = row - 1
    while above >= 0 and (above, column) not in known:
        cell = table.grid.get((above, column))
        if is_words(cell):
            found = cell
            break
        above -= 1
    if above >= 0 and found is None:
        found = known[above, column]
    for passed in range(max(above, 0), row):
        known[passed, column] = found  # the nearest words in or above this row
    return found


def head_text(table: Table, row: int, column: int) -> str:
    """The heading above a position with all its rows, from the top down."""
    cell = heading(table, row, column)
    texts: list[str] = []
    while cell is not None:
        texts.insert(0, cell.text)
        above = table.grid.get((cell.top - 1, column))
        cell = above if is_words(above) else None
    return "".join(texts)


def row_label(cells: list[Cell]) -> Cell | None:
    """The first words of a row."""
    return next((cell for cell in cells if is_words(cell)), None)


def money_unit(table: Table, row: int, column: int) -> str:
    """元, 万元, 亿元: of the column's head, of a title row above, of the caption; "" where none
    of them says it."""
    head = heading(table, row, column)
    if head is not None and (found := unit_in(head.text)):
        return found
    for above in range(row - 1, -1, -1):
        cells = table.row(above)
        for cell in cells if len(cells) <= 2 else cells[:1]:
            if found := unit_in(cell.text):
                return found
    return unit_in(table.caption)


@lru_cache(4096)
def unit_in(text: str) -> str:
    """The unit of money that a heading names: `（万元）`, `单位：元`."""
    found = _UNIT.findall(cleaned(text).text)
    return found[-1] if found and found[-1] in MONEY else ""


def same(cell: Cell | None, words: list[str]) -> bool:
    """Is a cell one of these labels?"""
    return cell is not None and label(cell.text) in map(label, words)
