"""Facts in tables: a label with its value beside it, and the tables of institutions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...records import Record
from ...rubric.model import Rubric
from ..reading.document import Cell, Table
from ..sightings import Sighting, of_cell, of_number
from ..words import synonyms
from ..words.clean import label
from .values import heading, is_blank, money_unit, number, row_label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NUMBERS = ("amount", "count", "percent")
_INSTITUTION = re.compile(r"^(?:局机关|本级|机关本级|委机关|办机关|厅机关|二级机构|二级单位|下属)")


class Found(Record):
    """What one table tells: facts by name, rows of institution tables by table."""

    facts: list[tuple[str, Sighting]]
    rows: list[tuple[str, str, Cell, dict[str, Sighting]]]  # table, institution, its cell, columns


def read(rubric: Rubric, table: Table) -> Found:
    """All facts that a table holds."""
    found = Found([], [])
    known = _columns(rubric)
    for top in range(table.height):
        cells = table.row(top)
        first = row_label(cells)
        if first is not None and (kind := _institution(table, top, first)):
            _institutions(table, top, cells, first, kind, known, found)
        else:
            found.facts.extend(_pairs(rubric, table, top, cells))
    return found


def _columns(rubric: Rubric) -> dict[str, str]:
    """Column → the institution table that it belongs to."""
    tables = (table for table in rubric["tables"].values() if table["totals"])
    return {column["name"]: table["name"] for table in tables for column in table["columns"]}


def _institution(table: Table, top: int, first: Cell) -> str:
    """`summary`, `one`, or "" for a row of something else."""
    head = heading(table, top, first.left)
    rows = synonyms.data()["rows"]
    name = label(first.text)
    named = head is not None and label(head.text) in map(label, rows["institution"])
    if name in map(label, rows["summary"]):
        return "summary" if named or "机构" in name else ""
    above = heading(table, head.top, first.left) if head is not None else None
    below_named = above is not None and label(above.text) in map(label, rows["institution"])
    return "one" if named or below_named or _INSTITUTION.match(name) else ""


def _institutions(
    table: Table,
    top: int,
    cells: list[Cell],
    first: Cell,
    kind: str,
    known: dict[str, str],
    found: Found,
) -> None:
    """The values of one row, under the heads of their columns."""
    heads = {cell: heads_of(table, top, cell) for cell in cells if cell is not first}
    of = next((known[name] for name in heads.values() if name in known), "")
    special = synonyms.data()["columns"].get(of, {})
    values: dict[str, Sighting] = {}
    for cell, name in heads.items():
        head = heading(table, top, cell.left)
        name_ = name or special.get(label(head.text), "") if head is not None else ""
        unit = money_unit(table, top, cell.left) or "万元"
        one = number(cell, unit)
        if one is not None and known.get(name_) == of:
            values.setdefault(name_, of_number(one, cell.text.strip(), of_cell(cell), "万元"))
    if not of or not values:
        return
    if kind == "summary":
        found.facts.extend(values.items())
    else:
        found.rows.append((of, label(first.text), first, values))


def heads_of(table: Table, top: int, cell: Cell) -> str:
    """The fact that the head of a cell's column names."""
    head = heading(table, top, cell.left)
    return synonyms.fact(head.text) if head is not None else ""


def _pairs(
    rubric: Rubric, table: Table, top: int, cells: list[Cell]
) -> Iterator[tuple[str, Sighting]]:
    """Labels with their value in the next cell of the row."""
    for cell, beside in pairwise(cells):
        name = synonyms.fact(cell.text) if cell.top == top else ""
        if name in rubric["facts"] and not is_blank(beside):
            one = value(rubric["facts"][name], table, beside, cell)
            if one is not None:
                yield name, one


def value(spec: Any, table: Table, cell: Cell, before: Cell) -> Sighting | None:
    """A cell as the value of a fact; None where it holds something else."""
    if spec["kind"] == "text":
        if synonyms.fact(cell.text) or len(cell.text) > 200:
            return None
        return Sighting(cell.text.strip(), cell.text.strip(), "", of_cell(cell, before))
    if spec["kind"] not in NUMBERS:
        return None
    is_money = spec["kind"] == "amount" and spec["unit"] == "万元"
    unit = money_unit(table, cell.top + 1, cell.left) or "万元" if is_money else spec["unit"]
    one = number(cell, unit)
    if one is None:
        return None
    return of_number(one, cell.text.strip(), of_cell(cell, before), spec["unit"])
