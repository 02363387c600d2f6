"""The sheets beside those that an author fills: all names of data, and the guide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...looks.heights import text_height
from .columns import DATA, GUIDE, NAMES
from .guide import guide
from .names_sheet import HEADINGS, NOTE, brought_rows, form_rows, own_cells

Place = tuple[int, int, int]  # heading row, first column, last row that is laid out; counted from 0
Format = Callable[..., Any]
TOP = 3


def put_names(book: Any, look: Format, source: dict[str, Any], own: Place) -> tuple[int, int]:
    """The 数据名称 sheet; gives the rows of names that an indicator may measure, the first counted
    from 0, the last from 1. `own`: where the author's own facts stand."""
    sheet = book.add_worksheet(NAMES)
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "数据名称", look("title"))
    sheet.merge_range(1, 0, 1, len(HEADINGS) - 1, NOTE, look("note", font_size=10.5))
    sheet.set_row(0, 34)
    sheet.set_row(1, 34)
    for index, (text, width) in enumerate(HEADINGS):
        sheet.set_column(index, index, width)
        sheet.write_string(TOP, index, text, look("header"))
    row = TOP + 1
    for texts in form_rows(source):
        _row(sheet, look, row, texts)
        row += 1
    top, left, bottom = own
    facts = source.get("fact", [])
    for index in range(bottom - top):
        known = facts[index] if index < len(facts) else {}
        for column, formula in enumerate(own_cells(DATA, left, top + 2 + index)):
            value = known.get("name", "") if column == 0 else ""
            sheet.write_formula(row, column, "=" + formula, look(_style(column)), value)
        row += 1
    last = row
    for texts in brought_rows(source):
        _row(sheet, look, row, texts)
        row += 1
    sheet.freeze_panes(TOP + 1, 1)
    sheet.repeat_rows(TOP)
    page(sheet, landscape=False, wide=False)
    return TOP + 1, last


def _style(column: int) -> str:
    return "text" if column in (0, len(HEADINGS) - 1) else "plain"


def _row(sheet: Any, look: Format, row: int, texts: tuple[str, ...]) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, look(_style(column)))
    sheet.set_row(row, max(20, text_height(texts[-1], HEADINGS[-1][1])))


def put_guide(book: Any, look: Format) -> None:
    """The 说明 sheet."""
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 88)
    heights = {"title": 36.0, "section": 28.0}
    for row, (style, text) in enumerate(guide()):
        body = style == "body"
        shown = look("sign", text_wrap=True, valign="top") if body else look(style)
        sheet.write_string(row, 0, text, shown)
        sheet.set_row(row, heights.get(style) or text_height(text, 84, 16))
    page(sheet, landscape=False, wide=False)


def page(sheet: Any, *, landscape: bool, wide: bool) -> None:
    """How a sheet prints: A4, or A3 where it is wide."""
    sheet.set_paper(8 if wide else 9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.65)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
    sheet.fit_to_pages(1, 0)
    if landscape:
        sheet.set_landscape()
    sheet.ignore_errors({"number_stored_as_text": "A1:AZ2000"})
