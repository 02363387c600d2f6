"""Names that hold 且 or 或, as 社会公众或服务对象满意度, in the expressions of a rubric's source:
put in backquotes, so that whoever reads an expression reads them as names."""

from __future__ import annotations

from typing import Any

from ..exact.tokens import protect
from .fields import TOP, Field, rule_fields, target_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EXPRESSIONS = ("expression", "points")


def protected(source: dict[str, Any], facts: Iterable[str]) -> dict[str, Any]:
    """The source with such names protected, whose shape may be wrong; the source itself where
    there are none. `facts`: all that it may speak of."""
    torn = [name for name in facts if "且" in name or "或" in name]
    return _table(source, TOP, torn) if torn else source


def _table(raw: dict[str, Any], fields: Sequence[Field], torn: list[str]) -> dict[str, Any]:
    known = {field.name: field for field in fields}
    return {
        name: _value(value, known[name], torn) if name in known else value
        for name, value in raw.items()
    }


def _value(value: Any, field: Field, torn: list[str]) -> Any:
    if field.type in EXPRESSIONS and isinstance(value, str):
        return protect(value, torn)
    if field.type == "formulas" and isinstance(value, dict):
        return {
            name: protect(text, torn) if isinstance(text, str) else text
            for name, text in value.items()
        }
    if field.type == "rows" and isinstance(value, list):
        return [_table(row, field.of, torn) if isinstance(row, dict) else row for row in value]
    if field.type == "rule" and isinstance(value, dict):
        return _table(value, rule_fields(value.get("kind")), torn)
    if field.type == "targets" and isinstance(value, dict):
        return _table(value, target_fields(), torn)
    return value
