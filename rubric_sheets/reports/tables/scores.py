"""Score tables: which column is the weight, which the score; one line for each indicator."""

from __future__ import annotations

import re

from ...records import Record
from ..reading.document import Cell, Table
from ..words import synonyms
from ..words.clean import cleaned, label
from ..words.numbers import Mention
from .values import is_blank, number

LEVELS = ("一级指标", "二级指标", "三级指标", "四级指标")
TARGETS = ("年度指标值", "实际完成值")
_IN_BRACKETS = re.compile(r"\(([0-9]+(?:\.[0-9]+)?)分?\)")


class Line(Record):
    """One row of a score table. `levels`: as typed, those left blank below a merged cell filled
    in; `cells`: by column."""

    levels: tuple[str, ...]
    cells: dict[str, Cell]
    weight: Mention | None
    score: Mention | None

    @property
    def name(self) -> str:
        return next((level for level in reversed(self.levels) if level), "")

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        return cell.text.strip() if cell is not None else ""


class ScoreTable(Record):
    """`totals`: (kind, row) of total and subtotal rows."""

    table: Table
    columns: dict[str, int]
    lines: list[Line]
    totals: list[tuple[str, Line]]

    @property
    def has_targets(self) -> bool:
        """Does it set results beside targets, as the form of a project does?"""
        return all(name in self.columns for name in TARGETS)


def read(table: Table) -> ScoreTable | None:
    """The score table that a table is, or holds; None for others."""
    columns: dict[str, int] = {}
    lines: list[Line] = []
    totals: list[tuple[str, Line]] = []
    levels = ["", "", "", ""]
    for top in range(table.height):
        cells = table.row(top)
        if found := _headings(cells) or _headings(_with_above(table, top, cells)):
            columns = found
            continue
        if not columns:
            continue
        if kind := _total(cells):
            totals.append((kind, _total_line(cells, tuple(levels), columns)))
            continue
        line = _line(table, top, columns, levels)
        if line is not None:
            lines.append(line)
    return ScoreTable(table, columns, lines, totals) if columns else None


def _with_above(table: Table, top: int, cells: list[Cell]) -> list[Cell]:
    """The lower row of a heading, its blanks filled in with what stands above them."""
    if not top or all(not is_blank(cell) for cell in cells) or any(map(number, cells)):
        return []
    above = (table.grid.get((top - 1, cell.left)) for cell in cells)
    return [
        over._replace(left=cell.left) if over is not None and is_blank(cell) else cell
        for cell, over in zip(cells, above)
    ]


def heads(cells: list[Cell]) -> bool:
    """Does a row head a score table?"""
    return bool(_headings(cells))


def _headings(cells: list[Cell]) -> dict[str, int]:
    """Column → where it stands, of a row that heads a score table; {} for other rows."""
    found = {label(cell.text): cell.left for cell in cells}
    found = {name: left for name, left in found.items() if name in synonyms.data()["score"]}
    for cell in cells:
        name = synonyms.heading(cell.text)
        if name and cell.left not in found.values():
            found.setdefault(name, cell.left)
    has_name = any(level in found for level in LEVELS)
    has_score = "自评得分" in found
    return found if has_name and has_score and len(found) > 2 else {}


def _total(cells: list[Cell]) -> str:
    """`total`, `小计`, or "" for the row of an indicator."""
    first = next((cell for cell in cells if not is_blank(cell)), None)
    if first is None:
        return ""
    name = label(first.text)
    if name in map(label, synonyms.data()["score"]["total"]):
        return "total"
    if any(label(cell.text).endswith("小计") for cell in cells[:3]):
        return "小计"
    return ""


def _total_line(cells: list[Cell], levels: tuple[str, ...], columns: dict[str, int]) -> Line:
    """Weight and score of a total row: under their heads, or its numbers wherever they stand."""
    numbers = [(cell, one) for cell in cells if (one := number(cell)) is not None]
    score = next((one for one in numbers if _covers(one[0], columns.get("自评得分", -1))), None)
    weight = next((one for one in numbers if _covers(one[0], columns.get("分值", -1))), None)
    if score is None and len(numbers) > 1:
        weight, score = numbers[0], numbers[1]
    elif score is None and weight is None and numbers:
        score = numbers[0]
    first = next(cell for cell in cells if not is_blank(cell))
    named = {"名称": first} if score is None else {"自评得分": score[0], "名称": first}
    named |= {"分值": weight[0]} if weight else {}
    return Line(levels, named, weight[1] if weight else None, score[1] if score else None)


def _covers(cell: Cell, column: int) -> bool:
    return cell.left <= column < cell.right


def _line(table: Table, top: int, columns: dict[str, int], levels: list[str]) -> Line | None:
    """One indicator; blanks below a merged cell mean what stands above."""
    cells = {}
    for name, column in columns.items():
        cell = table.grid.get((top, column))
        if cell is not None:
            cells[name] = cell
    fresh = False
    for number_, name in enumerate(LEVELS):
        cell = cells.get(name)
        if cell is not None and not is_blank(cell):
            if levels[number_] != cell.text:
                levels[number_ + 1 :] = [""] * (len(levels) - number_ - 1)
            levels[number_] = cell.text
            fresh = fresh or number_ > 0 or cell.top == top
    last = next((name for name in reversed(LEVELS) if name in columns), "")
    own = cells.get(last)
    has_figures = any(number(cells.get(name)) is not None for name in ("分值", "自评得分"))
    if not fresh or (is_blank(own) and not has_figures) or _is_note(cells):
        return None
    if is_blank(own):
        levels[LEVELS.index(last)] = ""
    weight, score = (_own_number(cells.get(name), top) for name in ("分值", "自评得分"))
    return Line(tuple(levels), cells, weight, score)


def _own_number(cell: Cell | None, top: int) -> Mention | None:
    """The number of a cell that begins in this row: one that is merged downwards counts once."""
    return number(cell) if cell is not None and cell.top == top else None


def _is_note(cells: dict[str, Cell]) -> bool:
    """A row that is one merged cell is a title or a note."""
    return len(cells) > 1 and len(set(cells.values())) == 1


def weight_in(text: str) -> str:
    """The weight that a label bears in brackets: `投 入（15分）` → `15`; "" where none."""
    found = _IN_BRACKETS.search(cleaned(text).text)
    return found[1] if found else ""
