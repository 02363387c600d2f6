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
from .columns import (
    CASES,
    CHECKLIST,
    DATA,
    INDICATORS,
    OTHER,
    Column,
    Table,
    rows_named,
    tables,
)
from .guide import guide
from .marks import marks
from .rows import Cells, rows_of

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
    "targets": 3,
}
TITLES = {
    INDICATORS: (
        "{title}　指标",
        "一行一条指标。黄色为还缺的内容，灰色为该规则用不到的内容；填法见各列说明和“说明”表。",
    ),
    DATA: (
        "{title}　比率与数据",
        "比率：公式里写数据名称。自有数据：填报表里没有、需要单位另外填报的数据，没有可以不填。",
    ),
    CHECKLIST: (
        "{title}　核查清单",
        f"{rows_named()}，一行一项，用指标编号与“指标”表对应。",
    ),
    OTHER: ("{title}　其他", "名称、版本、依据、等次、合并组、勾稽关系。各小表之间可以插入行。"),
    CASES: ("{title}　用例", "算好的例子，检查时逐个验算；应得分与应有状态至少填一个。"),
}
NUMBERS = tuple(field.label for field in PROPERTIES if field.type == "number")
LINKS = {"ratio": ("ratios", 0), "group": ("groups", 0)}
Place = tuple[int, int, int]  # heading row, first column, last row that is laid out; counted from 0


