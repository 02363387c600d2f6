"""A source → the workbook that a rubric's author edits in Excel: headings, drop-downs, prompts,
marks for what is missing."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from ...exact.quantities import exact, plain
from ...looks.heights import text_height
from ...looks.styles import BOOK_OPTIONS, CREATED, properties
from ...places.addresses import letters
from ...rubric.fields import PROPERTIES
from ...rubric.order import in_order
from .column import SHOWN, Column, Table
from .columns import (
    CASES,
    CHECKLIST,
    DATA,
    INDICATORS,
    NAMES,
    OTHER,
    drop_down,
    property_choices,
    rows_named,
    tables,
)
from .further import Place, page, put_guide, put_names
from .kept import Kept
from .marks import marks
from .prompts import LINKS, validation
from .rows import Cells, rows_of
from .shown import Shown

SPARE = {
    "indicator": 30,
    "ratios": 20,
    "fact": 20,
    "items": 40,
    "case": 30,
    "grades": 3,
    "groups": 4,
    "shares": 6,
    "check": 8,
    "sheet": 8,
    "targets": 3,
}
TITLES = {
    INDICATORS: (
        "{title}　指标",
        "一行一条指标。黄色为还缺的内容，深灰为该规则用不到的内容，浅灰由程序写出，不用填；"
        "收起的各列点上方的 ＋ 展开，填法选中单元格就有提示，详见“说明”表。",
    ),
    DATA: (
        "{title}　比率与数据",
        "比率：公式里写数据名称。自有数据：填报表里没有、需要单位另外填报的数据，没有可以不填。",
    ),
    CHECKLIST: (
        "{title}　核查清单",
        f"{rows_named()}，一行一项，用指标编号与“指标”表对应。",
    ),
    OTHER: (
        "{title}　其他",
        "名称、版本、依据、等次、合并组、各级权重、勾稽关系、填报表各页、自设指标；用不到的空着。各小表之间可以插入行。",
    ),
    CASES: ("{title}　用例", "算好的例子，检查时逐个验算；应得分与应有状态至少填一个。"),
}
NUMBERS = tuple(field.label for field in PROPERTIES if field.type == "number")
TOP = 3  # the row of headings, counted from 0
MOST_TITLE = 14  # the last column that a title reaches
FROZEN = 4  # columns of the 指标 sheet that stay in sight


def workbook(source: dict[str, Any], kept: Kept | None = None) -> bytes:
    """The bytes of the workbook; the same source always gives the same bytes. `kept`: what an
    author added to the one it was read from. Raises InputError for what no cell can hold."""
    source = in_order(source)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, BOOK_OPTIONS)
    book.set_properties(
        {
            "title": source.get("title", ""),
            "created": CREATED,
            "comments": f"{source.get('id', '')} {source.get('version', '')}".strip(),
        }
    )
    book.set_size(2400, 1400)
    _Writer(book, source, kept or Kept()).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, source: dict[str, Any], kept: Kept) -> None:
        self.book, self.source, self.kept = book, source, kept
        self.formats: dict[tuple[Any, ...], Any] = {}
        self.tables = tables()
        self.rows = {name: rows_of(source, table) for name, table in self.tables.items()}
        self.places: dict[str, Place] = {}
        self.named: tuple[int, int] = (TOP + 1, TOP + 1)  # rows of names that can be measured

    def format(self, style: str, **more: Any) -> Any:
        key = (style, *sorted(more.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {**properties(style), **more} if style else more
            )
        return self.formats[key]

    def write(self) -> None:
        sheets = {name: self.book.add_worksheet(name) for name in TITLES}
        self._lay_out()
        self.named = put_names(self.book, self.format, self.source, self.places["fact"])
        shown = Shown(self.source, self.tables["indicator"], self.area, self.rows["indicator"])
        for name, sheet in sheets.items():
            self._sheet(sheet, name)
        shown.put(sheets[INDICATORS], self.format, self.places["indicator"], self.kept)
        self._property_choices(sheets[OTHER])
        for (name, cell), text in self.kept.comments.items():
            sheets[name].write_comment(cell, text, {"x_scale": 2, "y_scale": 1.5})
        put_guide(self.book, self.format)
        sheets[INDICATORS].freeze_panes(self.places["indicator"][0] + 1, FROZEN)
        for name in (DATA, CHECKLIST, CASES):
            sheets[name].freeze_panes(TOP + 1, 0)
        sheets[INDICATORS].activate()

    def _sheet(self, sheet: Any, name: str) -> None:
        own = [table for table in self.tables.values() if table.sheet == name]
        self._top(sheet, name, own)
        for table in own:
            self._table(sheet, table)
        last = max(self.places[t.name][0] + len(self.rows[t.name]) + 2 for t in own)
        width = max(self.places[t.name][1] + len(t.columns) - 1 for t in own)
        sheet.print_area(0, 0, last, width)
        if name != OTHER:
            sheet.repeat_rows(TOP)
        page(sheet, landscape=name != OTHER, wide=name == INDICATORS)

    def _lay_out(self) -> None:
        """Where each table stands: below the title, 比率 and 自有数据 side by side,
        the small ones one below another."""
        down = 2
        for name, table in self.tables.items():
            size = len(self.rows[name]) + SPARE.get(name, 0)
            if table.sheet == OTHER:
                self.places[name] = (down + 1, 0, down + 1 + size)
                down += size + 3
            else:
                beside = len(self.tables["ratios"].columns) + 1 if name == "fact" else 0
                self.places[name] = (TOP, beside, TOP + size)

    def area(self, table: str, key: tuple[str | int, ...]) -> str:
        """The cells below a heading, as `$E$5:$E$60`."""
        top, left, bottom = self.places[table]
        at = [column.key for column in self.tables[table].columns].index(key)
        letter = letters(left + at + 1)
        return f"${letter}${top + 2}:${letter}${bottom + 1}"

    def _top(self, sheet: Any, name: str, own: list[Table]) -> None:
        """Title and note, and the width of every column."""
        title, note = TITLES[name]
        last = max(self.places[table.name][1] + len(table.columns) - 1 for table in own)
        for table in own:
            first = self.places[table.name][1]
            for number, column in enumerate(table.columns):
                if table.sheet != OTHER or table.name == "check":
                    width = self.kept.width(table.name, column)
                    sheet.set_column(first + number, first + number, width)
        if name == DATA:
            sheet.set_column(self.places["fact"][1] - 1, self.places["fact"][1] - 1, 3)
        first, shown = (FROZEN if name == INDICATORS else 0), min(last, MOST_TITLE)
        text = title.format(title=self.source.get("title") or "指标体系")
        sheet.merge_range(0, first, 0, shown, text, self.format("title"))
        quiet = self.format("note", font_size=10.5, valign="vcenter")
        sheet.merge_range(1, first, 1, shown, note, quiet)
        sheet.set_row(0, 34)
        sheet.set_row(1, 30 if name == INDICATORS else 20)

    def _table(self, sheet: Any, table: Table) -> None:
        top, left, bottom = self.places[table.name]
        if table.sheet in (OTHER, DATA):
            sheet.write_string(top - 1, left, table.title, self.format("section"))
            sheet.set_row(top - 1, 24)
        elif table.name != "indicator":
            self._helps(sheet, table)
        for number, column in enumerate(table.columns):
            self._column(sheet, table, left + number, column)
        sheet.set_row(top, 34 if table.name == "indicator" else 24)
        for number, row in enumerate(self.rows[table.name], top + 1):
            height = max(
                (text_height(row.get(c.key, ""), c.width) for c in table.columns), default=0
            )
            if table.name != "fact" or height > 24:
                sheet.set_row(number, max(20, min(300, height)))
            self._row(sheet, table, number, left, row)
        for number in range(top + 1 + len(self.rows[table.name]), bottom + 1):
            self._row(sheet, table, number, left, {})
        self._marks(sheet, table)

    def _helps(self, sheet: Any, table: Table) -> None:
        """How to fill each column, above its heading."""
        top, left, _ = self.places[table.name]
        for number, column in enumerate(table.columns):
            quiet = self.format("note", valign="bottom")
            sheet.write_string(top - 1, left + number, column.help, quiet)
        highest = max(text_height(c.help, c.width, 12) for c in table.columns)
        sheet.set_row(top - 1, min(160, highest))

    def _row(self, sheet: Any, table: Table, number: int, left: int, row: Cells) -> None:
        for index, column in enumerate(table.columns):
            if column.kind == SHOWN:
                continue
            text = row.get(column.key, "")
            look, is_number = self._look(table, column, row)
            if text and is_number and _is_cell_number(text):
                sheet.write_number(number, left + index, float(text), look)
            elif text:
                sheet.write_string(number, left + index, text, look)
            else:
                sheet.write_blank(number, left + index, None, look)

    def _look(self, table: Table, column: Column, row: Cells) -> tuple[Any, bool]:
        """The format, and whether a number may stand there. Texts are formatted as texts, so that
        Excel does not turn `2021-1` into a date."""
        is_number = column.kind == "number"
        if table.name == "properties":
            if column.key == ("key",):
                return self.format("label"), False
            is_number = row.get(("key",)) in NUMBERS
        if is_number:
            return self.format("plain"), True
        short = column.kind in ("choice", "flag") or column.key[0] == "levels"
        return self.format("plain" if short else "text", num_format="@"), False

    def _column(self, sheet: Any, table: Table, index: int, column: Column) -> None:
        """Heading, drop-down and prompt."""
        top, _, bottom = self.places[table.name]
        needed = {"font_color": "#9C0006"} if column.required or column.key == ("weight",) else {}
        sheet.write_string(top, index, column.heading, self.format("header", **needed))
        options = validation(table, column, self._words)
        if options:
            sheet.data_validation(top + 1, index, bottom, index, options)

    def _words(self, field: str) -> str:
        """The cells that a drop-down takes its words from."""
        if field == "value":
            return f"='{NAMES}'!$A${self.named[0] + 1}:$A${self.named[1]}"
        name, key = LINKS.get(field, ("indicator", ("id",)))
        return f"='{self.tables[name].sheet}'!{self.area(name, key)}"

    def _property_choices(self, sheet: Any) -> None:
        """Drop-downs in the cells of properties."""
        top, left, _ = self.places["properties"]
        choices = property_choices()
        for row, field in enumerate(PROPERTIES, top + 1):
            if field.name in choices:
                options = drop_down(field.label, choices[field.name])
                sheet.data_validation(row, left + 1, row, left + 1, options)

    def _marks(self, sheet: Any, table: Table) -> None:
        top, left, bottom = self.places[table.name]
        for index, condition, look in marks(table, top, left):
            options = {
                "type": "formula",
                "criteria": "=" + condition,
                "format": self.format("", **look),
            }
            sheet.conditional_format(top + 1, left + index, bottom, left + index, options)


def _is_cell_number(text: str) -> bool:
    """Whether a spreadsheet's number is exactly this text again; `1.50` is not,
    and stays a text."""
    try:
        value = plain(text)
    except (ValueError, IndexError):
        return False
    return exact(value, 20) == text and len(text.strip("-").replace(".", "").lstrip("0")) <= 15
