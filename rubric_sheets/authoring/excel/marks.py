"""Colours that follow what an author types: amber for what a filled row still needs,
gray for what its rule has no use for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...looks.styles import MARKS
from ...places.addresses import letters
from ...rubric.fields import KINDS, PROPERTIES, parameters, word
from ...rules import rule as rule_module
from ...rules.base import INSIDE
from ...rules.lists import in_cell
from .column import SHOWN, Column, Table
from .indicator_columns import LIST

MISSING = MARKS["missing"]
GRAY = {"bg_color": "#E7E6E6", "font_color": "#7F7F7F"}
MOST_JOINED = 8  # columns of a row by which it counts as filled
Mark = tuple[int, str, dict[str, Any]]  # column of the table, condition for its first row, look


def marks(table: Table, top: int, left: int) -> Iterator[Mark]:
    """The conditional formats of a table whose headings stand in row `top`,
    from column `left`, both counted from 0."""
    cells = [f"{letters(left + index + 1)}{top + 2}" for index in range(len(table.columns))]
    if table.name == "properties":
        wanted = ",".join(f'${cells[0]}="{field.label}"' for field in PROPERTIES if field.required)
        yield 1, f'AND(OR({wanted}),{cells[1]}="")', MISSING
        return
    typed = [cell for cell, column in zip(cells, table.columns) if column.kind != SHOWN]
    filled = f'{"&".join(f"${cell}" for cell in typed[:MOST_JOINED])}<>""'
    for index, column in enumerate(table.columns):
        if column.required:
            yield index, f'AND({filled},{cells[index]}="")', MISSING
    if table.name == "indicator":
        yield from _by_rule(table, cells)


def _by_rule(table: Table, cells: list[str]) -> Iterator[Mark]:
    at = {column.key: f"${cell}" for column, cell in zip(table.columns, cells)}
    kind = at[("rule", "kind")]
    for index, column in enumerate(table.columns):
        needing, using = _kinds(column)
        if column.key == ("weight",):
            inside = ",".join(
                f'{kind}<>"{word("rule", outside)}"'
                for outside in KINDS
                if rule_module(outside).COUNTS != INSIDE
            )
            yield (
                index,
                f'AND({kind}<>"",{inside},{at[("weight_fact",)]}="",{cells[index]}="")',
                MISSING,
            )
        if needing:
            yield index, f'AND({_any(kind, needing)},{cells[index]}="")', MISSING
        if using is not None:
            yield index, f'AND({kind}<>"",NOT({_any(kind, using)}))', GRAY


def _kinds(column: Column) -> tuple[list[str], list[str] | None]:
    """(kinds that need this column, kinds that use it);
    None where it does not depend on the kind."""
    if column.key in (("ratio",), ("value",)):
        return [], [
            kind for kind in KINDS if rule_module(kind).READS_MEASURE or rule_module(kind).JUDGED
        ]
    if column.key[0] != "rule" or column.key == ("rule", "kind"):
        return [], None
    all_ = [(kind, parameter) for kind in KINDS for parameter in parameters(kind) or ()]
    uses = [
        (k, p)
        for k, p in all_
        if p.name == column.key[1] or (column.key[1] == LIST and in_cell(p.type))
    ]
    return [kind for kind, parameter in uses if parameter.required], [kind for kind, _ in uses]


def _any(cell: str, kinds: list[str]) -> str:
    return "OR({})".format(",".join(f'{cell}="{word("rule", kind)}"' for kind in kinds))
