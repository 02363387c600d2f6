"""The sheets of what is wrong: the most frequent findings, each finding by itself, units that
stand there twice, and files that could not be read."""

from __future__ import annotations

from ..figures import SAME, Figures
from ..words import SEVERITY, kind_of_problem
from .paper import Book, Column, Table

MOST = 20_000  # findings that are listed; the rest stands in the store
EVERY = """
SELECT coalesce(seen.name, ''), severity, place, message, fix, findings.code, file, path
FROM findings JOIN seen USING (unit) WHERE usable
ORDER BY array_position(['error', 'warning', 'note'], severity), seen.position, findings.position
LIMIT ?"""
SECOND = """
SELECT coalesce(seen.name, ''), CASE WHEN verdict = 'unable' THEN '算不出'
    WHEN len(invalid) > 0 THEN '所填不能用' ELSE '不一致' END AS how,
  sheet || '!' || cell, exact, answer, formula, engine, file, path
FROM differences JOIN seen USING (unit) JOIN verified USING (unit)
ORDER BY how = '所填不能用', verdict, seen.position, sheet, cell LIMIT ?"""
UNREAD = """
SELECT file, path, coalesce(findings.message, '没有认出是哪一套指标体系的报告'),
  coalesce(findings.fix, '') FROM seen LEFT JOIN findings USING (unit)
WHERE NOT usable ORDER BY seen.position, findings.position"""


def frequent(book: Book, figures: Figures) -> None:
    columns = [
        Column("程度", 7, "centre"),
        Column("份数", 7, "count"),
        Column("占全部", 9, "rate"),
        Column("条数", 7, "count"),
        Column("哪一种问题", 60),
        Column("例子（第一份里的原话）", 70),
    ]
    table = Table(book, "常见问题", "最常见的问题", columns)
    table.head("有这个问题的份数从多到少。", frozen=1)
    whole = max(1, figures.rows("SELECT count(*) FROM seen WHERE usable")[0][0])
    for code, severity, times, files, example in figures.frequent():
        kind = kind_of_problem(code)
        table.write([SEVERITY[severity], files, files / whole, times, kind, example])
    table.end()


def every(book: Book, figures: Figures) -> None:
    columns = [
        Column("单位", 26),
        Column("程度", 7, "centre"),
        Column("位置", 16),
        Column("问题", 70),
        Column("改正办法", 46),
        Column("哪一种问题", 36),
        Column("文件", 30, "link"),
    ]
    table = Table(book, "问题清单", "每一条发现", columns)
    count = figures.rows("SELECT coalesce(sum(errors + warnings + notes), 0) FROM seen")[0][0]
    left = f"只列前 {MOST} 条，其余 {count - MOST} 条在数据库里。" if count > MOST else ""
    table.head("错误在前，其次提示，再次说明。" + left, frozen=1)
    for name, severity, place, message, fix, code, file, path in figures.stream(EVERY, [MOST]):
        kind = kind_of_problem(code)
        table.write([name, SEVERITY[severity], place, message, fix, kind, (file, path)])
    table.end()


def twice(book: Book, figures: Figures) -> None:
    """Only where there is something to tell."""
    found, same = figures.twice(), figures.rows(SAME)
    if not found and not same:
        return
    columns = [
        Column("单位", 30),
        Column("项目", 24),
        Column("年度", 7, "year"),
        Column("份数", 7, "count"),
        Column("内容", 12, "centre"),
        Column("文件", 90),
    ]
    table = Table(book, "重复", "同一单位、同一年度不止一份", columns)
    table.head("都计入了排名和统计，请核对哪一份是要用的。", frozen=1)
    for unit, project, year, files, is_same in found:
        how = "完全相同" if is_same else "不同"
        table.write([unit, project, year, len(files), how, "\n".join(files)])
    for (files,) in same:
        if not any(set(files) <= set(listed) for _, _, _, listed, _ in found):
            table.write(["", "", None, len(files), "完全相同", "\n".join(files)])
    table.end()


def unread(book: Book, figures: Figures) -> None:
    """Only where there is something to tell."""
    rows = figures.rows(UNREAD)
    if not rows:
        return
    columns = [Column("文件", 50, "link"), Column("原因", 70), Column("办法", 60)]
    table = Table(book, "未能读取", "没有能够审核的文件", columns)
    table.head("这些文件没有计入排名和统计。", frozen=1)
    for file, path, message, fix in rows:
        table.write([(file, path), message, fix])
    table.end()


def second(book: Book, figures: Figures) -> None:
    """Only where another engine was asked, and did not agree with everything."""
    rows = figures.rows(SECOND, [MOST])
    if not rows:
        return
    columns = [
        Column("单位", 26),
        Column("怎样", 10, "centre"),
        Column("位置", 16),
        Column("应为", 16),
        Column("引擎得", 16),
        Column("公式", 60),
        Column("引擎", 20),
        Column("文件", 30, "link"),
    ]
    table = Table(book, "第二意见", "别的计算引擎算得不一样的单元格", columns)
    table.head(
        "与按评分标准精确算出的结果比较；填得不能用的数，公式照所填的算，不是公式的错。", frozen=1
    )
    for name, verdict, place, exact, answer, formula, engine, file, path in rows:
        table.write([name, verdict, place, exact, answer, formula, engine, (file, path)])
    table.end()
