"""The values of every formula and result cell, by slot:
one place for new workbooks and for write-back."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import NOT_APPLICABLE, ZERO, plain, show
from ..exact.quantities import total as sum_of
from ..facts.model import FactSet
from ..places import slots
from ..rubric.forms import holds_projects
from ..rubric.model import Rubric
from ..rubric.own_figures import listed
from ..rubric.parts import Part, scale, weight_of
from ..rubric.statuses import ERROR, LEFT_OUT
from ..rules import is_judged
from ..rules.base import TAKEN_OFF
from ..scoring.ratios import Measure
from ..scoring.result import Result, Scorecard
from ..scoring.sums import base_of, raw_of, rescaled, rescales, signed_claims

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

Shown = Fraction | str
IMPOSSIBLE = "无法计算"
TOTALS = ("合计分值", slots.SUM, "合计适用", "加分", "扣分", slots.TOTAL, slots.GRADE)


def derived(rubric: Rubric, facts: FactSet) -> dict[str, Shown]:
    """Totals that the sheet's own formulas give; "" where nothing is filled."""
    out: dict[str, Shown] = {}
    for name in facts.derived:
        value = facts.values.get(name)
        out[slots.fact(name)] = "" if value is None else value
    for table, rows in facts.tables.items():
        for index, row in enumerate(rows):
            for column in row.derived:
                value = row.values.get(column)
                out[slots.row(table, index, column)] = "" if value is None else value
    return out


def _shown(measure: Measure) -> Shown:
    """What the 指标值 cell shows."""
    if measure.value is not None:
        return measure.value
    return _without_value(measure.status)


def _without_value(status: str) -> Shown:
    return {LEFT_OUT: NOT_APPLICABLE, ERROR: IMPOSSIBLE}.get(status, "")


def _computed(result: Result) -> Shown:
    if result.computed is not None:
        return result.computed
    if result.by_hand:
        return "自评"
    return _without_value(result.status)


def _score(result: Result) -> Shown:
    """What the 得分 cell shows."""
    if result.score is not None:
        return result.score
    return NOT_APPLICABLE if result.status == LEFT_OUT else ""


def _own_table(rubric: Rubric) -> str:
    """The name of the unit's own list of indicators."""
    return str(rubric.get("targets", {})["table"])


def scores(rubric: Rubric, facts: FactSet, card: Scorecard) -> dict[str, Shown]:
    """Every live cell of the 评分表."""
    out: dict[str, Shown] = {}
    for part in card.parts:
        base = base_of(part, card.results)
        for result in part.of(card.results):
            if "row" in result.spec:
                out.update(row_scores(rubric, result))
                continue
            id_ = result.spec["id"]
            if id_ in card.measures:
                out[slots.measure(id_)] = _shown(card.measures[id_])
            if not is_judged(result.spec["rule"]):
                out[slots.computed(id_)] = _computed(result)
            out[slots.score(id_)] = _score(result)
            out[slots.base(id_)], base = base, ZERO  # of a group once, in its first row
    for name in listed(rubric["facts"]):
        figure = card.figures.get(name)
        out[slots.fact(name)] = "" if figure is None else figure
    out = {**blank_rows(rubric, facts, card), **out, **totals(rubric, facts, card)}
    if holds_projects(rubric):
        out.update(overview_values(facts, out))
    return out


def formula_slots(rubric: Rubric, card: Scorecard) -> Iterator[tuple[str, Shown | None]]:
    """Those of `scores` whose cells hold a formula in a new workbook, in the same order; and what
    it must show, where that is quickly told."""
    for part in card.parts:
        for result in part.of(card.results):
            if "row" in result.spec:
                table, line = _own_table(rubric), result.spec["row"]
                for column in (slots.COMPUTED, slots.SCORE, slots.BASE):
                    yield slots.listed(table, line, column), None
                continue
            id_ = result.spec["id"]
            if id_ in card.measures:
                yield slots.measure(id_), _shown(card.measures[id_])
            if not is_judged(result.spec["rule"]):
                yield slots.computed(id_), _computed(result)
            yield slots.score(id_), _score(result)
            yield slots.base(id_), None
    for name in TOTALS:
        yield name, None
    levels = dict.fromkeys(spec["levels"][0] for spec in rubric["indicators"])
    for number in range(1, len(levels) + 1):
        yield slots.subtotal(slots.SUBTOTAL, number), None
        yield slots.subtotal(slots.SUBTOTAL_WEIGHT, number), None


def blank_rows(rubric: Rubric, facts: FactSet, card: Scorecard) -> dict[str, Shown]:
    """Rows of the list that are empty, perhaps since the last run, show nothing."""
    if "targets" not in rubric:
        return {}
    from ..scoring.own_list import RESULTS

    table = rubric["targets"]["table"]
    filled = {result.spec["row"] for result in card.results if "row" in result.spec}
    empty = (index for index in range(len(facts.tables.get(table, ()))) if index not in filled)
    return {slots.listed(table, index, name): "" for index in empty for name in RESULTS}


