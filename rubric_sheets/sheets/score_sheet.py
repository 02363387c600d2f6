"""The 评分表: one row per indicator, official columns first, then what the program computes beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..quantities import plain as number
from ..quantities import show
from ..rubric.model import OUTSIDE, IndicatorSpec, Rubric
from .formulas import base_formula, computed_formula, grade_formula, measure_formula, score_formula
from .names import SCORE_SHEET, row_name
from .page import Page, text_height

COLUMNS = ("一级指标", "二级指标", "三级指标", "评分标准", "分值", "指标值", "自评得分", "测算得分", "得分", "扣分原因", "其他说明", "适用分值")  # fmt: skip
WIDTHS = (8, 8, 14, 42, 6, 9.5, 7.5, 7.5, 7.5, 36, 14, 6.5)
LAST = len(COLUMNS)
PAGE_HEIGHT = 660.0  # points of rows on one landscape A4 page at the print scale below
SCALE = 70
HEADER_ROW = 4


def build(rubric: Rubric, caption: str) -> Page:
    """The whole sheet; formulas refer to its own cells by position and to facts by name."""
    page = Page(SCORE_SHEET, WIDTHS, landscape=True)
    page.put(1, "caption", caption, columns=LAST)
    page.next(20)
    page.put(1, "title", rubric["title"], columns=LAST)
    page.next(34)
    page.put(1, "unit", "黄色为填报，灰色为公式，蓝色为测算结果；自评得分由单位填写，测算得分由填报数据按评分标准得出", columns=LAST)
    page.next(18)
    for column, text in enumerate(COLUMNS, 1):
        page.put(column, "header", text)
    page.areas["评分表头"] = (page.row, 1, page.row, LAST)
    page.title_rows = (page.row, page.row)
    page.freeze = (page.row, 3)
    page.next(32)
    indicators = rubric["indicators"]
    first = page.row
    heights = [_height(spec) for spec in indicators]
    breaks = _page_breaks(indicators, heights)
    page.breaks = [first + index - 1 for index in breaks]
    _levels(page, indicators, breaks)
    for spec in indicators:
        _indicator(page, rubric, spec, first)
    _totals(page, rubric, first)
    return page


def _height(spec: IndicatorSpec) -> float:
    return max(text_height(spec["standard"], WIDTHS[3]), text_height(spec["levels"][-1], WIDTHS[2]), 36)


def _page_breaks(indicators: list[IndicatorSpec], heights: list[float]) -> list[int]:
    """Indexes that start a new page: never inside a group, so that merged cells stay whole."""
    breaks, used = [], 150.0
    for index, height in enumerate(heights):
        group = indicators[index].get("group")
        inside = bool(group) and index > 0 and indicators[index - 1].get("group") == group
        together = sum(heights[index + n] for n in range(len(heights) - index) if group and indicators[index + n].get("group") == group)
        if used + max(height, together) > PAGE_HEIGHT and not inside and index:
            breaks.append(index)
            used = 40.0
        used += height
    return breaks


def _levels(page: Page, indicators: list[IndicatorSpec], breaks: list[int]) -> None:
    """Merged cells of the first two levels, split where a page ends."""
    first = page.row
    for depth, column in ((1, 1), (2, 2)):
        run: list[int] = []
        for index in range(len(indicators) + 1):
            same = (
                run and index < len(indicators) and index not in breaks
                and indicators[index]["levels"][:depth] == indicators[run[0]]["levels"][:depth]
            )  # fmt: skip
            if run and not same:
                _level_cell(page, indicators, depth, column, first, run)
                run = []
            run.append(index)


def _level_cell(page: Page, indicators: list[IndicatorSpec], depth: int, column: int, first: int, run: list[int]) -> None:
    levels = indicators[run[0]]["levels"]
    name = levels[depth - 1] if len(levels) > depth else ""
    points = level_weight(indicators, levels[:depth])
    text = f"{name}\n（{points}分）" if name and points != "0" else name
    page.row = first + run[0]
    page.put(column, "level", text, rows=len(run))
    page.row = first


def level_weight(indicators: list[IndicatorSpec], levels: list[str]) -> str:
    """The weight of a level: groups once, bonus and penalty not at all."""
    total, groups = number("0"), set()
    for spec in indicators:
        if spec["levels"][: len(levels)] != levels or spec["rule"]["kind"] in OUTSIDE:
            continue
        if spec.get("group") in groups:
            continue
        groups.add(spec.get("group") or spec["id"])
        total += number(spec["weight"])
    return show(total)


def group_rows(rubric: Rubric, first: int) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for index, spec in enumerate(rubric["indicators"]):
        if spec.get("group"):
            rows.setdefault(spec["group"], []).append(first + index)
    return rows


def _indicator(page: Page, rubric: Rubric, spec: IndicatorSpec, first: int) -> None:
    row, weight, id_ = page.row, weight_expression(spec, page.row), spec["id"]
    judged = spec["rule"]["kind"] in ("judged", *OUTSIDE)
    page.areas[row_name(id_)] = (row, 1, row, LAST)
    page.put(3, "label", spec["levels"][-1])
    page.put(4, "text", spec["standard"])
    rows = group_rows(rubric, first).get(spec.get("group", ""), [row])
    if row == rows[0]:
        _weight_cell(page, rubric, spec, len(rows))
    measure = measure_formula(rubric, spec)
    percent = "ratio" in spec or bool(measure and rubric["facts"][spec["value"]]["kind"] == "percent")
    page.put(6, "formula.percent" if percent else "formula.weight" if measure else "plain", "" if measure else "—",
             formula=measure, slot=f"指标值:{id_}" if measure else "")  # fmt: skip
    fact = {"name": spec["rule"]["fact"] if judged else "", "kind": "claim", "weight": weight, "judged": judged}
    page.put(7, "input.weight", fact=fact, name=fact["name"], slot=f"自评得分:{id_}")
    computed = computed_formula(rubric, spec, f"F{row}", weight)
    score = score_formula(spec, f"H{row}", f"G{row}", weight)
    if "weight_fact" in spec:
        score = f'IF(ISNUMBER(E{row}),{score},IF(E{row}="不适用","不适用",""))'
        computed = computed and f'IF(ISNUMBER(E{row}),{computed},IF(E{row}="不适用","不适用",""))'
    page.put(8, "result.points" if computed else "plain", "" if computed else "自评", formula=computed,
             slot=f"测算得分:{id_}" if computed else "")  # fmt: skip
    page.put(9, "result.points", formula=score, slot=f"得分:{id_}")
    page.put(10, "reason.text", slot=f"扣分原因:{id_}")
    page.put(11, "prose.text", fact={"name": "其他说明", "kind": "text"}, slot=f"其他说明:{id_}")
    if len(rows) > 1:
        every = ",".join(f'I{r}="不适用"' for r in rows)
        base = f"IF(AND({every}),0,{weight})" if row == rows[0] else "0"
    else:
        base = base_formula(spec, f"I{row}", f"IF(ISNUMBER(E{row}),E{row},0)" if "weight_fact" in spec else weight)
    page.put(12, "formula.weight", formula=base, slot=f"适用分值:{id_}")
    if computed:
        page.mark(f"G{row}", f"AND(ISNUMBER(G{row}),ISNUMBER(H{row}),ROUND(G{row}-H{row},8)<>0)", "differs")
        page.mark(f"H{row}:I{row}", f'H{row}="无法计算"', "wrong")
    above = f",G{row}>{weight}" if weight != "0" else ""
    page.mark(f"G{row}", f'AND(G{row}<>"",G{row}<>"不适用",OR(NOT(ISNUMBER(G{row})){above},G{row}<0))', "wrong")
    page.mark(f"I{row}", f'I{row}=""', "missing")
    page.next(_height(spec))


def weight_expression(spec: IndicatorSpec, row: int) -> str:
    """The weight in formulas: a figure of the rubric, or the cell where the unit types it."""
    return f"E{row}" if "weight_fact" in spec else show(number(spec["weight"]), 10)


def _weight_cell(page: Page, rubric: Rubric, spec: IndicatorSpec, rows: int) -> None:
    if "weight_fact" in spec:
        name = spec["weight_fact"]
        page.put(5, "input.weight", fact=dict(rubric["facts"][name]), name=name, slot=f"fact:{name}")
    elif number(spec["weight"]):
        page.put(5, "plain.weight", show(number(spec["weight"]), 10), rows=rows, slot=f"分值:{spec['id']}")
    else:
        page.put(5, "plain", "—")


def _ranges(rows: list[int], column: str) -> str:
    """`I5:I9,I12`: consecutive rows written as ranges."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and parts[-1][1] == row - 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ",".join(f"{column}{a}:{column}{b}" if a != b else f"{column}{a}" for a, b in parts)


