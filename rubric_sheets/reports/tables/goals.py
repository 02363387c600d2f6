"""The list of a department's own targets: what was aimed at, beside what was reached."""

from __future__ import annotations

from ...records import Record
from ..reading.document import Cell, Table
from ..words.clean import label
from ..words.synonyms import lookup
from .values import is_blank


class Goal(Record):
    """One row: its names, the target and the result."""

    names: tuple[str, ...]
    goal: Cell
    result: Cell


def read(table: Table) -> list[Goal]:
    """The rows below a heading that has target and result, but no points."""
    found: list[Goal] = []
    at: tuple[int, int] | None = None
    names: list[str] = []
    for top in range(table.height):
        cells = table.row(top)
        if heads := _heads(cells):
            at, names = heads, []
            continue
        if len(cells) < 3 or _heads_other(cells):
            at = None
        if at is None:
            continue
        goal, result = (table.grid.get((top, column)) for column in at)
        names = _filled_in([cell for cell in cells if cell.right <= at[0]], names)
        if goal is None or result is None or goal is result:
            continue
        if not is_blank(goal) or not is_blank(result):
            found.append(Goal(tuple(names), goal, result))
    return found


def _heads(cells: list[Cell]) -> tuple[int, int] | None:
    """The columns of target and result, of a row that heads such a list."""
    kinds = {lookup("score").get(label(cell.text), ""): cell.left for cell in cells}
    if "自评得分" in kinds or "年度指标值" not in kinds or "实际完成值" not in kinds:
        return None
    return kinds["年度指标值"], kinds["实际完成值"]


def _heads_other(cells: list[Cell]) -> bool:
    """Another part of the form begins: it has a heading without target and result."""
    return label(cells[0].text) in ("姓名", "绩效自评综合得分", "评价等次")


def _filled_in(cells: list[Cell], above: list[str]) -> list[str]:
    """The names of a row; blank ones mean what stands above."""
    texts = [cell.text.strip() for cell in cells]
    return [
        text or (above[number] if number < len(above) else "") for number, text in enumerate(texts)
    ]
