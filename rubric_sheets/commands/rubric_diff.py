"""`rubric diff A B`: two rubrics, indicator by indicator. Each is an id, a rubric file or a filled
workbook."""

from __future__ import annotations

import os
from typing import Any

from ..authoring.compare import ADDED, REMOVED, Compared, Difference, compare
from ..exact.quantities import show
from ..findings.finding import InputError
from ..rubric.model import Rubric
from .arguments import parser as new_parser
from .arguments import print_json
from .files import rubric_named

MARKS = {ADDED: "新增", REMOVED: "取消"}
LONGEST = 60


def run(argv: list[str]) -> int:
    parser = new_parser("rubric diff", "逐条比较两套指标体系")
    parser.add_argument("before", metavar="A", help="编号、指标体系文件，或填好的工作簿")
    parser.add_argument("after", metavar="B", help="同上；列出从 A 到 B 的变化")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args(argv)
    before, after = rubric_of(args.before), rubric_of(args.after)
    found = compare(before, after)
    if args.json:
        print_json(as_json(before, after, found))
    else:
        print("\n".join(lines(before, after, found)))
    return 0


def rubric_of(name: str) -> Rubric:
    """The rubric of an id or a file, or the one that a filled workbook carries."""
    if os.path.splitext(name)[1].lower() in (".xlsx", ".xlsm") and os.path.isfile(name):
        from ..books.rubric_in_book import read_rubric
        from ..books.source import FileSource

        try:
            return read_rubric(FileSource(name))[0]
        except InputError as problem:
            if problem.findings[0].code != "book-not-ours":
                raise
    return rubric_named(name)


def lines(before: Rubric, after: Rubric, found: Compared) -> list[str]:
    """What a person reads."""
    out = [f"{_named(before)} → {_named(after)}"]
    out += [f"　{_change(one)}" for one in found.rubric]
    for id_, name, mark, differences in found.indicators:
        if mark in MARKS:
            weight = next((d.after or d.before for d in differences if d.field == "weight"), None)
            points = f"，{weight} 分" if weight else ""
            out.append(f"{MARKS[mark]}　{name}（{id_}{points}）")
            continue
        out.append(f"改动　{name}（{id_}）")
        out += [f"　{_change(one)}" for one in differences]
    marks = [mark for _, _, mark, _ in found.indicators]
    counts = [marks.count(mark) for mark in (ADDED, REMOVED)]
    changed = len(marks) - sum(counts)
    if not (marks or found.rubric):
        return [*out, "两套指标体系相同。"]
    return [*out, f"新增 {counts[0]} 条，取消 {counts[1]} 条，改动 {changed} 条。"]


def _named(rubric: Rubric) -> str:
    full = show(_points(rubric["full_marks"]))
    return f"{rubric['title']}（{rubric['id']} {rubric['version']}，满分 {full}）"


def _points(text: str) -> Any:
    from ..exact.quantities import plain

    return plain(text)


def _change(one: Difference) -> str:
    return f"{one.label}：{_short(one.before)} → {_short(one.after)}"


def _short(text: str | None) -> str:
    if text is None:
        return "（无）"
    line = text.replace("\n", "")
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"


def as_json(before: Rubric, after: Rubric, found: Compared) -> dict[str, Any]:
    """`indicators`: id, name, change and, of those that have changed, every field before and
    after."""
    keys = ("id", "version", "title", "full_marks")
    return {
        "before": {key: dict(before)[key] for key in keys},
        "after": {key: dict(after)[key] for key in keys},
        "rubric": [one._asdict() for one in found.rubric],
        "indicators": [
            {
                "id": id_,
                "name": name,
                "change": mark,
                "fields": [one._asdict() for one in differences],
            }
            for id_, name, mark, differences in found.indicators
        ],
        "same": not (found.rubric or found.indicators),
    }
