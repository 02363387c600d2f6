"""A page as data: every cell of a sheet with its style, text or formula, before any file format is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..places.addresses import letters

ROW = 15.0  # points of a row that nothing was said about


@dataclass(slots=True)
class Item:
    """One cell or merged block, counted from 1. `slot` says which value goes in; `name` is its defined name."""

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
    heights: dict[int, float] = field(default_factory=dict)
    areas: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    title_rows: tuple[int, int] | None = None
    marks: list[tuple[str, str, str]] = field(default_factory=list)
    freeze: tuple[int, int] | None = None
    hidden: bool = False
    print_columns: int = 0
    default_height: float = 0
    column_styles: Sequence[
        str
    ] = ()  # for cells that are filled later; such a page prints what is filled
    plain: bool = (
        False  # values to print and to send: nothing is protected, and the whole sheet is printed
    )
    scale: int = 0  # percent; 0: the width of the paper
    header: str = ""  # of every printed page
    row: int = 1

    def put(self, column: int, style: str, text: str = "", **more: Any) -> Item:
        """Add an item in the current row."""
        item = Item(self.row, column, style, text, **more)
        self.items.append(item)
        return item

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
    """(first item, last row) of each run of like inputs below each other: a table's column is one rule, which
    reaches to the row that says where to insert more, so that inserted rows have it too."""
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
    ends = {item.row for item in items if item.style == "end"}
    return [
        (first, last + 1 if last > first.row and last + 1 in ends else last) for first, last in runs
    ]


def height(page: Page, first: int, end: int) -> float:
    """Points from row `first` up to row `end`, which is not counted."""
    return sum(page.heights.get(row, ROW) for row in range(first, end))
