"""One workbook, verified by one engine."""

from __future__ import annotations

import subprocess

from ..books.read import read_projects
from ..books.rubric_in_book import foreign_rubric
from ..books.source import FileSource
from ..exact.quantities import exact
from ..findings.figures import Figure
from ..findings.finding import Finding, InputError, finding
from ..records import Record
from ..rubric.model import Rubric
from .compare import DIFFERS, ROUNDED, SAME, UNABLE, Compared, compared
from .engines import ENGINES, engine
from .live import live, with_wrong_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

    from .compare import Answer
    from .engines import Engine

EXTRA = "verify"


class Verified(Record):
    """What came of it. `name`: of the engine, as people call it."""

    name: str
    version: str
    rubric: Rubric
    cells: list[Compared]
    findings: list[Finding]
    invalid: list[
        str
    ]  # facts that cannot be used as they are typed: formulas use them all the same

    def count(self, verdict: str) -> int:
        return sum(1 for one in self.cells if one.verdict == verdict)


def chosen(name: str | None) -> Engine:
    """The engine of this name, or the first one that is installed. InputError package-missing."""
    missing = ""
    for candidate in (name,) if name else ENGINES:
        found = engine(candidate)
        try:
            _present(candidate)
        except ImportError:
            missing = missing or found.PACKAGE
            continue
        return found
    raise InputError("package-missing", name=missing, extra=EXTRA)


def _present(name: str) -> None:
    """ImportError for an engine that is not there."""
    if name == "libreoffice":
        from xlwings_libreoffice.errors import OfficeMissing
        from xlwings_libreoffice.program import find_soffice

        try:
            find_soffice()
        except OfficeMissing as error:
            raise ImportError(str(error)) from None
        return
    __import__(name)


def verify(path: str, by: Engine, data: bytes | None = None) -> Verified:
    """Compute its formulas anew and compare. `data`: its bytes, where they are at hand. InputError
    for what is no workbook of ours, and for an engine that cannot read it at all."""
    source = FileSource(path, data)
    readers = read_projects(source)
    with foreign_rubric(path, readers[0].published):
        cells = live(readers)
    try:
        answers = by.answers(with_wrong_values(source), cells)
    except subprocess.TimeoutExpired:
        raise InputError("verify-failed", name=by.NAME, path=path, what="没有回音") from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # of a foreign program; a panic in Rust is no Exception
        what = " ".join(str(error).split())[:200]
        raise InputError("verify-failed", name=by.NAME, path=path, what=what) from None
    found = compared(cells, answers)
    invalid = [name for reader in readers for name in sorted(reader.facts.invalid)]
    findings = _findings(by.NAME, found, invalid)
    return Verified(by.NAME, by.version(), readers[0].rubric, found, findings, invalid)


def _findings(name: str, cells: list[Compared], invalid: list[str]) -> list[Finding]:
    """One for each cell where they differ; one for all that the engine could not do. `invalid`:
    facts that cannot be used as they are typed. Formulas use them all the same: a difference then
    says nothing of the formulas."""
    severity = "warning" if invalid else ""
    found = [
        finding(
            "verify-differs",
            *one.live.place.address,
            severity=severity,
            engine=name,
            actual=_shown(one.answer),
            expected=_exact(one.live.exact),
        )
        for one in cells
        if one.verdict == DIFFERS
    ]
    if found and invalid:
        found.insert(0, finding("verify-inputs", names=invalid))
    unable = [one for one in cells if one.verdict == UNABLE]
    if unable:
        first = unable[0]
        found.append(
            finding(
                "verify-unable",
                *first.live.place.address,
                engine=name,
                count=len(unable),
                actual=str(first.answer),
            )
        )
    return found


def _exact(value: Fraction | str) -> Figure | str:
    if isinstance(value, str):
        return value or "空白"
    return Figure(value, places=10)


def _shown(answer: Answer) -> str:
    if answer is None or answer == "":
        return "空白"
    return repr(answer).removesuffix(".0") if isinstance(answer, float) else str(answer)


def as_json(book: str, verified: Verified) -> dict[str, Any]:
    """The object of `verify --json`: every cell that is not the same to the last place."""
    counts = {verdict: verified.count(verdict) for verdict in (SAME, ROUNDED, DIFFERS, UNABLE)}
    return {
        "book": book,
        "rubric": verified.rubric["id"],
        "engine": verified.name,
        "version": verified.version,
        "cells": len(verified.cells),
        **counts,
        "invalid": verified.invalid,
        "listed": [_cell_json(one) for one in verified.cells if one.verdict != SAME],
        "findings": [one._asdict() for one in verified.findings],
    }


def _cell_json(one: Compared) -> dict[str, Any]:
    sheet, cell = one.live.place.address
    value = one.live.exact
    return {
        "verdict": one.verdict,
        "sheet": sheet,
        "cell": cell,
        "slot": one.live.slot,
        "exact": value if isinstance(value, str) else exact(value),
        "answer": _shown(one.answer),
        "formula": one.live.formula,
    }