def row_scores(rubric: Rubric, result: Result) -> dict[str, Shown]:
    """The result cells of a row of the unit's own list;
    the parsed target stands beside it for the formula."""
    from ..rules.target import judgement
    from ..rules.targets.signs import AT_LEAST, AT_MOST, RANGE
    from ..rules.targets.words import DONE

    rule = result.spec["rule"]
    found: dict[str, Shown] = {
        slots.COMPUTED: _computed(result),
        slots.SCORE: _score(result),
        slots.BASE: ZERO if result.status == LEFT_OUT else result.base or "",
    }
    if rule["target"] and rule["actual"]:
        read = judgement(rule)
        kind = read.kind
        if kind == RANGE and read.share == 1:
            kind = DONE
        elif kind == RANGE:
            kind = AT_LEAST if read.result < read.goal else AT_MOST
        figures = (read.goal, read.result) if kind in (AT_LEAST, AT_MOST, "=") else ("", "")
        found.update(zip(("判定", "目标数", "完成数"), (kind, *figures)))
        found["依据"] = f"{rule['target']}→{rule['actual']}"
    table, index = _own_table(rubric), result.spec["row"]
    return {slots.listed(table, index, column): value for column, value in found.items()}


def totals(rubric: Rubric, facts: FactSet, card: Scorecard) -> dict[str, Shown]:
    """The cells below the table, the unit's own where it typed none."""
    weights = [result.weight for result in card.results]
    out: dict[str, Shown] = {
        "合计分值": weight_of(card.parts, weights),
        "合计得分": card.raw,
        "合计适用": card.base,
        slots.PENDING: Fraction(card.pending),
        "加分": card.bonus,
        "扣分": card.penalty,
        "总分": "" if card.total is None else card.total,
        slots.ROOM: _room(card),
        "等次": card.grade or _span(card),
    }
    if rescales(rubric):
        out["换算基数"] = card.base
        out["换算系数"] = plain(scale(rubric)) / card.base if card.base else ""
        out["换算得分"] = "" if card.total is None else rescaled(rubric, card.raw, card.base)
    if facts.claims.total is None:
        out["自评总分"] = _claimed(card, card.parts)
    inside = [part for part in card.parts if part.is_inside]
    levels = list(dict.fromkeys(spec["levels"][0] for spec in rubric["indicators"]))
    for index, level in enumerate(levels, 1):
        parts = [part for part in inside if part.levels[0] == level]
        out[slots.subtotal(slots.SUBTOTAL_WEIGHT, index)] = weight_of(parts, weights)
        out[slots.subtotal(slots.SUBTOTAL, index)] = raw_of(parts, card.results)
        if level not in facts.claims.subtotals:
            out[slots.subtotal(slots.SUBTOTAL_CLAIM, index)] = _claimed(card, parts)
    return out


def _room(card: Scorecard) -> Shown:
    return "" if card.room is None else card.room


def _span(card: Scorecard) -> str:
    """From where to where the total can still come, in place of a grade."""
    return "" if card.possible is None else "—".join(map(show, card.possible))


def _claimed(card: Scorecard, parts: Iterable[Part]) -> Shown:
    """The sum of the unit's own scores; empty while it claims nothing that adds to it."""
    claims, anything = [], False
    for part in parts:
        if own := signed_claims(part, card.results):
            anything = anything or part.counts != TAKEN_OFF
            claims += own
    return sum_of(claims) if anything else ""


def claimed_total(rubric: Rubric, facts: FactSet, card: Scorecard) -> Fraction | None:
    """The total that the unit claims, on the scale of the total: what it typed, or what its own
    scores add up to, where it gave one for each item that counts."""
    typed, added = facts.claims.total, _claimed(card, card.parts)
    if not isinstance(added, Fraction) or (typed is not None and typed != added):
        return typed
    is_whole = all(
        signed_claims(part, card.results) for part in card.parts if base_of(part, card.results)
    )
    if typed is None and not is_whole:
        return None
    return rescaled(rubric, added, card.base) if card.base else added


def reasons(rubric: Rubric, card: Scorecard) -> dict[str, Shown]:
    """The 扣分原因 cells, written by a scoring run only."""
    return {reason_slot(rubric, r): r.reason for r in card.results}


def reason_slot(rubric: Rubric, result: Result) -> str:
    if "row" in result.spec:
        return slots.listed(_own_table(rubric), result.spec["row"], slots.REASON)
    return slots.reason(result.spec["id"])


def inputs(rubric: Rubric, facts: FactSet) -> dict[str, Any]:
    """What the unit typed, by slot, for a new workbook."""
    out: dict[str, Any] = {}
    for name, value in facts.values.items():
        if name not in facts.derived:
            out[slots.fact(name)] = value
    for table, rows in facts.tables.items():
        for index, row in enumerate(rows):
            out.update(
                (slots.row(table, index, column), value)
                for column, value in row.values.items()
                if column not in row.derived
            )
    claims = facts.claims
    for id_, claim in claims.indicators.items():
        out[slots.claim(id_)] = claim.score
        out[slots.note(id_)] = claim.note or None
    if claims.total is not None:
        out["自评总分"] = claims.total
    levels = list(dict.fromkeys(spec["levels"][0] for spec in rubric["indicators"]))
    for level, points in claims.subtotals.items():
        if level in levels:
            out[slots.subtotal(slots.SUBTOTAL_CLAIM, levels.index(level) + 1)] = points
    out["自评等次"] = claims.grade or None
    return out


def overview_values(facts: FactSet, totals: dict[str, Any]) -> dict[str, Any]:
    """What the overview shows of a project; `totals`: slots of its score table."""
    shown = {
        name: facts.values.get(name)
        for name in ("项目名称", "年度资金总额全年预算数", "年度资金总额全年执行数")
    }
    claimed = facts.claims.total if facts.claims.total is not None else totals.get("自评总分")
    shown.update({"自评总分": claimed, "总分": totals["总分"], "等次": totals["等次"]})
    return {slots.overview(name): "" if value is None else value for name, value in shown.items()}
