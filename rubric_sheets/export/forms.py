"""The fill-in sheets as they are handed in: the same layout, without what only helps to fill in."""

from __future__ import annotations

from dataclasses import replace

from ..checks.evaluation import Evaluation
from ..facts.model import Row
from ..looks.heights import text_height
from ..looks.styles import HEI
from ..pages.page import FILLING_IN, HINT, SECTION, Item, Page
from ..places import slots
from .draft import mark
from .watermark import PICTURE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SMALLER, LINE = 0.72, 20.0  # the mark is larger than what the columns are made for; its lines
ROW = 24.0  # points of an empty row of a table


def needed_rows(evaluation: Evaluation) -> dict[str, int]:
    """Growing table → rows up to the last one that is filled;
    the form itself knows its least number."""
    return {
        name: max((index for index, row in enumerate(rows, 1) if _is_filled(row)), default=0)
        for name, rows in evaluation.facts.tables.items()
    }


def _is_filled(row: Row) -> bool:
    return any(
        value not in (None, "") for name, value in row.values.items() if name not in row.derived
    )


def plain_page(page: Page) -> Page:
    """A copy without formulas, names, input rules, marks and what only helps to fill in."""
    kept = [_placed(_entry(item)) for item in page.items if item.role not in FILLING_IN]
    out = Page(
        page.name,
        page.widths,
        page.landscape,
        items=sorted(kept, key=lambda item: item.row),
        blocks=page.blocks,
        heights=dict(page.heights),
        title_rows=page.title_rows,
        plain=True,
        row=page.row,
    )
    for _, (first, _, end, _) in page.tables():
        out.heights.update(dict.fromkeys(range(first, end), ROW))
    for row in sorted({item.row for item in page.items if item.role == HINT}, reverse=True):
        move(out, row + 1, -1)
    return out


def _entry(item: Item) -> Item:
    points = item.fact and item.fact.get("unit") == "分"  # as many decimals as were typed
    style = item.style.partition(".")[0] + ".weight" if points else item.style
    return replace(item, formula="", name="", fact=None, style=style)


def _placed(item: Item) -> Item:
    """Columns of its block that only help to fill in leave their room to the others."""
    wide = item.block.handed_in if item.block else ()
    if not wide or item.role == SECTION:
        return item
    first = item.column - 1
    return replace(
        item, column=1 + sum(wide[:first]), columns=sum(wide[first : first + item.columns])
    )


def move(page: Page, first: int, by: int) -> None:
    """Rows from `first` on go down, or up over rows that are empty."""

    def moved(row: int) -> int:
        return row + by if row >= first else row

    dropped = range(first + by, first) if by < 0 else ()
    for item in page.items:
        item.row = moved(item.row)
    page.heights = {
        moved(row): height for row, height in page.heights.items() if row not in dropped
    }
    page.breaks = [moved(row) for row in page.breaks]
    if page.title_rows:
        page.title_rows = (moved(page.title_rows[0]), moved(page.title_rows[1]))
    page.row = moved(page.row)


def mark_draft(page: Page, draft: str) -> int:
    """The mark that nobody overlooks, on the sheet and on every printed page;
    returns the rows added. `draft`: why it is one, "" where it is none."""
    if not draft:
        return 0
    move(page, 1, 1)
    text, room = mark(draft), sum(page.widths) * SMALLER
    page.items.insert(0, Item(1, 1, "draft", text, columns=len(page.widths)))
    page.heights[1] = max(26.0, text_height(text, room, LINE))
    page.header, page.picture = f'&C&"{HEI}"&10草稿', str(PICTURE)
    return 1


def raw_texts(reader: Any) -> dict[str, str]:
    """What stands in cells that could not be read: a draft shows it as it is."""
    facts, out = reader.facts, {}
    cells = {
        slots.fact(name): (place, facts.values.get(name))
        for name, place in facts.places.items()
        if name not in facts.derived
    }
    for table, rows in facts.tables.items():
        for index, row in enumerate(rows):
            filled = ((name, place) for name, place in row.places.items() if name in row.values)
            for name, place in filled:
                cells[slots.row(table, index, name)] = (place, row.values[name])
    for slot, (place, value) in cells.items():
        cell = reader.source.cell(*place) if value is None else None
        if cell is not None and cell.text:
            out[slot] = cell.text
    return out
