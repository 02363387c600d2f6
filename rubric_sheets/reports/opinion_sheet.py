"""审核意见 as a workbook: one printed page after the other, a row for each finding."""

from __future__ import annotations

import io

from ..findings.finding import InputError
from ..looks.heights import HIGHEST, text_height
from ..looks.styles import BOOK_OPTIONS, properties
from .opinion import GROUPS, NUMBERS, QUOTES, TITLE, addressee, closing, opening, short
from .output import Result
from .told import Told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HEADS = ("序号", "问题", "原文和位置", "报告中为", "核对结果", "修改建议")
WIDTHS = (6, 40, 46, 14, 14, 34)
TEXTS = (1, 2, 5)  # columns that are read, the others are looked at
LAST = len(HEADS) - 1
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def opinion_sheet(result: Result, name: str) -> bytes:
    """The bytes of an .xlsx; `name`: how the report is called. Texts of the report are never
    formulas."""
    try:
        import xlsxwriter
    except ImportError:
        raise InputError("report-library", path=name, what="xlsxwriter") from None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**BOOK_OPTIONS, **OPTIONS})
    page = _Page(book)
    page.line(TITLE, "title", 34)
    page.line(addressee(result), "sign", 22)
    page.line(opening(result, name), "prose")
    if result.told:
        page.heads()
    number = 0
    groups = [group for group in GROUPS if result.count(group[0])]
    for index, (severity, title) in enumerate(groups):
        page.line(f"{NUMBERS[index]}{title[1:]}", "section", 24)
        for one in result.told:
            if one.finding.severity == severity:
                number += 1
                page.row(number, one)
    page.line(closing(result), "prose")
    page.line("审核人：　　　　　　　　　　　　日期：　　　年　　月　　日", "sign", 30)
    book.close()
    return out.getvalue()


class _Page:
    """Rows from top to bottom."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.sheet = book.add_worksheet("审核意见")
        self.at = 0
        self.looks: dict[str, Any] = {}
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width)
        self.sheet.set_paper(9)  # A4
        self.sheet.set_landscape()
        self.sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        self.sheet.center_horizontally()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C第 &P 页，共 &N 页")
        self.sheet.hide_gridlines(2)

    def look(self, name: str) -> Any:
        if name not in self.looks:
            own = dict(properties("sign" if name == "prose" else name))
            own["text_wrap"] = True
            if name == "prose":
                own["valign"] = "top"
            self.looks[name] = self.book.add_format(own)
        return self.looks[name]

    def line(self, text: str, look: str, height: float = 0.0) -> None:
        """A text across the page."""
        text = text.strip("　") if look != "prose" else text
        tall = height or text_height(text, sum(WIDTHS))
        self.sheet.set_row(self.at, min(HIGHEST, tall))
        self.sheet.merge_range(self.at, 0, self.at, LAST, "", self.look(look))
        self.sheet.write_string(self.at, 0, text, self.look(look))
        self.at += 1

    def heads(self) -> None:
        """The heads of the columns, printed again on every page."""
        for column, text in enumerate(HEADS):
            self.sheet.write_string(self.at, column, text, self.look("header"))
        self.sheet.set_row(self.at, 22)
        self.sheet.repeat_rows(self.at)
        self.at += 1

    def row(self, number: int, one: Told) -> None:
        f = one.finding
        quotes = "\n".join(f"“{short(e.shown)}”（{e.spot}）" for e in one.evidence[:QUOTES])
        differs = bool(f.actual and f.expected and f.actual != f.expected)
        figures = (f.actual, f.expected) if differs else ("", "")
        texts = (str(number), f.message, quotes, *figures, f.fix)
        for column, text in enumerate(texts):
            look = "text" if column in TEXTS else "plain"
            self.sheet.write_string(self.at, column, text, self.look(look))
        tall = max(text_height(text, width - 2) for text, width in zip(texts, WIDTHS))
        self.sheet.set_row(self.at, min(HIGHEST, tall))
        self.at += 1