def workbook(source: dict[str, Any]) -> bytes:
    """The bytes of the workbook; the same source always gives the same bytes.
    Raises InputError for what no cell can hold."""
    source = in_order(source)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, BOOK_OPTIONS)
    book.set_properties(
        {
            "title": source["title"],
            "created": CREATED,
            "comments": f"{source['id']} {source['version']}",
        }
    )
    book.set_size(2400, 1400)
    _Writer(book, source).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, source: dict[str, Any]) -> None:
        self.book, self.source = book, source
        self.formats: dict[tuple[Any, ...], Any] = {}
        self.tables = tables()
        self.rows = {name: rows_of(source, table) for name, table in self.tables.items()}
        self.places: dict[str, Place] = {}

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
        for name, sheet in sheets.items():
            own = [table for table in self.tables.values() if table.sheet == name]
            self._top(sheet, name, own)
            for table in own:
                self._table(sheet, table)
            last = max(self.places[t.name][0] + len(self.rows[t.name]) + 2 for t in own)
            sheet.print_area(
                0, 0, last, max(self.places[t.name][1] + len(t.columns) - 1 for t in own)
            )
            if name != OTHER:
                sheet.repeat_rows(3)
            _page(sheet, landscape=name != OTHER, wide=name == INDICATORS)
        sheets[INDICATORS].freeze_panes(self.places["indicator"][0] + 1, 4)
        for name in (DATA, CHECKLIST, CASES):
            sheets[name].freeze_panes(4, 0)
        self._guide()
        sheets[INDICATORS].activate()

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
                self.places[name] = (3, beside, 3 + size)

    def _top(self, sheet: Any, name: str, own: list[Table]) -> None:
        """Title and note, and the width of every column."""
        title, note = TITLES[name]
        last = max(self.places[table.name][1] + len(table.columns) - 1 for table in own)
        for table in own:
            first = self.places[table.name][1]
            for number, column in enumerate(table.columns):
                if table.sheet != OTHER or table.name == "check":
                    sheet.set_column(first + number, first + number, column.width)
        if name == DATA:
            sheet.set_column(self.places["fact"][1] - 1, self.places["fact"][1] - 1, 3)
        shown = min(last, 14)
        sheet.merge_range(
            0, 0, 0, shown, title.format(title=self.source["title"]), self.format("title")
        )
        sheet.merge_range(
            1, 0, 1, shown, note, self.format("note", font_size=10.5, valign="vcenter")
        )
        sheet.set_row(0, 34)
        sheet.set_row(1, 20)

    def _table(self, sheet: Any, table: Table) -> None:
        top, left, bottom = self.places[table.name]
        if table.sheet in (OTHER, DATA):
            sheet.write_string(top - 1, left, table.title, self.format("section"))
            sheet.set_row(top - 1, 24)
        helps = [column.help for column in table.columns]
        if table.sheet not in (OTHER, DATA) and any(helps):
            for number, text in enumerate(helps):
                sheet.write_string(
                    top - 1, left + number, text, self.format("note", valign="bottom")
                )
            sheet.set_row(
                top - 1,
                min(160, max(text_height(h, c.width, 12) for h, c in zip(helps, table.columns))),
            )
        for number, column in enumerate(table.columns):
            self._column(sheet, table, left + number, column)
        sheet.set_row(top, 24)
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

    def _row(self, sheet: Any, table: Table, number: int, left: int, row: Cells) -> None:
        for index, column in enumerate(table.columns):
            text = row.get(column.key, "")
            own = self._look(table, column, row)
            if text and (column.kind == "number" or own == "number") and _is_cell_number(text):
                sheet.write_number(number, left + index, float(text), self.format("plain"))
            elif text:
                sheet.write_string(
                    number, left + index, text, own if own != "number" else self.format("plain")
                )
            else:
                sheet.write_blank(
                    number, left + index, None, own if own != "number" else self.format("plain")
                )

    def _look(self, table: Table, column: Column, row: Cells) -> Any:
        """Texts are formatted as texts, so that Excel does not turn `2021-1` into a date."""
        if table.name == "properties":
            if column.key == ("key",):
                return self.format("label")
            return "number" if row.get(("key",)) in NUMBERS else self.format("text", num_format="@")
        if column.kind == "number":
            return "number"
        short = column.kind in ("choice", "flag") or column.key[0] == "levels"
        return self.format("plain" if short else "text", num_format="@")

    def _column(self, sheet: Any, table: Table, index: int, column: Column) -> None:
        """Heading, drop-down and prompt."""
        top, _, bottom = self.places[table.name]
        needed = {"font_color": "#9C0006"} if column.required or column.key == ("weight",) else {}
        sheet.write_string(top, index, column.heading, self.format("header", **needed))
        options: dict[str, Any] = {"validate": "any"}
        if column.choices or column.kind == "flag":
            options = {"validate": "list", "source": list(column.choices) or ["是", "否"]}
        elif str(column.key[0]) in LINKS and table.name == "indicator":
            options = {
                "validate": "list",
                "source": self._names(str(column.key[0])),
                "error_type": "warning",
            }
        elif column.key == ("id",) and table.name != "indicator":
            options = {"validate": "list", "source": self._names("id"), "error_type": "warning"}
        elif column.kind == "number":
            options = {
                "validate": "decimal",
                "criteria": "between",
                "minimum": -1e12,
                "maximum": 1e12,
            }
        if options["validate"] == "any" and not column.help:
            return
        prompt = column.help or ("只填数字。" if column.kind == "number" else "从下拉列表选。")
        fault = (
            "请从下拉列表中选。" if options["validate"] == "list" else "请填数字，百分数只写数字。"
        )
        options |= {
            "input_title": column.heading[:32],
            "input_message": prompt[:250],
            "error_title": "填写有误",
            "error_message": fault,
        }
        sheet.data_validation(top + 1, index, bottom, index, options)

    def _names(self, field: str) -> str:
        """The cells that a drop-down takes its words from."""
        name, column = LINKS.get(field, ("indicator", 0))
        top, left, bottom = self.places[name]
        letter = letters(left + column + 1)
        return f"='{self.tables[name].sheet}'!${letter}${top + 2}:${letter}${bottom + 1}"

    def _marks(self, sheet: Any, table: Table) -> None:
        top, left, bottom = self.places[table.name]
        for index, condition, look in marks(table, top, left):
            options = {
                "type": "formula",
                "criteria": "=" + condition,
                "format": self.format("", **look),
            }
            sheet.conditional_format(top + 1, left + index, bottom, left + index, options)

    def _guide(self) -> None:
        sheet = self.book.add_worksheet("说明")
        sheet.set_column(0, 0, 88)
        for row, (style, text) in enumerate(guide()):
            look = (
                self.format("sign", text_wrap=True, valign="top")
                if style == "body"
                else self.format(style)
            )
            sheet.write_string(row, 0, text, look)
            sheet.set_row(
                row, {"title": 36.0, "section": 28.0}.get(style) or text_height(text, 84, 16)
            )
        _page(sheet, landscape=False, wide=False)


def _is_cell_number(text: str) -> bool:
    """Whether a spreadsheet's number is exactly this text again; `1.50` is not,
    and stays a text."""
    try:
        value = plain(text)
    except (ValueError, IndexError):
        return False
    return exact(value, 20) == text and len(text.strip("-").replace(".", "").lstrip("0")) <= 15


def _page(sheet: Any, *, landscape: bool, wide: bool) -> None:
    sheet.set_paper(8 if wide else 9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.65)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
    sheet.fit_to_pages(1, 0)
    if landscape:
        sheet.set_landscape()
    sheet.ignore_errors({"number_stored_as_text": "A1:AZ2000"})
