"""From a rubric to the pages of its workbook. Everything that a cell holds is decided here,
nothing is typed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..places.addresses import letters
from ..places.names import CHECKLIST_SHEET, EXTRA_SHEET, SCORE_SHEET
from ..rubric.forms import SCORED
from ..rubric.load import form_of
from ..rubric.model import Rubric
from ..rubric.shaping import with_own
from . import dashboard, guide, other_sheets, project_sheet, score_sheet
from .blocks import Builder
from .further_projects import by_project, renamed
from .heights import raise_rows
from .overview import overview
from .page import CAPTION, GRID, REMARK, TITLE, Item, Page, columns_of

WIDTHS = (17, 11, 11, 11, 11, 11, 11, 11)


def pages(
    rubric: Rubric,
    rows: dict[str, int] | None = None,
    more: Sequence[dict[str, int]] = (),
    texts: dict[str, str] | None = None,
) -> list[Page]:
    """All sheets in order; `rows` tells how many rows a growing table must hold;
    `more` the same for further projects;
    `texts`, by slot, for which rows have to be high enough."""
    form = with_own(form_of(rubric), rubric)
    own = by_project(texts or {})
    out = _project_pages(rubric, form, rows or {}, own.get(1, {}))
    title = next(item.text for item in out[0].items if item.role == TITLE)
    for number, wanted in enumerate(more, 2):
        further = _project_pages(rubric, form, wanted, own.get(number, {}))
        out += [renamed(page, number) for page in further]
    out += [
        other_sheets.findings_page(),
        other_sheets.rubric_page(rubric),
        other_sheets.meta_page(rubric),
    ]
    first = overview(title, len(more) + 1) if more else dashboard.build(rubric, form, out)
    raise_rows(first, texts or {})
    return [guide.build(), first, *out]


def _project_pages(
    rubric: Rubric, form: dict[str, Any], rows: dict[str, int], texts: dict[str, str]
) -> list[Page]:
    """The sheets of one project; of a whole workbook where it holds but one."""
    builder = Builder(rubric, rows)
    out: list[Page] = []
    caption = rubric.get("caption", form.get("score_caption", ""))
    for sheet in form["sheet"]:
        if sheet.get("page") == "project":
            out.append(project_sheet.build(rubric, sheet, caption, rows, texts))
        elif _wanted(rubric, sheet):
            out.append(_form_page(builder, sheet))
    out += [_form_page(builder, sheet) for sheet in _added(rubric, form)]
    if all(page.name != SCORE_SHEET for page in out):
        out.append(score_sheet.build(rubric, caption, texts, form.get(SCORED), rows))
    for page in out:
        _mark_inputs(page)
        raise_rows(page, texts)
    return out


def _wanted(rubric: Rubric, sheet: dict[str, Any]) -> bool:
    """A checklist sheet without any checklist is left out."""
    return sheet["name"] != CHECKLIST_SHEET or any(
        f["sheet"] == CHECKLIST_SHEET for f in rubric["facts"].values()
    )


def _added(rubric: Rubric, form: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Sheets for the facts of rules and of the rubric itself that the form has no sheet for."""
    has = {sheet["name"] for sheet in form["sheet"]}
    facts = rubric["facts"].values()
    if CHECKLIST_SHEET in {fact["sheet"] for fact in facts} - has:
        yield _sheet(CHECKLIST_SHEET, {"kind": "checklists"})
    extra = [fact for fact in facts if fact["sheet"] == EXTRA_SHEET]
    if extra:
        yield _sheet(EXTRA_SHEET, {"kind": "amounts", "facts": extra})


def _sheet(name: str, block: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "title": name, "block": [block]}


def _form_page(builder: Builder, sheet: dict[str, Any]) -> Page:
    widths = [float(w) for w in sheet.get("widths", ())] or WIDTHS
    page = Page(sheet["name"], widths, landscape=sheet.get("landscape", False))
    if sheet.get("caption"):
        page.put(1, "caption", sheet["caption"], columns=GRID, role=CAPTION)
        page.next(20)
    page.put(1, "title", sheet["title"], columns=GRID, role=TITLE)
    page.next(36)
    if sheet.get("unit"):
        page.put(1, "remark", f"单位：{sheet['unit']}", columns=GRID, role=REMARK)
        page.next(18)
    for block in sheet["block"]:
        builder.block(page, block)
    return page


def _mark_inputs(page: Page) -> None:
    """What a figure's cell must not hold is shown at once: a text, or a negative amount."""
    for item, last in columns_of(page.items):
        fact = item.fact
        if (
            not fact
            or not item.style.startswith("input")
            or fact["kind"] in ("text", "yes_no", "claim")
        ):
            continue
        cell = item.cell
        wrong = f'AND(NOT(ISNUMBER({cell})),{cell}<>"",{cell}<>"不适用")'
        if not fact.get("signed"):
            wrong = f"OR({wrong},AND(ISNUMBER({cell}),{cell}<0))"
        page.mark(
            cell if last == item.row else f"{cell}:{letters(item.column)}{last}", wrong, "wrong"
        )


def fact_cells(all_pages: list[Page]) -> dict[str, Item]:
    """Where each fact stands in a new workbook:
    name → item (its page is found by `fact['sheet']`)."""
    return {item.name: item for page in all_pages for item in page.items if item.fact and item.name}
