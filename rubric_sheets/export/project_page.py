"""The one-page form of a project as the official form has it: eight columns, made from the page
that is filled in."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ..checks.evaluation import Evaluation
from ..pages.indicator_row import STANDARD
from ..pages.page import HEADING, LABEL, REST, SIGNATURE, Item, Page, height
from ..pages.page_breaks import Stretch
from ..pages.paint import Values
from ..places import slots
from ..scoring.own_list import text_of
from ..scoring.result import Result
from . import handed_in
from .below_scores import Columns, put_in_pairs, put_totals
from .fit import fit, raise_rows
from .forms import mark_draft, plain_page
from .headings import split_at_breaks
from .paging import paginate, runs
from .plain_look import figure
from .score_page import put_levels, stretches

WIDTHS = (8.5, 11, 16, 14, 14, 6, 7.5, 17)
LAST = len(WIDTHS)
ROW, GOALS = 24.0, 60.0  # points of an empty row of indicators, and of the goals
# Column of the page that is filled in → (column, columns) of the official form, which does not
# have the others
HEAD = {1: (1, LAST)}
TARGETS = {3: (3, 1), 4: (4, 1), 5: (5, 1), 6: (6, 1), 10: (7, 1), 11: (8, 1)}
FIXED = {**TARGETS, 1: (1, 1), 2: (2, 1), 4: (4, 2)}
OFFICIAL = {
    "scores": FIXED,
    "fields": {1: (1, 2), 3: (3, 2), 7: (5, 1), 9: (6, 3)},
    "funds": {1: (1, 2), 3: (3, 1), 4: (4, 1), 5: (5, 1), 6: (6, 1), 7: (7, 1), 10: (8, 1)},
    "goals": {1: (1, 2), 3: (3, 3), 7: (6, 3)},
    "targets": TARGETS,
}
TARGET_HEADINGS = {1: (1, 1), 2: (2, 1), **TARGETS}  # the levels below are merged anew


def build(source: Page, evaluation: Evaluation, values: Values, draft: str) -> Page:
    """`source` is the page of the layout; scores and reasons go into `values`."""
    table = evaluation.rubric.get("targets", {})["table"]
    first, _, end, _ = source.areas[table]
    plain = plain_page(source)
    page = Page(
        source.name,
        WIDTHS,
        plain=True,
        heights={row: h for row, h in plain.heights.items() if row < end},
        row=end,
        title_rows=source.title_rows,
    )
    page.items = [new for item in plain.items for new in _placed(item)]
    page.items += _reason_cell(plain)
    page.items.sort(key=lambda item: item.row)
    goals = max(item.row for item in page.items if item.block and item.block.kind == "goals")
    page.heights.update({goals: GOALS, **dict.fromkeys(range(first, end), ROW)})
    _scores(page, evaluation, values, table)
    put_totals(page, evaluation, values, Columns(5, LAST), draft)
    page.next(8)
    put_in_pairs(page, [item.text for item in plain.items if item.role == SIGNATURE], 4, LAST)
    moved = fit(page, values)
    added = mark_draft(page, draft)
    fixed = _fixed(source, evaluation)
    rows = [moved(row) + added for _, row in fixed]
    if fixed:
        rows.append(moved(fixed[-1][1] + 1) + added)
    above = [result for result, _ in fixed]
    put_levels(page, evaluation, above, rows)
    raise_rows(page, values)
    listed = [moved(row) + added for row in range(first, end + 1)]
    _pages(page, evaluation, (above, rows), listed, values)
    return page


def _fixed(source: Page, evaluation: Evaluation) -> list[tuple[Result, int]]:
    """The rubric's own indicators that stand above the list, with their rows."""
    notes = {item.slot: item for item in source.items if item.block and item.block.kind == "scores"}
    results = (result for result in evaluation.card.results if "row" not in result.spec)
    found = ((result, notes.get(slots.note(result.spec["id"]))) for result in results)
    return [(result, note.row) for result, note in found if note]


def _placed(item: Item) -> list[Item]:
    """The item in its official columns; none for what the official form does not have, or what is
    put anew."""
    columns = OFFICIAL.get(item.block.kind, {}) if item.block else HEAD
    if item.role == HEADING and columns is TARGETS:
        columns = TARGET_HEADINGS
    if item.role == REST or item.column not in columns:
        return []
    column, width = columns[item.column]
    if columns is FIXED and item.column < STANDARD:
        if item.style == "level":
            return []  # put anew, as the pages end
        width = item.columns
    return [replace(item, column=column, columns=width)]


def _reason_cell(plain: Page) -> list[Item]:
    """Beside the parts of the funds: one cell for the reason, where the page that is filled in has
    none."""
    rest = [item for item in plain.items if item.role == REST]
    rows = sum(item.rows for item in rest)
    return [replace(rest[0], style="text", column=LAST - 2, columns=3, rows=rows)]


def _scores(page: Page, evaluation: Evaluation, values: Values, table: str) -> None:
    """Scores and reasons as they are handed in, under the slots of the layout."""
    for result in evaluation.card.results:
        score, note = handed_in.score_of(result), handed_in.note_of(result)
        if "row" in result.spec:
            slot = slots.listed(table, result.spec["row"], slots.SCORE)
            values[slots.row(table, result.spec["row"], "偏差原因")] = note
        else:
            slot = slots.score(result.spec["id"])
            _note(page, values, result.spec["id"], note)
        values[slot] = score
        for item in page.items:
            if item.slot == slot:
                item.style = figure(score)


def _note(page: Page, values: Values, id_: str, note: str) -> None:
    """In the cell of the indicator's row; of the one beside the funds, where there is room."""
    own = slots.note(id_)
    if any(item.slot == own for item in page.items):
        values[own] = note
        return
    reason = next(item for item in page.items if item.role == REST)
    reason.text = f"执行率扣分说明：{note}" if note else ""


def _pages(
    page: Page,
    evaluation: Evaluation,
    above: tuple[list[Result], list[int]],
    rows: list[int],
    values: Values,
) -> None:
    """Level cells merged; one page where that is still readable. `above`: the indicators above the
    list with their rows, `rows`: of the list."""
    keys = _levels(evaluation, evaluation.rubric["targets"]["table"], len(rows) - 1)
    for depth in (1, 2):
        for first, count in runs([key[:depth] for key in keys]):
            span = rows[first + count] - rows[first]
            text = keys[first][depth - 1]
            page.put_in(rows[first], depth, "label", text, rows=span, role=LABEL)
    raise_rows(page, values)
    parts = [
        (row, key) for (first, end), key in zip(pairwise(rows), keys) for row in range(first, end)
    ]
    blocks = [Stretch(row, height(page, row, row + 1), key) for row, key in parts]
    if above[0]:  # the headings of the list stay with its first row
        heading, one = above[1][-1], blocks[0]
        blocks[0] = Stretch(heading, height(page, heading, one.row + 1), one.levels)
    blocks = [*stretches(page, *above), *blocks]
    paginate(page, [*blocks, Stretch(rows[-1], height(page, rows[-1], page.row))])
    split_at_breaks(page)
    raise_rows(page, values)


def _levels(evaluation: Evaluation, table: str, count: int) -> list[tuple[str, str]]:
    """The first two levels of each row; those left blank in a filled row are those of the row
    above."""
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
