"""Tables of a fill-in sheet that go over a page's end: their heading stands again on the next page.

A sheet has one set of print titles only, and several tables;
so the heading itself is put there once more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ..pages.page import HEADING, LABEL, Page, height
from .forms import move
from .paging import form_blocks, paginate

MOST_PAGES = 60
REPEATED = (HEADING, LABEL)  # stand on each page over which their cells go


class Table(NamedTuple):
    """Its heading from row `heading` to `first`, its body from there to `end`."""

    heading: int
    first: int
    end: int


def tables(page: Page) -> list[Table]:
    """The blocks with headings, from top to bottom;
    one whose heading stands there again is several."""
    out = []
    for block in page.blocks:
        cells = page.of(block)
        headed = {
            row
            for item in cells
            if item.role == HEADING
            for row in range(item.row, item.row + item.rows)
        }
        starts = sorted(row for row in headed if row - 1 not in headed)
        end = max((item.row + item.rows for item in cells), default=0)
        for row, below in zip(starts, [*starts[1:], end]):
            first = next(n for n in range(row, below + 1) if n not in headed)
            out.append(Table(row, first, below))
    return out


def paginate_form(page: Page) -> None:
    """Scale and page ends of a fill-in sheet; headings are put again where a table goes on."""
    for _ in range(MOST_PAGES):
        paginate(page, form_blocks(page))
        split_at_breaks(page)
        if page.title_rows:
            return
        cut = next(
            (
                (table, row + 1)
                for row in page.breaks
                for table in tables(page)
                if table.first < row + 1 < table.end
            ),
            None,
        )
        if cut is None:
            return
        _repeat(page, *cut)


def _repeat(page: Page, table: Table, row: int) -> None:
    """Put the heading of `table` again, from `row` on."""
    copies = [
        replace(item, row=row + item.row - table.heading)
        for item in page.items
        if table.heading <= item.row < table.first
    ]
    heights = {
        row + n - table.heading: height(page, n, n + 1) for n in range(table.heading, table.first)
    }
    page.breaks = []
    move(page, row, table.first - table.heading)
    page.items += copies
    page.heights.update(heights)


def split_at_breaks(page: Page) -> None:
    """A merged cell that a page's end goes through becomes two;
    texts of the form stand in both, entries in the first."""
    for last in page.breaks:
        _close_parts(page, last)
        more = []
        for item in page.items:
            below = item.row + item.rows - 1 - last
            if item.row <= last and below > 0:
                text = item.text if item.role in REPEATED else ""
                more.append(replace(item, row=last + 1, rows=below, text=text, slot=""))
                item.rows -= below
        page.items += more


def _close_parts(page: Page, last: int) -> None:
    """A text over several rows is framed on each page."""
    above, below = {"first": "only", "middle": "last"}, {"middle": "first", "last": "only"}
    for item in page.items:
        base, tilde, part = item.style.partition("~")
        if tilde and item.row + item.rows - 1 == last:
            item.style = f"{base}~{above.get(part, part)}"
        elif tilde and item.row == last + 1:
            item.style = f"{base}~{below.get(part, part)}"
