"""小计 rows of score tables of nobody's rubric: the points above them, since the last of them or
since their level began."""

from __future__ import annotations

from ..sentences.statement import NO, Statement, added
from ..sightings import of_cell
from ..words.numbers import Mention
from .scores import Line, ScoreTable

LEAST = 2  # parts of a subtotal
Scored = tuple[Line, Mention]


def read(tables: list[ScoreTable]) -> list[Statement]:
    """Each 小计 of the points against the points that it may stand for."""
    found: list[Statement] = []
    for table in tables:
        before: list[Line] = []  # since the last 小计
        for kind, line in _in_order(table):
            if not kind:
                before.append(line)
            elif kind == "小计":
                level = [one for one in table.lines if before and _same(one, before[-1])]
                found += _told(line, [before, level])
                before = []
    return found


def _in_order(table: ScoreTable) -> list[tuple[str, Line]]:
    rows = [("", line) for line in table.lines] + table.totals
    return sorted(rows, key=lambda row: _top(row[1]))


def _top(line: Line) -> int:
    """The row that a line stands in; cells merged downwards begin above it."""
    return max(cell.top for cell in line.cells.values())


def _same(one: Line, other: Line) -> bool:
    return one.levels[0] == other.levels[0]


def _told(total: Line, ways: list[list[Line]]) -> list[Statement]:
    claim = total.score
    if claim is None:
        return []
    made = [one for lines in ways if (one := _against(total, claim, lines))]
    return next(([one] for one in made if one.holds != NO), made[:1])


def _against(total: Line, claim: Mention, lines: list[Line]) -> Statement | None:
    given: list[Scored] = [(line, line.score) for line in lines if line.score is not None]
    if len(given) < LEAST or len(given) < len(lines):
        return None
    quote = of_cell(total.cells["自评得分"])
    made = added("subtotal", quote, claim, [score for _, score in given])
    parts = tuple(of_cell(line.cells["自评得分"]) for line, _ in given if "自评得分" in line.cells)
    return made._replace(others=parts, at=-1)
