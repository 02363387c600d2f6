"""Fill facts into an existing workbook; formulas show their new values at once."""

from __future__ import annotations

from typing import Any

from ..books.dashboard_values import renew
from ..books.files import save
from ..books.read import Reader, open_projects
from ..books.rubric_in_book import foreign_rubric
from ..books.shown_values import derived, inputs, reasons, scores
from ..books.write import Writer
from ..facts.json_form import apply, projects
from ..findings.finding import InputError
from ..places.names import FINDINGS_SUMMARY
from ..scoring.scorecard import score
from .facts_file import facts_file

OUTDATED = "填入数据后尚未重新校验，以下是上次的结果。请按“计算得分”，或运行 rubric-sheets score。"


def fill_book(path: str, data: dict[str, Any], source: str = "") -> int:
    """Fill and save; returns how many input cells changed. `source`: the file of the data, to be
    named in what is wrong with them. Raises InputError, then nothing is written."""
    readers = open_projects(path)
    first = readers[0]
    # A rubric that is not published is known here from this workbook only.
    names = ("rubric show", first.rubric["id"]) if first.published else ("facts", path)
    with foreign_rubric(path, first.published), facts_file(source, *names):
        count, changes = filled(readers, projects(first.rubric, data))
    saved = save(changes)
    return count if saved else 0


def filled(readers: list[Reader], parts: list[dict[str, Any]]) -> tuple[int, Any]:
    """(how many input cells change, the changes to be saved) of a file or of an open workbook; one
    part for each project. Raises InputError."""
    if len(parts) > len(readers):
        raise InputError("facts-projects", count=len(parts), room=len(readers))
    count = 0
    changes: Any = None
    for reader, part in zip(readers, parts):
        writer = Writer(reader, changes)
        changes = writer.changes
        count += _fill(reader, writer, part)
    return count, changes


def _fill(reader: Reader, writer: Writer, data: dict[str, Any]) -> int:
    """One project, or the whole of a workbook that has but one."""
    rubric, facts = reader.rubric, reader.facts
    given = apply(rubric, facts, data)
    after = inputs(rubric, facts)
    count = writer.inputs({slot: after.get(slot) for slot in given})
    card = score(rubric, facts)
    written = {**derived(rubric, facts), **scores(rubric, facts, card)}
    writer.results(written)
    renew(writer, card, written)
    if count:
        _outdate(writer, reasons(rubric, card))
    return count


def _outdate(writer: Writer, now: dict[str, Any]) -> None:
    """Where an earlier run left reasons and findings: the reasons follow the facts,
    the findings are called old."""
    shown = [writer.shown(slot) for slot in now]
    if any(shown):
        writer.results(now)
    if writer.shown(FINDINGS_SUMMARY) not in ("", OUTDATED) and any(shown):
        writer.inputs({FINDINGS_SUMMARY: OUTDATED})
