"""The 评分表: one row per indicator, official columns first, then what the program computes beside
them."""

from __future__ import annotations

from typing import Any

from ..looks.heights import text_height
from ..places import headings
from ..places.names import HEADER, SCORE_SHEET
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import parts_of
from .heights import raise_rows
from .indicator_row import Columns, Placed, mark_points, put_indicator, put_levels, stretches
from .page import CAPTION, HEADING, REMARK, TITLE, Block, Page, height
from .page_breaks import Stretch, page_breaks
from .project_targets import OwnList
from .score_totals import Letters, Totals

WIDTHS = (8, 8, 12, 32, 6, 9, 7.5, 7.5, 7.5, 37, 10, 7.5)
LAST = len(WIDTHS)
# With the unit's own list: room for its results, and for what helps its formulas
WITH_LIST = (9, 11, 14, 28, 6, 13, 7.5, 7.5, 7.5, 30, 12, 7.5, 8, 8, 8, 12)
AT = Columns(5, 6, 7, 8, 9, 10, 11, 12, last=LAST)
COLOURS = (
    "黄色为填报，灰色为公式，蓝色为测算结果；自评得分由单位填写，测算得分由填报数据按评分标准得出"
)
PAGE_HEIGHT = 720.0  # points of rows on one landscape A4 page at the print scale below
SCALE = (
    68  # all columns fit, even where the widest of the common fonts stands in for the default one
)
REASON_HEIGHT = 62.0  # four lines of a reason, which is not known yet


def build(
    rubric: Rubric,
    caption: str,
    texts: dict[str, str],
    block: dict[str, Any] | None = None,
    wanted: dict[str, int] | None = None,
) -> Page:
    """The whole sheet; formulas refer to its own cells by position and to facts by name. `texts`:
    by slot. `block`: of the unit's own list, where it is scored here; `wanted`: its rows."""
    page = Page(SCORE_SHEET, WIDTHS, landscape=True, scale=SCALE)
    if block:
        page.widths, page.print_columns, page.helpers = WITH_LIST, LAST, LAST + 1
    page.put(1, "caption", caption, columns=LAST, role=CAPTION)
    page.next(20)
    page.put(1, "title", rubric["title"], columns=LAST, role=TITLE)
    page.next(34)
    page.put(1, "remark", COLOURS, columns=LAST, role=REMARK)
    page.next(18)
    page.begin(Block("scores"))
    for column, text in enumerate(
        (headings.TOGETHER if block else headings.DEPARTMENT).values(), 1
    ):
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
        put_indicator(page, rubric, spec, AT, together[page.row])
        page.next(_height(spec))
    below = page.row
    mark_points(page, AT, first, below - 1)
    own = OwnList(page, rubric, block) if block else None
    region = _own_list(page, own, wanted or {}) if own else None
    totals = Totals(page, rubric, rows, Letters("E", "G", "H", "I", "L", 4), region)
    page.begin(Block("totals"))
    totals.put()
    if not own and any(len(spec["levels"]) > 1 for spec in indicators):
        page.begin(Block("subtotals"))
        totals.subtotals()
    raise_rows(page, texts)
    placed = [Placed(*one) for one in zip(indicators, rows)]
    blocks = stretches(page, placed)
    if own and region:
        blocks += own.stretches(region, texts)
        below = region[1]
    blocks.append(Stretch(below, height(page, below, page.row)))
    page.breaks = _page_breaks(page, blocks)
    put_levels(page, rubric, placed, page.blocks[0])
    return page


def _height(spec: IndicatorSpec) -> float:
    texts = ((spec["standard"], WIDTHS[3] - 1), (spec["levels"][-1], WIDTHS[2]))
    return max(REASON_HEIGHT, *(text_height(text, width) for text, width in texts))


def _own_list(page: Page, own: OwnList, wanted: dict[str, int]) -> tuple[int, int]:
    """The unit's own indicators, below those of the rubric and their headings."""
    page.begin(Block("targets", own.table))
    return own.put_rows(wanted.get(own.table, 0))


def _page_breaks(page: Page, blocks: list[Stretch]) -> list[int]:
    """The last row of each page but the last: never inside a group, and the totals stay with an
    indicator."""
    first = blocks[0].row
    repeated = height(page, first - 1, first)
    return [
        blocks[index].row - 1
        for index in page_breaks(blocks, height(page, 1, first), repeated, PAGE_HEIGHT)
    ]
