"""The funds of the one-page forms: amounts by source and by state of the budget. Beside the first
row of amounts stands the indicator that is measured on them, the 预算执行率."""

from __future__ import annotations

from typing import Any

from ..exact.expressions import names_in
from ..exact.written import sum_of_filled
from ..looks.heights import text_height
from ..places import headings, slots
from ..places.addresses import letters
from ..places.names import HEADER
from ..rubric.model import IndicatorSpec, Rubric
from .indicator_row import Columns, put_points
from .page import HEADING, LABEL, REST, Block, Page
from .room_formulas import ranges

FIRST = 3  # the column of the first amount
FULL = 36  # points of the row of the indicator, whose reason stands there


def of_funds(rubric: Rubric, block: dict[str, Any]) -> IndicatorSpec | None:
    """The first indicator whose ratio is made of these amounts alone."""
    amounts = {fact["name"] for fact in block["facts"]}
    for spec in rubric["indicators"]:
        ratio = rubric["ratios"].get(spec.get("ratio", ""))
        own = spec.get("group") or "weight_fact" in spec
        if ratio and not own and amounts.issuperset(names_in(ratio["formula"])):
            return spec
    return None


def put_funds(
    page: Page, rubric: Rubric, block: dict[str, Any], spec: IndicatorSpec | None, at: Columns
) -> int:
    """Puts the block with its indicator, if there is one; returns the row of the indicator."""
    page.begin(Block("funds"))
    page.put(1, "header", block["title"], columns=2, role=HEADING)
    for column, text in enumerate(block["columns"], FIRST):
        page.put(column, "header", text, role=HEADING)
    if spec:
        for column, text in enumerate(headings.PROJECT.values(), at.weight):
            page.put(column, "header", text, role=HEADING)
        page.areas[HEADER] = (page.row, 1, page.row, at.last)
    else:
        _rest(page, at, 1 + len(block["rows"]))
    page.next(30)
    first = page.row
    row_of = {row["name"]: first + offset for offset, row in enumerate(block["rows"])}
    for offset, row in enumerate(block["rows"]):
        page.put(1, "label", row.get("label", row["name"]), columns=2, role=LABEL)
        for column, kind in enumerate(block["columns"], FIRST):
            _amount(page, rubric, column, row["name"] + kind, kind, row_of)
        if spec and not offset:
            put_points(page, rubric, spec, at, [page.row])
        elif spec:
            _rest(page, at)
        least = 24 if offset or not spec else FULL
        page.next(max(least, text_height(row.get("label", ""), sum(page.widths[:2]))))
    return first


def _rest(page: Page, at: Columns, rows: int = 1) -> None:
    columns = page.print_columns + 1 - at.weight
    page.put(at.weight, "plain", columns=columns, rows=rows, role=REST)


def _amount(
    page: Page, rubric: Rubric, column: int, name: str, kind: str, row_of: dict[str, int]
) -> None:
    """One amount; a total adds up the rows of its parts."""
    fact: Any = rubric["facts"][name]
    rows = [row_of[part.removesuffix(kind)] for part in fact.get("sum", ())]
    formula = sum_of_filled(ranges(rows, letters(column))) if rows else ""
    slot = slots.fact(name)
    page.put(column, "input.amount", formula=formula, fact=dict(fact), slot=slot, name=name)
