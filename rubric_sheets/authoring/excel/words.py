"""Findings for an author in Excel, who knows the headings and words of the sheets and no field's
English name.

A check that has two wordings gives the one for Excel as a parameter whose name ends in `_excel`.
"""

from __future__ import annotations

from typing import Any

from ...findings.finding import Finding, finding
from ..problems import Cells, Problem, words

ENDING = "_excel"
UNKNOWN = ("rubric-unknown-field", "rubric-parameter-unknown")


def excel_findings(problems: list[Problem], source: Any, cells: Cells) -> list[Finding]:
    """Each problem with its sheet and cell, in the words of the sheets."""
    return [_finding(problem, source, cells) for problem in problems]


def _finding(problem: Problem, source: Any, cells: Cells) -> Finding:
    own = {
        name.removesuffix(ENDING): text
        for name, text in problem.params.items()
        if name.endswith(ENDING)
    }
    # what is unknown has no label there
    path = problem.path[:-1] if problem.code in UNKNOWN else problem.path
    if problem.code in UNKNOWN and path[-1:] == ("rule",):
        path = path[:-1]
    defaults = {"hint": "", "expected": "", "actual": ""}
    where = words(path, source, keys=False)
    return finding(
        problem.code, *cells(problem.path), **{**defaults, **problem.params, **own, "where": where}
    )
