"""The columns of a table without totals, each vouched for by its heading: whoever inserts, deletes
or moves a column takes its heading along, but no defined name."""

from __future__ import annotations

from ..facts.model import Place
from ..findings.finding import Finding, finding
from ..places import headings
from ..places.addresses import Area, letters
from ..places.names import HEADER
from .score_columns import missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .source import Source

ABOVE = 6  # rows over the first one in which the headings may stand
BEYOND = 4  # columns right of the table, where a library pushes the last ones
RULED, KNOWN = "测算得分", "适用分值"  # has the formula; stands left of what only helps it
HELPERS = ("判定", "目标数", "完成数", "依据")
OTHER_WORDS = {"偏差原因": ("偏差原因分析及改进措施",)}


def list_columns(
    source: Source, table: Any, area: Area
) -> tuple[list[tuple[Any, int]], list[Finding]]:
    """(column, its number) of those that were found, in the form's order; and what is wrong."""
    specs = {column["name"]: column for column in table["columns"]}
    heads = _heads(source, specs, area)
    if heads is None:
        first = Place(area.sheet, max(area.first_row - 1, 1), area.first_col)
        return [], [finding("headings-gone", *first.address, table=table["name"])]
    at, columns, strange, found = heads
    _helpers(source, specs, area, columns)
    gone = {name: spec.get("label", name) for name, spec in specs.items() if name not in columns}
    found += missing(at, gone, strange)
    return [(spec, columns[name]) for name, spec in specs.items() if name in columns], found


def heads(area: Area) -> Area:
    """The row in which the headings of a list stand, as far as a column may have been pushed."""
    top = max(area.first_row - 1, 1)
    return Area(area.sheet, top, area.first_col, top, area.last_col + BEYOND)


Heads = tuple[Place, dict[str, int], dict[Place, str], list[Finding]]


def _heads(source: Source, specs: Mapping[str, Any], area: Area) -> Heads | None:
    """Of the nearest row above that has half of the headings, or of the score table above, which
    serves the list below it too."""
    rows = list(range(area.first_row - 1, max(area.first_row - 1 - ABOVE, 0), -1))
    own = source.names.get(HEADER)
    if own is not None and own.sheet == area.sheet and own.first_row < area.first_row:
        rows.append(own.first_row)
    known = _known(specs)
    for row in rows:
        heads = _row(source, known, specs, area, row)
        if 2 * len(heads[1]) >= min(len(specs), len(known)):
            return heads
    return None


def _known(specs: Mapping[str, Any]) -> dict[str, str]:
    """What a heading means → the column."""
    known: dict[str, str] = {}
    for name, spec in specs.items():
        for text in (spec.get("label", name), name, *OTHER_WORDS.get(name, ())):
            known.setdefault(headings.meaning(text), name)
    return known


def _row(
    source: Source, known: dict[str, str], specs: Mapping[str, Any], area: Area, row: int
) -> Heads:
    columns: dict[str, int] = {}
    strange: dict[Place, str] = {}
    found = []
    for number in range(area.first_col, area.last_col + 1 + BEYOND):
        at = Place(area.sheet, row, number)
        cell = source.cell(*at)
        text = cell.text.strip() if cell and cell.kind == "text" else ""
        if not text:
            continue
        name = _meant(text, known)
        if not name:
            strange[at] = text
        elif name in columns:
            first = at._replace(column=columns[name]).cell
            heading = specs[name].get("label", name)
            found.append(
                finding("heading-double", *at.address, name=heading, actual=text, where=first)
            )
        else:
            columns[name] = number
    return Place(area.sheet, row, area.first_col), columns, strange, found


def _meant(text: str, known: dict[str, str]) -> str:
    """The column that a heading means; in brackets stands what it is to the list below."""
    inner = text.replace("（", "(").rpartition("(")[2].rstrip(")）")
    return known.get(headings.meaning(inner)) or known.get(headings.meaning(text)) or ""


def _helpers(source: Source, specs: Mapping[str, Any], area: Area, columns: dict[str, int]) -> None:
    """What only helps the formulas has no headings under a score table: it stands right of the
    last one that has, where the formulas themselves look for it."""
    if KNOWN not in columns or RULED not in columns or any(name in columns for name in HELPERS):
        return
    by = columns[KNOWN] - int(specs[KNOWN]["offset"])
    for row in range(area.first_row, area.last_row):
        cell = source.cell(area.sheet, row, columns[RULED])
        if cell is None or not cell.formula:
            continue
        text = cell.formula.replace("$", "")
        for name in HELPERS:
            column = int(specs[name]["offset"]) + by
            if f"{letters(column)}{row}" in text:
                columns[name] = column
        return
