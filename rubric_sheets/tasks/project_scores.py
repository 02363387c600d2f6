"""The scores of projects out of their own workbooks, as rows of a department's list of projects."""

from __future__ import annotations

from typing import Any

from ..books.read import Reader, open_projects
from ..exact.quantities import exact
from ..findings.finding import InputError, finding
from ..rubric.forms import holds_projects
from ..rubric.own_figures import BUDGET, PROJECT, PROJECTS, SCORE, SPENT
from ..scoring.scorecard import score
from .fill import fill_book

NAMES = {  # the column → the fact of the project form
    PROJECT: "项目名称",
    BUDGET: "年度资金总额全年预算数",
    SPENT: "年度资金总额全年执行数",
}


def fill_projects(book: str, paths: list[str]) -> int:
    """Fill them into a department's workbook; returns how many input cells changed. Raises
    InputError, then nothing is written."""
    rubric = open_projects(book)[0].rubric
    if PROJECTS not in rubric["tables"]:
        raise InputError("projects-unused", path=book, title=rubric["title"])
    return fill_book(book, from_projects(paths))


def from_projects(paths: list[str]) -> dict[str, Any]:
    """Facts in the form of FACTS.json: a row for each project of these workbooks, in their order.
    Raises InputError for one that has no score yet, or is no project's."""
    rows, wrong = [], []
    for path in paths:
        readers = open_projects(path)
        rubric = readers[0].rubric
        if not holds_projects(rubric):
            wrong.append(finding("project-other-form", path=path, title=rubric["title"]))
            continue
        for reader in readers:
            row = _row(reader)
            rows.append(row)
            if SCORE not in row:
                name = row.get(PROJECT, "未写项目名称")
                wrong.append(finding("project-unscored", path=path, name=name))
    if wrong:
        raise InputError.of(wrong)
    return {"tables": {PROJECTS: rows}}


def _row(reader: Reader) -> dict[str, Any]:
    """What stands in the workbook of a project, and its total as its rubric scores it."""
    facts, card = reader.facts, score(reader.rubric, reader.facts)
    found = {column: facts.counted(name) for column, name in NAMES.items()}
    row: dict[str, Any] = {
        column: value if isinstance(value, str) else exact(value)
        for column, value in found.items()
        if value is not None
    }
    if card.total is not None and card.complete:
        row[SCORE] = exact(card.total)
    return row
