"""Where the pages of a sheet end: at the end of a level where that costs little."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FULL_ENOUGH, HALF = 0.75, 0.45  # of a page that may end early, at the end of a level


class Stretch(NamedTuple):
    """Rows that stay on one page: the first one, their height,
    the levels they stand under (none: below all)."""

    row: int
    height: float
    levels: tuple[str, ...] = ()


def page_breaks(blocks: Sequence[Stretch], head: float, repeated: float, room: float) -> list[int]:
    """Indexes of the blocks that start a new page. `head`: what stands above the first block;
    `repeated`: the height of the print titles on the further pages.
    A page ends at the end of a level where it can."""
    out: list[int] = []
    start, above = 0, head
    while (full := _full(blocks, start, above, room)) < len(blocks):
        start = _cut(blocks, start, full, (above, repeated, room))
        out.append(start)
        above = repeated
    return out


def _full(blocks: Sequence[Stretch], start: int, above: float, room: float) -> int:
    """The first block after `start` that the page does not hold any more."""
    used = above
    for index in range(start, len(blocks)):
        used += blocks[index].height
        if used > room and index > start:
            return index
    return len(blocks)


def _cut(
    blocks: Sequence[Stretch], start: int, full: int, space: tuple[float, float, float]
) -> int:
    """Between `start` and `full`: the last end of a first level, else of a second, else as late as
    possible. A page may end early where it is rather full, or where that takes no page more."""
    above, repeated, room = space
    pages = _pages(blocks, full, repeated, room)
    for depth in (1, 2):
        for cut in range(full, start, -1):
            if (
                not blocks[cut].levels
                or blocks[cut].levels[:depth] == blocks[cut - 1].levels[:depth]
            ):
                continue  # no end of a level; and the totals never stand alone
            share = (above + sum(block.height for block in blocks[start:cut])) / room
            if share >= FULL_ENOUGH or (
                share >= HALF and _pages(blocks, cut, repeated, room) <= pages
            ):
                return cut
    return full if blocks[full].levels or full - 1 <= start else full - 1


def _pages(blocks: Sequence[Stretch], start: int, repeated: float, room: float) -> int:
    """How many pages the rest takes at least."""
    count = 0
    while start < len(blocks):
        start, count = _full(blocks, start, repeated, room), count + 1
    return count