def _sum(rubric: Rubric, first: int, wanted: Callable[[IndicatorSpec], bool]) -> str:
    """Sum of 得分 over some indicators, groups cut at their caps."""
    rows = [first + i for i, spec in enumerate(rubric["indicators"]) if wanted(spec)]
    text = f"SUM({_ranges(rows, 'I')})" if rows else "0"
    for group, members in group_rows(rubric, first).items():
        if members[0] in rows:
            text += f"-MAX(0,SUM({_ranges(members, 'I')})-{show(number(rubric['groups'][group]), 10)})"
    return text


def _pending(rubric: Rubric, first: int) -> str:
    """How many indicators still lack a basis for their score."""
    parts, grouped = [], group_rows(rubric, first)
    for index, spec in enumerate(rubric["indicators"]):
        row = first + index
        rows = grouped.get(spec.get("group", ""), [row])
        judged = spec["rule"]["kind"] in ("judged", *OUTSIDE)
        if row != rows[0]:
            continue
        if judged:
            parts.append("IF(AND({}),1,0)".format(",".join(f'I{r}=""' for r in rows)))
        else:
            own = f'IF(H{row}="自评",I{row}="",OR(H{row}="",H{row}="无法计算"))' if spec.get("zero") == "manual" else (
                f'OR(H{row}="",H{row}="无法计算")')  # fmt: skip
            parts.append(f"IF({own},1,0)")
    return "+".join(parts)


