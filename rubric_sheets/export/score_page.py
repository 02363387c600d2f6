"""The 评分表 of a department as the official form has it: levels, standard, weight,
score and reasons."""

from __future__ import annotations

from typing import Any

from ..checks.evaluation import Evaluation
from ..exact.quantities import NOT_APPLICABLE, show
from ..pages.page import CAPTION, HEADING, LABEL, TITLE, Page, height
from ..pages.page_breaks import Stretch
from ..pages.paint import Values
from ..places import slots
from ..places.names import SCORE_SHEET
from ..rubric.statuses import LEFT_OUT
from ..rules import is_outside
from ..scoring.result import Result
from . import handed_in
from .below_scores import Columns, put_signatures, put_totals
from .fit import fit, raise_rows
from .forms import mark_draft
from .headings import split_at_breaks
from .paging import paginate, runs
from .plain_look import figure

COLUMNS = ("一级指标", "二级指标", "三级指标", "评分标准", "分值", "自评得分", "扣分原因和其他说明")
WIDTHS = (8, 8, 12, 29.5, 5, 7.5, 18.5)
LAST = len(COLUMNS)
LEAST = 34.0  # points of an indicator's row


def build(evaluation: Evaluation, caption: str, values: Values, draft: str) -> Page:
    """The whole sheet; its figures go into `values`."""
    results = [result for result in evaluation.card.results if handed_in.is_used(result)]
    page = Page(SCORE_SHEET, WIDTHS, plain=True)
    _head(page, evaluation, caption)
    first = page.row
    for result in results:
        _indicator(page, result, results, values)
    put_totals(page, evaluation, values, Columns(4, LAST), draft)
    put_signatures(page, evaluation.rubric, 4, LAST)
    moved = fit(page, values)
    added = mark_draft(page, draft)
    rows = [moved(first + index) + added for index in range(len(results) + 1)]
    _levels(page, evaluation, results, rows)
    raise_rows(page, values)
    paginate(page, _blocks(page, results, rows))
    split_at_breaks(page)
    raise_rows(page, values)
    return page


def _head(page: Page, evaluation: Evaluation, caption: str) -> None:
    if caption:
        page.put(1, "caption", caption, columns=LAST, role=CAPTION)
        page.next(20)
    page.put(1, "title", evaluation.rubric["title"], columns=LAST, role=TITLE)
    page.next(36)
    values = evaluation.facts.values
    name, year = values.get("单位名称") or "", values.get("评价年度") or ""
    page.put(1, "sign", f"部门（单位）名称：{name}", columns=4)
    year = year if isinstance(year, str) else show(year)
    page.put(5, "remark", f"评价年度：{year}", columns=3)
    page.next(22)
    depth = max((len(spec["levels"]) for spec in evaluation.rubric["indicators"]), default=3)
    for column, text in enumerate(COLUMNS, 1):
        if column == depth < 3:
            page.put(
                column, "header", text if depth > 1 else "指标", columns=4 - depth, role=HEADING
            )
        elif column <= depth or column > 3:
            page.put(column, "header", text, role=HEADING)
    page.title_rows = (page.row, page.row)
    page.next(32)


def _indicator(page: Page, result: Result, results: list[Result], values: Values) -> None:
    """One row, its level cells left open."""
    levels, group, score = (
        result.spec["levels"],
        result.spec.get("group"),
        handed_in.score_of(result),
    )
    page.put(len(levels), "label", levels[-1], columns=4 - len(levels), role=LABEL)
    page.put(4, "text", result.spec["standard"])
    members = [other for other in results if group and other.spec.get("group") == group]
    if not members or members[0] is result:
        _figure(page, values, 5, _weight(result), max(1, len(members)))
    _figure(page, values, 6, score, 1)
    page.put(7, "text", handed_in.note_of(result))
    page.next(LEAST)


def _weight(result: Result) -> Any:
    """What the cell of the weight shows."""
    if result.weight:
        return result.weight
    if is_outside(result.spec["rule"]):
        return "—"
    if "weight_fact" in result.spec:
        return NOT_APPLICABLE if result.status == LEFT_OUT else ""
    return result.weight


def _figure(page: Page, values: Values, column: int, value: Any, rows: int) -> None:
    slot = slots.handed_in(page.row, column)
    values[slot] = value
    page.put(column, figure(value), slot=slot, rows=rows)


def _blocks(page: Page, results: list[Result], rows: list[int]) -> list[Stretch]:
    """What a page holds whole: a row, or all members of a group; last the totals."""
    blocks: list[Stretch] = []
    for index, result in enumerate(results):
        levels, group = tuple(result.spec["levels"][:-1]) or ("",), result.spec.get("group")
        parts = [
            Stretch(row, height(page, row, row + 1), levels)
            for row in range(rows[index], rows[index + 1])
        ]
        if group and index and results[index - 1].spec.get("group") == group:
            first = parts.pop(0)
            blocks[-1] = blocks[-1]._replace(height=blocks[-1].height + first.height)
        blocks += parts
    return [*blocks, Stretch(rows[-1], height(page, rows[-1], page.row))]


def _levels(page: Page, evaluation: Evaluation, results: list[Result], rows: list[int]) -> None:
    """Merged cells of the first two levels with their weights."""
    for depth in (1, 2):
        keys = [
            tuple(r.spec["levels"][:depth]) if len(r.spec["levels"]) > depth else ()
            for r in results
        ]
        for first, count in runs(keys):
            if not keys[first]:
                continue  # the name of the indicator itself reaches this far to the left
            points = handed_in.weight_under(evaluation.card, keys[first])
            text = f"{keys[first][-1]}\n（{show(points)}分）" if points else keys[first][-1]
            span = rows[first + count] - rows[first]
            page.put_in(rows[first], depth, "level", text, rows=span, role=LABEL)
