"""One slip, one message: what follows from a cell that cannot be read, or from a column or sheet
that is not there, is not told once more for every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...findings.finding import Finding, finding
from ...rubric.fields import parameters
from .column import Column, Table
from .columns import tables
from .indicator_columns import LIST, cell_lists

if TYPE_CHECKING:
    from ..problems import Path, Problem
    from .source import ExcelSource

# What follows from a sheet that is not there.
INDIRECT = {
    "指标": (
        "rubric-weight-sum",
        "rubric-ratio-unused",
        "rubric-group-empty",
        "rubric-fact-unknown",
    ),
    "比率与数据": ("rubric-ratio-unknown", "rubric-fact-unknown"),
    "核查清单": ("rubric-fact-unknown",),
    "其他": ("rubric-weight-sum", "rubric-group-unknown"),
}
WANTING = ("rubric-missing", "rubric-measure-missing")
GONE = ("rubric-sheet-missing", "rubric-heading-missing")
IN_A_LIST = 4  # steps of a path: indicator, which, rule, parameter; further ones are inside
MEASURES = ("ratio", "value")


def without_consequences(
    problems: list[Problem], excel: ExcelSource
) -> tuple[list[Problem], list[Finding]]:
    """The problems that have causes of their own, and a finding for each column that rows need and
    that the sheet does not have."""
    left: list[Problem] = []
    gone: dict[tuple[Table, Column], Problem] = {}
    spoilt = _spoilt_weight(excel)
    for problem in problems:
        if _is_known(problem, excel) or (spoilt and problem.code == "rubric-weight-sum"):
            continue
        column = _absent_column(problem, excel)
        if column is None:
            left.append(problem)
        else:
            gone.setdefault(column, problem)
    return left, [_told(table, column) for table, column in gone]


def _spoilt_weight(excel: ExcelSource) -> bool:
    """Is there a weight that could not be read?"""
    specs = excel.source.get("indicator", ())
    places = (excel.place(("indicator", index, "weight")) for index in range(len(specs)))
    return any(place in excel.bad for place in places)


def _is_known(problem: Problem, excel: ExcelSource) -> bool:
    """Whether reading has said why this is missing: the cell is unreadable,
    or its column or sheet is not there."""
    gone_sheets = [one.actual for one in excel.findings if one.code == "rubric-sheet-missing"]
    if any(problem.code in INDIRECT.get(sheet, ()) for sheet in gone_sheets):
        return True
    if problem.code not in WANTING:
        return False
    place = excel.place(problem.path)
    if place in excel.bad:
        return True
    if problem.code == "rubric-measure-missing":
        row = problem.path[:2]
        return any(excel.place((*row, name)) in excel.bad for name in MEASURES)
    gone = any(one.code in GONE for one in excel.findings)
    return gone and not (place[1] and _exact(problem, excel))


def _exact(problem: Problem, excel: ExcelSource) -> bool:
    """Whether the missing field itself has a cell, and not only the row that it belongs to."""
    return excel.place(problem.path) != excel.place(problem.path[:-1])


def _absent_column(problem: Problem, excel: ExcelSource) -> tuple[Table, Column] | None:
    """The column that a missing value would stand in, where its sheet does not have it."""
    if problem.code not in WANTING or problem.path[:1] != ("indicator",):
        return None
    keys = _keys(problem, excel)
    absent = excel.absent.get("indicator", set())
    table = tables()["indicator"]
    found = (column for column in table.columns if column.key in keys and column.key in absent)
    column = next(found, None)
    return None if column is None else (table, column)


def _keys(problem: Problem, excel: ExcelSource) -> list[tuple[str | int, ...]]:
    """The columns that might have held it. What a row of a list lacks may also be told for all of
    them in a column of the indicator: so much for each case."""
    if problem.code == "rubric-measure-missing":
        return [(name,) for name in MEASURES]
    if len(problem.path) > IN_A_LIST:
        rule = excel.source["indicator"][problem.path[1]].get("rule", {})
        return [("rule", one.name) for one in parameters(rule.get("kind")) or ()]
    return [_key(problem.path)]


def _key(path: Path) -> tuple[str | int, ...]:
    """The key of the column that a path inside of an indicator belongs to."""
    inner = path[2:]
    if inner[:1] == ("rule",) and len(inner) > 1:
        lists = {parameter.name for _, parameter in cell_lists()}
        return ("rule", LIST if inner[1] in lists else inner[1])
    return tuple(inner[:1])


def _told(table: Table, column: Column) -> Finding:
    words: list[Any] = [column.heading, *(w for w in column.synonyms if not w.isascii())]
    heading = f"{table.title}·{column.heading}"
    return finding(
        "rubric-heading-missing", table.sheet, "", actual=heading, expected="、".join(words)
    )
