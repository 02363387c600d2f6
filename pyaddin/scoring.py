"""The buttons 计算得分, 检查填报 and 还原上次计算 on an open workbook."""

from __future__ import annotations

from typing import Any

from rubric_sheets.commands.score import results
from rubric_sheets.evaluate import Evaluation
from rubric_sheets.findings import Finding, InputError
from rubric_sheets.sheets.carried import foreign_rubric
from rubric_sheets.sheets.names import FINDINGS_SHEET, META_SHEET

from . import marks, snapshot
from .cells import Link, Place
from .changes import LiveChanges, as_written, blocks
from .host import MARKED, Host
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
    readers = read_live(host)
    with foreign_rubric(host.path, readers[0].published):
        evaluation, writer = results(readers, scores=scores)
        writer.findings(evaluation.findings, evaluation.summary)
    apply(host, writer.changes, evaluation.findings, keep=scores)
    return evaluation


def apply(host: Host, changes: LiveChanges, findings: list[Finding], *, keep: bool) -> None:
    """Write cells and marks; with `keep` what stood there is kept for undo, before anything is written."""
    source = changes.source
    wanted = marks.wanted(findings, source.sheets)
    old = source.cell(*MARKED[:3])
    marked = old.text.split("\n") if old else []
    sheets = dict.fromkeys([*marked, *(sheet for sheet, _, _ in wanted)])
    if any(sheet not in source.sheets for sheet in marked):  # renamed since: they may be anywhere
        sheets = dict.fromkeys(area.sheet for area in source.names.values())
    present = host.notes(sheets)
    notes = marks.changes(present, wanted)
    names = "\n".join(dict.fromkeys(sheet for sheet, _, _ in wanted))
    if names != (old.text if old else ""):
        changes.cells[MARKED[:3]] = names or None
    if changes.is_empty and not notes:
        return
    host.unlock(
        dict.fromkeys(sheet for sheet in [*changes.sheets(), *(sheet for sheet, _, _ in notes)] if sheet != META_SHEET)
    )
    if keep:
        snapshot.save(host.path, changes.former(), changes.cells, {place: present.get(place) for place in notes})
    changes.write(host)
    host.set_notes(notes, present)


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
        notes = {place: text for place, text in notes.items() if place[0] in tabs}
        host.unlock(dict.fromkeys(sheet for sheet, _, _ in [*back, *notes] if sheet != META_SHEET))
        host.write(blocks(back, source))
        present = host.notes(dict.fromkeys(sheet for sheet, _, _ in notes))
        ours = {
            place: text for place, text in notes.items() if present.get(place, marks.PREFIX).startswith(marks.PREFIX)
        }
        host.set_notes(ours, present)
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
