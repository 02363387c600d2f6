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
from ...records import Record
from .document import Cell, Document, Passage, Spot, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PAGES = 400
SHOWN = 20  # pages that are named
EDGE = 0.09  # of a page's height: where headers and footers stand
NEAR = 3.0  # points: lines and edges that count as one
SHORT = 0.75  # of the margin: a line that ends before it has ended its paragraph
ENDS = ("。", "；", "：", ";", ":", "！", "”")
OPEN = re.compile(r"[=＝(（,，、+×*/÷-]$|[（(][^（()）]*$")  # a line that cannot end there
GOES_ON = re.compile(r"[-.+*/=%）)，、,。；]|[×÷＝]")
NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十0-9]{1,3}(?:[）)、]|[.．](?![0-9]))")
PAGE_NUMBER = re.compile(r"^[-—–\s第]*[0-9]{1,4}[-—–\s页/，,]*(?:共?\s*[0-9]{1,4}\s*页)?$")


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


class _Piece(Record):
    """The part of a table that one page shows. `edges`: where its columns begin and end, in
    points."""

    cells: list[Cell]
    edges: list[float]


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
        self.parts: list[_Line | _Piece] = []
        self.pages = 0
        self.margins: dict[int, float] = {}
        self.scanned: list[int] = []  # pages that are pictures

    def page(self, page: Any) -> None:
        self.pages += 1
        if page.images and not page.chars:
            self.scanned.append(page.page_number)
        tables = [table for table in page.find_tables() if len(table.cells) > 1]
        boxes = [table.bbox for table in tables]
        outside = page.filter(lambda one: not _inside(one, boxes))
        lines = [_Line(line, page) for line in outside.extract_text_lines(return_chars=False)]
        self.margins[page.page_number] = max((line.right for line in lines), default=0.0)
        placed: list[tuple[float, _Line | _Piece]] = [(line.top, line) for line in lines]
        placed += [(table.bbox[1], _piece(page, table)) for table in tables]
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
        document = Document(builder.blocks, self.pages)
        if self.scanned:
            pages = "、".join(map(str, self.scanned[:SHOWN]))
            document.missing = [f"第 {pages} 页没有文字，是图片或扫描件"]
        return document


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
    return pages > 1 and repeated[line.text, round(line.top)] > pages // 2


class _Builder:
    """Lines → paragraphs, tables of following pages → one."""

    def __init__(self, margins: dict[int, float]) -> None:
        self.margins = margins
        self.blocks: list[Passage | Table] = []
        self.lines: list[_Line] = []
        self.paragraphs = self.tables = 0
        self.edges: list[float] = []  # of the last table

    def line(self, line: _Line) -> None:
        if self.lines and self.is_new(line):
            self.end()
        self.lines.append(line)

    def is_new(self, line: _Line) -> bool:
        """Does a paragraph begin here? The line before it ended early, or this one is indented."""
        last = self.lines[-1]
        text = last.text.rstrip()
        margin = self.margins.get(last.page, last.right)
        is_short = last.right < margin - 2.2 * last.size
        is_done = text.endswith(ENDS) or last.right < margin * SHORT
        if OPEN.search(text) or GOES_ON.match(line.text):
            return False
        if is_short and (is_done or NUMBERED.match(line.text)):
            return True
        indented = line.left > min(one.left for one in self.lines[-2:]) + 1.2 * line.size
        return (indented and len(self.lines) > 1) or abs(line.size - last.size) > NEAR

    def end(self) -> None:
        if not self.lines:
            return
        self.paragraphs += 1
        text = "\n".join(line.text for line in self.lines)
        spot = Spot(paragraph=self.paragraphs, page=self.lines[0].page)
        self.blocks.append(Passage(text, spot))
        self.lines = []

    def table(self, piece: _Piece) -> None:
        before = self.blocks[-1] if self.blocks and not self.lines else None
        self.end()
        if not piece.cells:
            return
        if isinstance(before, Table) and _goes_on(before, self.edges, piece):
            self.edges = _append(before, self.edges, piece)
            return
        self.tables += 1
        number = self.tables
        self.edges = piece.edges
        cells = [cell._replace(spot=cell.spot._replace(table=number)) for cell in piece.cells]
        self.blocks.append(Table(cells, number))


def _goes_on(before: Table, edges: list[float], piece: _Piece) -> bool:
    """Is it the rest of the table on the page before? As wide, on the next page."""
    ends = zip((edges[0], edges[-1]), (piece.edges[0], piece.edges[-1]))
    follows = before.cells[-1].spot.page + 1 == piece.cells[0].spot.page
    return follows and all(abs(a - b) < 2 * NEAR for a, b in ends)


def _append(table: Table, edges: list[float], piece: _Piece) -> list[float]:
    """Put the rows below, in a grid that has the columns of both."""
    both = _edges([*edges, *piece.edges])
    down = table.height
    table.cells[:] = [_moved(cell, edges, both) for cell in table.cells]
    broken = _broken(table, piece)
    for cell in piece.cells:
        if broken and cell.top == 0:
            continue
        spot = cell.spot._replace(table=table.number, row=cell.spot.row + down)
        moved = _moved(cell, piece.edges, both)
        table.cells.append(moved._replace(top=cell.top + down, spot=spot))
    table.changed()
    return both


def _broken(table: Table, piece: _Piece) -> bool:
    """Does the page break a row in two? Then all that is left of it is the end of one label, which
    is put where it belongs."""
    rest = [cell for cell in piece.cells if cell.top == 0 and cell.text.strip()]
    if len(rest) != 1 or NUMBERED.match(rest[0].text) or rest[0].height > 1 or rest[0].width > 1:
        return False
    for number, cell in enumerate(table.cells):
        ends_here = cell.bottom == table.height and cell.left == rest[0].left
        if ends_here and cell.text.strip():
            table.cells[number] = cell._replace(text=f"{cell.text}\n{rest[0].text}")
            return True
    return False


def _moved(cell: Cell, old: list[float], new: list[float]) -> Cell:
    left, right = _at(new, old[cell.left]), _at(new, old[cell.right])
    return cell._replace(left=left, width=max(1, right - left))


def _piece(page: Any, table: Any) -> _Piece:
    """The rectangles of a table in the grid of their edges."""
    xs = _edges([x for box in table.cells for x in (box[0], box[2])])
    ys = _edges([y for box in table.cells for y in (box[1], box[3])])
    chars = _by_box(page.chars, table.cells)
    found = []
    ordinals: Counter[int] = Counter()
    for box in sorted(table.cells, key=lambda one: (_at(ys, one[1]), _at(xs, one[0]))):
        left, right = _at(xs, box[0]), _at(xs, box[2])
        top, bottom = _at(ys, box[1]), _at(ys, box[3])
        ordinals[top] += 1
        text = _text(chars.get(box, []))
        spot = Spot(table=1, row=top + 1, column=ordinals[top], page=page.page_number)
        found.append(Cell(text, spot, top, left, max(1, bottom - top), max(1, right - left)))
    return _Piece(found, xs)


def _by_box(chars: list[Any], boxes: list[Any]) -> dict[Any, list[Any]]:
    """The characters of each cell: those whose middle lies in it."""
    found: dict[Any, list[Any]] = {}
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for box in boxes:
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                found.setdefault(box, []).append(char)
                break
    return found


def _text(chars: list[Any]) -> str:
    from pdfplumber.utils.text import extract_text

    return str(extract_text(chars)) if chars else ""


def _edges(values: list[float]) -> list[float]:
    """Sorted, those that are nearly the same once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _at(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))
