"""A table of figures that nobody designed for us: what heads each column, what names each row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...records import Record
from ..reading.document import Cell, Table
from ..words.clean import cleaned, label
from ..words.numbers import BARE, SHARE, Mention
from .values import is_blank, is_words, number

CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}(?![0-9.年])")  # of an account: 201, 20101, 2010101
COUNTING = ("栏次", "行次", "序号", "列次")


class Figure(Record):
    """A cell with its number. `name`: the words to its left in its row."""

    cell: Cell
    number: Mention
    name: str


class Block(Record):
    """Rows below one heading. `heads`: by column, from the top one down; `rows`: each the figures
    of a row by column."""

    heads: dict[int, tuple[str, ...]]
    rows: list[dict[int, Figure]]


def blocks(table: Table) -> list[Block]:
    """The parts of a table that have a heading of their own."""
    found: list[Block] = []
    above: list[int] = []  # rows of the heading that is being read
    for top in range(table.height):
        cells = [cell for cell in table.row(top) if cell.top == top or is_words(cell)]
        row = {figure.cell.left: figure for figure in _figures(cells, top)}
        is_first = not found or not found[-1].rows
        are_years = is_first and all(_is_year(one.number) for one in row.values())
        if not row or are_years or _counts(cells):
            if row or _is_head(cells, is_first=not found):
                above.append(top)
            continue
        if above and (not found or found[-1].rows):
            found.append(Block(_heads(table, above, top), []))
        above = []
        if found:
            found[-1].rows.append(row)
    return [block for block in found if block.rows]


def _figures(cells: list[Cell], top: int) -> Iterator[Figure]:
    """`name` begins with the code of the account, where one stands before it."""
    name = code = ""
    for cell in cells:
        one = number(cell)
        if one is None and not is_blank(cell):
            name, code = code + cell.text, ""
        elif one is not None and cell.top == top:
            code = cell.text.strip() if CODE.fullmatch(cell.text.strip()) and not name else ""
            yield Figure(cell, one, name)


def _is_year(one: Mention) -> bool:
    return one.kind == BARE and bool(re.fullmatch(r"(?:19|20)[0-9]{2}", one.text))


def _counts(cells: list[Cell]) -> bool:
    """Does a row only count the columns?"""
    filled = [cell for cell in cells if not is_blank(cell)]
    if filled and label(filled[0].text) in COUNTING:
        return True
    return len(filled) > 2 and [cell.text.strip() for cell in filled] == [
        str(n + 1) for n in range(len(filled))
    ]


def _is_head(cells: list[Cell], *, is_first: bool) -> bool:
    """Words in several cells; one by itself is the title of what follows."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return len(filled) > 1 or (is_first and bool(filled))


def _heads(table: Table, above: list[int], top: int) -> dict[int, tuple[str, ...]]:
    columns = {column for cell in table.row(top) for column in range(cell.left, cell.right)} | {
        column for row, column in table.grid if row in above[-2:]
    }
    found = {}
    for column in columns:
        given: list[Cell] = []
        for row in above:
            cell = table.grid.get((row, column))
            if cell is not None and cell not in given and not is_blank(cell):
                given.append(cell)
        found[column] = tuple(cleaned(cell.text).text.replace(" ", "") for cell in given)
    return found


def share(figure: Figure) -> Mention:
    """A rate whose column says that it counts percent."""
    one = figure.number
    return one._replace(kind=SHARE, unit="%") if one.kind == BARE else one
