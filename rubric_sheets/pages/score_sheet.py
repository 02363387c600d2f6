"""The 评分表: one row per indicator, official columns first, then what the program computes beside
them."""

from __future__ import annotations

from ..exact.quantities import plain as number
from ..exact.quantities import show
from ..looks.heights import text_height
from ..places import headings, slots
from ..places.names import HEADER, OWN_NOTE, SCORE_SHEET, row_name
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import parts_of
from ..rules import is_outside, own_score
from ..rules import rule as rule_module
from ..rules.base import Cells
from .formulas import (
    base_formula,
    computed_formula,
    differs,
    measure_formula,
    score_formula,
    weight_expression,
)
from .heights import raise_rows
from .page import CAPTION, HEADING, LABEL, REMARK, TITLE, Block, Page, height
from .page_breaks import Stretch, page_breaks
from .score_totals import Letters, Totals, level_weight

WIDTHS = (8, 8, 12, 32, 6, 9, 7.5, 7.5, 7.5, 37, 10, 7.5)
LAST = len(WIDTHS)
COLOURS = (
    "黄色为填报，灰色为公式，蓝色为测算结果；自评得分由单位填写，测算得分由填报数据按评分标准得出"
)
PAGE_HEIGHT = 720.0  # points of rows on one landscape A4 page at the print scale below
SCALE = (
    68  # all columns fit, even where the widest of the common fonts stands in for the default one
)
REASON_HEIGHT = 62.0  # four lines of a reason, which is not known yet


def build(rubric: Rubric, caption: str, texts: dict[str, str]) -> Page:
    """The whole sheet; formulas refer to its own cells by position and to facts by name. `texts`:
    by slot."""
    page = Page(SCORE_SHEET, WIDTHS, landscape=True, scale=SCALE)
    page.put(1, "caption", caption, columns=LAST, role=CAPTION)
    page.next(20)
    page.put(1, "title", rubric["title"], columns=LAST, role=TITLE)
    page.next(34)
    page.put(1, "remark", COLOURS, columns=LAST, role=REMARK)
    page.next(18)
    page.begin(Block("scores"))
    for column, text in enumerate(headings.DEPARTMENT.values(), 1):
        page.put(column, "header", text, role=HEADING)
    page.areas[HEADER] = (page.row, 1, page.row, LAST)
    page.title_rows = (page.row, page.row)
    page.freeze = (page.row, 3)
    page.next(32)
    first, indicators = page.row, rubric["indicators"]
    rows = list(range(first, first + len(indicators)))
    parts = [part.of(rows) for part in parts_of(indicators, rubric["groups"])]
    together = {row: members for members in parts for row in members}
    for spec in indicators:
        _indicator(page, rubric, spec, together[page.row])
    below = page.row
    _marks(page, first, below - 1)
    totals = Totals(page, rubric, rows, Letters("E", "G", "H", "I", "L", 4))
    page.begin(Block("totals"))
    totals.put()
    if any(len(spec["levels"]) > 1 for spec in indicators):
        page.begin(Block("subtotals"))
        totals.subtotals()
    raise_rows(page, texts)
    page.breaks = _page_breaks(page, indicators, first, below)
    _levels(page, rubric, first)
    return page


def _height(spec: IndicatorSpec) -> float:
    texts = ((spec["standard"], WIDTHS[3] - 1), (spec["levels"][-1], WIDTHS[2]))
    return max(REASON_HEIGHT, *(text_height(text, width) for text, width in texts))


def _page_breaks(page: Page, indicators: list[IndicatorSpec], first: int, below: int) -> list[int]:
    """The last row of each page but the last: never inside a group, and the totals stay with an
    indicator."""
    blocks: list[Stretch] = []
    for row, spec in enumerate(indicators, first):
        if (
            spec.get("group")
            and row > first
            and indicators[row - first - 1].get("group") == spec["group"]
        ):
            blocks[-1] = blocks[-1]._replace(height=blocks[-1].height + height(page, row, row + 1))
        else:
            outside = is_outside(spec["rule"])  # what is added and taken off stays with the totals
            levels = tuple(spec["levels"][:-1]) or ("加分扣分" if outside else "",)
            blocks.append(Stretch(row, height(page, row, row + 1), levels))
    blocks.append(Stretch(below, height(page, below, page.row)))
    repeated = height(page, first - 1, first)
    return [
        blocks[index].row - 1
        for index in page_breaks(blocks, height(page, 1, first), repeated, PAGE_HEIGHT)
    ]


def _levels(page: Page, rubric: Rubric, first: int) -> None:
    """Merged cells of the first two levels, split where a page ends."""
    indicators = rubric["indicators"]
    for depth, column in ((1, 1), (2, 2)):
        run: list[int] = []
        for index in range(len(indicators) + 1):
            here = indicators[index]["levels"] if index < len(indicators) else []
            same = (
                first + index - 1 not in page.breaks
                and len(here) > depth
                and run
                and here[:depth] == indicators[run[0]]["levels"][:depth]
            )
            if run and not same:
                _level_cell(page, rubric, depth, column, first, run)
                run = []
            run.append(index)


