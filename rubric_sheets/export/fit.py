"""Rows high enough for their texts. A text that is higher than a row may be goes into several
rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..looks.heights import LINE, text_height
from ..pages.page import Item, Page, height
from .plain_look import LONG, properties

UNIT = 6.2  # points of a unit of column width in LibreOffice, 6 in Excel
LIMIT = 330.0  # points of one row: Excel's rows end at 409, and a page should break between rows
WIDE = re.compile("[×÷±·°\u2010-\u2e7f]")  # signs that Chinese fonts draw as wide as a character
SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
Rows = Callable[[int], int]


def fit(page: Page, values: dict[str, Any]) -> Rows:
    """Split and raise the rows of `page`; returns where each row of before begins now."""
    parts = {id(item): _parts(page, item, values) for item in page.items if item.rows == 1}
    extra: dict[int, int] = {}
    for item in page.items:
        if more := len(parts.get(id(item), ())) - 1:
            extra[item.row] = max(extra.get(item.row, 0), more)
    starts = {}
    added = 0
    for row in range(1, page.row + 1):
        starts[row] = row + added
        added += max(0, extra.get(row, 0))

    def moved(row: int) -> int:
        return starts.get(row, row + added)

    page.heights = {moved(row): height for row, height in page.heights.items()}
    for row, more in extra.items():
        if more > 0:
            page.heights.update({moved(row) + n: 0.0 for n in range(more + 1)})
    if page.title_rows:
        page.title_rows = (moved(page.title_rows[0]), moved(page.title_rows[1]))
    page.items = [
        new for item in page.items for new in _placed(item, parts.get(id(item), []), moved)
    ]
    page.row = moved(page.row)
    raise_rows(page, values)
    return moved


def _placed(item: Item, parts: list[str], moved: Rows) -> list[Item]:
    """The item in its new rows: as one cell, or as one cell for each part of its text."""
    first, last = moved(item.row), moved(item.row + item.rows) - 1
    if len(parts) < 2:
        return [replace(item, row=first, rows=last - first + 1)]
    looks = ["first", *["middle"] * (len(parts) - 2), "last"]
    base = item.style.partition(".")[0]
    out = [
        replace(item, row=row, rows=1, slot="", text=text, style=f"{base}~{look}")
        for row, (text, look) in enumerate(zip(parts, looks), first)
    ]
    out[-1].rows = last - out[-1].row + 1
    return out


def raise_rows(page: Page, values: dict[str, Any]) -> None:
    """Each row as high as its highest text; what a merged cell lacks, its last row gets."""
    for item in sorted(page.items, key=lambda one: one.rows):
        needed = _height(page, item, text_of(item, values))
        present = height(page, item.row, item.row + item.rows)
        if needed > present:
            last = item.row + item.rows - 1
            page.heights[last] = height(page, last, last + 1) + needed - present
        if item.style.endswith(".text") and len(text_of(item, values)) > LONG:
            item.style = item.style.removesuffix(".text")


def text_of(item: Item, values: dict[str, Any]) -> str:
    """The text that the cell shows, "" for a figure."""
    value = values.get(item.slot) if item.slot else None
    if value is None:
        return item.text
    return value if isinstance(value, str) else ""


def wide(widths: Sequence[float]) -> float:
    """Units of these columns as the file has them: each is a little wider than it is said to be."""
    return sum(width + 0.71 for width in widths)


def _width(page: Page, item: Item) -> float:
    """Half characters of 10.5 points that fit into a line: punctuation that may not begin or end
    one shortens it."""
    points = wide(page.widths[item.column - 1 : item.column - 1 + item.columns]) * 6 - 5
    return points / 5.25 * 0.93


def _height(page: Page, item: Item, text: str) -> float:
    look = properties(item.style)
    if not text or not look.get("text_wrap"):
        return 0.0
    scale = float(look["font_size"]) / 10.5
    return text_height(WIDE.sub("中", text), _width(page, item) / scale, line=LINE * scale)


def _parts(page: Page, item: Item, values: dict[str, Any]) -> list[str]:
    """A text that is too high, in parts that are not."""
    text = text_of(item, values)
    if _height(page, item, text) <= LIMIT:
        return []

    def fits(part: str) -> bool:
        return _height(page, item, part.rstrip("\n")) <= LIMIT

    out, current = [], ""
    for sentence in SENTENCE.findall(text):
        rest = sentence
        while rest and not fits(current + rest):
            if current:
                out.append(current)
                current = ""
                continue
            size = max(
                1, bisect_left(range(1, len(rest) + 1), True, key=lambda n: not fits(rest[:n]))
            )
            out.append(rest[:size])
            rest = rest[size:]
        current += rest
    return [part.strip("\n") for part in [*out, current] if part.strip("\n")]
