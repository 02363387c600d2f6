"""Fill facts into an existing workbook; formulas show their new values at once."""

from __future__ import annotations

from typing import Any

from ..books.dashboard_values import renew
from ..books.files import save
from ..books.read import Reader, open_projects, read_projects
from ..books.rubric_in_book import foreign_rubric
from ..books.shown_values import derived, inputs, reasons, scores
from ..books.source import FileSource
from ..books.write import Writer
from ..facts.json_form import apply, projects
from ..findings.finding import InputError, finding
from ..places import slots
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
        written, count, changes = filled(readers, projects(first.rubric, data))
        if count:
            _read_back(path, changes.package(), readers, written)
    saved = save(changes)
    return count if saved else 0


def filled(
    readers: list[Reader], parts: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], int, Any]:
    """(what was given, by slot, for each project; how many input cells change; the changes to be
    saved) of a file or of an open workbook. Raises InputError."""
    if len(parts) > len(readers):
        raise InputError("facts-projects", count=len(parts), room=len(readers))
    written: list[dict[str, Any]] = []
    count = 0
    changes: Any = None
    for reader, part in zip(readers, parts):
        writer = Writer(reader, changes)
        changes = writer.changes
        given, number = _fill(reader, writer, part)
        written.append(given)
        count += number
    return written, count, changes


def _read_back(
    path: str, data: bytes, readers: list[Reader], written: list[dict[str, Any]]
) -> None:
    """InputError where a cell would not give what was written into it; nothing is written then."""
    again = read_projects(FileSource(path, data))
    lost = []
    for before, after, given in zip(readers, again, written):
        found, writer = inputs(after.rubric, after.facts), Writer(before)
        for slot, value in given.items():
            place = writer.place(slot)
            if place is None or (found.get(slot) or None) == (value or None):
                continue
            why = [one for one in after.facts.findings if (one.sheet, one.cell) == place.address]
            what = why[0].message if why else "读出来是别的内容。"
            lost.append(finding("fill-unread", *place.address, name=slots.spoken(slot), what=what))
    if lost:
        raise InputError.of(lost)


def _fill(reader: Reader, writer: Writer, data: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """One project, or the whole of a workbook that has but one: what was given, by slot, and how
    many cells change."""
    rubric, facts = reader.rubric, reader.facts
    given = apply(rubric, facts, data)
    after = inputs(rubric, facts)
    values = {slot: after.get(slot) for slot in given}
    count = writer.inputs(values)
    card = score(rubric, facts)
    results = {**derived(rubric, facts), **scores(rubric, facts, card)}
    writer.results(results, is_fresh=False)
    renew(writer, card)
    if count:
        _outdate(writer, reasons(rubric, card))
    return values, count


def _outdate(writer: Writer, now: dict[str, Any]) -> None:
    """Where an earlier run left reasons and findings: the reasons follow the facts,
    the findings are called old."""
    shown = [writer.shown(slot) for slot in now]
    if any(shown):
        writer.results(now, is_fresh=False)
    if writer.shown(FINDINGS_SUMMARY) not in ("", OUTDATED) and any(shown):
        writer.inputs({FINDINGS_SUMMARY: OUTDATED})
