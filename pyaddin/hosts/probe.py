"""Where defined names point to, asked with formulas: three calls for all of them, where one by one
is hundreds.

`SHEET(name)|ROW(name)|COLUMN(name)` follows every row that was inserted and every sheet that was
renamed, saved or not. The formulas stand in the very hidden sheet for a moment (`Host.evaluate`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import (
    FINDINGS_AREA,
    FINDINGS_SUMMARY,
    HEADER,
    MOST,
    row_name,
    suffix,
)
from rubric_sheets.places.slots import SUBTOTALS, defined_name, subtotal
from rubric_sheets.records import Record
from rubric_sheets.rubric.model import Rubric

from .meta import chunked

if TYPE_CHECKING:
    from .protocol import Host

TOTALS = (
    "合计分值",
    "合计得分",
    "合计适用",
    "未完成项数",
    "加分",
    "扣分",
    "总分",
    "等次",
    "自评总分",
    "自评等次",
)


class Located(Record):
    """`percent`: the names whose cells have a percentage format."""

    areas: dict[str, Area]
    percent: set[str]


def wanted(rubric: Rubric) -> tuple[list[str], list[str]]:
    """(names of single cells, names of rectangles) of one project
    that reading and writing may ask for."""
    levels = len(dict.fromkeys(spec["levels"][0] for spec in rubric["indicators"]))
    totals = [
        *TOTALS,
        *(
            defined_name(subtotal(kind, number))
            for kind in SUBTOTALS
            for number in range(1, levels + 1)
        ),
    ]
    rows = [row_name(spec["id"]) for spec in rubric["indicators"]]
    cells = dict.fromkeys([*rubric["facts"], *totals, *rows])
    return list(cells), [*rubric["tables"], HEADER]


def locate(host: Host, rubric: Rubric) -> Located:
    """Where all the names of a rubric's workbook stand, those of further projects with their
    endings; lost ones are left out."""
    cells, areas = wanted(rubric)
    found = ask(host, rubric, [*cells, FINDINGS_SUMMARY], [*areas, FINDINGS_AREA])
    if "targets" not in rubric:
        return found
    headers = {number: HEADER + suffix(number) for number in range(2, MOST + 1)}
    present = ask(host, rubric, [], list(headers.values())).areas
    # a deleted project leaves a gap
    numbers = [number for number, name in headers.items() if name in present]
    if not numbers:
        return found
    more = ask(
        host,
        rubric,
        [name + suffix(number) for number in numbers for name in cells],
        [name + suffix(number) for number in numbers for name in areas],
    )
    return Located({**found.areas, **more.areas}, found.percent | more.percent)


def ask(host: Host, rubric: Rubric, cells: list[str], areas: list[str]) -> Located:
    """Where these names stand."""
    comma = host.separator
    percent = {name for name in cells if is_percent(rubric, name)}
    questions = [_question(name, comma, wide=False, formatted=name in percent) for name in cells]
    questions += [_question(name, comma, wide=True, formatted=False) for name in areas]
    texts = host.evaluate(chunked(questions))
    answers = "".join(text if isinstance(text, str) else "" for text in texts).split(";")[:-1]
    names = [*cells, *areas]
    if len(answers) != len(names):  # no function SHEET here
        known = host.areas(names)
        return Located(
            known, {name for name in percent & set(known) if host.is_percent(known[name])}
        )
    tabs = host.sheet_names()
    found = {name: _area(answer, tabs) for name, answer in zip(names, answers) if answer}
    return Located(found, {name for name, answer in zip(names, answers) if "|P" in answer})


def is_percent(rubric: Rubric, name: str) -> bool:
    """Is it a fact given in percent, of whichever project?"""
    spec = rubric["facts"].get(name.partition("__")[0])
    return spec is not None and spec["kind"] == "percent"


def _question(name: str, comma: str, *, wide: bool, formatted: bool) -> str:
    parts = [f"SHEET({name})", f"ROW({name})", f"COLUMN({name})"]
    if wide:
        parts += [f"ROWS({name})", f"COLUMNS({name})"]
    if formatted:
        parts.append(f'CELL("format"{comma}{name})')
    joined = '&"|"&'.join(parts)
    return f'IFERROR({joined}{comma}"")&";"'


def _area(answer: str, tabs: list[str]) -> Area:
    parts = answer.split("|")
    sheet, row, column = (int(part) for part in parts[:3])
    rows, columns = (int(parts[3]), int(parts[4])) if len(parts) == 5 else (1, 1)
    return Area(tabs[sheet - 1], row, column, row + rows - 1, column + columns - 1)
