"""A source → the rows of each table, cell by cell: what the reader takes apart again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...findings.finding import InputError
from ...rubric.fields import PROPERTIES, parameters, target_fields, word
from ...rubric.load import form_names
from ...rules.lists import in_cell, in_rows
from ...rules.lists.cell_text import quoted
from .cells import to_text
from .column import Column, Table
from .columns import choice_field, property_choices
from .indicator_columns import LIST

Cells = dict[tuple[str | int, ...], str]
MOST = 32767


def rows_of(source: dict[str, Any], table: Table) -> list[Cells]:
    """The texts of one table, by column key; what a row does not have is left out."""
    makers = {
        "indicator": _indicators,
        "ratios": _pairs,
        "groups": _pairs,
        "shares": _pairs,
        "items": _items,
        "case": _cases,
        "properties": _properties,
        "targets": _targets,
    }
    maker = makers.get(table.name, _records)
    rows = list(maker(source, table))
    for row in rows:
        for key, text in row.items():
            if len(text.encode("utf-16-le")) > 2 * MOST:
                heading = next(column.heading for column in table.columns if column.key == key)
                raise InputError(
                    "rubric-cell-too-long",
                    where=f"{table.title}的“{heading}”",
                    actual=len(text),
                )
    return rows


def cell_text(value: Any, column: Column, syntax: str = "") -> str:
    """One value as the text of its cell."""
    kind = syntax or column.kind
    if kind in ("text", "share"):
        return quoted(str(value))
    if kind == "number":
        return str(value)
    if kind == "choice":
        return word(choice_field(column), str(value))
    if kind == "flag":
        return "是" if value else "否"
    return to_text(value, kind)


def _record(raw: dict[str, Any], columns: tuple[Column, ...]) -> Cells:
    return {
        c.key: cell_text(raw[str(c.key[0])], c)
        for c in columns
        if len(c.key) == 1 and c.key[0] in raw
    }


def _records(source: dict[str, Any], table: Table) -> Iterator[Cells]:
    for raw in source.get(table.name, ()):
        yield _record(raw, table.columns)


def _pairs(source: dict[str, Any], table: Table) -> Iterator[Cells]:
    first, second = table.columns[:2]
    for name, inner in source.get(table.name, {}).items():
        yield {first.key: cell_text(name, first), second.key: cell_text(inner, second)}


def _properties(source: dict[str, Any], table: Table) -> Iterator[Cells]:
    """Every property has a row, so that an author sees what may be filled."""
    for field in PROPERTIES:
        text = _property(field.name, source) if field.name in source else ""
        yield {("key",): field.label, **({("value",): text} if text else {})}


def _property(name: str, source: dict[str, Any]) -> str:
    text = str(source[name])
    if name == "form":
        return form_names().get(text, text)
    return word(name, text) if name in property_choices() else quoted(text)


def _targets(source: dict[str, Any], table: Table) -> Iterator[Cells]:
    """Every parameter of the unit's own list, so that an author sees what may be filled."""
    given = source.get("targets", {})
    for field in target_fields():
        yield {
            ("key",): field.label,
            **({("value",): quoted(str(given[field.name]))} if field.name in given else {}),
        }


def _indicators(source: dict[str, Any], table: Table) -> Iterator[Cells]:
    columns = {column.key: column for column in table.columns}
    for spec in source["indicator"]:
        row = _record(
            {name: inner for name, inner in spec.items() if name not in ("levels", "rule", "case")},
            table.columns,
        )
        for number, level in enumerate(spec["levels"][:3]):
            row[("levels", number)] = quoted(level)
        types = {p.name: p.type for p in parameters(spec["rule"]["kind"]) or ()}
        for name, inner in spec["rule"].items():
            kind = types.get(name, "")
            if in_cell(kind):
                row[("rule", LIST)] = to_text(inner, kind)
            elif not in_rows(kind):
                row[("rule", name)] = cell_text(inner, columns[("rule", name)])
        yield row


def _items(source: dict[str, Any], table: Table) -> Iterator[Cells]:
    for spec in source["indicator"]:
        for parameter in parameters(spec["rule"]["kind"]) or ():
            if in_rows(parameter.type):
                for item in spec["rule"].get(parameter.name, ()):
                    yield {("id",): spec["id"], **_record(item, table.columns)}


def _cases(source: dict[str, Any], table: Table) -> Iterator[Cells]:
    for spec in source["indicator"]:
        for case in spec.get("case", ()):
            yield {("id",): spec["id"], **_record(case, table.columns)}
