"""The print scale, the rows that stay together, and which cells beside each other are one:
runs of equal levels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..pages.page import CAPTION, HEADING, REMARK, SECTION, SIGNATURE, TITLE, Page, height
from ..pages.page_breaks import Stretch, page_breaks
from .fit import UNIT, wide

LONG_SIDE, SHORT_SIDE = 841.9, 595.3  # points of A4
ACROSS, DOWN = 79.2, 90.0  # points of the margins
HEADER = 16.0  # points that the mark of a draft takes from the top of each page
SLACK = 12.0
ABOVE = (CAPTION, TITLE, REMARK, SECTION, HEADING)  # stay with what follows them
MOST_SCALE = 115  # a narrow sheet may fill the paper
LEAST_SCALE = 76  # percent: smaller print than this is not worth saving a page


def paginate(page: Page, blocks: Sequence[Stretch]) -> None:
    """Set the scale and the page ends; `blocks` are the rows from the first one that may start a
    page."""
    across, down = (LONG_SIDE, SHORT_SIDE) if page.landscape else (SHORT_SIDE, LONG_SIDE)
    widest = min(MOST_SCALE, int((across - ACROSS) / (wide(page.widths) * UNIT) * 100))
    room = down - DOWN - SLACK - (HEADER if page.header else 0.0)
    whole = int(room / height(page, 1, page.row) * 100)
    page.scale = min(widest, max(whole, LEAST_SCALE))
    if whole >= LEAST_SCALE:
        return
    page.scale = widest
    repeated = height(page, page.title_rows[0], page.title_rows[1] + 1) if page.title_rows else 0.0
    breaks = page_breaks(blocks, height(page, 1, blocks[0].row), repeated, room * 100 / widest)
    page.breaks = [blocks[index].row - 1 for index in breaks]


def form_blocks(page: Page) -> list[Stretch]:
    """The rows of a fill-in sheet: headings stay with what follows them,
    merged cells and signatures together."""
    glued = {item.row + 1 for item in page.items if item.role in ABOVE}
    for item in page.items:
        if item.rows > 1 and height(page, item.row, item.row + item.rows) < SHORT_SIDE / 2:
            glued.update(range(item.row + 1, item.row + item.rows))
    signed = sorted(item.row for item in page.items if item.role == SIGNATURE)
    glued.update(range(signed[0] - 1, signed[-1] + 1) if signed else ())
    titles = {item.row: item.text for item in page.items if item.role == SECTION}
    first = page.title_rows[1] + 1 if page.title_rows else 1
    starts = [row for row in range(first, page.row) if row not in glued or row == first]
    out, title = [], ""
    for row, end in pairwise([*starts, page.row]):
        title = titles.get(row, title)
        out.append(Stretch(row, height(page, row, end), (title,)))
    return out


def runs(keys: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """(first, count) of neighbours with equal keys; blank ones stay single."""
    out: list[tuple[int, int]] = []
    for index, key in enumerate(keys):
        if out and any(key) and key == keys[out[-1][0]]:
            out[-1] = (out[-1][0], out[-1][1] + 1)
        else:
            out.append((index, 1))
    return out
