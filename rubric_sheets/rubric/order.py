"""One order of keys, and nothing empty: so that a rubric is the same text whichever file it came
from."""

from __future__ import annotations

from typing import Any

from .fields import TOP, Field, rule_fields, target_fields

EMPTY: tuple[Any, ...] = (None, "", [], {})


def in_order(source: dict[str, Any]) -> dict[str, Any]:
    """A source with every table's keys in the order of its fields;
    optional fields that are empty are left out."""
    ordered = _table(source, TOP)
    return {"extends": source["extends"], **ordered} if "extends" in source else ordered


def _table(raw: dict[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    known = {field.name: field for field in fields}
    out = {}
    for name in (
        *(n for n in known if n in raw),
        *(n for n in raw if n not in known and n != "extends"),
    ):
        field, value = known.get(name), raw[name]
        if field is not None:
            if not field.required and value in EMPTY:
                continue
            value = _value(value, field)
        out[name] = value
    return out


def _value(value: Any, field: Field) -> Any:
    if field.type == "rows" and isinstance(value, list):
        return [_table(row, field.of) if isinstance(row, dict) else row for row in value]
    if field.type == "rule" and isinstance(value, dict):
        return _table(value, rule_fields(value.get("kind")))
    if field.type == "targets" and isinstance(value, dict):
        return _table(value, target_fields())
    return value
