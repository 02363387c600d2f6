"""How cells look: colours, number formats, alignment, sizes, merged cells."""

from __future__ import annotations

from typing import Any

from . import address
from .address import Area, area_of
from .block import Block
from .connection import uno_module
from .errors import Unsupported
from .font import Font, number_of, rgb_of

_POINT = 2540 / 72  # LibreOffice measures in 1/100 mm
_PIXEL = 2540 / 96
_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
}
_HORIZONTAL |= {"fill": "REPEAT"}
_VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}


def _column_width(hundredths: int) -> float:
    """1/100 mm → Excel's unit, characters of the default font: 7
    pixels each and 5 for the margins."""
    pixels = hundredths / _PIXEL
    return round((pixels - 5) / 7 if pixels >= 12 else pixels / 12, 2)


def _column_hundredths(width: float) -> int:
    return round((width * 7 + 5 if width >= 1 else width * 12) * _PIXEL)


class Look(Block):
    """The formats of a range. Setting anything on a protected sheet raises SheetProtected."""

    def _set(self, name: str, value: Any) -> None:
        self.sheet.guard()
        setattr(self.xl, name, value)

    def uniform(self, name: str) -> Any:
        """A property's value, None where the cells differ."""
        if not self.is_cell() and self.xl.getPropertyState(name).value == "AMBIGUOUS_VALUE":
            return None
        return getattr(self.xl, name)

    @property
    def color(self) -> tuple[int, int, int] | None:
        value = self.uniform("CellBackColor")
        return None if value is None or value == -1 else rgb_of(value)

    @color.setter
    def color(self, value: Any) -> None:
        self._set("CellBackColor", -1 if value is None else number_of(value))

    @property
    def font(self) -> Font:
        return Font(self)

    @property
    def number_format(self) -> str | None:
        key = self.uniform("NumberFormat")
        return None if key is None else self.sheet.book.formats.text(key)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._set("NumberFormat", self.sheet.book.formats.key(value))

    @property
    def wrap_text(self) -> bool | None:
        value = self.uniform("IsTextWrapped")
        return None if value is None else bool(value)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._set("IsTextWrapped", bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        value = self.uniform("HoriJustify")
        names = {theirs: ours for ours, theirs in _HORIZONTAL.items()}
        return None if value is None else names.get(value.value)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        kind = uno_module().Enum(
            "com.sun.star.table.CellHoriJustify", self._known(_HORIZONTAL, value)
        )
        self._set("HoriJustify", kind)

    @property
    def vertical_alignment(self) -> str | None:
        value = self.uniform("VertJustify")
        names = {theirs: ours for ours, theirs in _VERTICAL.items()} | {0: "bottom"}
        return None if value is None else names.get(value)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._set("VertJustify", self._known(_VERTICAL, value))

    @staticmethod
    def _known(table: dict[str, Any], value: str) -> Any:
        if value not in table:
            raise Unsupported(f"Range 的对齐方式 {value!r}")
        return table[value]

    # -- sizes
    @property
    def row_height(self) -> float | None:
        heights = {
            round(row.Height / _POINT, 2) for row in self._lines(self.xl.Rows, self.block.rows)
        }
        return heights.pop() if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.sheet.guard()
        self.xl.Rows.Height = round(value * _POINT)

    @property
    def column_width(self) -> float | None:
        widths = {
            _column_width(column.Width)
            for column in self._lines(self.xl.Columns, self.block.columns)
        }
        return widths.pop() if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.sheet.guard()
        self.xl.Columns.Width = _column_hundredths(value)

    @staticmethod
    def _lines(lines: Any, count: int) -> Any:
        """Rows or columns, at most the first hundred: more would take seconds, and say the same."""
        return (lines.getByIndex(i) for i in range(min(count, 100)))

    @property
    def width(self) -> float:
        return float(round(self.xl.Size.Width / _POINT, 2))

    @property
    def height(self) -> float:
        return float(round(self.xl.Size.Height / _POINT, 2))

    @property
    def left(self) -> float:
        return float(round(self.xl.Position.X / _POINT, 2))

    @property
    def top(self) -> float:
        return float(round(self.xl.Position.Y / _POINT, 2))

    def autofit(self, axis: str | None = None) -> None:
        self.sheet.guard()
        if axis in (None, "c", "columns"):
            self.xl.Columns.OptimalWidth = True
        if axis in (None, "r", "rows"):
            self.xl.Rows.OptimalHeight = True

    @property
    def row_hidden(self) -> bool | None:
        return self._hidden(self.xl.Rows, self.block.rows)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.sheet.guard()
        self.xl.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        return self._hidden(self.xl.Columns, self.block.columns)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.sheet.guard()
        self.xl.Columns.IsVisible = not value

    def _hidden(self, lines: Any, count: int) -> bool | None:
        states = {not line.IsVisible for line in self._lines(lines, count)}
        return states.pop() if len(states) == 1 else None

    # -- merged cells
    @property
    def merge_area(self) -> Any:
        return type(self)(self.sheet, self._around(self.part(0, 0)))

    def _around(self, block: Block) -> Area:
        """A block, grown to the ends of the merged areas that it cuts."""
        cursor = self.sheet.xl.createCursorByRange(block.api)
        cursor.collapseToMergedArea()
        return area_of(cursor.RangeAddress)

    @property
    def merge_cells(self) -> bool | None:
        """All cells in one merged area: True, some: None, none: False."""
        merged = self.merge_area
        if len(merged) > 1:
            area = merged.block
            inside = area.row + area.rows >= self.row + self.block.rows
            inside = inside and area.column + area.columns >= self.column + self.block.columns
            return True if inside else None
        if self.is_cell():
            return False
        # LibreOffice counts a merged area only where its first cell is inside
        return None if self.xl.IsMerged or self._around(self) != self.block else False

    def merge(self, across: bool = False) -> None:
        self.sheet.guard()
        for block in self.rows if across else (self,):
            block.xl.merge(True)

    def unmerge(self) -> None:
        self.sheet.guard()
        self.xl.merge(False)

    def __repr__(self) -> str:
        return f"<{address.written(self.block)}>"
