"""The one-page form of a project as the official form has it: eight columns, made from the page that is filled in."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ..checks.evaluation import Evaluation
from ..pages.page import Item, Page, height
from ..pages.page_breaks import Block
from ..pages.paint import Values
from ..places.names import HEADER
from ..scoring.own_list import text_of
from ..scoring.result import Result
from . import handed_in
from .below_scores import Columns, put_totals
from .fit import fit, raise_rows
from .forms import mark_draft, plain_page
from .headings import split_at_breaks
from .paging import paginate, runs
from .plain_look import figure

WIDTHS = (8.5, 11, 16, 14, 14, 6, 7.5, 17)
LAST = len(WIDTHS)
ROW, GOALS = 24.0, 60.0  # points of an empty row of indicators, and of the goals
FUND_ROWS = 4
# Column of the page that is filled in → (column, columns) of the official form
HEAD = {1: (1, LAST)}
FIELDS = {1: (1, 2), 3: (3, 2), 7: (5, 1), 9: (6, 3)}
FUNDS = {1: (1, 2), 3: (3, 1), 4: (4, 1), 5: (5, 1), 6: (6, 1), 7: (7, 1), 10: (8, 1)}
GOAL_TEXTS = {1: (1, 2), 3: (3, 3), 7: (6, 3)}
TARGETS = {3: (3, 1), 4: (4, 1), 5: (5, 1), 6: (6, 1), 10: (7, 1), 11: (8, 1)}
SIGNATURES = {1: (1, 4), 8: (5, 4)}


def build(source: Page, evaluation: Evaluation, values: Values, errors: int) -> Page:
    """`source` is the page of the layout; scores and reasons go into `values`."""
    table = evaluation.rubric.get("targets", {})["table"]
    funds, (first, _, end, _) = source.areas[HEADER][0], source.areas[table]
    plain = plain_page(source, evaluation.rubric)
    page = Page(
        source.name,
        WIDTHS,
        plain=True,
        heights={row: h for row, h in plain.heights.items() if row < end},
    )
    titles = source.title_rows[0] if source.title_rows else first - 1
    for item in plain.items:
        page.items += _placed(item, funds, titles, end)
    page.title_rows, page.row = (titles, titles), end
    page.heights.update({titles - 1: GOALS, **dict.fromkeys(range(first, end), ROW)})
    _scores(page, evaluation, values, table, funds)
    put_totals(page, evaluation, values, Columns(5, LAST))
    page.next(8)
    _signatures(page, plain.items)
    moved = fit(page, values)
    added = mark_draft(page, errors)
    _pages(page, evaluation, table, [moved(row) + added for row in range(first, end + 1)], values)
    return page


def _placed(item: Item, funds: int, titles: int, end: int) -> list[Item]:
    """The item in its official columns; none for what the official form does not have."""
    if item.row >= end:
        return []  # totals and signatures are put anew
    if item.style in ("caption", "title"):
        columns = HEAD
    elif item.row < funds:
        columns = FIELDS
    elif item.row <= funds + FUND_ROWS:
        columns = FUNDS
        if (
            item.column == 6 and item.columns > 1
        ):  # beside the parts of the funds: one cell for the reason
            return (
                [Item(item.row, 6, "text", columns=3, rows=FUND_ROWS - 1)]
                if item.row == funds + 2
                else []
            )
    elif item.row < titles:
        columns = GOAL_TEXTS
    else:
        columns = {1: (1, 1), 2: (2, 1), **TARGETS} if item.row == titles else TARGETS
    if item.column not in columns:
        return []
    column, width = columns[item.column]
    return [replace(item, column=column, columns=width)]


def _signatures(page: Page, items: list[Item]) -> None:
    for index, item in enumerate(one for one in items if one.style == "sign"):
        column, width = SIGNATURES[item.column]
        page.put(column, "sign", item.text, columns=width)
        if index % 2:
            page.next(28)


def _scores(page: Page, evaluation: Evaluation, values: Values, table: str, funds: int) -> None:
    """Scores and reasons as they are handed in, under the slots of the layout."""
    for result in evaluation.card.results:
        score, note = handed_in.score_of(result), handed_in.note_of(result)
        if "row" in result.spec:
            slot = f"list:{table}:{result.spec['row']}:得分"
            values[f"row:{table}:{result.spec['row']}:偏差原因"] = note
        else:
            slot = f"得分:{result.spec['id']}"
            reason = next(item for item in page.items if item.row == funds + 2 and item.column == 6)
            reason.text = f"执行率扣分说明：{note}" if note else ""
        values[slot] = score
        for item in page.items:
            if item.slot == slot:
                item.style = figure(score)


def _pages(page: Page, evaluation: Evaluation, table: str, rows: list[int], values: Values) -> None:
    """Level cells merged; one page where that is still readable."""
    keys = _levels(evaluation, table, len(rows) - 1)
    for depth in (1, 2):
        for first, count in runs([key[:depth] for key in keys]):
            span = rows[first + count] - rows[first]
            page.items.append(Item(rows[first], depth, "label", keys[first][depth - 1], rows=span))
    raise_rows(page, values)
    parts = [
        (row, key) for (first, end), key in zip(pairwise(rows), keys) for row in range(first, end)
    ]
    blocks = [Block(row, height(page, row, row + 1), key) for row, key in parts]
    paginate(page, [*blocks, Block(rows[-1], height(page, rows[-1], page.row))])
    split_at_breaks(page)
    raise_rows(page, values)


def _levels(evaluation: Evaluation, table: str, count: int) -> list[tuple[str, str]]:
    """The first two levels of each row; those left blank in a filled row are those of the row above."""
    scored: dict[int, Result] = {
        r.spec["row"]: r for r in evaluation.card.results if "row" in r.spec
    }
    rows = evaluation.facts.tables.get(table, [])
    out = []
    for index in range(count):
        if index in scored:
            one, two = scored[index].spec["levels"][:2]
        else:
            values = rows[index].values if index < len(rows) else {}
            one, two = (text_of(values.get(name)) for name in ("一级指标", "二级指标"))
        out.append((one, two))
    return out
