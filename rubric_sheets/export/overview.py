"""The first sheet of several projects: one line for each, with the total that it hands in."""

from __future__ import annotations

from collections.abc import Sequence

from ..books import shown_values
from ..checks.evaluation import Evaluation
from ..pages.overview import COLUMNS, overview
from ..pages.page import Page
from ..pages.paint import Values
from ..places import slots
from .draft import shown
from .fit import fit
from .forms import mark_draft, plain_page
from .headings import paginate_form
from .plain_look import figure

COMPUTED = next(number for number, (_, _, name) in enumerate(COLUMNS, 1) if name == slots.TOTAL)
CLAIMED = slots.overview(slots.CLAIMED_TOTAL)


def build(parts: Sequence[Evaluation], draft: str) -> Page:
    """The layout's own overview, without the column of the computed totals."""
    page = plain_page(overview(parts[0].rubric["title"], len(parts)))
    page.widths = [width for number, width in enumerate(page.widths, 1) if number != COMPUTED]
    page.items = [item for item in page.items if item.column != COMPUTED]
    found = values(parts, draft)
    for item in page.items:
        item.column -= int(item.column > COMPUTED)
        item.columns -= int(item.columns > COMPUTED)
        if slots.project_of(item.slot)[1] == CLAIMED:
            item.style = figure(found[item.slot])
    mark_draft(page, draft)
    fit(page, found)
    paginate_form(page)
    return page


def values(parts: Sequence[Evaluation], draft: str) -> Values:
    """By slot; the first project has the plain ones."""
    out: Values = {}
    for number, part in enumerate(parts, 1):
        total, grade = shown(part, draft=bool(draft))
        totals = {slots.CLAIMED_TOTAL: total, slots.TOTAL: total, slots.GRADE: grade}
        for slot, value in shown_values.overview_values(part.facts, totals).items():
            out[slots.of_project(number, slot)] = value
    return out
