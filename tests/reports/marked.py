"""What is wrong in each small report, marked by hand; and clean reports with one figure changed.

`python -m tests.reports.marked` prints the table of docs/reports.md.
"""

from __future__ import annotations

import random
import re
from typing import NamedTuple

from rubric_sheets.authoring.find import find
from rubric_sheets.reports.check import check
from rubric_sheets.reports.output import Result
from rubric_sheets.reports.reading.text import of_text
from rubric_sheets.reports.sentences.read import read
from rubric_sheets.reports.words.clean import Clean
from rubric_sheets.reports.words.numbers import COUNT, SCORE, mentions
from rubric_sheets.rubric.load import published

from . import miniatures
from .documents import Block, as_text


class Case(NamedTuple):
    """`wrong`: for each thing that is wrong, a quote that its finding must show."""

    title: str
    blocks: list[Block]
    wrong: list[str]


CASES = [
    Case(
        "部门表（收支、三公、资产、评分表）",
        miniatures.FORM,
        ["实有在编人员144人", "191.09", "2", "1", "4"],
    ),
    Case("项目自评表连同叙述", miniatures.PROJECT, ["实际到位资金28.8万元"]),
    Case(
        "逐项写出算式和得分的叙述",
        miniatures.PROSE,
        ["投入绩效为13分", "产出及效率绩效为26分", "本年度政府采购金额0.1万元"],
    ),
    Case(
        "十个方面的叙述",
        miniatures.CATEGORIES,
        [
            "住房保障支出8.06万元，占比4.20%",
            "不涉及债券管理情况",
            "满分的项目有1个",
            "我部门决算收入191.48万元",
            "及时交回财政3861.27万元",
            "采购总预算210.00万元",
        ],
    ),
    Case("没有公布过的指标体系，无误", miniatures.OWN, []),
    Case("以元填写的项目自评表，无误", miniatures.ROADS, []),
    Case("决算式的叙述，无误", miniatures.CLEAN, []),
]


def judged(text: str) -> Result:
    return check("报告.txt", text.encode(), map(find, published()))


class Score(NamedTuple):
    """`wrong` things, how many of them were `found`, how many findings were made,
    and how many of those are `true`."""

    wrong: int
    found: int
    made: int
    true: int


def score(case: Case) -> Score:
    """Errors and warnings of one report against what is marked."""
    serious = [one for one in judged(as_text(case.blocks)).told if one.finding.severity != "note"]
    shown = [[each.shown for each in one.evidence] for one in serious]
    left = list(case.wrong)
    true = 0
    for quotes in shown:
        hit = next(
            (w for w in left if any(w == q or (len(w) > 3 and w in q) for q in quotes)), None
        )
        if hit is not None:
            left.remove(hit)
            true += 1
    return Score(len(case.wrong), len(case.wrong) - len(left), len(shown), true)


def changed(blocks: list[Block], seed: int = 7) -> tuple[int, int]:
    """(how many figures were changed, how many of these changes were found): one at a time, each
    figure that takes part in a statement that holds."""
    source = random.Random(seed)
    text = as_text(blocks)
    tried = found = 0
    for one in read(of_text(text)):
        if one.holds == "no" or one.kind == "date":
            continue
        at = text.index(one.evidence.quote)
        clean = Clean(one.evidence.quote)
        for mention in mentions(clean):
            if mention.kind in (COUNT, SCORE) or mention.text == "100%":
                continue
            shown = clean.quote(mention.start, mention.end)
            start = at + one.evidence.quote.index(shown)
            digit = re.search(r"[1-9]", shown)
            if digit is None:
                continue
            other = str((int(digit[0]) + source.choice((2, 3, 4))) % 10)
            place = start + digit.start()
            tried += 1
            wrong = read(of_text(text[:place] + other + text[place + 1 :]))
            found += any(each.holds == "no" for each in wrong)
    return tried, found


def table() -> str:
    """Markdown: a line for each report."""
    lines = ["| 报告 | 标出的问题 | 找到 | 报出 | 属实 |", "| --- | --- | --- | --- | --- |"]
    for case in CASES:
        one = score(case)
        lines.append(f"| {case.title} | {one.wrong} | {one.found} | {one.made} | {one.true} |")
    lines += ["", "| 改动一个数 | 改了 | 找到 |", "| --- | --- | --- |"]
    for title, blocks in (("决算式的叙述", miniatures.CLEAN), ("写出算式的叙述", miniatures.PROSE)):
        tried, found = changed(blocks)
        lines.append(f"| {title} | {tried} | {found} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
