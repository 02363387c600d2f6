"""One indicator of the rubric in any score table: its levels, its standard, its points and what the
program computes beside them. Formulas refer to cells of its own row by position, to facts by
name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..exact.quantities import plain as number
from ..exact.quantities import show
from ..places import slots
from ..places.addresses import letters
from ..places.names import OWN_NOTE, row_name
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import parts_of
from ..rules import is_outside, own_score
from ..rules import rule as rule_module
from ..rules.base import Cells
from ..scoring.ratios import sign_of
from .formulas import (
    base_formula,
    computed_formula,
    differs,
    measure_formula,
    score_formula,
    weight_expression,
)
from .page import LABEL, Block, Page, height
from .page_breaks import Stretch
from .score_totals import level_text, level_weight

STANDARD = 4  # the column after the three levels


class Placed(NamedTuple):
    """An indicator and the row that it stands in."""

    spec: IndicatorSpec
    row: int


class Columns(NamedTuple):
    """The columns of a score table, counted from 1; `last` is that of the whole table."""

    weight: int
    measure: int
    claim: int
    computed: int
    score: int
    reason: int
    note: int
    base: int
    last: int


def put_indicator(
    page: Page, rubric: Rubric, spec: IndicatorSpec, at: Columns, rows: list[int]
) -> None:
    """The whole row but for the levels above the last; `rows`: those of its group, or its own."""
    _name_cell(page, rubric, spec)
    page.put(STANDARD, "text", spec["standard"], columns=at.weight - STANDARD)
    put_points(page, rubric, spec, at, rows)


def put_points(
    page: Page, rubric: Rubric, spec: IndicatorSpec, at: Columns, rows: list[int]
) -> None:
    """From the weight on: what is typed, computed and said about the points."""
    row, id_ = page.row, spec["id"]
    measure, claim, score, weight_cell = (
        f"{letters(column)}{row}" for column in (at.measure, at.claim, at.score, at.weight)
    )
    weight, own = weight_expression(spec, weight_cell), own_score(spec["rule"])
    page.areas[row_name(id_)] = (row, 1, row, at.last)
    _weight_cell(page, rubric, spec, at, rows)
    _measure_cell(page, rubric, spec, at)
    fact = {
        "name": own,
        "kind": "claim",
        "weight": weight,
        "judged": bool(own),
        **_limits(rubric, spec, weight),
    }
    page.put(at.claim, "input.weight", fact=fact, name=own, slot=slots.claim(id_))
    computed = computed_formula(rubric, spec, measure, weight)
    points = score_formula(rubric, spec, f"{letters(at.computed)}{row}", claim, weight)
    if "weight_fact" in spec:
        none = f'IF({weight_cell}="不适用","不适用","")'
        if "name_fact" in spec:
            points = f'IF({weight_cell}=0,"不适用",{points})'
        known = f'IF(ISNUMBER({weight_cell}),IF({weight_cell}<0,"",%s),{none})'
        points, computed = known % points, computed and known % computed
    if computed:
        page.put(at.computed, "result.points", formula=computed, slot=slots.computed(id_))
    else:
        page.put(at.computed, "plain", "自评")
    page.put(at.score, "result.points", formula=points, slot=slots.score(id_))
    page.put(at.reason, "reason.text", slot=slots.reason(id_))
    page.put(at.note, "prose.text", fact={"name": OWN_NOTE, "kind": "text"}, slot=slots.note(id_))
    base = _base(rubric, spec, score, weight_cell, rows, page.row)
    page.put(at.base, "formula.weight", formula=base, slot=slots.base(id_))


def _limits(rubric: Rubric, spec: IndicatorSpec, weight: str) -> dict[str, str]:
    """What may be typed as a unit's own score, where its rule asks for more than 0 to the
    weight."""
    name, module = own_score(spec["rule"]), rule_module(spec["rule"]["kind"])
    limits = module.limits(spec["rule"], Cells(weight, "")) if name else ("0", weight)
    if limits == ("0", weight):
        return {}
    return {"least": limits[0], "most": limits[1], "help": rubric["facts"][name].get("help", "")}


def _name_cell(page: Page, rubric: Rubric, spec: IndicatorSpec) -> None:
    """The last level, up to the third column; the unit types that of an indicator of its own."""
    depth = len(spec["levels"])
    if "name_fact" not in spec:
        page.put(depth, "label", spec["levels"][-1], columns=4 - depth, role=LABEL)
        return
    name = spec["name_fact"]
    own = dict(rubric["facts"][name])
    page.put(depth, "input.text", columns=4 - depth, fact=own, name=name, slot=slots.fact(name))


def _measure_cell(page: Page, rubric: Rubric, spec: IndicatorSpec, at: Columns) -> None:
    """The 指标值; a rule that reads facts itself has none."""
    formula = measure_formula(rubric, spec)
    if not formula:
        page.put(at.measure, "plain", "—")
        return
    style = "formula.percent" if sign_of(rubric, spec) else "formula.weight"
    page.put(at.measure, style, formula=formula, slot=slots.measure(spec["id"]))


def _weight_cell(
    page: Page, rubric: Rubric, spec: IndicatorSpec, at: Columns, rows: list[int]
) -> None:
    """Of a group whose members weigh as much as the whole, one cell for all."""
    if "weight_fact" in spec:
        name = spec["weight_fact"]
        fact = dict(rubric["facts"][name])
        page.put(at.weight, "input.weight", fact=fact, name=name, slot=slots.fact(name))
        return
    if not number(spec["weight"]):
        page.put(at.weight, "plain", "—")
        return
    span = len(rows) if _has_one_weight(rubric, spec) else 1
    if span == 1 or page.row == rows[0]:
        text, slot = show(number(spec["weight"]), 10), slots.weight(spec["id"])
        page.put(at.weight, "plain.weight", text, rows=span, slot=slot)


def _has_one_weight(rubric: Rubric, spec: IndicatorSpec) -> bool:
    weights = [number(one["weight"]) for one in rubric["indicators"]]
    parts = parts_of(rubric["indicators"], rubric["groups"])
    return any(
        part.has_one_weight(weights) and spec in part.of(rubric["indicators"]) for part in parts
    )


def _base(
    rubric: Rubric, spec: IndicatorSpec, score: str, weight_cell: str, rows: list[int], row: int
) -> str:
    """适用分值: of a group once, in its first row."""
    if len(rows) > 1:
        column = score.rstrip("0123456789")
        every = ",".join(f'{column}{r}="不适用"' for r in rows)
        cap = show(number(rubric["groups"][spec["group"]]), 10)
        return f"IF(AND({every}),0,{cap})" if row == rows[0] else "0"
    weight = weight_expression(spec, weight_cell)
    if "weight_fact" in spec:
        weight = f"IF(ISNUMBER({weight_cell}),MAX(0,{weight_cell}),0)"
    return base_formula(rubric, spec, score, weight)


def put_levels(page: Page, rubric: Rubric, placed: Sequence[Placed], block: Block | None) -> None:
    """Merged cells of the first two levels with their weights, split where a page ends. `block`:
    that of the rows."""
    for depth, column in ((1, 1), (2, 2)):
        run: list[Placed] = []
        for one in (*placed, None):
            if run and not _continues(page, run, one, depth):
                _level_cell(page, rubric, depth, column, run, block)
                run = []
            if one is not None:
                run.append(one)


def _continues(page: Page, run: list[Placed], one: Placed | None, depth: int) -> bool:
    """Does the level of the run go on in the next row?"""
    if one is None or len(one.spec["levels"]) <= depth or run[-1].row in page.breaks:
        return False
    return one.spec["levels"][:depth] == run[0].spec["levels"][:depth]


def _level_cell(
    page: Page, rubric: Rubric, depth: int, column: int, run: list[Placed], block: Block | None
) -> None:
    levels = run[0].spec["levels"]
    if len(levels) <= depth:
        return  # the name of the indicator itself reaches this far to the left
    points = level_weight(rubric, levels[:depth])
    text = level_text(rubric, levels[:depth], points)
    item = page.put_in(run[0].row, column, "level", text, rows=len(run), role=LABEL)
    item.block = block


def stretches(page: Page, placed: Sequence[Placed]) -> list[Stretch]:
    """What a page holds whole: a row, or all members of a group."""
    found: list[Stretch] = []
    above = ""
    for spec, row in placed:
        group, tall = spec.get("group", ""), height(page, row, row + 1)
        if group and group == above:
            found[-1] = found[-1]._replace(height=found[-1].height + tall)
        else:
            outside = is_outside(spec["rule"])  # what is added and taken off stays with the totals
            levels = tuple(spec["levels"][:-1]) or ("加分扣分" if outside else "",)
            found.append(Stretch(row, tall, levels))
        above = group
    return found


def mark_points(page: Page, at: Columns, first: int, last: int) -> None:
    """What is wrong, different or missing shows itself; one rule for the whole column, written for
    its first row."""
    weight, claim, computed, score = map(letters, (at.weight, at.claim, at.computed, at.score))
    page.mark(f"{claim}{first}:{claim}{last}", differs(claim, computed, first), "differs")
    page.mark(f"{computed}{first}:{score}{last}", f'${computed}{first}="无法计算"', "wrong")
    one = f"{claim}{first}"
    above = f"AND(N({weight}{first})>0,N({one})>N({weight}{first}))"
    wrong = f"OR(NOT(ISNUMBER({one})),{above},{one}<0)"
    page.mark(f"{one}:{claim}{last}", f'AND({one}<>"",{one}<>"不适用",{wrong})', "wrong")
    page.mark(f"{score}{first}:{score}{last}", f'{score}{first}=""', "missing")
