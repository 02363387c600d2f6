"""The sheet 总览: how many, how good, how they are spread, what is wrong most often."""

from __future__ import annotations

from ...looks.heights import text_height
from ..figures import Figures
from ..words import SEVERITY, kind_of_problem
from .paper import Book

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Points on the scale of 100, from … to below …; the last holds everything above.
STEPS = (0, 60, 70, 80, 85, 90, 92, 94, 96, 98, 100)
SPREAD = """
SELECT count(*) FILTER (value >= $1 AND value < $2)
FROM (SELECT {} * 100 / full_marks AS value FROM seen WHERE usable)"""
GRADES = """
SELECT kind, grade, count(*) FROM (
  SELECT '自评' AS kind, claimed_grade AS grade FROM seen WHERE usable AND claimed_grade <> ''
  UNION ALL SELECT '测算', grade FROM seen WHERE usable AND grade <> '')
GROUP BY ALL ORDER BY ALL"""
GRADES_ORDER = "优良中差"  # others come after these
WIDTHS = (24, 14, 14, 8, 8, 84)
TOP = 12
FEW = 8  # files, of which each has its line in the chart
LONGEST = 400  # characters of an example


def write(book: Book, figures: Figures) -> None:
    sheet = book.sheet("总览")
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, "绩效自评审核汇总", book.look("caption"))
    row = _counts(book, sheet, figures, 2)
    row = _grades(book, sheet, figures, row + 1)
    row = _spread(book, sheet, figures, row + 1)
    _frequent(book, sheet, figures, row + 1)


def _lines(book: Book, sheet: Any, row: int, heads: list[str], rows: list[list[Any]]) -> int:
    """A small table; the row below it."""
    for at, head in enumerate(heads):
        sheet.write_string(row, at, head, book.look("header"))
    for line in rows:
        row += 1
        for at, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(row, at, value, book.look("found.text" if at else "found"))
            elif isinstance(value, float):
                sheet.write_number(row, at, value, book.look("found.points"))
            else:
                sheet.write_number(row, at, value, book.look("found.count"))
    return row + 1


def _counts(book: Book, sheet: Any, figures: Figures, row: int) -> int:
    summary = figures.summary()
    lines: list[list[Any]] = [
        ["审核的文件", summary["inputs"]],
        ["能用的", summary["usable"]],
        ["没有能够读取的", summary["unusable"]],
        ["分数齐全的", summary["complete"]],
        ["错误", summary["errors"]],
        ["提示", summary["warnings"]],
        ["说明", summary["notes"]],
        ["重复的单位和年度", len(summary["duplicates"])],
    ]
    if summary["mean_total"] is not None:
        lines.append(["测算总分平均", float(summary["mean_total"])])
    if summary["mean_claimed"] is not None:
        lines.append(["自评总分平均", float(summary["mean_claimed"])])
    return _lines(book, sheet, row, ["项目", "数"], lines)


def _grades(book: Book, sheet: Any, figures: Figures, row: int) -> int:
    found: dict[str, dict[str, int]] = {}
    for kind, grade, count in figures.rows(GRADES):
        found.setdefault(grade, {})[kind] = count
    names = sorted(found, key=lambda name: (GRADES_ORDER.find(name) % 99, name))
    lines = [[name, found[name].get("自评", 0), found[name].get("测算", 0)] for name in names]
    return _lines(book, sheet, row, ["等次", "自评", "测算"], lines)


def _spread(book: Book, sheet: Any, figures: Figures, row: int) -> int:
    """The counts, and their chart beside the tables above."""
    lines: list[list[Any]] = []
    for low, high in zip(STEPS, (*STEPS[1:], 1000)):
        counts = [
            figures.rows(SPREAD.format(name), [low, high])[0][0] for name in ("claimed", "total")
        ]
        lines.append([_step(low, high), *counts])
    end = _lines(book, sheet, row, ["分数（含下限）", "自评", "测算"], lines)
    chart = book.book.add_chart({"type": "column"})
    for column, name, colour in ((1, "自评总分", "#BFBFBF"), (2, "测算总分", "#2E75B6")):
        chart.add_series(
            {
                "name": name,
                "categories": [sheet.get_name(), row + 1, 0, end - 1, 0],
                "values": [sheet.get_name(), row + 1, column, end - 1, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": "总分的分布（份数）", "name_font": {"size": 12}})
    most = max(count for _, *counts in lines for count in counts)
    chart.set_y_axis({"num_format": "0", **({"major_unit": 1} if most < FEW else {})})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 720, "height": 360})
    place = {"description": "自评总分和测算总分在各分数段的份数", "x_offset": 16}
    sheet.insert_chart(2, 3, chart, place)
    return end


def _step(low: int, high: int) -> str:
    if low == 0:
        return f"{high} 分以下"
    return f"{low} 分以上" if high > 100 else f"{low}—{high}"


def _frequent(book: Book, sheet: Any, figures: Figures, row: int) -> None:
    """The most frequent findings, in the words that all of a kind share."""
    sheet.merge_range(row, 0, row, 2, "最常见的问题", book.look("header"))
    for at, head in enumerate(("程度", "份数", "例子（第一份里的原话）"), 3):
        sheet.write_string(row, at, head, book.look("header"))
    for code, severity, _, files, example in figures.frequent()[:TOP]:
        row += 1
        kind, text = kind_of_problem(code), example[:LONGEST]
        tall = max(text_height(kind, sum(WIDTHS[:3])), text_height(text, WIDTHS[5]))
        sheet.set_row(row, tall)
        sheet.merge_range(row, 0, row, 2, "", book.look("found.text"))
        sheet.write_string(row, 0, kind, book.look("found.text"))
        sheet.write_string(row, 3, SEVERITY[severity], book.look("found"))
        sheet.write_number(row, 4, files, book.look("found.count"))
        sheet.write_string(row, 5, text, book.look("found.text"))
