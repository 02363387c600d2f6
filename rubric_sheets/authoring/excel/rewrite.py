"""A rubric's workbook made again of what it says, with what its author had added where that
belongs now."""

from __future__ import annotations

import warnings
from typing import Any

from ...ooxml.book import Book
from ...places.addresses import cell as address
from .column import Key
from .columns import OTHER, tables
from .kept import Cell, Kept
from .read import read_book
from .source import ExcelSource
from .write import workbook

LONGEST = 4000  # characters of a comment
WIDEST, MOST_COLUMNS = 255.0, 200  # of a column in Excel; those that are looked at
PADDING = 0.7109375  # what a file adds to a width [ECMA-376 part 1, 18.3.1.13]


def rewritten(excel: ExcelSource) -> bytes:
    """The workbook made again of what it says, with what its author had added."""
    widths, comments = _added(excel)
    kept = Kept(widths)
    if not comments:
        return workbook(excel.source, kept)
    now = read_book(Book.of(excel.path, workbook(excel.source, kept)))
    return workbook(excel.source, kept._replace(comments=_moved(comments, excel, now)))


def _moved(comments: dict[Cell, str], before: ExcelSource, now: ExcelSource) -> dict[Cell, str]:
    """Comments at the cells where what they speak of stands now."""
    to: dict[Cell, Cell] = {}
    for path, place in before.cells.items():
        if path in now.cells:
            to[place] = now.cells[path]
    for heading, place in before.headings.items():
        if heading in now.headings:
            to[place] = now.headings[heading]
    return {to[place]: text for place, text in comments.items() if place in to}


def _added(excel: ExcelSource) -> tuple[dict[tuple[str, Key], float], dict[Cell, str]]:
    """Widths that differ from the usual ones, and all comments. Nothing of a workbook that the
    library does not understand: the rubric itself was read without it."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(excel.path)
        return _widths(excel, book), _comments(excel, book)
    except Exception:  # whatever an unusual workbook makes it raise
        return {}, {}


def _widths(excel: ExcelSource, book: Any) -> dict[tuple[str, Key], float]:
    found = {}
    stored = {name: _stored(book[name]) for name in {sheet for sheet, _ in excel.headings.values()}}
    usual = {(name, c.key): c.width for name, table in tables().items() for c in table.columns}
    for (name, key), (sheet, place) in excel.headings.items():
        if tables()[name].sheet == OTHER and name != "check":
            continue
        width = stored[sheet].get(address(place)[1], 0.0)
        if 0 < width <= WIDEST and abs(width - usual[name, key]) > 1:
            found[name, key] = round(width, 2)
    return found


def _stored(sheet: Any) -> dict[int, float]:
    """Column, counted from 1, → its width as a person sets it."""
    return {
        number: float(one.width) - PADDING
        for one in sheet.column_dimensions.values()
        if one.customWidth
        for number in range(one.min or 0, min(one.max or 0, MOST_COLUMNS) + 1)
    }


def _comments(excel: ExcelSource, book: Any) -> dict[Cell, str]:
    sheets = {sheet for sheet, _ in (*excel.cells.values(), *excel.headings.values()) if sheet}
    return {
        (name, cell.coordinate): str(cell.comment.text)[:LONGEST]
        for name in sorted(sheets)
        for row in book[name].iter_rows()
        for cell in row
        if cell.comment is not None
    }
