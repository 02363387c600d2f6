"""The 评分表: one row per indicator, official columns first, then what the program computes beside them."""

from __future__ import annotations

from ..exact.quantities import plain as number
from ..exact.quantities import show
from ..looks.heights import text_height
from ..places.names import HEADER, OWN_NOTE, SCORE_SHEET, row_name
from ..rubric.model import IndicatorSpec, Rubric
from ..rules import is_outside, own_score
from .formulas import base_formula, computed_formula, measure_formula, score_formula
from .heights import raise_rows
from .page import Item, Page, height
from .page_breaks import Block, page_breaks
from .score_totals import Letters, Totals, group_rows, level_weight

COLUMNS = ("一级指标", "二级指标", "三级指标", "评分标准", "分值", "指标值", "自评得分", "测算得分", "得分", "扣分原因", "其他说明", "适用分值")  # fmt: skip
WIDTHS = (8, 8, 12, 32, 6, 9, 7.5, 7.5, 7.5, 37, 10, 7.5)
LAST = len(COLUMNS)
PAGE_HEIGHT = 720.0  # points of rows on one landscape A4 page at the print scale below
SCALE = (
    68  # all columns fit, even where the widest of the common fonts stands in for the default one
)
REASON_HEIGHT = 62.0  # four lines of a reason, which is not known yet


def build(rubric: Rubric, caption: str, texts: dict[str, str]) -> Page:
    """The whole sheet; formulas refer to its own cells by position and to facts by name. `texts`: by slot."""
    page = Page(SCORE_SHEET, WIDTHS, landscape=True, scale=SCALE)
    page.put(1, "caption", caption, columns=LAST)
    page.next(20)
    page.put(1, "title", rubric["title"], columns=LAST)
    page.next(34)
    page.put(
        1,
        "unit",
        "黄色为填报，灰色为公式，蓝色为测算结果；自评得分由单位填写，测算得分由填报数据按评分标准得出",
        columns=LAST,
    )
    page.next(18)
    for column, text in enumerate(COLUMNS, 1):
        page.put(column, "header", text)
    page.areas[HEADER] = (page.row, 1, page.row, LAST)
    page.title_rows = (page.row, page.row)
    page.freeze = (page.row, 3)
    page.next(32)
    first, indicators = page.row, rubric["indicators"]
    groups = group_rows(rubric, range(first, first + len(indicators)))
    for spec in indicators:
        _indicator(page, rubric, spec, groups.get(spec.get("group", ""), [page.row]))
    below = page.row
    _marks(page, first, below - 1)
    totals = Totals(page, rubric, list(range(first, below)), Letters("E", "G", "H", "I", "L", 4))
    totals.put()
    if any(len(spec["levels"]) > 1 for spec in indicators):
        totals.subtotals()
    raise_rows(page, texts)
    page.breaks = _page_breaks(page, indicators, first, below)
    _levels(page, indicators, first)
    return page


def _height(spec: IndicatorSpec) -> float:
    texts = ((spec["standard"], WIDTHS[3] - 1), (spec["levels"][-1], WIDTHS[2]))
    return max(REASON_HEIGHT, *(text_height(text, width) for text, width in texts))


def _page_breaks(page: Page, indicators: list[IndicatorSpec], first: int, below: int) -> list[int]:
    """The last row of each page but the last: never inside a group, and the totals stay with an indicator."""
    blocks: list[Block] = []
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
            blocks.append(Block(row, height(page, row, row + 1), levels))
    blocks.append(Block(below, height(page, below, page.row)))
    repeated = height(page, first - 1, first)
    return [
        blocks[index].row - 1
        for index in page_breaks(blocks, height(page, 1, first), repeated, PAGE_HEIGHT)
    ]


def _levels(page: Page, indicators: list[IndicatorSpec], first: int) -> None:
    """Merged cells of the first two levels, split where a page ends."""
    for depth, column in ((1, 1), (2, 2)):
        run: list[int] = []
        for index in range(len(indicators) + 1):
            same = (
                run and index < len(indicators) and first + index - 1 not in page.breaks
                and len(indicators[index]["levels"]) > depth
                and indicators[index]["levels"][:depth] == indicators[run[0]]["levels"][:depth]
            )  # fmt: skip
            if run and not same:
                _level_cell(page, indicators, depth, column, first, run)
                run = []
            run.append(index)


def _level_cell(
    page: Page, indicators: list[IndicatorSpec], depth: int, column: int, first: int, run: list[int]
) -> None:
    levels = indicators[run[0]]["levels"]
    if len(levels) <= depth:
        return  # the name of the indicator itself reaches this far to the left
    points = level_weight(indicators, levels[:depth])
    text = f"{levels[depth - 1]}\n（{points}分）" if points != "0" else levels[depth - 1]
    page.items.append(Item(first + run[0], column, "level", text, rows=len(run)))


