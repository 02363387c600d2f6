"""What the 指标 sheet shows beside what is typed there: bands over the headings, which of their
columns are folded away, the sums of the weights, and the wording that the program writes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any, NamedTuple

from ...looks.heights import text_height
from ...rubric.fields import PROPERTIES, target_fields
from .column import Column, Table
from .columns import OTHER
from .further import Format, Place
from .indicator_columns import BASIC, LISTS, SCORED
from .kept import Kept
from .preview import standards
from .rows import Cells
from .sums import Ranges, level_sum, level_values, whole, whole_value

OPEN = (BASIC, SCORED, LISTS)  # bands that are never folded
ALWAYS = (("standard",), ("remark",))  # nor are these columns
Area = Callable[[str, tuple[str | int, ...]], str]
DEPTHS: dict[tuple[str | int, ...], int] = {("shown", 1): 1, ("shown", 2): 2}
LOWEST, HIGHEST = 20, 300


class Band(NamedTuple):
    """Columns from `first` to `last`, counted from 0; `inner`: those that can be folded away, each
    with whether it is."""

    text: str
    first: int
    last: int
    inner: dict[int, bool]


def bands(columns: tuple[Column, ...], rows: list[Cells]) -> list[Band]:
    """Columns that no row uses are folded, but for the first of a band; of a new rubric none."""
    found = []
    for text, group in groupby(enumerate(columns), key=lambda pair: pair[1].band):
        of = list(group)
        inner = {
            index: bool(rows) and not _is_used(column, rows)
            for index, column in of[1:]
            if text not in OPEN and column.key not in ALWAYS
        }
        if rows:
            inner = {index: folded for index, folded in inner.items() if folded}
        found.append(Band(text, of[0][0], of[-1][0], inner))
    return found


def _is_used(column: Column, rows: list[Cells]) -> bool:
    return any(column.key in row for row in rows)


class Shown:
    """`area(table, key)`: the cells below a heading."""

    def __init__(self, source: dict[str, Any], table: Table, area: Area, rows: list[Cells]) -> None:
        self.source, self.columns, self.rows = source, table.columns, rows
        self.ranges = _ranges(area)

    def put(self, sheet: Any, look: Format, place: Place, kept: Kept) -> None:
        """All of it; `place` is that of the table."""
        self._bands(sheet, look, place[0] - 1, kept)
        self._sums(sheet, look, place)
        self._wording(sheet, look, place, kept)
        told = look("section", text_wrap=True, font_size=11, align="left")
        total = "=" + whole(self.ranges)
        sheet.merge_range(0, 0, 1, 3, "", told)
        sheet.write_formula(0, 0, total, told, whole_value(self.source))
        off = {"type": "formula", "format": look("", font_color="#9C0006")}
        sheet.conditional_format(0, 0, 1, 3, {**off, "criteria": '=ISERROR(SEARCH("相符",$A$1))'})

    def _bands(self, sheet: Any, look: Format, row: int, kept: Kept) -> None:
        sheet.outline_settings(visible=True, symbols_right=False)
        sheet.set_row(row, 26)
        shade = look("header", bg_color="#D0CECE")
        for band in bands(self.columns, self.rows):
            if band.first == band.last:
                sheet.write_string(row, band.first, band.text, shade)
            else:
                sheet.merge_range(row, band.first, row, band.last, band.text, shade)
            for index in range(band.first, band.last + 1):
                options: dict[str, Any] = {}
                if index in band.inner:
                    options = {"level": 1, "hidden": band.inner[index]}
                elif band.inner.get(index + 1):
                    options = {"collapsed": True}
                width = kept.width("indicator", self.columns[index])
                sheet.set_column(index, index, width, None, options)

    def _sums(self, sheet: Any, look: Format, place: Place) -> None:
        top, left, bottom = place
        values = level_values(self.source)
        style = look("formula")
        for index, column in enumerate(self.columns):
            depth = DEPTHS.get(column.key)
            if depth is None:
                continue
            for row in range(top + 1, bottom + 1):
                at = row - top - 1
                value = values[at][depth - 1] if at < len(values) else ""
                formula = "=" + level_sum(self.ranges, depth, row + 1)
                sheet.write_formula(row, left + index, formula, style, value)

    def _wording(self, sheet: Any, look: Format, place: Place, kept: Kept) -> None:
        top, left, bottom = place
        index = [column.key for column in self.columns].index(("shown", "standard"))
        width = kept.width("indicator", self.columns[index])
        style = look("reason", bg_color="#F2F2F2")
        texts = standards(self.source)
        for at, row in enumerate(range(top + 1, bottom + 1)):
            text = texts[at] if at < len(texts) else ""
            sheet.write_string(row, left + index, text, style)
            if text:
                sheet.set_row(row, self._height(at, text, width))

    def _height(self, at: int, text: str, width: float) -> float:
        """Of a row, all of whose texts have to be read."""
        texts = [(text, width)]
        texts += [(self.rows[at].get(column.key, ""), column.width) for column in self.columns]
        return max(LOWEST, min(HIGHEST, max(text_height(*one) for one in texts)))


def _ranges(area: Area) -> Ranges:
    """The cells of the sums."""
    other = f"'{OTHER}'!"
    full = [field.name for field in PROPERTIES].index("full_marks")
    weight = [field.name for field in target_fields()].index("weight")
    return Ranges(
        levels=(area("indicator", ("levels", 0)), area("indicator", ("levels", 1))),
        weight=area("indicator", ("weight",)),
        kind=area("indicator", ("rule", "kind")),
        group=area("indicator", ("group",)),
        groups=other + area("groups", ("name",)),
        caps=other + area("groups", ("cap",)),
        full=other + _nth(area("properties", ("value",)), full),
        list_weight=other + _nth(area("targets", ("value",)), weight),
        shares=other + area("shares", ("name",)),
    )


def _nth(area: str, number: int) -> str:
    """One cell of a range, counted from 0."""
    _, letter, row = area.split(":", maxsplit=1)[0].split("$")
    return f"${letter}${int(row) + number}"
