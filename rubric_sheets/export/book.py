"""A unit's evaluation → the bytes of its submission as .xlsx."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from ..evaluate import Evaluation
from ..rubric.load import load_form
from ..rubric.model import Rubric
from ..sheets.layout import pages
from ..sheets.names import FINDINGS_SHEET, META_SHEET, RUBRIC_SHEET, SCORE_SHEET
from ..sheets.outputs import derived, inputs, scores
from ..sheets.page import Page
from ..sheets.template import CREATED, OPTIONS
from . import project_page, score_page
from .fit import fit
from .forms import mark_draft, needed_rows, plain_page
from .headings import paginate_form
from .looks import PlainPainter

LEFT_OUT = (FINDINGS_SHEET, RUBRIC_SHEET, META_SHEET)


def build(evaluation: Evaluation, raw: dict[str, str]) -> bytes:
    """Values and formats only, a draft where errors stand. `raw`: slot → text of cells that could not be read."""
    values = slots(evaluation) | raw
    sheets = submission_pages(evaluation, values)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": evaluation.rubric["title"], "created": CREATED})
    book.set_size(2400, 1400)
    painter = PlainPainter(book, values)
    for page in sheets:
        painter.page(page)
    book.close()
    return buffer.getvalue()


def slots(evaluation: Evaluation) -> dict[str, Any]:
    """Every value by the slot of its cell, formulas replaced by what they give."""
    rubric, facts = evaluation.rubric, evaluation.facts
    measures = {
        slot: value for slot, value in scores(rubric, facts, evaluation.card).items() if slot.startswith("指标值:")
    }
    return {**inputs(rubric, facts), **derived(rubric, facts), **measures}


def submission_pages(evaluation: Evaluation, values: dict[str, Any]) -> list[Page]:
    """The sheets that are handed in, in the order of the workbook; figures of the score table go into `values`."""
    rubric = evaluation.rubric
    out = []
    for page in pages(rubric, needed_rows(evaluation)):
        if page.name in LEFT_OUT:
            continue
        if page.name == SCORE_SHEET:
            out.append(_score_page(rubric, evaluation, page, values))
            continue
        out.append(plain_page(page, rubric))
        mark_draft(out[-1], evaluation)
        fit(out[-1], values)
        paginate_form(out[-1])
    return out


def _score_page(rubric: Rubric, evaluation: Evaluation, page: Page, values: dict[str, Any]) -> Page:
    if "targets" in rubric:
        return project_page.build(page, evaluation, values)
    return score_page.build(evaluation, load_form(rubric["form"]).get("score_caption", ""), values)
