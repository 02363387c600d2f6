"""The canonical TOML text of a rubric: the same rubric is always the same text,
laid out for reading and comparing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..rubric.fields import TOP, Field, rule_fields, target_fields
from ..rubric.order import in_order

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,30})?\Z")
_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}
LONGEST_LINE = 200


def to_toml(source: dict[str, Any]) -> str:
    """A complete source as TOML. Read back with `load.read_toml` it is the same source."""
    source = in_order(source)
    known = {field.name: field for field in TOP}
    blocks = [
        "\n".join(
            f"{key(n)} = {value(v, known.get(n))}"
            for n, v in source.items()
            if not isinstance(v, (dict, list))
        )
    ]
    for name, inner in source.items():
        field = known.get(name)
        if isinstance(inner, dict):
            members = (
                {f.name: f for f in target_fields()}
                if field and field.type == "targets"
                else dict.fromkeys(inner, _member(field))
            )
            blocks.append(
                "\n".join(
                    (f"[{key(name)}]", *(_line(n, v, members.get(n)) for n, v in inner.items()))
                )
            )
        elif name == "grades":
            blocks.append(f"grades = {_lines(inner, field)}")
        elif isinstance(inner, list):
            fields = {f.name: f for f in field.of} if field else {}
            blocks += ["\n".join((f"[[{key(name)}]]", *_table(row, fields))) for row in inner]
    first = [block for block in blocks if block and not block.startswith("[")]
    return "\n\n".join((*first, *(block for block in blocks if block.startswith("[")))) + "\n"


def _member(field: Field | None) -> Field | None:
    """The field of what stands in a table of an author's own names."""
    return Field("", "", "number" if field and field.type == "numbers" else "text")


def _table(row: dict[str, Any], fields: dict[str, Field]) -> Iterator[str]:
    """The lines of one `[[table]]`."""
    for name, inner in row.items():
        field = fields.get(name)
        if field is not None and field.type == "rule" and isinstance(inner, dict):
            yield from _rule(inner)
        elif field is not None and field.type == "rows" and isinstance(inner, list):
            yield f"{key(name)} = {_lines(inner, field)}"
        else:
            yield _line(name, inner, field)


def _rule(rule: dict[str, Any]) -> Iterator[str]:
    """A short rule in one line; one with a list as `rule.name = …` lines."""
    fields = {field.name: field for field in rule_fields(rule.get("kind"))}
    line = "rule = " + inline(rule, fields)
    if (
        all(not isinstance(inner, list) or len(inner) < 2 for inner in rule.values())
        and len(line) <= LONGEST_LINE
    ):
        yield line
        return
    for name, inner in rule.items():
        field = fields.get(name)
        if isinstance(inner, list) and all(isinstance(row, dict) for row in inner):
            yield f"rule.{key(name)} = {_lines(inner, field, always=True)}"
        else:
            yield f"rule.{key(name)} = {value(inner, field)}"


def _line(name: str, inner: Any, field: Field | None) -> str:
    return f"{key(name)} = {value(inner, field)}"


def _lines(rows: list[Any], field: Field | None, *, always: bool = False) -> str:
    """A list of inline tables, one a line; a single one stands in the same line."""
    fields = {f.name: f for f in field.of} if field else {}
    texts = [inline(row, fields) if isinstance(row, dict) else value(row, None) for row in rows]
    if len(texts) < 2 and not always:
        return f"[{''.join(texts)}]"
    return "[\n" + "".join(f"  {text},\n" for text in texts) + "]"


def inline(row: dict[str, Any], fields: dict[str, Field]) -> str:
    """`{ range = "[90,)", points = 5 }`."""
    if not row:
        return "{}"
    return (
        "{ "
        + ", ".join(
            f"{key(name)} = {value(inner, fields.get(name))}" for name, inner in row.items()
        )
        + " }"
    )


def key(name: str) -> str:
    return name if _BARE_KEY.match(name) else _quoted(name)


def value(inner: Any, field: Field | None) -> str:
    """One value; numbers stand bare only in fields that are numbers,
    so that `"2021.10"` stays a text."""
    if isinstance(inner, bool):
        return "true" if inner else "false"
    if isinstance(inner, dict):
        fields = {f.name: f for f in field.of} if field else {}
        if field is not None and field.type == "values":
            return inline(inner, dict.fromkeys(inner, Field("", "", "number")))
        return inline(inner, fields)
    if isinstance(inner, list):
        if any(isinstance(item, dict) for item in inner):
            return _lines(inner, field)
        return f"[{', '.join(value(item, None) for item in inner)}]"
    text = str(inner)
    bare = (
        field is not None
        and field.type in ("number", "points")
        and _NUMBER.match(text)
        and text != "-0"
    )
    return text if bare else _quoted(text)


def _quoted(text: str) -> str:
    """A basic string in one line, whatever is in it."""
    body = "".join(
        _ESCAPES.get(char) or (char if char.isprintable() or char in "　\u00a0" else _escaped(char))
        for char in text
    )
    return f'"{body}"'


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
