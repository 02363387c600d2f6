"""审核意见 as a workbook: one printed page after the other, a row for each finding."""

from __future__ import annotations

import io

from ..findings.finding import InputError
from ..looks.heights import HIGHEST, text_height
from ..looks.styles import BOOK_OPTIONS, properties
from .opinion import QUOTES, TITLE, Opinion, Remark, addressee, closing, groups, opening, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HEADS = ("序号", "问题", "原文和位置", "报告中为", "核对结果", "修改建议")
WIDTHS = (6, 40, 46, 14, 14, 34)
TEXTS = (1, 2, 5)  # columns that are read, the others are looked at
LAST = len(HEADS) - 1
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def sheet(opinion: Opinion) -> bytes:
    """The bytes of an .xlsx. Texts of the report are never formulas. InputError report-library."""
    try:
        import xlsxwriter
    except ImportError:
        raise InputError("report-library", path=opinion.name, what="xlsxwriter") from None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {**BOOK_OPTIONS, **OPTIONS})
    page = _Page(book)
    page.line(TITLE, "title", 34)
    page.line(addressee(opinion), "sign", 22)
    page.line(opening(opinion), "prose")
    if opinion.remarks:
        page.heads()
    for title, remarks in groups(opinion):
        page.line(title, "section", 24)
        for number, one in remarks:
            page.row(number, one)
    page.line(closing(opinion), "prose")
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

    def row(self, number: int, one: Remark) -> None:
        quotes = "\n".join(f"“{short(text)}”（{place}）" for place, text in one.quotes[:QUOTES])
        differs = bool(one.actual and one.expected and one.actual != one.expected)
        figures = (one.actual, one.expected) if differs else ("", "")
        texts = (str(number), one.message, quotes, *figures, one.fix)
        for column, text in enumerate(texts):
            look = "text" if column in TEXTS else "plain"
            self.sheet.write_string(self.at, column, text, self.look(look))
        tall = max(text_height(text, width - 2) for text, width in zip(texts, WIDTHS))
        self.sheet.set_row(self.at, min(HIGHEST, tall))
        self.at += 1