def _indicator(page: Page, rubric: Rubric, spec: IndicatorSpec, rows: list[int]) -> None:
    """One row; `rows`: those of its group, or its own."""
    row, weight, id_ = page.row, weight_expression(spec, page.row), spec["id"]
    own_fact = own_score(spec["rule"])
    page.areas[row_name(id_)] = (row, 1, row, LAST)
    depth = len(spec["levels"])
    own = rubric["facts"][spec["name_fact"]] if "name_fact" in spec else None
    page.put(depth, "input.text" if own else "label", "" if own else spec["levels"][-1], columns=4 - depth,
             fact=dict(own) if own else None, name=spec.get("name_fact", ""), slot=f"fact:{spec.get('name_fact')}" if own else "")  # fmt: skip
    page.put(4, "text", spec["standard"])
    if row == rows[0]:
        _weight_cell(page, rubric, spec, len(rows))
    measure = measure_formula(rubric, spec)
    percent = "ratio" in spec or bool(
        measure and rubric["facts"][spec["value"]]["kind"] == "percent"
    )
    page.put(6, "formula.percent" if percent else "formula.weight" if measure else "plain", "" if measure else "—",
             formula=measure, slot=f"指标值:{id_}" if measure else "")  # fmt: skip
    fact = {
        "name": own_fact,
        "kind": "claim",
        "weight": weight,
        "judged": bool(own_fact),
    }
    page.put(7, "input.weight", fact=fact, name=fact["name"], slot=f"自评得分:{id_}")
    computed = computed_formula(rubric, spec, f"F{row}", weight)
    score = score_formula(spec, f"H{row}", f"G{row}", weight)
    if "weight_fact" in spec:
        none = f'IF(E{row}="不适用","不适用","")'
        if own:
            score = f'IF(E{row}=0,"不适用",{score})'
        known = f'IF(ISNUMBER(E{row}),IF(E{row}<0,"",%s),{none})'
        score, computed = known % score, computed and known % computed
    page.put(8, "result.points" if computed else "plain", "" if computed else "自评", formula=computed,
             slot=f"测算得分:{id_}" if computed else "")  # fmt: skip
    page.put(9, "result.points", formula=score, slot=f"得分:{id_}")
    page.put(10, "reason.text", slot=f"扣分原因:{id_}")
    page.put(11, "prose.text", fact={"name": OWN_NOTE, "kind": "text"}, slot=f"{OWN_NOTE}:{id_}")
    page.put(12, "formula.weight", formula=_base(rubric, spec, row, rows), slot=f"适用分值:{id_}")
    page.next(_height(spec))


def _base(rubric: Rubric, spec: IndicatorSpec, row: int, rows: list[int]) -> str:
    """适用分值: of a group once, in its first row."""
    if len(rows) > 1:
        every = ",".join(f'I{r}="不适用"' for r in rows)
        cap = show(number(rubric["groups"][spec["group"]]), 10)
        return f"IF(AND({every}),0,{cap})" if row == rows[0] else "0"
    typed = "weight_fact" in spec
    weight = f"IF(ISNUMBER(E{row}),MAX(0,E{row}),0)" if typed else weight_expression(spec, row)
    return base_formula(spec, f"I{row}", weight)


def _marks(page: Page, first: int, last: int) -> None:
    """What is wrong, different or missing shows itself; one rule for the whole column, written for its first row."""
    page.mark(
        f"G{first}:G{last}",
        f"AND(ISNUMBER(G{first}),ISNUMBER(H{first}),ROUND(G{first}-H{first},8)<>0)",
        "differs",
    )
    page.mark(f"H{first}:I{last}", f'$H{first}="无法计算"', "wrong")
    above = f"AND(N(E{first})>0,N(G{first})>N(E{first}))"
    wrong = f"OR(NOT(ISNUMBER(G{first})),{above},G{first}<0)"
    page.mark(f"G{first}:G{last}", f'AND(G{first}<>"",G{first}<>"不适用",{wrong})', "wrong")
    page.mark(f"I{first}:I{last}", f'I{first}=""', "missing")


def weight_expression(spec: IndicatorSpec, row: int) -> str:
    """The weight in formulas: a figure of the rubric, or the cell where the unit types it."""
    return f"E{row}" if "weight_fact" in spec else show(number(spec["weight"]), 10)


def _weight_cell(page: Page, rubric: Rubric, spec: IndicatorSpec, rows: int) -> None:
    if "weight_fact" in spec:
        name = spec["weight_fact"]
        page.put(
            5, "input.weight", fact=dict(rubric["facts"][name]), name=name, slot=f"fact:{name}"
        )
    elif number(spec["weight"]):
        page.put(
            5,
            "plain.weight",
            show(number(spec["weight"]), 10),
            rows=rows,
            slot=f"分值:{spec['id']}",
        )
    else:
        page.put(5, "plain", "—")
