"""Facts in tables: a label with its value beside it, and the tables of institutions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...exact.invisible import one_line
from ...records import Record
from ...rubric.model import Rubric
from ..reading.document import Cell, Table
from ..sightings import Sighting, of_cell, of_number
from ..words import synonyms
from ..words.clean import cleaned, label
from .figures import COUNTING
from .values import head_text, heading, is_blank, money_unit, number, row_label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NUMBERS = ("amount", "count", "percent")
_INSTITUTION = re.compile(r"^(?:局机关|本级|机关本级|委机关|办机关|厅机关|二级机构|二级单位|下属)")


class Found(Record):
    """What one table tells: facts by name, rows of institution tables by table."""

    facts: list[tuple[str, Sighting]]
    rows: list[tuple[str, str, Cell, dict[str, Sighting]]]  # table, institution, its cell, columns


def read(rubric: Rubric, table: Table, year: str = "") -> Found:
    """All facts that a table holds; of columns for several years those of the report's own."""
    found = Found([], [])
    known = _columns(rubric)
    shape: tuple[int, ...] = ()  # of the institution rows that are being read
    for top in range(table.height):
        cells = table.row(top)
        first = row_label(cells)
        own = tuple(cell.left for cell in cells)
        kind = "" if first is None else _institution(table, top, first)
        if first is not None and not kind and shape == own and not synonyms.fact(first.text):
            kind = "one"  # the next of them, whatever it is called
        if first is not None and kind:
            _institutions(table, top, cells, first, kind, known, found)
            shape = own
            continue
        shape = ()
        found.facts.extend(_pairs(rubric, table, top, cells, year))
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
    return "one" if named or _INSTITUTION.match(name) else ""


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
            sighting = of_number(one, cell.text.strip(), of_cell(cell), "万元")
            values.setdefault(name_, sighting._replace(in_form=True))
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
    rubric: Rubric, table: Table, top: int, cells: list[Cell], year: str
) -> Iterator[tuple[str, Sighting]]:
    """Labels with their value in the next cell of the row; where columns for several years or for
    budget and spending follow, with the one that is meant."""
    for at, cell in enumerate(cells[:-1]):
        name = synonyms.fact(cell.text) if cell.top == top else ""
        if name not in rubric["facts"]:
            continue
        several = _figures(cells[at + 1 :])
        if len(several) > 1 and rubric["facts"][name]["kind"] == "amount":
            yield from _of_columns(rubric, table, name, several, year)
        elif not is_blank(cells[at + 1]):
            one = value(rubric["facts"][name], table, cells[at + 1], cell)
            if one is not None:
                yield name, one


def _figures(cells: list[Cell]) -> list[Cell]:
    """The cells up to the next label."""
    found: list[Cell] = []
    for cell in cells:
        if not is_blank(cell) and number(cell) is None:
            break
        found.append(cell)
    return [cell for cell in found if not is_blank(cell)]


def _of_columns(
    rubric: Rubric, table: Table, name: str, cells: list[Cell], year: str
) -> Iterator[tuple[str, Sighting]]:
    """The figures of one row by their heads. A head that says nothing of year or kind is only
    taken where it is the first; heads for budgets give the facts that are budgets."""
    for at, cell in enumerate(cells):
        head = head_text(table, cell.top, cell.left)
        meant = _meant(name, head, year, is_first=at == 0)
        if meant in rubric["facts"]:
            one = value(rubric["facts"][meant], table, cell, cell)
            if one is not None:
                yield meant, one._replace(evidence=of_cell(cell))


def _meant(name: str, head: str, year: str, *, is_first: bool) -> str:
    """The fact that a row's label and a column's head name together; "" for another one."""
    text = cleaned(head).text
    if text.endswith(COUNTING):
        return ""
    years = re.findall(r"20[0-9]{2}", text)
    is_former = bool(re.search("上年|去年|上一年", text)) or (year and years and years[-1] < year)
    is_later = bool(year and years and years[-1] > year)
    is_budget = "预算" in text and "决算" not in text
    if is_later or re.search(r"增|减|率|比|占|差", text):
        return ""
    if is_former or is_budget:
        return f"{'上年' if is_former else ''}{name}{'预算' if is_budget else ''}"
    telling = bool(years) or bool(re.search("本年|今年|决算|实际|金额|合计|汇总|数", text))
    return name if telling or is_first else ""


def value(spec: Any, table: Table, cell: Cell, before: Cell) -> Sighting | None:
    """A cell as the value of a fact; None where it holds something else."""
    if spec["kind"] == "text":
        if synonyms.fact(cell.text) or len(cell.text) > 200:
            return None
        return Sighting(one_line(cell.text.strip()), cell.text.strip(), "", of_cell(cell, before))
    if spec["kind"] not in NUMBERS:
        return None
    is_money = spec["kind"] == "amount" and spec["unit"] == "万元"
    unit = money_unit(table, cell.top + 1, cell.left) or "万元" if is_money else spec["unit"]
    one = number(cell, unit)
    if one is None:
        return None
    return of_number(one, cell.text.strip(), of_cell(cell, before), spec["unit"])
