"""PDF files with a text layer: tables by their lines, the rest as paragraphs.

What repeats at the edge of the pages, and page numbers, are no part of the text; a table that goes
on over a page is one table.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from ...findings.finding import InputError
from .document import Cell, Document, Passage, Spot, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PAGES = 400
EDGE = 0.09  # of a page's height: where headers and footers stand
NEAR = 3.0  # points: lines and edges that count as one
SHORT = 0.75  # of the margin: a line that ends before it has ended its paragraph
ENDS = ("。", "；", "：", ";", ":", "！", "”")
GOES_ON = re.compile(r"[-(（0-9.+*/=%A-Za-z）)，、,]")
PAGE_NUMBER = re.compile(r"^[-—–\s第]*[0-9]{1,4}[-—–\s页/]*(?:共?\s*[0-9]{1,4}\s*页)?$")


def read(data: bytes, path: str) -> Document:
    """Raises InputError."""
    try:
        import pdfplumber
    except ImportError:
        raise InputError("report-library", path=path, what="pdfplumber") from None
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    reader = _Reader()
    try:
        with pdfplumber.open(io.BytesIO(data)) as file:
            pages = file.pages
            if len(pages) > PAGES:
                what = f"有 {len(pages)} 页，上限为 {PAGES} 页"
                raise InputError("report-too-large", path=path, what=what)
            for page in pages:
                reader.page(page)
                page.close()
    except InputError:
        raise
    except Exception as problem:  # whatever a damaged file makes it raise
        if "assword" in type(problem).__name__ + str(problem.args):
            raise InputError("report-encrypted", path=path) from None
        raise InputError("report-damaged", path=path, what="不是完整的 PDF") from None
    return reader.document()


class _Line:
    """One line of text outside of tables."""

    __slots__ = ("bottom", "is_edge", "left", "page", "right", "size", "text", "top")

    def __init__(self, given: dict[str, Any], page: Any) -> None:
        self.text: str = given["text"]
        self.left, self.right = given["x0"], given["x1"]
        self.top, self.bottom = given["top"], given["bottom"]
        self.page = page.page_number
        self.size = self.bottom - self.top
        height = float(page.height)
        self.is_edge = self.top < height * EDGE or self.bottom > height * (1 - EDGE)


class _Reader:
    """Page by page; `parts` are lines and tables in reading order."""

    def __init__(self) -> None:
        self.parts: list[_Line | list[Cell]] = []
        self.pages = 0
        self.margins: dict[int, float] = {}

    def page(self, page: Any) -> None:
        self.pages += 1
        tables = [table for table in page.find_tables() if len(table.cells) > 1]
        boxes = [table.bbox for table in tables]
        outside = page.filter(lambda one: not _inside(one, boxes))
        lines = [_Line(line, page) for line in outside.extract_text_lines(return_chars=False)]
        self.margins[page.page_number] = max((line.right for line in lines), default=0.0)
        placed: list[tuple[float, _Line | list[Cell]]] = [(line.top, line) for line in lines]
        placed += [(table.bbox[1], _cells(page, table)) for table in tables]
        self.parts += [part for _, part in sorted(placed, key=lambda one: one[0])]

    def document(self) -> Document:
        lines = [part for part in self.parts if isinstance(part, _Line)]
        repeated = Counter((line.text, round(line.top)) for line in lines if line.is_edge)
        builder = _Builder(self.margins)
        for part in self.parts:
            if not isinstance(part, _Line):
                builder.table(part)
            elif not _is_running(part, repeated, self.pages):
                builder.line(part)
        builder.end()
        return Document(builder.blocks, self.pages)


def _inside(one: dict[str, Any], boxes: list[Any]) -> bool:
    if one.get("object_type") != "char":
        return False
    x, y = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _is_running(line: _Line, repeated: Counter[tuple[str, int]], pages: int) -> bool:
    """Is it a header, a footer or a page number?"""
    if not line.is_edge:
        return False
    if PAGE_NUMBER.match(line.text.strip()):
        return True
    return pages > 2 and repeated[line.text, round(line.top)] > pages // 2


class _Builder:
    """Lines → paragraphs, tables of following pages → one."""

    def __init__(self, margins: dict[int, float]) -> None:
        self.margins = margins
        self.blocks: list[Passage | Table] = []
        self.lines: list[_Line] = []
        self.paragraphs = self.tables = 0

    def line(self, line: _Line) -> None:
        if self.lines and self.is_new(line):
            self.end()
        self.lines.append(line)

    def is_new(self, line: _Line) -> bool:
        """Does a paragraph begin here? The line before it ended early, or this one is indented."""
        last = self.lines[-1]
        margin = self.margins.get(last.page, last.right)
        is_short = last.right < margin - 2.2 * last.size
        is_done = last.text.rstrip().endswith(ENDS) or last.right < margin * SHORT
        goes_on = GOES_ON.match(line.text) and not last.text.rstrip().endswith(ENDS)
        indented = line.left > min(one.left for one in self.lines[-2:]) + 1.2 * line.size
        if is_short and is_done and not goes_on:
            return True
        return (indented and len(self.lines) > 1) or abs(line.size - last.size) > NEAR

    def end(self) -> None:
        if not self.lines:
            return
        self.paragraphs += 1
        text = "\n".join(line.text for line in self.lines)
        spot = Spot(paragraph=self.paragraphs, page=self.lines[0].page)
        self.blocks.append(Passage(text, spot))
        self.lines = []

    def table(self, cells: list[Cell]) -> None:
        before = self.blocks[-1] if self.blocks and not self.lines else None
        self.end()
        if not cells:
            return
        if isinstance(before, Table) and _goes_on(before, cells):
            _append(before, cells)
            return
        self.tables += 1
        number = self.tables
        self.blocks.append(
            Table([cell._replace(spot=cell.spot._replace(table=number)) for cell in cells], number)
        )


def _goes_on(before: Table, cells: list[Cell]) -> bool:
    """Is it the rest of the table on the page before? The same columns, on the next page."""
    width = max(cell.right for cell in before.cells)
    pages = before.cells[-1].spot.page, cells[0].spot.page
    return pages[0] + 1 == pages[1] and width == max(cell.right for cell in cells)


def _append(table: Table, cells: list[Cell]) -> None:
    down = table.height
    for cell in cells:
        spot = cell.spot._replace(table=table.number, row=cell.spot.row + down)
        table.cells.append(cell._replace(top=cell.top + down, spot=spot))
    table.changed()


def _cells(page: Any, table: Any) -> list[Cell]:
    """The rectangles of a table in the grid of their edges."""
    xs = _edges([x for box in table.cells for x in (box[0], box[2])])
    ys = _edges([y for box in table.cells for y in (box[1], box[3])])
    found = []
    ordinals: Counter[int] = Counter()
    for box in sorted(table.cells, key=lambda one: (_at(ys, one[1]), _at(xs, one[0]))):
        left, right = _at(xs, box[0]), _at(xs, box[2])
        top, bottom = _at(ys, box[1]), _at(ys, box[3])
        ordinals[top] += 1
        text = page.crop(box, strict=False).extract_text() or ""
        spot = Spot(table=1, row=top + 1, column=ordinals[top], page=page.page_number)
        found.append(Cell(text, spot, top, left, max(1, bottom - top), max(1, right - left)))
    return found


def _edges(values: list[float]) -> list[float]:
    """Sorted, those that are nearly the same once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _at(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))
