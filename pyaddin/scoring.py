"""The buttons 计算得分, 检查填报 and 还原上次计算 on an open workbook."""

from __future__ import annotations

from typing import Any

from rubric_sheets.commands.score import results
from rubric_sheets.evaluate import Evaluation, evaluate
from rubric_sheets.findings import InputError
from rubric_sheets.sheets.names import FINDINGS_SHEET
from rubric_sheets.sheets.read import foreign_rubric
from rubric_sheets.sheets.write import Writer

from . import marks, snapshot
from .changes import LiveChanges, as_written, blocks
from .host import Host, Link, Place
from .live import LiveSource, boxes, read_live
from .session import Session, refuse_read_only

AREA = slice(0, 3)


def score(host: Host) -> str:
    """Read, check, score, write everything back; what to tell the person."""
    refuse_read_only(host)
    with Session(host, "绩效自评：正在读取和计算…"):
        evaluation = _run(host, scores=True)
    return _summary(evaluation)


def check(host: Host) -> str:
    """The same without scores and reasons: only the findings are shown."""
    refuse_read_only(host)
    with Session(host, "绩效自评：正在检查…"):
        evaluation = _run(host, scores=False)
    host.show(FINDINGS_SHEET)
    return _summary(evaluation)


def _run(host: Host, *, scores: bool) -> Evaluation:
    reader = read_live(host)
    source: Any = reader.source
    with foreign_rubric(host.path, reader.published):
        evaluation, writer = results(reader, evaluate(reader.rubric, reader.facts, reader.published))
        if not scores:
            writer = Writer(reader)
        writer.findings(evaluation.findings, evaluation.summary)
    named = list(dict.fromkeys(place.sheet for place in reader.facts.places.values()))
    named += [place.sheet for place in reader.facts.claims.places.values() if place.sheet not in named]
    present = host.notes(dict.fromkeys(named))
    notes = marks.changes(present, marks.wanted(evaluation.findings, source.sheets))
    apply(host, writer.changes, notes, present, keep=scores)
    return evaluation


def apply(host: Host, changes: LiveChanges, notes: dict[Place, str | None], present: dict[Place, str], *, keep: bool) -> None:
    """Write cells and notes; with `keep` what stood there is kept for undo, before anything is written."""
    if changes.is_empty and not notes:
        return
    host.unlock(dict.fromkeys([*changes.sheets(), *(sheet for sheet, _, _ in notes)]))
    if keep:
        snapshot.save(host.path, changes.former(), changes.cells, {place: present.get(place) for place in notes})
    changes.write(host)
    if notes:
        host.set_notes(notes)


def _summary(evaluation: Evaluation) -> str:
    hint = f"请看“{FINDINGS_SHEET}”表，点“位置”可到出问题的单元格。" if evaluation.findings else "没有发现问题。"
    return evaluation.summary + hint


def undo(host: Host) -> str:
    """Put back what stood before the last calculation; cells that were changed since then stay."""
    refuse_read_only(host)
    kept = snapshot.load(host.path)
    if kept is None:
        raise InputError("live-nothing-to-undo")
    cells, notes = kept
    with Session(host, "绩效自评：正在还原…"):
        tabs = host.sheet_names()
        places = [place for place in cells if place[0] in tabs]
        source = LiveSource(host)
        source.load(boxes([_area(place) for place in places]))
        back = {place: cells[place][0] for place in places if _stands(source, place, cells[place][1])}
        host.unlock(dict.fromkeys([*(sheet for sheet, _, _ in back), *(sheet for sheet, _, _ in notes if sheet in tabs)]))
        host.write(blocks(back, source))
        host.set_notes({place: text for place, text in notes.items() if place[0] in tabs})
    snapshot.drop(host.path)
    left = len(cells) - len(back)
    return f"已还原 {len(back)} 个单元格。" + (f"另有 {left} 个单元格计算之后又有改动，保持不变。" if left else "")


def _area(place: Place) -> Any:
    from rubric_sheets.ooxml.refs import Area

    sheet, row, column = place
    return Area(sheet, row, column, row, column)


def _stands(source: LiveSource, place: Place, written: Any) -> bool:
    """Does the cell still hold what we wrote?"""
    cell = source.cell(*place)
    if isinstance(written, Link):
        return cell is not None and cell.text == written.text
    return bool(as_written(cell) == written)
