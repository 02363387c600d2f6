"""Institutions bear one name in all tables: where a difference crosses two of them, each row needs
the one that goes with it."""

from __future__ import annotations

from ..facts.derive import parts_of
from ..facts.model import NOWHERE, FactSet, Row
from ..facts.pairs import INSTITUTION, name_of, partner
from ..findings.finding import Finding, finding
from ..rubric.model import Rubric

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def check(rubric: Rubric, facts: FactSet) -> list[Finding]:
    """Rows without one that goes with them, and names that stand twice."""
    tables = [table for table in rubric["tables"].values() if table["totals"]]
    homes = {column["name"]: table["name"] for table in tables for column in table["columns"]}
    crossed = {table["name"]: _others(table, homes) for table in tables}
    reached = {other for others in crossed.values() for other in others}
    found: list[Finding] = []
    for table, others in crossed.items():
        if others or table in reached:
            found += _twice(table, facts)
        for other, column in others.items():
            found += _unpaired(table, other, column, facts)
    return found


def _others(table: Any, homes: dict[str, str]) -> dict[str, str]:
    """The tables that this one's differences reach into, each with the first such column."""
    reached: dict[str, str] = {}
    for column in table["columns"]:
        for part in parts_of(column) if "formula" in column else ():
            if homes.get(part, table["name"]) != table["name"]:
                reached.setdefault(homes[part], column["name"])
    return reached


def _twice(table: str, facts: FactSet) -> list[Finding]:
    names: set[str] = set()
    found = []
    for row in facts.tables.get(table, ()):
        name = name_of(row)
        if name and name in names and _is_filled(row):
            found.append(_told("institution-twice", row, table=table, name=name))
        names.add(name)
    return found


def _unpaired(table: str, other: str, column: str, facts: FactSet) -> list[Finding]:
    """`column`: what cannot be computed; nothing is told where it is typed."""
    rows = facts.tables.get(other, ())
    if not any(map(_is_filled, rows)):
        return []
    found = []
    for index, row in enumerate(facts.tables.get(table, ())):
        name = name_of(row)
        is_wanting = _is_filled(row) and column in row.derived
        if name and is_wanting and partner(rows, name, index) is None:
            params = {"table": table, "name": name, "other": other, "column": column}
            found.append(_told("institution-unpaired", row, **params))
    return found


def _is_filled(row: Row) -> bool:
    return any(value is not None for name, value in row.values.items() if name != INSTITUTION)


def _told(code: str, row: Row, **params: Any) -> Finding:
    place = row.places.get(INSTITUTION)
    return finding(code, *(place.address if place else NOWHERE), **params)
