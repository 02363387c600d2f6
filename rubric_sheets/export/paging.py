"""Where a page ends, and which cells beside each other are one: runs of equal levels, split where a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

PAPER = 841.9 - 90.0  # points of rows on an upright A4 page between the margins
SLACK = 12.0
FULL_ENOUGH = 0.5  # a page may end early, at the end of a level, when it is at least half full


class Block(NamedTuple):
    """Rows that stay on one page."""

    height: float
    levels: tuple[str, ...] = ()


def room(scale: int) -> float:
    """Points of rows on a page printed at `scale` percent."""
    return PAPER * 100 / scale - SLACK


def page_breaks(blocks: Sequence[Block], head: float, repeated: float, space: float) -> list[int]:
    """Indexes of the blocks that start a new page. `head`: what stands above the first block; `repeated`: the
    height of the print titles on the further pages. A page ends at the end of a level where it can."""
    out: list[int] = []
    start, used = 0, head
    index = 0
    while index < len(blocks):
        if used + blocks[index].height > space and index > start:
            cut = _cut(blocks, start, index, repeated if out else head, space)
            out.append(cut)
            start = index = cut
            used = repeated
        used += blocks[index].height
        index += 1
    return out


def _cut(blocks: Sequence[Block], start: int, full: int, head: float, space: float) -> int:
    """Between `start` and `full`: the last end of a first level, else of a second, else as late as possible."""
    for depth in (1, 2):
        for cut in range(full, start, -1):
            if not blocks[cut].levels:
                continue  # the totals never stand alone
            ends = blocks[cut].levels[:depth] != blocks[cut - 1].levels[:depth]
            if ends and head + sum(block.height for block in blocks[start:cut]) >= FULL_ENOUGH * space:
                return cut
    return full


def runs(keys: Sequence[tuple[str, ...]], breaks: Sequence[int]) -> list[tuple[int, int]]:
    """(first, count) of neighbours with equal keys; blank ones stay single, and none goes over a page's end."""
    out: list[tuple[int, int]] = []
    for index, key in enumerate(keys):
        if out and index not in breaks and any(key) and key == keys[out[-1][0]]:
            out[-1] = (out[-1][0], out[-1][1] + 1)
        else:
            out.append((index, 1))
    return out
