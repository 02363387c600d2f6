"""The buttons 计算得分, 检查填报 and 还原上次计算 on an open workbook."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from rubric_sheets.books.rubric_in_book import foreign_rubric
from rubric_sheets.checks.evaluation import Evaluation
from rubric_sheets.findings.finding import Finding, InputError
from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import FINDINGS_AREA, FINDINGS_SHEET, META_SHEET
from rubric_sheets.tasks.score import results

from ..hosts.cells import Formula, Link, Place
from ..hosts.meta import MARKED
from ..session import Session, refuse_read_only
from . import marks, snapshot
from .changes import LiveChanges, as_written, blocks, singly
from .source import LiveSource, boxes, read_live

if TYPE_CHECKING:
    from ..hosts.protocol import Host


def score(host: Host) -> str:
    """Read, check, score, write everything back; what to tell the person."""
    refuse_read_only(host)
    with Session(host, "绩效自评：正在读取和计算…"):
        evaluation, sheet = _run(host, scores=True)
    return _summary(evaluation, sheet)


def check(host: Host) -> str:
    """The same without scores and reasons: only the findings are shown."""
    refuse_read_only(host)
    with Session(host, "绩效自评：正在检查…"):
        evaluation, sheet = _run(host, scores=False)
    if sheet:
        host.show(sheet)
    return _summary(evaluation, sheet)


def _run(host: Host, *, scores: bool) -> tuple[Evaluation, str]:
    """What came out, and the sheet that lists the findings, under
    whatever name; empty where it is gone."""
    readers = read_live(host)
    with foreign_rubric(host.path, readers[0].published):
        evaluation, writer = results(readers, scores=scores)
        writer.findings(evaluation.findings, evaluation.summary)
    apply(host, writer.changes, evaluation.findings, keep=scores)
    area = readers[0].source.names.get(FINDINGS_AREA)
    return evaluation, area.sheet if area else ""


def apply(
    host: Host,
    changes: LiveChanges,
    findings: list[Finding],
    *,
    keep: bool,
    typed: bool = False,
) -> None:
    """Write cells and marks; with `keep` what stood there is kept
    for undo, before anything is written."""
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
    host.unlock(_protected([*changes.sheets(), *(sheet for sheet, _, _ in notes)]))
    written = singly(changes.cells) if typed else blocks(changes.cells, source)
    before, after = former(written, changes), dict(changes.cells)
    after.update((place, value) for place, value in before.items() if place not in after)
    kept = before, after, {place: present.get(place) for place in notes}
    if keep:
        snapshot.save(host.path, *kept)
    try:
        host.show_rows(changes.shown)  # first: hidden rows cannot be undone in LibreOffice
        host.write(written, typed=typed)
        host.set_heights(changes.heights)
        host.set_notes(notes, present)
    except BaseException:
        if not keep:
            snapshot.save(host.path, *kept)
        # what cannot be put back now, 还原上次计算 can put back later
        with contextlib.suppress(Exception):
            restore(host, {place: (old, after[place]) for place, old in before.items()}, kept[2])
        raise


def _protected(sheets: list[str]) -> list[str]:
    """Each once, without the very hidden one, which is not protected."""
    return list(dict.fromkeys(sheet for sheet in sheets if sheet != META_SHEET))


def former(written: list[tuple[Area, list[list[Any]]]], changes: LiveChanges) -> dict[Place, Any]:
    """What stands now in every cell that will change, and in those written along with them whose
    formula is for a moment away while their block is written."""
    found = {place: as_written(changes.source.cell(*place)) for place in changes.cells}
    for area, rows in written:
        for row, values in enumerate(rows, area.first_row):
            for column, value in enumerate(values, area.first_col):
                if isinstance(value, (Formula, Link)):
                    found.setdefault((area.sheet, row, column), value)
    return found


def _summary(evaluation: Evaluation, sheet: str) -> str:
    hint = (
        f"请看“{sheet}”表，点“位置”可到出问题的单元格。"
        if evaluation.findings
        else "没有发现问题。"
    )
    if evaluation.findings and not sheet:
        hint = (
            f"但“{FINDINGS_SHEET}”表不见了，列不出来。"
            "请从备份恢复该表，或在命令行运行 rubric-sheets check 查看。"
        )
    return evaluation.summary + hint


def undo(host: Host) -> str:
    """Put back what stood before the last calculation; cells that were changed since then stay."""
    refuse_read_only(host)
    kept = snapshot.load(host.path)
    if kept is None:
        raise InputError("live-nothing-to-undo")
    cells, notes = kept
    with Session(host, "绩效自评：正在还原…"):
        host.watch()
        back, left = restore(host, cells, notes)
    snapshot.drop(host.path)
    if not back and not left:
        return "各单元格已经是计算之前的样子，没有要还原的。"
    return f"已还原 {back} 个单元格。" + (
        f"另有 {left} 个单元格计算之后又有改动，保持不变。" if left else ""
    )


def restore(
    host: Host, cells: dict[Place, tuple[Any, Any]], notes: dict[Place, str | None]
) -> tuple[int, int]:
    """Put back what stood before; how many cells were put back, and
    how many stay because someone changed them."""
    tabs = host.sheet_names()
    places = [place for place in cells if place[0] in tabs]
    source = LiveSource(host)
    source.names = host.areas([FINDINGS_AREA])  # the same blocks as when it was written
    source.load(boxes([_area(place) for place in places]))
    back = {place: cells[place][0] for place in places if _is_ours(source, place, *cells[place])}
    notes = {place: text for place, text in notes.items() if place[0] in tabs}
    host.unlock(_protected([sheet for sheet, _, _ in [*back, *notes]]))
    host.write(blocks(back, source))
    present = host.notes(dict.fromkeys(sheet for sheet, _, _ in notes))
    ours = {
        place: text
        for place, text in notes.items()
        if present.get(place, marks.PREFIX).startswith(marks.PREFIX)
    }
    host.set_notes(
        {place: text for place, text in ours.items() if present.get(place) != text}, present
    )
    stay = [place for place in cells if place not in back]
    return len(back), sum(
        place[0] not in tabs or not _stands(source, place, cells[place][0]) for place in stay
    )


def _area(place: Place) -> Area:
    sheet, row, column = place
    return Area(sheet, row, column, row, column)


def _is_ours(source: LiveSource, place: Place, before: Any, after: Any) -> bool:
    """Does the cell hold what we wrote, or the nothing that a
    formula leaves where a write broke off?"""
    if _stands(source, place, before):
        return False
    broken = isinstance(before, (Formula, Link)) or isinstance(after, (Formula, Link))
    return _stands(source, place, after) or (broken and _stands(source, place, None))


def _stands(source: LiveSource, place: Place, written: Any) -> bool:
    """Does the cell still hold what we wrote?"""
    cell = source.cell(*place)
    if isinstance(written, Link):
        return cell is not None and cell.text == written.text
    return bool(as_written(cell) == written)
