"""项目支出绩效自评表: the national one-page form. Funds, goals, the unit's own indicators,
totals, all on one sheet."""

from __future__ import annotations

from typing import Any

from ..exact.written import sum_of_filled
from ..places import headings, slots
from ..places.names import HEADER, OWN_NOTE, row_name
from ..rubric.load import fact_spec
from ..rubric.model import Rubric
from ..rules import own_score
from .formulas import base_formula, computed_formula, measure_formula, score_formula
from .heights import raise_rows
from .page import CAPTION, HEADING, LABEL, REST, SIGNATURE, TITLE, Block, Page, height
from .page_breaks import Stretch, page_breaks
from .project_targets import targets
from .score_totals import Letters, Totals

WIDTHS = (11, 13, 24, 16, 16, 7, 9, 8, 8, 8, 18, 36, 8, 7, 9, 9, 12)
SHOWN = 12  # columns that are printed; the rest helps the formulas
SCALE = 60  # percent: all columns fit, and as many rows as can still be read
PAGE_HEIGHT = 810.0  # points of rows on one landscape A4 page at this scale
LETTERS = Letters("F", "H", "I", "J", "M", 5)
FUND_ROWS = ("年度资金总额", "当年财政拨款", "上年结转资金", "其他资金")
FUND_COLUMNS = ("年初预算数", "全年预算数", "全年执行数")


def build(
    rubric: Rubric, sheet: dict[str, Any], caption: str, rows: dict[str, int], texts: dict[str, str]
) -> Page:
    """The whole sheet; `texts`, by slot, are those that its rows have to be high enough for."""
    page = Page(sheet["name"], WIDTHS, landscape=True, print_columns=SHOWN, scale=SCALE)
    blocks = {block["kind"]: block for block in sheet["block"]}
    page.put(1, "caption", caption, columns=SHOWN, role=CAPTION)
    page.next(20)
    page.put(1, "title", sheet["title"], columns=SHOWN, role=TITLE)
    page.next(36)
    _fields(page, blocks["fields"])
    static = _funds(page, rubric)
    _goals(page, blocks["goals"])
    region = targets(page, rubric, blocks["targets"], rows.get(blocks["targets"]["table"], 0))
    page.begin(Block("totals"))
    Totals(page, rubric, [static], LETTERS, region).put()
    page.next(8)
    page.begin(Block("signatures"))
    for index, line in enumerate(blocks["signatures"]["lines"]):
        page.put(1 if index % 2 == 0 else 8, "sign", line, columns=5, role=SIGNATURE)
        if index % 2:
            page.next(28)
    raise_rows(page, texts)
    page.breaks = _page_breaks(page, region, blocks["targets"]["table"], texts)
    return page


def _page_breaks(
    page: Page, region: tuple[int, int], table: str, texts: dict[str, str]
) -> list[int]:
    """The last row of each page but the last: the indicators that are filled in come together where
    a page holds them, else they part at the end of a level; the totals and the signatures stay with
    an indicator."""
    first, end = region
    blocks: list[Stretch] = []
    above = ("", "")
    for row in range(first, end):
        one, two, name = (
            texts.get(slots.row(table, row - first, level), "") for level in headings.LEVELS
        )
        levels = ("", "")
        if one or two or name:  # a level left blank is that of the row above
            levels = (one or above[0], two or above[1])
        blocks.append(Stretch(row, height(page, row, row + 1), levels))
        above = levels
    blocks.append(Stretch(end, height(page, end, page.row)))
    repeated = height(page, first - 1, first)
    return [
        blocks[index].row - 1
        for index in page_breaks(blocks, height(page, 1, first), repeated, PAGE_HEIGHT)
    ]


def _fields(page: Page, block: dict[str, Any]) -> None:
    page.begin(Block("fields"))
    for index, raw in enumerate(block["facts"]):
        fact = fact_spec(raw, page.name)
        column = 1 if index % 2 == 0 else 7
        page.put(column, "label", fact["name"], columns=2, role=LABEL)
        style = "input.count" if fact["kind"] == "count" else "input.text"
        page.put(
            column + 2,
            style,
            columns=4,
            fact=fact,
            slot=slots.fact(fact["name"]),
            name=fact["name"],
        )
        if index % 2:
            page.next(24)


def _funds(page: Page, rubric: Rubric) -> int:
    """The funds block; its first row is the indicator 预算执行率. Returns that row."""
    page.begin(Block("funds"))
    page.put(1, "header", "项目资金（万元）", columns=2, role=HEADING)
    for column, text in enumerate((*FUND_COLUMNS, *headings.PROJECT.values()), 3):
        page.put(column, "header", text, role=HEADING)
    page.areas[HEADER] = (page.row, 1, page.row, SHOWN + 1)
    page.next(30)
    first = page.row
    for offset, name in enumerate(FUND_ROWS):
        label = f"其中：{name}" if offset == 1 else name
        page.put(1, "label", label, columns=2, role=LABEL)
        for column, kind in enumerate(FUND_COLUMNS, 3):
            fact: Any = rubric["facts"][name + kind]
            letter = chr(64 + column)
            parts = f"{letter}{first + 1}:{letter}{first + len(FUND_ROWS) - 1}"
            formula = sum_of_filled(parts) if offset == 0 else ""
            page.put(
                column,
                "input.amount",
                formula=formula,
                fact=dict(fact),
                slot=slots.fact(name + kind),
                name=name + kind,
            )
        if offset == 0:
            _execution(page, rubric)
        else:
            page.put(6, "plain", columns=7, role=REST)
        page.next(24 if offset else 36)
    return first


def _execution(page: Page, rubric: Rubric) -> None:
    """The indicator of the funds block: all that it shows stands in its row."""
    spec, row = rubric["indicators"][0], page.row
    id_, weight = spec["id"], spec["weight"]
    page.areas[row_name(id_)] = (row, 1, row, SHOWN + 1)
    page.put(6, "plain.weight", weight, slot=slots.weight(id_))
    page.put(7, "formula.percent", formula=measure_formula(rubric, spec), slot=slots.measure(id_))
    own = own_score(spec["rule"])
    claim = {"name": own, "kind": "claim", "weight": weight}
    page.put(8, "input.weight", fact=claim, name=own, slot=slots.claim(id_))
    page.put(
        9,
        "result.points",
        formula=computed_formula(rubric, spec, f"G{row}", weight),
        slot=slots.computed(id_),
    )
    page.put(
        10,
        "result.points",
        formula=score_formula(spec, f"I{row}", f"H{row}", weight),
        slot=slots.score(id_),
    )
    page.put(11, "prose.text", fact={"name": OWN_NOTE, "kind": "text"}, slot=slots.note(id_))
    page.put(12, "reason.text", slot=slots.reason(id_))
    base = base_formula(spec, f"J{row}", weight)
    page.put(13, "formula.weight", formula=base, slot=slots.base(id_))


def _goals(page: Page, block: dict[str, Any]) -> None:
    page.begin(Block("goals"))
    page.put(1, "header", "年度总体目标", columns=2, rows=2, role=HEADING)
    for column, width, raw in ((3, 4, block["facts"][0]), (7, 6, block["facts"][1])):
        page.put(column, "header", raw["name"], columns=width, role=HEADING)
    page.next(22)
    for column, width, raw in ((3, 4, block["facts"][0]), (7, 6, block["facts"][1])):
        fact = fact_spec(raw, page.name)
        page.put(
            column,
            "prose.text",
            columns=width,
            fact=fact,
            slot=slots.fact(fact["name"]),
            name=fact["name"],
        )
    page.next(64)
