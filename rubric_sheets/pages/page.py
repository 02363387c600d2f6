"""A page as data: every cell of a sheet with its style, text or formula, before any file format is
chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..places.addresses import letters
from .charts import Chart

GRID = 8  # columns of every fill-in sheet; blocks merge what they need
ROW = 15.0  # points of a row that nothing was said about

# What an item is to its page, whatever it looks like and whatever its text; what is filled in or
# computed has no role.
CAPTION, TITLE, REMARK = "caption", "title", "remark"  # above all blocks
SECTION, HEADING, LABEL = "section", "heading", "label"  # of a block, of its columns, of its rows
REST = "rest"  # the empty end of a row
SIGNATURE = "signature"
HELP, HINT = "help", "hint"  # what to mind when filling in; where more rows can be inserted
FILLING_IN = frozenset({HELP, HINT})  # nothing of this is handed in


@dataclass(slots=True, eq=False)
class Block:
    """Cells that belong together, as the form or a score table has them: fields, a list, the
    totals.

    `table`: the defined name of its growing rows, "" where none grow. `handed_in`: how many columns
    each of its columns takes once what helps to fill in is gone, () where all stay as they are.
    """

    kind: str
    table: str = ""
    handed_in: tuple[int, ...] = ()


@dataclass(slots=True)
class Item:
    """One cell or merged cells, counted from 1. `slot` says which value goes in; `name` is its
    defined name; `role` and `block`, what it is and what it belongs to."""

    row: int
    column: int
    style: str
    text: str = ""
    rows: int = 1
    columns: int = 1
    formula: str = ""
    slot: str = ""
    name: str = ""
    fact: dict[str, Any] | None = None
    role: str = ""
    block: Block | None = None

    @property
    def cell(self) -> str:
        return f"{letters(self.column)}{self.row}"


@dataclass(slots=True)
class Page:
    """One sheet: its items and how it prints."""

    name: str
    widths: Sequence[float]
    landscape: bool = False
    items: list[Item] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    areas: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    title_rows: tuple[int, int] | None = None
    marks: list[tuple[str, str, str]] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    freeze: tuple[int, int] | None = None
    hidden: bool = False
    print_columns: int = 0
    print_rows: int = 0  # of more, what stands below helps the charts only; 0 for all
    helpers: int = 0  # the first of the columns that only formulas need; 0 for none
    default_height: float = 0
    # for cells that are filled later; such a page prints what is filled
    column_styles: Sequence[str] = ()
    # values to print and to send: nothing is protected, and the whole sheet is printed
    plain: bool = False
    scale: int = 0  # percent; 0: the width of the paper
    header: str = ""  # of every printed page
    picture: str = ""  # a file: under every printed page
    footer: str = ""  # beside the number of every printed page
    row: int = 1

    def begin(self, block: Block) -> None:
        """What is put from here on belongs to this block."""
        self.blocks.append(block)

    def put(self, column: int, style: str, text: str = "", **more: Any) -> Item:
        """Add an item in the current row."""
        return self.put_in(self.row, column, style, text, **more)

    def put_in(self, row: int, column: int, style: str, text: str = "", **more: Any) -> Item:
        """Add an item in another row."""
        block = self.blocks[-1] if self.blocks else None
        item = Item(row, column, style, text, block=block, **more)
        self.items.append(item)
        return item

    def of(self, block: Block) -> list[Item]:
        """The cells of a block, wherever they stand by now."""
        return [item for item in self.items if item.block is block]

    def tables(self) -> list[tuple[Block, tuple[int, int, int, int]]]:
        """Every block that grows, with the area of its rows: first row and column, last row (which
        says where to insert more) and column."""
        return [(block, self.areas[block.table]) for block in self.blocks if block.table]

    def next(self, height: float = 0, rows: int = 1) -> None:
        """Go down; a height is given in points."""
        if height:
            self.heights[self.row] = height
        self.row += rows

    def mark(self, cells: str, condition: str, look: str) -> None:
        """A conditional format: `condition` is written for the first cell of `cells`."""
        self.marks.append((cells, condition, look))


def reference(
    sheet: str, first_row: int, first_column: int, last_row: int = 0, last_column: int = 0
) -> str:
    """`'收支表'!$A$7` or `'收支表'!$A$7:$G$12`."""
    start = f"${letters(first_column)}${first_row}"
    end = f":${letters(last_column)}${last_row}" if last_row else ""
    return f"'{sheet}'!{start}{end}"


def columns_of(items: Sequence[Item]) -> list[tuple[Item, int]]:
    """(first item, last row) of each run of like inputs below each other: a table's column is one
    rule, which reaches to the row that says where to insert more, so that inserted rows have it
    too."""
    runs: list[tuple[Item, int]] = []
    open_: dict[int, int] = {}  # column → index in runs
    for item in items:
        if not item.fact:
            continue
        at = open_.get(item.column)
        if (
            at is not None
            and runs[at][0].fact == item.fact
            and runs[at][1] == item.row - 1
            and not item.name
        ):
            runs[at] = (runs[at][0], item.row)
        else:
            open_[item.column] = len(runs)
            runs.append((item, item.row))
    ends = {item.row for item in items if item.role == HINT}
    return [
        (first, last + 1 if last > first.row and last + 1 in ends else last) for first, last in runs
    ]


def height(page: Page, first: int, end: int) -> float:
    """Points from row `first` up to row `end`, which is not counted."""
    return sum(page.heights.get(row, ROW) for row in range(first, end))