def _totals(page: Page, rubric: Rubric, first: int) -> None:
    indicators = rubric["indicators"]
    last = page.row - 1
    inside = _sum(rubric, first, lambda spec: spec["rule"]["kind"] not in OUTSIDE)
    inside_rows = [first + i for i, spec in enumerate(indicators) if spec["rule"]["kind"] not in OUTSIDE]
    total_row = page.row
    page.put(1, "total", "合计", columns=4)
    page.put(5, "formula.weight", formula=f"SUM({_ranges(inside_rows, 'E')})", slot="合计分值")
    page.put(6, "plain")
    page.put(7, "input.weight", formula=f'IF(COUNT(G{first}:G{last})=0,"",SUM(G{first}:G{last}))',
             fact={"name": "自评总分", "kind": "amount"}, name="自评总分", slot="自评总分")  # fmt: skip
    page.put(8, "plain")
    page.put(9, "result.points", formula=inside, slot="合计得分", name="合计得分")
    page.put(10, "result.pending", formula=_pending(rubric, first), slot="未完成项数", name="未完成项数", columns=2)
    page.put(12, "formula.weight", formula=f"SUM(L{first}:L{last})", slot="合计适用", name="合计适用")
    page.mark(f"J{total_row}", f"J{total_row}>0", "missing")
    page.next(28)
    outside = {"bonus": "加分", "penalty": "扣分"}
    for kind, label in outside.items():
        if any(spec["rule"]["kind"] == kind for spec in indicators):
            text = _sum(rubric, first, lambda spec, kind=kind: spec["rule"]["kind"] == kind)  # type: ignore[misc]
            _total_line(page, label, text, "result.points")
    bonus = "+加分" if _outside(indicators, "bonus") else ""
    penalty = "-扣分" if _outside(indicators, "penalty") else ""
    total = f"I{total_row}/L{total_row}*{rubric['full_marks']}{bonus}{penalty}"
    _total_line(page, "总分", f'IF(OR(L{total_row}=0,COUNT(I{first}:I{last})=0),"",MAX(0,{total}))', "result.points",
                f"总分（合计得分 ÷ 合计适用分值 × {rubric['full_marks']}）")  # fmt: skip
    grades = {"name": "自评等次", "kind": "text", "choices": [grade["name"] for grade in rubric["grades"]]}
    _total_line(page, "等次", grade_formula(rubric, "总分"), "total", claim=grades)
    _subtotals(page, rubric, first)


def _outside(indicators: list[IndicatorSpec], kind: str = "") -> bool:
    return any(spec["rule"]["kind"] in ((kind,) if kind else OUTSIDE) for spec in indicators)


def _total_line(
    page: Page, slot: str, formula: str, style: str, label: str = "", claim: dict[str, Any] | None = None
) -> None:
    """One line of a computed total; `claim` gives the unit a cell of its own beside it."""
    page.put(1, "total", label or slot, columns=4)
    for column in (5, 6, 8):
        page.put(column, "plain")
    if claim:
        page.put(7, "input.text", fact=claim, name=claim["name"], slot=claim["name"])
    else:
        page.put(7, "plain")
    page.put(9, style, formula=formula, slot=slot, name=slot)
    page.put(10, "plain", columns=3)
    page.next(28)


def _subtotals(page: Page, rubric: Rubric, first: int) -> None:
    """一级指标小计: claimed and computed side by side."""
    page.next(10)
    page.put(1, "section", "一级指标小计", columns=LAST)
    page.next(24)
    for column, width, text in ((1, 4, "一级指标"), (5, 1, "分值"), (6, 1, ""), (7, 1, "自评小计"), (8, 1, ""), (9, 1, "得分")):
        page.put(column, "header", text, columns=width)
    page.next(24)
    indicators = rubric["indicators"]
    levels = list(dict.fromkeys(spec["levels"][0] for spec in indicators))
    for index, level in enumerate(levels, 1):
        rows = [first + i for i, spec in enumerate(indicators) if spec["levels"][0] == level]
        page.put(1, "label", level, columns=4)
        page.put(5, "plain.weight", level_weight(indicators, [level]))
        page.put(6, "plain")
        claims = _ranges(rows, "G")
        page.put(7, "input.weight", formula=f'IF(COUNT({claims})=0,"",SUM({claims}))', slot=f"自评小计:{index}",
                 fact={"name": f"自评小计_{index}", "kind": "amount"}, name=f"自评小计_{index}")  # fmt: skip
        page.put(8, "plain")
        inside = _sum(rubric, first, lambda spec, level=level: spec["levels"][0] == level and spec["rule"]["kind"] not in OUTSIDE)  # type: ignore[misc]
        page.put(9, "result.points", formula=inside, slot=f"小计:{index}", name=f"小计_{index}")
        page.next(22)

