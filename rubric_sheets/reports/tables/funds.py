"""The money of a project: rows of 年度资金总额 and its parts, columns of budget and spending."""

from __future__ import annotations

from ..reading.document import Cell, Table
from ..sightings import Evidence, Sighting, of_cell, of_number
from ..words.clean import label
from ..words.numbers import Mention
from ..words.synonyms import lookup
from .values import money_unit, number

AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")


def read(table: Table) -> list[tuple[str, Sighting]]:
    """Amounts by fact; `分值`, `执行率` and `得分` of the total row too."""
    found: list[tuple[str, Sighting]] = []
    columns: list[tuple[Cell, str]] = []
    for top in range(table.height):
        cells = table.row(top)
        heads = _columns(cells)
        if len({name for _, name in heads} & set(AMOUNTS)) > 1:
            columns = heads
            continue
        row = next((cell for cell in cells[:3] if _row(cell)), None)
        if row is None or not columns:
            continue
        for cell in cells:
            name = _above(columns, cell)
            if cell.left > row.left and name:
                found += _value(table, cell, _row(row), name)
    return found


def _columns(cells: list[Cell]) -> list[tuple[Cell, str]]:
    known = lookup("funds.columns")
    named = [(cell, known.get(label(cell.text), "")) for cell in cells]
    return [(cell, name) for cell, name in named if name]


def _above(columns: list[tuple[Cell, str]], cell: Cell) -> str:
    """The column whose head covers most of a cell: edges of rows need not fall together."""

    def shared(head: Cell) -> int:
        return min(head.right, cell.right) - max(head.left, cell.left)

    head, name = max(columns, key=lambda one: shared(one[0]))
    return name if shared(head) > 0 else ""


def _row(cell: Cell) -> str:
    return lookup("funds.rows").get(label(cell.text), "")


def _value(table: Table, cell: Cell, row: str, column: str) -> list[tuple[str, Sighting]]:
    if column not in AMOUNTS:
        one = number(cell)
        return [] if one is None or row != "年度资金总额" else [(column, _sighting(one, cell))]
    unit = money_unit(table, cell.top, cell.left) or "万元"
    one = number(cell, unit)
    if one is None:
        return []
    return [(row + column, of_number(one, cell.text.strip(), of_cell(cell), "万元"))]


def _sighting(one: Mention, cell: Cell) -> Sighting:
    return of_number(one, cell.text.strip(), Evidence(cell.text, cell.spot))
