"""The sheet 总览: how far the unit is, what to do next, and the charts. All of it follows the
cells; what a file stores of it is renewed by `books.dashboard_values`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..places import slots
from ..places.names import DASHBOARD_SHEET, FINDINGS_AREA, FINDINGS_SHEET, FINDINGS_SUMMARY
from ..rubric.model import Rubric
from .charts import BAR, COLUMN, RADAR, Chart
from .dashboard_tables import Rates, progress_rows
from .dashboard_words import DONE, FINDINGS, LENGTH, UNCHECKED, WHOLE
from .page import HEADING, SECTION, TITLE, Block, Page, reference

WIDTHS = (13, 13, 9.5, 9.5, 11.25, 11.25, 11.25, 11.25, 9)
SHOWN = 8  # columns; the last only helps the formulas
SCALE = 88  # percent: a portrait A4 page, charts on the second
WIDE, HIGH = 330, 250  # pixels of a chart that takes half of the width
MANY = 10  # bars from which on their chart is twice as high
AFTER_RESULT = "点“下一个空格”“位置”里的蓝字，就到那一格（在 LibreOffice 里按住 Ctrl 再点）。"


def build(rubric: Rubric, form: dict[str, Any], pages: Sequence[Page]) -> Page:
    """The whole sheet. `pages`: those of the workbook, whose cells it speaks of."""
    page = Page(DASHBOARD_SHEET, WIDTHS, print_columns=SHOWN, helpers=SHOWN + 1, scale=SCALE)
    page.put(1, "title", "总览", columns=SHOWN, role=TITLE)
    page.next(34)
    page.begin(Block("result"))
    _result(page)
    page.put(1, "note", AFTER_RESULT, columns=SHOWN)
    page.next(18)
    page.begin(Block("progress"))
    _progress(page, rubric, pages)
    page.begin(Block("findings"))
    _findings(page, pages)
    page.breaks = [page.row - 1]
    _charts(page, rubric, form, pages)
    page.areas[slots.dashboard_area(WHOLE)] = (1, 1, page.row, len(WIDTHS))
    return page


def repeat(name: str) -> str:
    """What another cell shows, a blank as a blank."""
    return f'IF({name}="","",{name})'


def _head(page: Page, texts: Sequence[tuple[int, int, str]]) -> None:
    """Headings: (column, how many, text)."""
    for column, width, text in texts:
        page.put(column, "header", text, columns=width, role=HEADING)
    page.next(24)


def _section(page: Page, text: str) -> None:
    page.next(8)
    page.put(1, "section", text, columns=SHOWN, role=SECTION)
    page.next(24)


def _result(page: Page) -> None:
    """Total, grade or what is still possible, what the unit claims, and what is wrong."""
    columns = ((1, 2), (3, 2), (5, 1), (6, 1), (7, 1), (8, 1))
    heads = ("总分", "等次（或可能的范围）", "自评总分", "未完成项数", "错误", "提示")
    _head(page, [(*at, text) for at, text in zip(columns, heads)])
    repeated = (slots.TOTAL, slots.GRADE, slots.CLAIMED_TOTAL, slots.PENDING)
    styles = ("total.points", "total", "formula.weight", "formula.weight")
    for (column, width), slot, style in zip(columns, repeated, styles):
        name = slots.defined_name(slot)
        page.put(column, style, columns=width, formula=repeat(name), slot=slot)
    page.areas[slots.dashboard_area("问题数")] = (page.row, 7, page.row, 8)
    for offset, word in enumerate(("错误", "提示")):
        count = f'COUNTIF({FINDINGS_AREA},"{word}")'
        page.put(
            7 + offset,
            "formula.weight",
            formula=f'IF(LEFT({FINDINGS_SUMMARY},4)="尚未校验","{UNCHECKED}",{count})',
            slot=slots.dashboard("问题数", 0, offset),
        )
    cells = f"G{page.row}"
    page.mark(cells, f"N({cells})>0", "wrong")
    page.mark(f"F{page.row}", f"N(F{page.row})>0", "missing")
    page.next(34)


def _progress(page: Page, rubric: Rubric, pages: Sequence[Page]) -> None:
    """A line a sheet: what is filled, what ought to be, and the next empty cell."""
    _section(page, "填了多少")
    _head(page, ((1, 2, "工作表"), (3, 1, "已填"), (4, 1, "应填"), (5, 4, "下一个空格")))
    first = page.row
    for line, row in enumerate(progress_rows(rubric, pages, first)):
        page.put(1, "text", row.sheet, columns=2)
        for column, style, formula, width in (
            (3, "formula.weight", row.filled, 1),
            (4, "formula.weight", row.due, 1),
            (5, "link", row.link, 4),
            (9, "formula.weight", row.next, 1),
        ):
            slot = slots.dashboard("填报", line, column - 1)
            page.put(column, style, formula=formula, columns=width, slot=slot)
        page.next(20)
    page.areas[slots.dashboard_area("填报")] = (first, 1, page.row - 1, 9)
    page.mark(f"C{first}:C{page.row - 1}", f"C{first}<D{first}", "missing")
    page.mark(f"E{first}:E{page.row - 1}", f'E{first}="{DONE}"', "done")


def _findings(page: Page, pages: Sequence[Page]) -> None:
    """The first of what the 校验 sheet lists, each with the link to its cell."""
    _section(page, f"先改这些（全部在“{FINDINGS_SHEET}”表，点“计算得分”后更新）")
    _head(page, ((1, 1, "程度"), (2, 2, "位置"), (4, 5, "问题")))
    found = next(one for one in pages if one.name == FINDINGS_SHEET)
    from_row, first = found.areas[FINDINGS_AREA][0], page.row
    for line in range(FINDINGS):
        degree, place, text = (
            reference(FINDINGS_SHEET, from_row + line, column) for column in (2, 3, 4)
        )
        link = f'HYPERLINK("#\'"&SUBSTITUTE({place},"!","\'!"),{place})'
        leads = f'IF(ISNUMBER(FIND("!",{place})),{link},{place})'
        for column, width, style, formula in (
            (1, 1, "plain", repeat(degree)),
            (2, 2, "link", f'IF({place}="","",{leads})'),
            (4, 5, "text", f'IF(LEN({text})>{LENGTH},LEFT({text},{LENGTH})&"…",{text}&"")'),
        ):
            slot = slots.dashboard("问题", line, column - 1)
            page.put(column, style, formula=formula, columns=width, slot=slot)
        page.next(48)
    page.areas[slots.dashboard_area("问题")] = (first, 1, page.row - 1, 8)
    page.mark(f"A{first}:A{page.row - 1}", f'A{first}="错误"', "error")


def _charts(page: Page, rubric: Rubric, form: dict[str, Any], pages: Sequence[Page]) -> None:
    """The charts in pairs, then the figures that they draw."""
    _section(page, "图")
    top = page.row
    given = [
        one for one in form.get("chart", ()) if all(f in rubric["facts"] for f in one["facts"])
    ]
    for _ in range((2 + len(given) + 1) // 2):
        page.next(HIGH * 0.75 + 6)
    page.print_rows = page.row - 1
    _section(page, "图里的数")
    rates = Rates(page, rubric, pages)
    charts = [
        _first_level(rates),
        _second_level(rates),
        *(_figures(page, rubric, one) for one in given),
    ]
    _place(page, charts, top)


def _place(page: Page, charts: list[Chart], top: int) -> None:
    """Two beside each other; a chart of many bars is as high as two."""
    free = [(top + number // 2, 1 + number % 2 * 4) for number in range(2 * len(charts))]
    for chart in charts:
        row, column = free.pop(0)
        high = HIGH
        if chart.rows[1] - chart.rows[0] >= MANY:
            free.remove((row + 1, column))
            high = 2 * HIGH + 8
        page.charts.append(chart._replace(row=row, column=column, size=(WIDE, high)))


def _first_level(rates: Rates) -> Chart:
    """得分率 of the first levels: a radar from three on. Of the unit's own list some may be
    missing, which would look like a dent."""
    first, last = rates.first_levels()
    kind = RADAR if last - first > 1 and not rates.table else COLUMN
    return Chart("一级指标得分率", kind, (first, last), 1, 5, is_rate=True)


def _second_level(rates: Rates) -> Chart:
    """得分率 of the second levels, or of the unit's own indicators where it has a list of them."""
    first, last = rates.second_levels()
    title = "各项指标得分率" if rates.table else "二级指标得分率"
    return Chart(title, BAR, (first, last), 1, 5, is_rate=True)


def _figures(page: Page, rubric: Rubric, chart: dict[str, Any]) -> Chart:
    """A chart of the form: each fact with its label."""
    page.next(8)
    _head(page, ((1, 4, chart["title"]), (5, 1, "万元")))
    first = page.row
    labels = chart.get("labels", [])
    for index, name in enumerate(chart["facts"]):
        fact = rubric["facts"][name]
        label = labels[index] if index < len(labels) else fact.get("label", name)
        page.put(1, "text", label, columns=4)
        page.put(5, "formula.amount", formula=repeat(name), slot=slots.fact(name))
        page.next(20)
    return Chart(chart["title"], COLUMN, (first, page.row - 1), 1, 5)
