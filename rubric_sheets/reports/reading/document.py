"""A report as a reader sees it: passages of text and tables, each with its place.

Texts are kept letter for letter: a quote is always a piece of one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Spot(Record):
    """A place as a reader counts, from 1; 0 and "" mean that it has none of that."""

    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    page: int = 0
    sheet: str = ""
    cell: str = ""

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in self._asdict().items() if value}

    def __str__(self) -> str:
        """`第 12 段`, `表 1 第 2 行第 3 列`, `收支表!C6`, with the page where it is known."""
        if self.sheet:
            return f"{self.sheet}!{self.cell}"
        page = f"第 {self.page} 页" if self.page else ""
        if self.table:
            return f"{page}表 {self.table} 第 {self.row} 行第 {self.column} 列"
        return f"{page}第 {self.paragraph} 段"


class Passage(Record):
    """A paragraph, or the text of a cell."""

    text: str
    spot: Spot


class Cell(Record):
    """A cell with the grid that it covers: `top` and `left` from 0, `height` and `width` of at
    least 1."""

    text: str
    spot: Spot
    top: int
    left: int
    height: int = 1
    width: int = 1
    joint: str = "\n\t"  # what parts it from the cell before, where the text shows it

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row beyond it."""
        return self.top + self.height


class Table:
    """Cells in reading order; cells that a merged one hides are not there."""

    __slots__ = ("_covering", "_grid", "caption", "cells", "heads", "number")

    def __init__(self, cells: list[Cell], number: int = 0) -> None:
        self.cells = cells
        self.number = number
        self.caption = ""  # the paragraphs straight above: title and unit
        self._grid: dict[tuple[int, int], Cell] | None = None
        self.heads: dict[tuple[int, int], Cell | None] = {}  # kept by whoever looks for them
        self._covering: dict[int, list[Cell]] | None = None

    @property
    def grid(self) -> dict[tuple[int, int], Cell]:
        """Each position of the grid → the cell that covers it."""
        if self._grid is None:
            self._grid = {
                (row, column): cell
                for cell in self.cells
                for row in range(cell.top, cell.bottom)
                for column in range(cell.left, cell.right)
            }
        return self._grid

    def changed(self) -> None:
        """Cells were added."""
        self._grid = self._covering = None
        self.heads = {}

    @property
    def height(self) -> int:
        return max((cell.bottom for cell in self.cells), default=0)

    def rows(self) -> list[list[Cell]]:
        """The cells that begin in each row of the grid, left to right."""
        found: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            found[cell.top].append(cell)
        return [sorted(row, key=lambda cell: cell.left) for row in found]

    def row(self, top: int) -> list[Cell]:
        """All cells that cover a row of the grid, each once, left to right."""
        return list(self._rows().get(top, ()))

    def _rows(self) -> dict[int, list[Cell]]:
        if self._covering is None:
            self._covering = {}
            for cell in sorted(self.cells, key=lambda one: one.left):
                for row in range(cell.top, cell.bottom):
                    self._covering.setdefault(row, []).append(cell)
        return self._covering


class Document:
    """Passages and tables in reading order. `missing`: in words, what could not be read."""

    __slots__ = ("blocks", "missing", "pages")

    def __init__(self, blocks: list[Passage | Table], pages: int = 0) -> None:
        self.blocks = blocks
        self.pages = pages
        self.missing: list[str] = []
        _number_tables(blocks)

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    def passages(self) -> Iterator[Passage]:
        """Paragraphs and cells with a text, in reading order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from (Passage(cell.text, cell.spot) for cell in block.cells if cell.text)
            else:
                yield block

    @property
    def paragraphs(self) -> list[Passage]:
        return [block for block in self.blocks if isinstance(block, Passage)]


def _number_tables(blocks: list[Passage | Table]) -> None:
    """Tables count from 1; what stands straight above one is its caption."""
    above: list[str] = []
    number = 0
    for block in blocks:
        if isinstance(block, Passage):
            above = [*above[-2:], block.text]
            continue
        number += 1
        block.number = block.number or number
        block.caption = "\n".join(above)
        above = []
