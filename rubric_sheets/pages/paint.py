"""Pages → a new workbook, through XlsxWriter: formulas together with their right values, names,
lists, prints."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from ..looks.styles import BOOK_OPTIONS, CREATED, MARKS, properties
from ..looks.tabs import OTHERS, TABS, TO_FILL
from ..rubric.model import Rubric
from .carried import Carried
from .carried import add as add_carried
from .charts import put as put_chart
from .input_rules import validate
from .page import Item, Page, columns_of, reference
from .workbook_pages import pages

# XlsxWriter takes binary floats: this is the border of the spreadsheet.
Values = dict[str, Any]


def build(
    rubric: Rubric,
    values: Values,
    rows: dict[str, int] | None = None,
    macros: Any = None,
    more: Sequence[dict[str, int]] = (),
    carried: Carried | None = None,
) -> bytes:
    """The bytes of a new workbook. `values`: slot → Fraction, text or None; `rows`: growing table →
    rows needed, `more`: the same for further projects; `carried`: what came from last year's.

    `macros`, where given, is called with the XlsxWriter workbook and the worksheets by name before
    closing.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, BOOK_OPTIONS)
    book.set_properties(
        {
            "title": rubric["title"],
            "created": CREATED,
            "comments": f"{rubric['id']} {rubric['version']}",
        }
    )
    book.set_size(2400, 1400)
    painter = Painter(book, values)
    shown = {
        slot: value.value if isinstance(value, Derived) else value for slot, value in values.items()
    }
    texts = {slot: value for slot, value in shown.items() if isinstance(value, str)}
    all_pages = pages(rubric, rows, more, texts)
    if carried is not None:
        add_carried(all_pages, carried)
    sheets = {page.name: painter.page(page) for page in all_pages}
    sheets[all_pages[0].name].activate()
    if macros:
        macros(book, sheets)
    book.close()
    return buffer.getvalue()


class Painter:
    """Turns pages into the worksheets of one XlsxWriter workbook. `format` may be overridden for
    other looks."""

    def __init__(self, book: Any, values: Values) -> None:
        self.book, self.values = book, values
        self.formats: dict[str, Any] = {}

    def format(self, style: str) -> Any:
        if style not in self.formats:
            self.formats[style] = self.book.add_format(properties(style))
        return self.formats[style]

    def page(self, page: Page) -> Any:
        sheet = self.book.add_worksheet(page.name)
        for index, width in enumerate(page.widths):
            helper = 0 < page.helpers <= index + 1
            look = self.format(page.column_styles[index]) if page.column_styles else None
            sheet.set_column(index, index, width, look, {"hidden": helper})
        if page.default_height:
            sheet.set_default_row(page.default_height)
        for row, height in page.heights.items():
            sheet.set_row(row - 1, height)
        for item in page.items:
            self.item(page, sheet, item)
        for item, last in columns_of(page.items):
            validate(sheet, item, last)
        for name, area in page.areas.items():
            self.book.define_name(name, "=" + reference(page.name, *area))
        for cells, condition, look in page.marks:
            style = f"mark:{look}"
            if style not in self.formats:
                self.formats[style] = self.book.add_format(MARKS[look])
            sheet.conditional_format(
                cells,
                {"type": "formula", "criteria": "=" + condition, "format": self.formats[style]},
            )
        for chart in page.charts:
            put_chart(self.book, sheet, chart)
        if page.hidden:
            sheet.very_hidden()
            return sheet
        _print_setup(sheet, page)
        if not page.plain:
            _ready(sheet, page)
            sheet.protect(
                "",
                {
                    "format_columns": True,
                    "format_rows": True,
                    "insert_rows": True,
                    "format_cells": True,
                },
            )
        return sheet

    def item(self, page: Page, sheet: Any, item: Item) -> None:
        look = self.format(item.style)
        row, column = item.row - 1, item.column - 1
        if item.rows > 1 or item.columns > 1:
            sheet.merge_range(row, column, row + item.rows - 1, column + item.columns - 1, "", look)
        value = self.values.get(item.slot) if item.slot else None
        formula = item.formula
        if formula and item.fact and item.slot in self.values and not isinstance(value, Derived):
            formula = ""  # typed over the default formula
        if isinstance(value, Derived):
            value = value.value
        if formula:
            sheet.write_formula(
                row, column, "=" + formula, look, "" if value is None else as_number(value)
            )
        elif value is not None:
            self.value(sheet, row, column, value, look)
        elif item.text and item.style.endswith(".weight"):
            sheet.write_number(row, column, float(item.text), look)
        elif item.text:
            sheet.write_string(row, column, item.text, look)
        else:
            sheet.write_blank(row, column, None, look)
        if item.name:
            self.book.define_name(item.name, "=" + reference(page.name, item.row, item.column))

    def value(self, sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, value, look)
        else:
            sheet.write_number(row, column, as_number(value), look)


class Derived:
    """A value that the cell's own formula gives."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def as_number(value: Any) -> Any:
    """Whole numbers as such: a formula's result would be stored as 5.0, where every spreadsheet
    program writes 5."""
    if isinstance(value, str):
        return value
    return value.numerator if value.denominator == 1 else value.numerator / value.denominator


def _ready(sheet: Any, page: Page) -> None:
    """The cursor waits on the first cell to be filled in; the tab tells what the sheet is for."""
    inputs = [item for item in page.items if item.fact and not item.formula]
    first = min(inputs, key=lambda item: (item.row, item.column), default=None)
    if first is not None:
        sheet.set_selection(first.row - 1, first.column - 1, first.row - 1, first.column - 1)
    tab = next((look for name, look in TABS.items() if page.name.startswith(name)), "")
    sheet.set_tab_color(tab or (TO_FILL if inputs else OTHERS))


def _print_setup(sheet: Any, page: Page) -> None:
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.65)
    beside = f"　{page.footer}" if page.footer else ""
    sheet.set_footer(f"&C&9第 &P 页，共 &N 页{beside}")
    sheet.center_horizontally()
    if page.landscape:
        sheet.set_landscape()
    if page.header:
        picture = {"image_center": page.picture} if page.picture else {}
        sheet.set_header(f"{page.header}&G" if picture else page.header, picture)
    if not page.plain:
        last = page.print_rows or max(item.row + item.rows - 1 for item in page.items)
        if not page.column_styles:
            sheet.print_area(0, 0, last - 1, (page.print_columns or len(page.widths)) - 1)
    if page.scale:  # manual breaks hold only without fit-to-page
        sheet.set_print_scale(page.scale)
        sheet.set_h_pagebreaks(page.breaks)
    else:
        sheet.fit_to_pages(1, 0)
    if page.title_rows:
        sheet.repeat_rows(page.title_rows[0] - 1, page.title_rows[1] - 1)
    if page.freeze:
        sheet.freeze_panes(*page.freeze)


__all__ = ["CREATED", "Derived", "Painter", "Values", "build"]
