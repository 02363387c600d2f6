"""The sheet 上年带入: what came from last year's workbook, each to be confirmed or changed; what is
different in the rubric."""

from __future__ import annotations

from collections.abc import Sequence

from ..looks.heights import text_height
from ..places.names import CARRIED_SHEET, CONFIRMED
from ..records import Record
from .page import HEADING, TITLE, Block, Item, Page, reference

WIDTHS = (6, 34, 26, 34, 14)
COLUMNS = ("序号", "数据", "带来的数", "上年工作簿里", "核对")
NAME, VALUE, CHECK = 2, 3, 5
FIRST = 4  # row of the first entry
HELP = "浅紫的格子是从上年的工作簿带来的：改成本年的数，或在“核对”一栏选“已核对”，颜色就没有了。"


class Entry(Record):
    """One cell: `name` as people call it, `source` where it stood last year."""

    slot: str
    name: str
    source: str


class Carried(Record):
    """What came over, and what is different in the rubric, in words."""

    entries: Sequence[Entry]
    changes: Sequence[str] = ()


def add(pages: list[Page], carried: Carried) -> None:
    """The sheet before the 校验 sheet, and the marks of the cells that it speaks of."""
    places = {item.slot: (page, item) for page in pages for item in page.items if item.slot}
    sheet = Page(CARRIED_SHEET, WIDTHS)
    sheet.put(1, "title", "上年带入的数据", columns=len(WIDTHS), role=TITLE)
    sheet.next(34)
    sheet.put(1, "note", HELP, columns=len(WIDTHS))
    sheet.next(20)
    sheet.begin(Block("carried"))
    for column, text in enumerate(COLUMNS, 1):
        sheet.put(column, "header", text, role=HEADING)
    sheet.next(24)
    known = [entry for entry in carried.entries if entry.slot in places]
    for number, entry in enumerate(known, 1):
        _row(sheet, number, entry, *places[entry.slot])
    _changes(sheet, carried.changes)
    pages.insert(len(pages) - 3, sheet)  # the three that the program fills are the last


def _row(sheet: Page, number: int, entry: Entry, page: Page, item: Item) -> None:
    """The carried figure, and whether it has been confirmed: by hand, or by another figure."""
    target = reference(page.name, item.row, item.column)
    own = reference(sheet.name, sheet.row, VALUE).partition("!")[2]
    sheet.put(1, "plain", str(number))
    sheet.put(NAME, "text", entry.name)
    sheet.put(VALUE, f"plain.{_number(item)}" if _number(item) else "text", slot=entry.slot)
    sheet.put(4, "text", entry.source)
    check = {"name": "核对", "kind": "text", "choices": [CONFIRMED]}
    name = f"核对_{number}"
    formula = f'IF({target}={own},"","已改")'
    sheet.put(CHECK, "input", formula=formula, name=name, fact=check)
    page.mark(item.cell, f'{name}=""', "carried")
    sheet.next(24)


def _number(item: Item) -> str:
    """The number format of the cell that it came into."""
    number = item.style.partition(".")[2]
    return number if number in ("amount", "count", "percent") else ""


def _changes(sheet: Page, changes: Sequence[str]) -> None:
    """Below the entries, one a row."""
    sheet.next(10)
    sheet.begin(Block("changes"))
    sheet.put(1, "section", "指标体系的变化", columns=len(WIDTHS))
    sheet.next(24)
    for text in changes or ("与上年的指标体系相同。",):
        sheet.put(1, "text", text, columns=len(WIDTHS))
        sheet.next(max(20, text_height(text, sum(WIDTHS))))
