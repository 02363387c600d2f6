"""What the 总览 sheet shows, by slot: for new workbooks and for write-back. What only repeats
another cell is found by its formula."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import NOT_APPLICABLE, ZERO
from ..exact.quantities import total as sum_of
from ..facts.model import FactSet, Place
from ..findings.finding import SEVERITY, Finding
from ..pages.dashboard_words import DONE, FINDINGS, LENGTH, NONE_EMPTY, UNCHECKED, WHOLE
from ..places import slots
from ..places.names import FINDINGS_AREA, SCORE_SHEET
from ..rubric.asked import OF_ROWS, Asked, asked, first_levels, own_list, second_levels
from ..rubric.model import Rubric
from ..rubric.statuses import LEFT_OUT
from ..scoring.result import Result, Scorecard
from ..scoring.sums import base_of, raw_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..rubric.parts import Part
    from .write import Writer

    Shown = Fraction | str


def repeats(formula: str) -> str:
    """The name that a cell repeats, `IF(name="","",name)`; "" where it does something else."""
    name = formula[3:].partition("=")[0]
    return name if "(" not in name and formula == f'IF({name}="","",{name})' else ""


def dashboard(rubric: Rubric, facts: FactSet, card: Scorecard) -> dict[str, Shown]:
    """All but the findings."""
    return {**_progress(rubric, facts), **_rates(rubric, facts, card)}


def _progress(rubric: Rubric, facts: FactSet) -> dict[str, Shown]:
    """已填, 应填 and the next empty cell of each sheet."""
    out: dict[str, Shown] = {}
    for line, (sheet, items) in enumerate(asked(rubric).items()):
        empty = [number for number, one in enumerate(items, 1) if is_empty(facts, one)]
        labels, has, wants = [one.label for one in items], len(items) - len(empty), len(items)
        if sheet == SCORE_SHEET and own_list(rubric):
            filled, due = _list_rows(rubric, facts)
            has, wants = has + filled, wants + due
            labels.append(own_list(rubric))
            empty += [len(labels)] if filled < due else []
        first = empty[0] if empty else NONE_EMPTY
        text = labels[first - 1] if empty else DONE
        for column, value in (
            (2, Fraction(has)),
            (3, Fraction(wants)),
            (4, text),
            (8, Fraction(first)),
        ):
            out[slots.dashboard("填报", line, column)] = value
    return out


def is_empty(facts: FactSet, one: Asked) -> bool:
    """Does nothing stand in its cell, not even something wrong?"""
    if one.fact:
        return facts.values.get(one.fact) is None and one.fact not in facts.invalid
    claims = [facts.claims.indicators.get(id_) for id_ in one.claims]
    return all(claim is None or claim.score is None for claim in claims)


def _list_rows(rubric: Rubric, facts: FactSet) -> tuple[int, int]:
    """(how many cells of the unit's own list are filled, how many ought to be)."""
    rows = facts.tables.get(own_list(rubric), ())
    filled = [sum(row.values.get(name) is not None for name in OF_ROWS) for row in rows]
    begun = sum(count > 0 for count in filled)
    return sum(filled), len(OF_ROWS) * max(1, begun)


def _rates(rubric: Rubric, facts: FactSet, card: Scorecard) -> dict[str, Shown]:
    """分值, 得分 and 得分率 by level, and of the unit's own list row by row."""
    parts = [part for part in card.parts if part.is_inside]
    out: dict[str, Shown] = {}
    for line, level in enumerate(first_levels(rubric)):
        out |= _level("一级", line, card, [one for one in parts if one.level == level])
    if own_list(rubric):
        return out | _own_rows(rubric, facts, card)
    for line, levels in enumerate(second_levels(rubric)):
        of = [one for one in parts if (one.level, one.levels[:2][-1]) == levels]
        out |= _level("二级", line, card, of)
    return out


def _level(block: str, line: int, card: Scorecard, parts: Sequence[Part]) -> dict[str, Shown]:
    base = sum_of(base_of(part, card.results) for part in parts)
    return _line(block, line, base, raw_of(parts, card.results))


def _line(block: str, line: int, weight: Shown, score: Shown) -> dict[str, Shown]:
    rate: Shown = ""
    if isinstance(score, Fraction) and isinstance(weight, Fraction) and weight > ZERO:
        rate = score / weight
    values = zip((2, 3, 4), (weight, score, rate))
    return {slots.dashboard(block, line, column): value for column, value in values}


def _own_rows(rubric: Rubric, facts: FactSet, card: Scorecard) -> dict[str, Shown]:
    results: dict[int, Result] = {one.spec["row"]: one for one in card.results if "row" in one.spec}
    out: dict[str, Shown] = {}
    level: Shown = ""
    for line, row in enumerate(facts.tables.get(own_list(rubric), ())):
        level, name, weight = (
            row.values.get(column) or before
            for column, before in (("一级指标", level), ("三级指标", ""), ("分值", ""))
        )
        if row.values.get("分值") == ZERO:
            weight = ZERO
        score = _score(results.get(line))
        out |= _line("指标", line, weight, score)
        out[slots.dashboard("指标", line, 0)] = name
        out[slots.dashboard("指标", line, 8)] = "" if (name, weight) == ("", "") else level
    return out


def _score(result: Result | None) -> Shown:
    if result is None:
        return ""
    if result.score is not None:
        return result.score
    return NOT_APPLICABLE if result.status == LEFT_OUT else ""


def of_findings(found: Sequence[Finding] | None, room: int = 0) -> dict[str, Shown]:
    """How many there are, and the first of them; None: nobody has looked yet. `room`: of the 校验
    sheet, which tells of the last rows that there are more."""
    out: dict[str, Shown] = {}
    rows = list(found or ())
    if found and len(rows) > room:
        rows = rows[: room - 1]
    for offset, severity in enumerate(("error", "warning")):
        count: Shown = UNCHECKED
        if found is not None:
            count = Fraction(sum(one.severity == severity for one in rows))
        out[slots.dashboard("问题数", 0, offset)] = count
    for line in range(FINDINGS):
        shown = ("", "", "")
        if line < len(rows):
            text = rows[line].message
            short = text[:LENGTH] + "…" if len(text) > LENGTH else text
            shown = (SEVERITY[rows[line].severity], rows[line].place, short)
        for column, text in zip((0, 1, 3), shown):
            out[slots.dashboard("问题", line, column)] = text
    return out


def renew(writer: Writer, card: Scorecard, found: Sequence[Finding] | None = None) -> None:
    """Collect what the file must store of its 总览 sheet; all other results are collected by then.
    `found`: None where the findings stay as they are. A workbook without that sheet, or an open
    one, which calculates itself, has nothing of it."""
    source, reader = writer.source, writer.reader
    area = source.names.get(slots.dashboard_area(WHOLE))
    if area is None:
        return
    rubric, facts = reader.rubric, reader.facts
    values: dict[str, Any] = dashboard(rubric, facts, card)
    if found is not None:
        listed = source.names.get(FINDINGS_AREA)
        room = listed.last_row - listed.first_row + 1 if listed else 0
        values |= of_findings(found, room)
    writer.renew(values)
    for (row, column), cell in source.cells(area).items():
        name = repeats(cell.formula or "")
        if name and "!" not in name:
            writer.renew_cell(Place(area.sheet, row, column), _shown(writer, name))


def _shown(writer: Writer, name: str) -> Any:
    """What the cell of this name shows once everything is written; "" for a blank."""
    facts = writer.reader.facts
    for slot in (name, slots.fact(name)):
        if slot in writer.written:
            return writer.written[slot]
    value = facts.values.get(name)
    if name == slots.CLAIMED_TOTAL:
        value = facts.claims.total
    if value is None and name in facts.invalid:
        return writer.shown(slots.fact(name))
    return "" if value is None else value
