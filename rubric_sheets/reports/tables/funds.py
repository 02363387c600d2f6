"""The money of a project or a department: rows of a total and its parts, columns of budget and
spending."""

from __future__ import annotations

from ...records import Record
from ..reading.document import Cell, Table
from ..sightings import Evidence, Sighting, of_cell, of_number
from ..words.clean import label
from ..words.numbers import BARE, SHARE, Mention
from ..words.synonyms import data, lookup
from . import scores
from .values import is_words, money_unit, number

AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")
POINTS = ("分值", "执行率", "得分")
TOTAL = "年度资金总额"


class Row(Record):
    """`name`: the kind of money as facts call it, "" for one that they do not know; `cells`: by
    column."""

    name: str
    label: Cell
    cells: dict[str, Cell]


def rows(table: Table) -> list[list[Row]]:
    """The rows below each heading of budget and spending, in their order."""
    found: list[list[Row]] = []
    columns: list[tuple[Cell, str]] = []
    for top in range(table.height):
        cells = table.row(top)
        heads = _columns(cells)
        if len({name for _, name in heads} & set(AMOUNTS)) > 1:
            columns = heads
            found.append([])
        elif columns and _ends(cells):
            columns = []
        elif columns and (row := _row(columns, cells, top)):
            found[-1].append(row)
    return [some for some in found if _is_money(some)]


def _is_money(some: list[Row]) -> bool:
    """The money of one form has a total, and points or no other names; else it is a table of many
    projects."""
    if not any(row.name == TOTAL for row in some):
        return False
    has_points = any({"分值", "得分"} & set(row.cells) for row in some)
    return has_points or all(row.name for row in some)


def read(table: Table) -> list[tuple[str, Sighting]]:
    """Amounts by fact; `分值`, `执行率` and `得分` of the total row too."""
    found: list[tuple[str, Sighting]] = []
    for some in rows(table):
        for row in some:
            for column, cell in row.cells.items():
                if column in AMOUNTS and row.name:
                    found += _amount(table, row.name + column, cell)
                elif column in POINTS and row.name == TOTAL:
                    found += _points(column, cell)
    return found


def is_ours(some: list[Row]) -> bool:
    """Are the parts those of the form of a project, each once?"""
    names = [row.name for row in some]
    return len(set(names)) == len(names) and set(names) <= set(data()["funds"]["ours"])


def amount(table: Table, cell: Cell) -> Mention | None:
    """The money of a cell, in 万元."""
    return number(cell, money_unit(table, cell.top, cell.left) or "万元")


def share(cell: Cell | None) -> Mention | None:
    """A rate: of a bare figure the column says that it counts percent."""
    one = number(cell)
    if one is None or one.kind not in (SHARE, BARE):
        return None
    return one._replace(kind=SHARE, unit=one.unit or "%")


def _columns(cells: list[Cell]) -> list[tuple[Cell, str]]:
    known = lookup("funds.columns")
    named = [(cell, known.get(label(cell.text), "")) for cell in cells]
    return [(cell, name) for cell, name in named if name]


def _ends(cells: list[Cell]) -> bool:
    """Does the list of targets, or what the project aims at, begin here?"""
    ends = set(map(label, data()["funds"]["ends"]))
    return scores.heads(cells) or any(label(cell.text) in ends for cell in cells[:3])


def _row(columns: list[tuple[Cell, str]], cells: list[Cell], top: int) -> Row | None:
    """The figures of a row, and the words before them."""
    figures = [cell for cell in cells if cell.top == top and number(cell) is not None]
    first = next((cell for cell, name in columns if name in AMOUNTS), columns[0][0])
    names = [cell for cell in cells if is_words(cell) and cell.top == top]
    known = [cell for cell in names if _name(cell)]
    before = figures[0].left if figures else first.left
    names = known[:1] or [cell for cell in names if cell.left < before][-1:]
    if not names or len(figures) < 1:
        return None
    found: dict[str, Cell] = {}
    second = next((c.left for c in cells if is_words(c) and c.left > before), cells[-1].right)
    for cell in [cell for cell in cells if cell.left < second]:
        name = _above(columns, cell)
        if cell.left > names[0].left and name and cell.top == top:
            found.setdefault(name, cell)
    return Row(_name(names[0]), names[0], found)


def _above(columns: list[tuple[Cell, str]], cell: Cell) -> str:
    """The column whose head covers most of a cell: edges of rows need not fall together."""

    def shared(head: Cell) -> int:
        return min(head.right, cell.right) - max(head.left, cell.left)

    head, name = max(columns, key=lambda one: shared(one[0]))
    return name if shared(head) > 0 else ""


def _name(cell: Cell) -> str:
    return lookup("funds.rows").get(label(cell.text), "")


def _amount(table: Table, name: str, cell: Cell) -> list[tuple[str, Sighting]]:
    one = amount(table, cell)
    if one is None:
        return []
    sighting = of_number(one, cell.text.strip(), of_cell(cell), "万元")
    return [(name, sighting._replace(in_form=True))]


def _points(column: str, cell: Cell) -> list[tuple[str, Sighting]]:
    one = number(cell)
    if one is None:
        return []
    return [(column, of_number(one, cell.text.strip(), Evidence(cell.text, cell.spot)))]
