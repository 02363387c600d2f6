"""The 评分表 of a department as the official form has it: levels, standard, weight,
score and reasons."""

from __future__ import annotations

from typing import Any

from ..checks.evaluation import Evaluation
from ..exact.quantities import NOT_APPLICABLE, show
from ..pages.page import CAPTION, HEADING, LABEL, TITLE, Page, height
from ..pages.page_breaks import Stretch
from ..pages.paint import Values
from ..pages.score_totals import level_text
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

LEVELS = ("一级指标", "二级指标", "三级指标")
POINTS = ("分值", "自评得分", "扣分原因和其他说明")
LIST = (*LEVELS, "年度指标值", "实际完成值", "分值", "自评得分", "偏差原因分析及改进措施")
WIDTHS = (8, 8, 12, 29.5, 5, 7.5, 18.5)
WITH_LIST = (8, 10, 14, 14, 13, 5, 7.5, 18.5)  # the standard takes two: target and result
LEAST = 34.0  # points of an indicator's row


def build(evaluation: Evaluation, caption: str, values: Values, draft: str) -> Page:
    """The whole sheet; its figures go into `values`."""
    results = [result for result in evaluation.card.results if handed_in.is_used(result)]
    listed = [result for result in results if "row" in result.spec]
    own = [result for result in results if "row" not in result.spec]
    page = Page(SCORE_SHEET, WITH_LIST if "targets" in evaluation.rubric else WIDTHS, plain=True)
    at = _columns(page)
    _head(page, evaluation, caption)
    first = page.row
    together = one_weight(evaluation, results)
    for result in own:
        _indicator(page, result, together.get(result.spec["id"], [result]), values)
    heading = page.row
    for result in _headed(page, listed):
        _row(page, result, values)
    put_totals(page, evaluation, values, at, draft)
    put_signatures(page, evaluation.rubric, at.labels, at.last)
    moved = fit(page, values)
    added = mark_draft(page, draft)
    rows = [moved(first + index) + added for index in range(len(own) + 1)]
    below = [moved(heading + 1 + index) + added for index in range(len(listed) + 1)]
    put_levels(page, evaluation, own, rows)
    put_levels(page, evaluation, listed, below)
    raise_rows(page, values)
    blocks = [*stretches(page, own, rows), *_below_heading(page, listed, below)]
    end = below[-1] if listed else rows[-1]
    paginate(page, [*blocks, Stretch(end, height(page, end, page.row))])
    split_at_breaks(page)
    raise_rows(page, values)
    return page


def _columns(page: Page) -> Columns:
    """Three columns for the points stand on the right."""
    last = len(page.widths)
    return Columns(last - len(POINTS), last)


def _headed(page: Page, listed: list[Result]) -> list[Result]:
    """The unit's own indicators, for which there is a heading if there are any."""
    if listed:
        for column, text in enumerate(LIST, 1):
            page.put(column, "header", text, role=HEADING)
        page.title_rows = (page.row, page.row)
        page.next(32)
    return listed


def _row(page: Page, result: Result, values: Values) -> None:
    """One indicator of the unit's own, its level cells left open."""
    at, rule = _columns(page), result.spec["rule"]
    page.put(len(LEVELS), "label", result.spec["levels"][-1], role=LABEL)
    page.put(len(LEVELS) + 1, "text", rule["target_shown"])
    page.put(len(LEVELS) + 2, "text", rule["actual_shown"])
    _figure(page, values, at.weight, result.weight or "", 1)
    _figure(page, values, at.score, handed_in.score_of(result), 1)
    page.put(at.note, "text", handed_in.note_of(result))
    page.next(LEAST)


def _below_heading(page: Page, listed: list[Result], rows: list[int]) -> list[Stretch]:
    """The rows of the list, the first one together with the heading."""
    blocks = stretches(page, listed, rows)
    if blocks:
        one = blocks[0]
        blocks[0] = one._replace(row=one.row - 1, height=height(page, one.row - 1, one.row + 1))
    return blocks


def _head(page: Page, evaluation: Evaluation, caption: str) -> None:
    at = _columns(page)
    if caption:
        page.put(1, "caption", caption, columns=at.last, role=CAPTION)
        page.next(20)
    page.put(1, "title", evaluation.rubric["title"], columns=at.last, role=TITLE)
    page.next(36)
    values = evaluation.facts.values
    name, year = values.get("单位名称") or "", values.get("评价年度") or ""
    page.put(1, "sign", f"部门（单位）名称：{name}", columns=at.labels)
    year = year if isinstance(year, str) else show(year)
    page.put(at.weight, "remark", f"评价年度：{year}", columns=len(POINTS))
    page.next(22)
    depth = max((len(spec["levels"]) for spec in evaluation.rubric["indicators"]), default=3)
    for column, text in enumerate(LEVELS[:depth], 1):
        is_last = column == depth
        page.put(
            column,
            "header",
            text if depth > 1 else "指标",
            columns=len(LEVELS) + 1 - depth if is_last else 1,
            role=HEADING,
        )
    page.put(len(LEVELS) + 1, "header", "评分标准", columns=at.labels - len(LEVELS), role=HEADING)
    for column, text in enumerate(POINTS, at.weight):
        page.put(column, "header", text, role=HEADING)
    page.title_rows = (page.row, page.row)
    page.next(32)


def one_weight(evaluation: Evaluation, results: list[Result]) -> dict[str, list[Result]]:
    """Indicator → those that one figure is the weight of, for groups that have but one."""
    every = evaluation.card.results
    weights = [result.weight for result in every]
    found: dict[str, list[Result]] = {}
    for part in evaluation.card.parts:
        if part.has_one_weight(weights):
            members = [result for result in part.of(every) if result in results]
            found.update((member.spec["id"], members) for member in members)
    return found


def _indicator(page: Page, result: Result, together: list[Result], values: Values) -> None:
    """One row, its level cells left open. `together`: those that share its weight."""
    levels, at = result.spec["levels"], _columns(page)
    page.put(len(levels), "label", levels[-1], columns=4 - len(levels), role=LABEL)
    columns = at.labels - len(LEVELS)
    page.put(len(LEVELS) + 1, "text", result.spec["standard"], columns=columns)
    if together[0] is result:
        _figure(page, values, at.weight, _weight(result), len(together))
    _figure(page, values, at.score, handed_in.score_of(result), 1)
    page.put(at.note, "text", handed_in.note_of(result))
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


def stretches(page: Page, results: list[Result], rows: list[int]) -> list[Stretch]:
    """What a page holds whole: a row, or all members of a group. `rows`: where each begins, and
    where the last one ends."""
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
    return blocks


def put_levels(page: Page, evaluation: Evaluation, results: list[Result], rows: list[int]) -> None:
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
            text = level_text(evaluation.rubric, keys[first], show(points))
            span = rows[first + count] - rows[first]
            page.put_in(rows[first], depth, "level", text, rows=span, role=LABEL)
