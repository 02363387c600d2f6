"""项目支出绩效自评表: the national one-page form. Funds, goals, the unit's own indicators,
totals, all on one sheet."""

from __future__ import annotations

from typing import Any

from ..looks.heights import text_height
from ..places import headings, slots
from ..places.names import HEADER
from ..rubric.load import fact_spec
from ..rubric.model import Rubric
from .funds import of_funds, put_funds
from .heights import raise_rows
from .indicator_row import (
    STANDARD,
    Columns,
    Placed,
    mark_points,
    put_indicator,
    put_levels,
    stretches,
)
from .page import CAPTION, HEADING, LABEL, SIGNATURE, TITLE, Block, Page, height
from .page_breaks import Stretch, page_breaks
from .project_targets import OwnList
from .score_totals import Letters, Totals

WIDTHS = (11, 13, 24, 16, 16, 7, 9, 8, 8, 8, 18, 36, 8, 7, 9, 9, 12)
SHOWN = 12  # columns that are printed
HELPERS = SHOWN + 2  # from here on they only help the formulas
SCALE = 60  # percent: all columns fit, and as many rows as can still be read
PAGE_HEIGHT = 810.0  # points of rows on one landscape A4 page at this scale
LETTERS = Letters("F", "H", "I", "J", "M", 5)
AT = Columns(6, 7, 8, 9, 10, reason=12, note=11, base=13, last=SHOWN + 1)
FIXED_HEADINGS = {
    **dict(enumerate(headings.LEVELS, 1)),
    STANDARD: "评分标准",
    AT.weight: "分值",
    AT.measure: "指标值",
    AT.claim: "自评得分",
    AT.computed: "测算得分",
    AT.score: "得分",
    AT.note: "偏差原因分析及改进措施",
    AT.reason: "扣分原因",
    AT.base: "适用分值",
}
LEAST = 46.0  # points of an indicator's row


def build(
    rubric: Rubric, sheet: dict[str, Any], caption: str, rows: dict[str, int], texts: dict[str, str]
) -> Page:
    """The whole sheet; `texts`, by slot, are those that its rows have to be high enough for."""
    page = Page(
        sheet["name"], WIDTHS, landscape=True, print_columns=SHOWN, helpers=HELPERS, scale=SCALE
    )
    blocks = {block["kind"]: block for block in sheet["block"]}
    page.put(1, "caption", caption, columns=SHOWN, role=CAPTION)
    page.next(20)
    page.put(1, "title", sheet["title"], columns=SHOWN, role=TITLE)
    page.next(36)
    _fields(page, blocks["fields"])
    row_of = _funds(page, rubric, blocks["funds"])
    _goals(page, blocks["goals"])
    scores = Block("scores")
    placed = _indicators(page, rubric, row_of, scores)
    own = OwnList(page, rubric, blocks["targets"])
    region = own.put(rows.get(own.table, 0))
    page.begin(Block("totals"))
    every = [row_of[spec["id"]] for spec in rubric["indicators"]]
    Totals(page, rubric, every, LETTERS, region).put()
    page.next(8)
    page.begin(Block("signatures"))
    for index, line in enumerate(blocks["signatures"]["lines"]):
        page.put(1 if index % 2 == 0 else 8, "sign", line, columns=5, role=SIGNATURE)
        if index % 2:
            page.next(28)
    raise_rows(page, texts)
    page.breaks = _page_breaks(page, placed, own.stretches(region, texts), region[0])
    put_levels(page, rubric, placed, scores)
    return page


def _funds(page: Page, rubric: Rubric, block: dict[str, Any]) -> dict[str, int]:
    """Indicator → row, of the one that stands beside the funds."""
    spec = of_funds(rubric, block)
    row = put_funds(page, rubric, block, spec, AT)
    return {spec["id"]: row} if spec else {}


def _page_breaks(page: Page, placed: list[Placed], rows: list[Stretch], first: int) -> list[int]:
    """The last row of each page but the last: the indicators that are filled in come together where
    a page holds them, else they part at the end of a level; the totals and the signatures stay with
    an indicator. `rows`: of the list, its first one being `first`."""
    blocks, start, end = stretches(page, placed), first, first + len(rows)
    repeated = height(page, first - 1, first)
    if placed:  # the headings of the list stay with its first row
        start = placed[0].row
        rows[0] = rows[0]._replace(row=first - 1, height=rows[0].height + repeated)
    blocks += [*rows, Stretch(end, height(page, end, page.row))]
    return [
        blocks[index].row - 1
        for index in page_breaks(blocks, height(page, 1, start), repeated, PAGE_HEIGHT)
    ]


def _fields(page: Page, block: dict[str, Any]) -> None:
    page.begin(Block("fields"))
    for index, raw in enumerate(block["facts"]):
        fact = fact_spec(raw, page.name)
        column = 1 if index % 2 == 0 else 7
        page.put(column, "label", fact.get("label", fact["name"]), columns=2, role=LABEL)
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


def _indicators(page: Page, rubric: Rubric, row_of: dict[str, int], scores: Block) -> list[Placed]:
    """The rubric's own indicators above the unit's: those that have no row yet. Puts their rows
    into `row_of`."""
    specs = [spec for spec in rubric["indicators"] if spec["id"] not in row_of]
    if not specs:
        return []
    page.begin(scores)
    for column, text in FIXED_HEADINGS.items():
        span = AT.weight - STANDARD if column == STANDARD else 1
        page.put(column, "header", text, columns=span, role=HEADING)
    page.areas.setdefault(HEADER, (page.row, 1, page.row, AT.last))
    page.next(32)
    placed = [Placed(spec, page.row + index) for index, spec in enumerate(specs)]
    row_of.update((spec["id"], row) for spec, row in placed)
    groups: dict[str, list[int]] = {}
    for spec, row in placed:
        groups.setdefault(spec.get("group") or spec["id"], []).append(row)
    for spec, _ in placed:
        put_indicator(page, rubric, spec, AT, groups[spec.get("group") or spec["id"]])
        width = sum(WIDTHS[STANDARD - 1 : AT.weight - 1])
        page.next(max(LEAST, text_height(spec["standard"], width)))
    mark_points(page, AT, placed[0].row, placed[-1].row)
    return placed


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
