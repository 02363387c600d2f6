"""The geometry of a range: where it lies, without asking LibreOffice.

A range is its sheet and four numbers; the UNO object is fetched when something needs it, because
that costs ten times as much as any other call.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from . import address
from .address import Area
from .calls import traced, untraced
from .unsupported import Named

if TYPE_CHECKING:
    from .protocols import Sheet


class Block(Named, base_classes.Range):
    """The part of a range that is pure arithmetic."""

    options: Any = None  # xlwings puts the reading options here

    def __init__(self, sheet: Sheet, block: Area) -> None:
        self._sheet, self._block = sheet, block
        self._xl: Any = None

    @property
    def xl(self) -> Any:
        """The UNO range, counted while calls are counted."""
        if self._xl is None:
            self._xl = untraced(self._fetched())
        return traced(self._xl)

    def _fetched(self) -> Any:
        left, top = self._block.column - 1, self._block.row - 1
        if self.is_cell():
            return self._sheet.xl.getCellByPosition(left, top)
        right, bottom = left + self._block.columns - 1, top + self._block.rows - 1
        return self._sheet.xl.getCellRangeByPosition(left, top, right, bottom)

    @property
    def api(self) -> Any:
        return untraced(self.xl)

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def block(self) -> Area:
        """Where it lies."""
        return self._block

    @property
    def row(self) -> int:
        return self._block.row

    @property
    def column(self) -> int:
        return self._block.column

    @property
    def shape(self) -> tuple[int, int]:
        return self._block.rows, self._block.columns

    @property
    def coords(self) -> tuple[Any, ...]:
        return (self._sheet.name, *self._block)

    def is_cell(self) -> bool:
        """A single cell?"""
        return self._block.rows == self._block.columns == 1

    def __len__(self) -> int:
        return self._block.rows * self._block.columns

    def part(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Any:
        """A block inside (or beside) this one; row and column count from 0."""
        return type(self)(self._sheet, Area(self.row + row, self.column + column, rows, columns))

    def __call__(self, row: int, column: int | None = None) -> Any:
        """A cell by its row and column, or by its number counted
        along the rows; both count from 1."""
        if column is None:
            row, column = divmod(row - 1, self._block.columns)
            row, column = row + 1, column + 1
        if self.row + row < 2 or self.column + column < 2:
            raise IndexError("行号、列号从 1 起。")
        return self.part(row - 1, column - 1)

    @property
    def rows(self) -> Iterator[Any]:
        return (self.part(i, 0, 1, self._block.columns) for i in range(self._block.rows))

    @property
    def columns(self) -> Iterator[Any]:
        return (self.part(0, i, self._block.rows, 1) for i in range(self._block.columns))

    @property
    def address(self) -> str:
        return address.written(self._block)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        text = address.written(self._block, row_absolute, col_absolute)
        if not external:
            return text
        where = f"[{self._sheet.book.name}]{self._sheet.name}"
        plain = address.quoted(where.replace("[", "").replace("]", ""))[0] != "'"
        return f"{where}!{text}" if plain else "'" + where.replace("'", "''") + f"'!{text}"
