"""What other engines make of what our formulas are built of, and of whole workbooks.
`python -m benchmarks.engines --page` writes the tables of docs/limits.md anew."""

from __future__ import annotations

import io
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from rubric_sheets.books.create import workbook
from rubric_sheets.facts.model import Place
from rubric_sheets.rubric import load
from rubric_sheets.verify.compare import DIFFERS, ROUNDED, SAME, UNABLE, compared
from rubric_sheets.verify.engines import ENGINES, engine
from rubric_sheets.verify.live import Live
from rubric_sheets.verify.verifying import verify
from tests.generate import Maker
from tests.honest import Honest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "limits.md"
SHEET = "表"
BOOKS = {"formualizer": 8, "ironcalc": 8, "formulas": 1, "libreoffice": 1}  # of each rubric


class Probe(NamedTuple):
    """A formula over the names 数 (5), 另数 (2.5), 字 (不适用) and 空 (blank)."""

    what: str
    formula: str
    exact: Fraction | str


PROBES = (
    Probe("名称所指的数", "数*另数", Fraction("12.5")),
    Probe("两个名称相加", "SUM(数,另数)", Fraction("7.5")),
    Probe("`SUM` 里有填文字的格", "SUM(数,字)", Fraction(5)),
    Probe("`COUNT` 里有填文字的格", "COUNT(数,字)", Fraction(1)),
    Probe("`MIN` 里有填文字的格", "MIN(数,字)", Fraction(5)),
    Probe("`MAX` 里有填文字的格", "MAX(0,数,字)", Fraction(5)),
    Probe("`SUM` 一片，里面有文字", "SUM(A1:A4)", Fraction("7.5")),
    Probe("`COUNT` 一片，里面有文字", "COUNT(A1:A4)", Fraction(2)),
    Probe("空白等于空文字", 'IF(空="",1,0)', Fraction(1)),
    Probe("空白当作零", "空+0", Fraction(0)),
    Probe("`N` 用于空白", "N(空)", Fraction(0)),
    Probe("`N` 用于文字", "N(字)", Fraction(0)),
    Probe("文字与文字比", 'IF(字="不适用",1,0)', Fraction(1)),
    Probe("数与文字比", 'IF(数="不适用",1,0)', Fraction(0)),
    Probe("`OR` 遇到文字格的比较", 'IF(OR(字="",字="不适用"),1,0)', Fraction(1)),
    Probe("舍入到 8 位", "ROUND(1/3,8)", Fraction("0.33333333")),
    Probe("半数进一", "ROUND(2.5,0)", Fraction(3)),
    Probe("取整", "INT(-0.5)", Fraction(-1)),
    Probe("向上取整", "ROUNDUP(4.1,0)", Fraction(5)),
    Probe("向下取整", "ROUNDDOWN(4.9,0)", Fraction(4)),
    Probe("被零除", 'IF(ISERROR(数/0),"错",0)', "错"),
    Probe("数写成文字", 'TEXT(另数,"0.##")&"分"', "2.5分"),
    Probe("文字里找", 'ISNUMBER(SEARCH("适",字))*1', Fraction(1)),
    Probe("只加同名的", 'SUMIF(A1:A4,">2")', Fraction("7.5")),
    Probe("乘积之和", "SUMPRODUCT((A1:A2>2)*A1:A2)", Fraction("7.5")),
)


def probed(name: str) -> list[tuple[Probe, str]]:
    """Each probe that an engine does not get right, with its answer."""
    cells = [
        Live(probe.what, Place(SHEET, row, 2), probe.formula, probe.exact)
        for row, probe in enumerate(PROBES, 1)
    ]
    found = compared(cells, engine(name).answers(_probe_book(), cells))
    return [
        (probe, "空白" if one.answer in (None, "") else str(one.answer))
        for probe, one in zip(PROBES, found, strict=True)
        if one.verdict in (DIFFERS, UNABLE)
    ]


def _probe_book() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    sheet.write(0, 0, 5)
    sheet.write(1, 0, 2.5)
    sheet.write(2, 0, "不适用")
    for row, name in enumerate(("数", "另数", "字", "空"), 1):
        book.define_name(name, f"={SHEET}!$A${row}")
    for row, probe in enumerate(PROBES):
        sheet.write_formula(row, 1, f"={probe.formula}", None, -987654.25)
    book.close()
    return out.getvalue()


def counted(name: str) -> list[int]:
    """(books, formulas, same, rounded, differing, unable) of workbooks whose facts can be used."""
    counts = dict.fromkeys((SAME, ROUNDED, DIFFERS, UNABLE), 0)
    books = 0
    for rubric in map(load.load, load.published()):
        for seed in range(BOOKS[name]):
            for maker in (Honest, Maker):
                found = verify("b.xlsx", engine(name), workbook(rubric, maker(rubric, seed).data()))
                if not found.invalid:
                    books += 1
                    for one in found.cells:
                        counts[one.verdict] += 1
    return [books, sum(counts.values()), *counts.values()]


def wrong_table(names: tuple[str, ...] = ENGINES) -> list[str]:
    """A line for each probe that some engine gets wrong."""
    rows = []
    for name in names:
        title = f"{engine(name).NAME} {engine(name).version()}"
        rows += [
            f"| {title} | {probe.what} | `={probe.formula}` | {_shown(probe.exact)} | `{answer}` |"
            for probe, answer in probed(name)
        ]
    return rows


def _shown(exact: Fraction | str) -> str:
    return exact if isinstance(exact, str) else f"{float(exact):g}"


def page() -> None:
    """The tables between the marks; the words around them are kept."""
    heads = "| 引擎 | 册 | 公式 | 一致 | 末位舍入 | 不一致 | 算不出 |\n" + "| --- " * 7 + "|\n"
    lines = []
    for name in ENGINES:
        title = f"{engine(name).NAME} {engine(name).version()}"
        lines.append(f"| {title} | " + " | ".join(map(str, counted(name))) + " |\n")
    wrong = "| 引擎 | 什么 | 公式 | 应为 | 它答 |\n" + "| --- " * 5 + "|\n"
    wrong += "".join(f"{row}\n" for row in wrong_table())
    text = PAGE.read_text("utf-8")
    for mark, made in (("引擎", heads + "".join(lines)), ("引擎的毛病", wrong)):
        pattern = rf"(<!-- {mark} -->\n).*?(<!-- {mark}完 -->)"
        text = re.sub(
            pattern, lambda found, made=made: found[1] + made + found[2], text, flags=re.DOTALL
        )
    PAGE.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    if "--page" in sys.argv:
        page()
    else:
        print("\n".join(wrong_table()))
