"""A unit's evaluation → the bytes of its submission as .xlsx."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from ..books.shown_values import derived, inputs, scores
from ..checks.evaluation import Evaluation
from ..looks.styles import BOOK_OPTIONS, CREATED
from ..pages.page import Page
from ..pages.paint import Values
from ..pages.workbook_pages import pages
from ..places import slots
from ..places.names import (
    DASHBOARD_SHEET,
    FINDINGS_SHEET,
    GUIDE_SHEET,
    META_SHEET,
    RUBRIC_SHEET,
    SCORE_SHEET,
)
from ..rubric.forms import is_one_page
from ..rubric.load import form_of
from . import overview, project_page, score_page
from .draft import why
from .fit import fit
from .forms import mark_draft, needed_rows, plain_page
from .headings import paginate_form
from .plain_look import PlainPainter

LEFT_OUT = (GUIDE_SHEET, DASHBOARD_SHEET, FINDINGS_SHEET, RUBRIC_SHEET, META_SHEET)


def build(evaluation: Evaluation, raw: Sequence[dict[str, str]], code: str = "") -> bytes:
    """Values and formats only, a draft where something is in the way. `raw`: of each project,
    slot → text that could not be read; `code`: 报送码, at the foot of each page."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, BOOK_OPTIONS)
    book.set_properties({"title": evaluation.rubric["title"], "created": CREATED})
    book.set_size(2400, 1400)
    painter = PlainPainter(book, {})
    for page, painter.values in submission(evaluation, raw):
        page.footer = f"报送码 {code}" if code else ""
        painter.page(page)
    book.close()
    return buffer.getvalue()


def submission(evaluation: Evaluation, raw: Sequence[dict[str, str]]) -> list[tuple[Page, Values]]:
    """Every sheet with the values of its slots; several projects one after the other,
    an overview first."""
    parts, draft = evaluation.projects or (evaluation,), why(evaluation)
    out = []
    for number, (part, texts) in enumerate(zip(parts, raw), 1):
        values = values_of(part) | texts
        for page in project_pages(part, values, draft):
            page.name += f"（{number}）" if number > 1 else ""
            out.append((page, values))
    return (
        [(overview.build(parts, draft), overview.values(parts, draft)), *out]
        if len(parts) > 1
        else out
    )


def values_of(evaluation: Evaluation) -> Values:
    """Every value by the slot of its cell, formulas replaced by what they give."""
    rubric, facts = evaluation.rubric, evaluation.facts
    measures = {
        slot: value
        for slot, value in scores(rubric, facts, evaluation.card).items()
        if slots.parse(slot).kind == slots.MEASURE
    }
    return {**inputs(rubric, facts), **derived(rubric, facts), **measures}


def project_pages(evaluation: Evaluation, values: Values, draft: str) -> list[Page]:
    """The sheets of one project, in the order of the workbook;
    figures of the score table go into `values`."""
    rubric = evaluation.rubric
    out = []
    for page in pages(rubric, needed_rows(evaluation)):
        if page.name in LEFT_OUT:
            continue
        if page.name == SCORE_SHEET:
            out.append(_score_page(evaluation, page, values, draft))
            continue
        out.append(plain_page(page))
        mark_draft(out[-1], draft)
        fit(out[-1], values)
        paginate_form(out[-1])
    return out


def _score_page(evaluation: Evaluation, page: Page, values: Values, draft: str) -> Page:
    if is_one_page(evaluation.rubric):
        return project_page.build(page, evaluation, values, draft)
    rubric = evaluation.rubric
    caption = rubric.get("caption", form_of(rubric).get("score_caption", ""))
    return score_page.build(evaluation, caption, values, draft)
