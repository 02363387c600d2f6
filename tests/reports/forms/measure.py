"""How much of what is wrong in forms and tables is found, and what else is said.

`python -m tests.reports.forms.measure` prints the table of docs/reports.md.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rubric_sheets.authoring.find import find
from rubric_sheets.reports.check import check
from rubric_sheets.reports.output import Result
from rubric_sheets.rubric.load import published

from . import statistics
from .case import Case
from .formats import MAKERS, PDF, pdfs
from .layouts import LAYOUTS, blocks
from .project import SPOIL, project, spoil


def forms(seed: int) -> Iterator[Case]:
    """Each layout clean, and with one wrong figure of each kind."""
    for number, layout in enumerate(LAYOUTS):
        given = project(seed * 100 + number)
        yield Case(layout.title, "", blocks(layout, given), "")
        for kind in SPOIL:
            other, wrong = spoil(given, kind, seed * 100 + number)
            if layout.unit == "元" and kind == "资金分项":
                wrong = f"{float(wrong) * 10_000:.0f}"
            yield Case(layout.title, kind, blocks(layout, other), wrong)


def cases(seed: int) -> list[Case]:
    return [*forms(seed), *statistics.cases(seed)]


def judged(data: bytes, name: str) -> Result:
    return check(name, data, map(find, published()))


class Told(NamedTuple):
    """`found`: is the wrong figure quoted in a finding? `other`: findings that do not quote it."""

    found: bool
    other: list[str]


def told(case: Case, result: Result) -> Told:
    found, other = False, []
    for one in result.told:
        if one.finding.severity == "note":
            continue
        quotes = ["".join(each.quote.split("\t")[-1].split()) for each in one.evidence]
        if case.wrong and any(_same(case.wrong, quote) for quote in quotes):
            found = True
        else:
            other.append(f"{one.finding.code}：{one.finding.message}")
    return Told(found, other)


def _same(wrong: str, quote: str) -> bool:
    """The figure with or without its unit, or as a spreadsheet shows it."""
    if wrong == quote or quote.startswith(wrong):
        return True
    try:
        return float(wrong.rstrip("%")) == float(quote.rstrip("%"))
    except ValueError:
        return False


EACH = 7  # of that many cases one is made a PDF, which takes its time


class Tally:
    """Counted by kind and format."""

    def __init__(self) -> None:
        self.made: Counter[tuple[str, str]] = Counter()
        self.found: Counter[tuple[str, str]] = Counter()
        self.other: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.missed: list[str] = []

    def add(self, case: Case, form: str, result: Result) -> None:
        key = case.kind, form
        one = told(case, result)
        self.made[key] += 1
        self.found[key] += one.found
        self.other[key] += [f"{case.layout}｜{case.kind}｜{form}｜{text}" for text in one.other]
        if case.kind and not one.found:
            self.missed.append(f"{case.layout}｜{case.kind}｜{form}｜{case.wrong}")


def measured(given: list[Case], *, some: bool) -> Tally:
    """Every case in every format; or, for `some`, in two of them at most, by turns."""
    tally = Tally()
    forms_ = [*MAKERS, PDF]
    chosen: dict[str, list[Case]] = {form: [] for form in forms_}
    for number, case in enumerate(given):
        turns = [forms_[number % len(MAKERS)], *([PDF] if number % EACH == 0 else [])]
        for form in turns if some else forms_:
            chosen[form].append(case)
    for form, make in MAKERS.items():
        for case in chosen[form]:
            tally.add(case, form, judged(make(case.blocks), f"报告.{form.partition('-')[0]}"))
    with tempfile.TemporaryDirectory() as folder:
        made = pdfs([case.blocks for case in chosen[PDF]], Path(folder))
        for case, data in zip(chosen[PDF], made):
            tally.add(case, PDF, judged(data, "报告.pdf"))
    return tally


def table(tally: Tally) -> str:
    """Markdown: found of made, and other findings, by kind and format."""
    forms_ = [*MAKERS, PDF]
    kinds = [*SPOIL, *statistics.SPOIL]
    lines = ["| 错误 | " + " | ".join(forms_) + " |", "| --- |" + " --- |" * len(forms_)]
    for kind in kinds:
        counts_ = [(tally.found[kind, form], tally.made[kind, form]) for form in forms_]
        cells = [f"{found}/{made}" if made else "" for found, made in counts_]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    for title, chosen in (("没有错的，多报", [""]), ("有一处错的，另外多报", kinds)):
        counts = [sum(len(tally.other[kind, form]) for kind in chosen) for form in forms_]
        lines.append(f"| {title} | " + " | ".join(map(str, counts)) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measured(cases(1), some=True)))
