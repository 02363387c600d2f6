"""A rubric out of a file of an author's own, TOML or Excel; checked, with every mistake where it stands."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from ..findings import Finding, InputError
from .lint import check_source, check_structure
from .load import complete, read_toml, resolve
from .model import Rubric
from .order import in_order
from .problems import Cells, Problem, as_findings

EXTENSIONS = (".toml", ".xlsx", ".xlsm")


class Loaded(NamedTuple):
    """An expanded source, the cell of each path where it came from Excel, and what reading complained of."""

    source: dict[str, Any]
    cells: Cells | None
    findings: list[Finding]
    bad: set[tuple[str, str]]


def read_source(path: str) -> Loaded:
    """Read a rubric file. Raises InputError for a file that cannot be read at all."""
    if os.path.splitext(path)[1].lower() == ".toml":
        return Loaded(in_order(_complete(read_toml(path), path)), None, [], set())
    from .excel_read import read_excel

    excel = read_excel(path)
    return Loaded(excel.source, excel.place, excel.findings, excel.bad)


def _complete(source: dict[str, Any], path: str) -> dict[str, Any]:
    """The source with what it extends. A difference that is not even shaped like one cannot be put in."""
    if "extends" not in source:
        return source
    try:
        return complete(source)
    except (AttributeError, LookupError, TypeError, ValueError):
        raise InputError("rubric-unreadable", path=path, what="extends 之外的写法不合格式，无法与原指标体系合并") from None


def findings_of(loaded: Loaded, *, structure: bool = False) -> list[Finding]:
    """Every mistake, in the order of the file; `structure` only those that keep it from being written out."""
    problems = check_structure(loaded.source) if structure else check_source(loaded.source)
    cells = loaded.cells
    found = as_findings([p for p in problems if not _known(p, loaded)], loaded.source, cells)
    both = loaded.findings + found
    return sorted(both, key=_place) if cells else both


def _known(problem: Problem, loaded: Loaded) -> bool:
    """Whether reading has said why this is missing: the cell is unreadable, or its column or sheet is not there."""
    if problem.code != "rubric-missing" or loaded.cells is None:
        return False
    place = loaded.cells(problem.path)
    gone = any(f.code in ("rubric-sheet-missing", "rubric-heading-missing") for f in loaded.findings)
    return place in loaded.bad or (gone and not (place[1] and _exact(problem, loaded)))


def _exact(problem: Problem, loaded: Loaded) -> bool:
    """Whether the missing field itself has a cell, and not only the row that it belongs to."""
    assert loaded.cells is not None
    return loaded.cells(problem.path) != loaded.cells(problem.path[:-1])


def _place(one: Finding) -> tuple[int, int, int]:
    """Sheets in the order of the workbook, then row by row; what concerns the whole comes first."""
    from ..ooxml.refs import cell
    from .excel_columns import SHEETS

    sheet = list(SHEETS).index(one.sheet) if one.sheet in SHEETS else -1
    return (sheet, *(cell(one.cell) if one.cell else (0, 0)))


def read_rubric_file(path: str) -> Rubric:
    """The resolved rubric of a file. Raises InputError with every error where there is one."""
    loaded = read_source(path)
    errors = [one for one in findings_of(loaded) if one.severity == "error"]
    if errors:
        raise InputError.of(errors)
    return resolve(loaded.source)
