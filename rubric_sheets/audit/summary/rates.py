"""The sheets 得分率: every unit against every indicator, as a map of heat; one sheet a rubric."""

from __future__ import annotations

import os

from ..figures import Figures
from .paper import Book, Column, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 60  # indicators that one sheet shows
# A row of the unit's own list counts with its first level, and several projects of one workbook
# together: only what all units share can be compared.
POINTS = """CREATE OR REPLACE TEMP TABLE points AS
SELECT unit, rubric, key, min(label) AS label, min(place) AS place, sum(score) / sum(weight) AS rate
FROM (
  SELECT unit, rubric, merged.position AS place, score, weight,
    CASE WHEN regexp_matches(indicator, '(^|:)row-') THEN 'own ' || levels[1]
      ELSE regexp_replace(indicator, '^[0-9]+:', '') END AS key,
    CASE WHEN regexp_matches(indicator, '(^|:)row-') THEN levels[1] ELSE merged.name END AS label
  FROM merged JOIN seen USING (unit))
GROUP BY unit, rubric, key"""
RUBRICS = """
SELECT rubric, any_value(title), count(*) FROM seen WHERE usable AND rubric IS NOT NULL
GROUP BY rubric ORDER BY count(*) DESC, rubric"""
KEYS = """
SELECT key, min(label), median(place), avg(rate) FROM points WHERE rubric = ?
GROUP BY key ORDER BY 3, key LIMIT ?"""
UNITS = """
SELECT any_value(seen.name), any_value(seen.project), any_value(seen.year), any_value(seen.file),
  any_value(seen.path), map(list(key ORDER BY place, key), list(rate ORDER BY place, key))
FROM seen JOIN points USING (unit) WHERE seen.rubric = ?
GROUP BY unit ORDER BY any_value(seen.total) DESC NULLS LAST, any_value(seen.position)"""
SCALE = {
    "type": "3_color_scale",
    "min_type": "num",
    "mid_type": "num",
    "max_type": "num",
    "min_value": 0,
    "mid_value": 0.8,
    "max_value": 1,
    "min_color": "#F8696B",
    "mid_color": "#FFEB84",
    "max_color": "#63BE7B",
}
BEFORE = 3  # columns before the first indicator


def prepare(figures: Figures) -> None:
    """Makes the table `points` of the connection: how much of each indicator a unit reached."""
    figures.do(POINTS)


def write(book: Book, figures: Figures) -> None:
    prepare(figures)
    for rubric, title, count in figures.rows(RUBRICS):
        keys = figures.rows(KEYS, [rubric, MOST])
        if keys:
            _sheet(book, figures, rubric, f"{title}：各项得分率（{count} 份）", keys)


def _sheet(
    book: Book, figures: Figures, rubric: str, title: str, keys: list[tuple[Any, ...]]
) -> None:
    columns = [Column("单位", 28), Column("年度", 7, "year"), Column("文件", 24, "link")]
    columns += [Column(label, 8.5, "rate") for _, label, *_ in keys]
    table = Table(book, f"得分率 {rubric}", title, columns)
    table.head("得分 ÷ 分值；越红丢分越多。空着的是不适用，或者还没有得分。", frozen=BEFORE)
    table.write(["平均", None, None, *(mean for _, _, _, mean in keys)])
    for name, project, year, file, path, rates in figures.stream(UNITS, [rubric]):
        whose = f"{name or ''}　{project}" if project else name
        values = [None if (rate := rates.get(key)) is None else round(rate, 6) for key, *_ in keys]
        table.write([whose or "", year, (os.path.basename(file), path), *values])
    table.end()
    table.sheet.conditional_format(table.area(BEFORE, len(columns) - 1), SCALE)
