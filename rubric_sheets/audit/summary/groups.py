"""The sheets that are there only where somebody asks for them: the ranking of each bureau, year or
rubric by itself, and one that compares them."""

from __future__ import annotations

from ..figures import Figures
from . import ranking
from .paper import INSIDE, Book, Column, Table

BY = {"主管部门": "bureau", "年度": "year", "指标体系": "title"}
MOST = 200  # sheets; the smallest groups share the last one
NOBODY, REST = "未填", "其余"
GROUPS = """CREATE OR REPLACE TEMP TABLE grouped AS
SELECT seen.*, CASE WHEN place <= {most} THEN label ELSE '{rest}' END AS label, place
FROM seen JOIN (
  SELECT unit, label, dense_rank() OVER (ORDER BY size DESC, label) AS place FROM (
    SELECT unit, label, count(*) OVER (PARTITION BY label) AS size FROM (
      SELECT unit, coalesce(nullif(trim("{column}"::VARCHAR), ''), '{nobody}') AS label
      FROM seen WHERE usable AND title IS NOT NULL))) USING (unit)"""
COMPARED = """
SELECT label, count(*), avg(total * 100 / full_marks), avg(claimed * 100 / full_marks),
  avg((claimed - total) * 100 / full_marks), count(*) FILTER (errors > 0), sum(errors),
  sum(warnings)
FROM grouped GROUP BY label ORDER BY label = '{rest}', {order}"""
COLUMNS = [
    Column("份数", 8, "count"),
    Column("测算平均", 10, "points"),
    Column("自评平均", 10, "points"),
    Column("自评多出", 10, "points"),
    Column("有错误的份数", 9, "count"),
    Column("错误", 8, "count"),
    Column("提示", 8, "count"),
]


def write(book: Book, figures: Figures, by: str) -> None:
    """`by`: a key of BY."""
    column = BY[by]
    figures.do(GROUPS.format(most=MOST - 1, rest=REST, nobody=NOBODY, column=column))
    order = "label" if column == "year" else "avg(total / full_marks) DESC NULLS LAST, label"
    found = figures.rows(COMPARED.format(rest=REST, order=order))
    table = Table(book, f"各{by}", f"各{by}的得分", [Column(by, 44, "link"), *COLUMNS])
    table.head("分数按 100 分折算。点名称看那一张表。", frozen=1)
    sheets = [(label, book.reserve(f"{by} {label}")) for label, *_ in found]
    for (label, *numbers), (_, name) in zip(found, sheets):
        table.write([(label, f"{INSIDE}'{name}'!A1"), *numbers])
    table.end()
    for label, name in sheets:
        own = Table(book, name, f"{by}：{label}", ranking.COLUMNS)
        ranking.fill(book, own, ranking.rows(figures, label))
