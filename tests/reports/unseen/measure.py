"""How much is found of what is wrong in these reports, and how often a clean one is accused.

`python -m tests.reports.unseen.measure [SEEDS] [FORMAT]` prints the table.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rubric_sheets.authoring.find import find
from rubric_sheets.reports.check import check
from rubric_sheets.reports.output import Result
from rubric_sheets.rubric.load import published

from ..documents import MAKERS, Block, as_text
from . import accounts, forms, projects
from .writer import Site, Writer

GENRES: dict[str, Callable[[Writer], list[Block]]] = {
    "决算式叙述": accounts.report,
    "项目评价叙述": projects.report,
    "项目自评表": forms.project,
    "自备评分表": forms.scored,
    "多个项目汇总": forms.several,
    "两年对比表": forms.expenses,
}
PROSE = ("决算式叙述", "项目评价叙述")


class Tried(NamedTuple):
    """One report with one wrong figure: how many findings it got."""

    genre: str
    seed: int
    site: Site
    told: list[str]
    text: str


def judged(blocks: list[Block], kind: str = "txt") -> Result:
    return check(f"报告.{kind}", MAKERS[kind](blocks), map(find, published()))


def serious(result: Result) -> list[str]:
    return [
        f"{one.finding.code}：{one.finding.message}"
        for one in result.told
        if one.finding.severity != "note"
    ]


def clean(genre: str, seed: int, kind: str = "txt") -> tuple[Writer, list[str]]:
    w = Writer(seed)
    return w, serious(judged(GENRES[genre](w), kind))


def wrong(genre: str, seed: int, number: int, kind: str = "txt") -> Tried:
    w = Writer(seed, number)
    blocks = GENRES[genre](w)
    return Tried(genre, seed, w.sites[number], serious(judged(blocks, kind)), as_text(blocks))


def all_of(genre: str, seeds: Iterable[int], kind: str = "txt") -> tuple[list[str], list[Tried]]:
    """False alarms of the clean reports, and every report with one figure wrong."""
    alarms: list[str] = []
    tried: list[Tried] = []
    for seed in seeds:
        w, told = clean(genre, seed, kind)
        alarms += [f"{genre} {seed}: {one}" for one in told]
        for number in range(len(w.sites)):
            if GENRES[genre](Writer(seed, number)) == GENRES[genre](Writer(seed)):
                continue  # of the ways to say it, another one was chosen
            one = wrong(genre, seed, number, kind)
            tried.append(one._replace(told=[each for each in one.told if each not in told]))
    return alarms, tried


def table(seeds: range = range(20)) -> str:
    """Markdown: a line for each kind of report."""
    lines = [
        "| 体裁 | 无误的 | 误报 | 改错一个数的 | 找到 | 一错多报 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for genre in PROSE:
        alarms, tried = all_of(genre, seeds)
        found = sum(bool(one.told) for one in tried)
        many = sum(len(one.told) > 1 for one in tried)
        lines.append(
            f"| {genre} | {len(seeds)} | {len(alarms)} | {len(tried)} | {found} | {many} |"
        )
    return "\n".join(lines)


def main(argv: list[str]) -> None:
    if argv == ["table"]:
        print(table())
        return
    seeds = range(int(argv[0]) if argv else 5)
    kind = argv[1] if len(argv) > 1 else "txt"
    verbose = "-v" in argv
    genres = [one for one in GENRES if not argv[3:] or one in argv[3:]]
    for genre in genres:
        alarms, tried = all_of(genre, seeds, kind)
        found: dict[str, Counter[bool]] = defaultdict(Counter)
        for one in tried:
            found[one.site.kind][bool(one.told)] += 1
        hit = sum(bool(one.told) for one in tried)
        many = sum(len(one.told) > 1 for one in tried)
        print(f"## {genre}: 找到 {hit}/{len(tried)}，一错多报 {many}，误报 {len(alarms)}")
        for site, counts in sorted(found.items()):
            print(f"   {site}: {counts[True]}/{sum(counts.values())}")
        if verbose:
            for alarm in alarms[:8]:
                print("   !", alarm[:220])
            for one in [one for one in tried if not one.told][:40]:
                right = as_text(GENRES[genre](Writer(one.seed))).split("\n")
                at = next((a for a, b in zip(one.text.split("\n"), right) if a != b), "")
                print(f"   - {one.seed} {one.site.kind} {one.site.text}: {at[:170]}")
            for one in [one for one in tried if len(one.told) > 1][:6]:
                print("   2", one.site, *[t[:110] for t in one.told])


if __name__ == "__main__":
    main(sys.argv[1:])
