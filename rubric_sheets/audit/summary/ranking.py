"""The sheet 排名: who, how many points claimed, how many by the standard, which file."""

from __future__ import annotations

from ..figures import Figures
from .paper import Book, Column, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

COLUMNS = [
    Column("名次", 6, "count"),
    Column("单位", 30),
    Column("项目", 22),
    Column("年度", 7, "year"),
    Column("指标体系", 22),
    Column("自评总分", 9, "points"),
    Column("测算总分", 9, "points"),
    Column("自评多出", 9, "points"),
    Column("自评等次", 8, "centre"),
    Column("测算等次", 8, "centre"),
    Column("分数齐全", 8, "centre"),
    Column("错误", 6, "count"),
    Column("提示", 6, "count"),
    Column("说明", 6, "count"),
    Column("文件", 36, "link"),
]
QUERY = """
SELECT CASE WHEN total IS NOT NULL THEN rank() OVER (ORDER BY total / full_marks DESC NULLS LAST)
  END, coalesce(name, ''), coalesce(project, ''), year, title, claimed, total, claimed - total,
  claimed_grade, grade, CASE WHEN complete THEN '是' ELSE '否' END, errors, warnings, notes, file,
  path
FROM {} ORDER BY total / full_marks DESC NULLS LAST, position"""
EVERY = "seen WHERE usable AND title IS NOT NULL"
OF_GROUP = "grouped WHERE label = $1"
NOTE = (
    "按测算总分排列。“自评多出”为正，是自评高于按评分标准应得的分；分数不齐全的，总分还会变。"
    "点文件名打开工作簿。"
)


def rows(figures: Figures, group: str | None = None) -> Iterator[tuple[Any, ...]]:
    """The values of each row; the last is the file on the disk. `group`: of these only."""
    if group is None:
        return figures.stream(QUERY.format(EVERY))
    return figures.stream(QUERY.format(OF_GROUP), [group])


def write(book: Book, figures: Figures) -> None:
    fill(book, Table(book, "排名", "各单位得分和排名", COLUMNS), rows(figures))


def fill(book: Book, table: Table, ranked: Iterable[tuple[Any, ...]]) -> None:
    table.head(NOTE, frozen=2)
    for *values, file, path in ranked:
        table.write([*values, (file, path)])
    table.end()
    points = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True}
    table.sheet.conditional_format(table.area(6, 6), {**points, "min_type": "num", "min_value": 0})
    more = {"type": "cell", "criteria": ">=", "value": 0.1}
    table.sheet.conditional_format(table.area(7, 7), {**more, "format": _mark(book, "#F8CBAD")})
    less = {"type": "cell", "criteria": "<=", "value": -0.1}
    table.sheet.conditional_format(table.area(7, 7), {**less, "format": _mark(book, "#DDEBF7")})


def _mark(book: Book, colour: str) -> Any:
    return book.book.add_format({"bg_color": colour})