def _level_cell(
    page: Page, rubric: Rubric, depth: int, column: int, first: int, run: list[int]
) -> None:
    levels = rubric["indicators"][run[0]]["levels"]
    if len(levels) <= depth:
        return  # the name of the indicator itself reaches this far to the left
    points = level_weight(rubric, levels[:depth])
    text = f"{levels[depth - 1]}\n（{points}分）" if points != "0" else levels[depth - 1]
    page.put_in(first + run[0], column, "level", text, rows=len(run), role=LABEL)


def _indicator(page: Page, rubric: Rubric, spec: IndicatorSpec, rows: list[int]) -> None:
    """One row; `rows`: those of its group, or its own."""
    row, weight, id_ = page.row, weight_expression(spec, f"E{page.row}"), spec["id"]
    own_fact = own_score(spec["rule"])
    page.areas[row_name(id_)] = (row, 1, row, LAST)
    _name_cell(page, rubric, spec)
    page.put(4, "text", spec["standard"])
    if row == rows[0]:
        _weight_cell(page, rubric, spec, len(rows))
    _measure_cell(page, rubric, spec)
    fact = {
        "name": own_fact,
        "kind": "claim",
        "weight": weight,
        "judged": bool(own_fact),
        **_limits(rubric, spec, weight),
    }
    page.put(7, "input.weight", fact=fact, name=fact["name"], slot=slots.claim(id_))
    computed = computed_formula(rubric, spec, f"F{row}", weight)
    score = score_formula(spec, f"H{row}", f"G{row}", weight, rubric)
    if "weight_fact" in spec:
        none = f'IF(E{row}="不适用","不适用","")'
        if "name_fact" in spec:
            score = f'IF(E{row}=0,"不适用",{score})'
        known = f'IF(ISNUMBER(E{row}),IF(E{row}<0,"",%s),{none})'
        score, computed = known % score, computed and known % computed
    if computed:
        page.put(8, "result.points", formula=computed, slot=slots.computed(id_))
    else:
        page.put(8, "plain", "自评")
    page.put(9, "result.points", formula=score, slot=slots.score(id_))
    page.put(10, "reason.text", slot=slots.reason(id_))
    page.put(11, "prose.text", fact={"name": OWN_NOTE, "kind": "text"}, slot=slots.note(id_))
    page.put(12, "formula.weight", formula=_base(rubric, spec, row, rows), slot=slots.base(id_))
    page.next(_height(spec))


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


def _measure_cell(page: Page, rubric: Rubric, spec: IndicatorSpec) -> None:
    """The 指标值; a rule that reads facts itself has none."""
    formula = measure_formula(rubric, spec)
    if not formula:
        page.put(6, "plain", "—")
        return
    percent = "ratio" in spec or rubric["facts"][spec["value"]]["kind"] == "percent"
    style = "formula.percent" if percent else "formula.weight"
    page.put(6, style, formula=formula, slot=slots.measure(spec["id"]))


def _base(rubric: Rubric, spec: IndicatorSpec, row: int, rows: list[int]) -> str:
    """适用分值: of a group once, in its first row."""
    if len(rows) > 1:
        every = ",".join(f'I{r}="不适用"' for r in rows)
        cap = show(number(rubric["groups"][spec["group"]]), 10)
        return f"IF(AND({every}),0,{cap})" if row == rows[0] else "0"
    typed = "weight_fact" in spec
    weight = (
        f"IF(ISNUMBER(E{row}),MAX(0,E{row}),0)" if typed else weight_expression(spec, f"E{row}")
    )
    return base_formula(spec, f"I{row}", weight, rubric)


def _marks(page: Page, first: int, last: int) -> None:
    """What is wrong, different or missing shows itself; one rule for the whole column, written for
    its first row."""
    page.mark(
        f"G{first}:G{last}",
        differs("G", "H", first),
        "differs",
    )
    page.mark(f"H{first}:I{last}", f'$H{first}="无法计算"', "wrong")
    above = f"AND(N(E{first})>0,N(G{first})>N(E{first}))"
    wrong = f"OR(NOT(ISNUMBER(G{first})),{above},G{first}<0)"
    page.mark(f"G{first}:G{last}", f'AND(G{first}<>"",G{first}<>"不适用",{wrong})', "wrong")
    page.mark(f"I{first}:I{last}", f'I{first}=""', "missing")


def _weight_cell(page: Page, rubric: Rubric, spec: IndicatorSpec, rows: int) -> None:
    if "weight_fact" in spec:
        name = spec["weight_fact"]
        page.put(
            5, "input.weight", fact=dict(rubric["facts"][name]), name=name, slot=slots.fact(name)
        )
    elif number(spec["weight"]):
        page.put(
            5,
            "plain.weight",
            show(number(spec["weight"]), 10),
            rows=rows,
            slot=slots.weight(spec["id"]),
        )
    else:
        page.put(5, "plain", "—")
