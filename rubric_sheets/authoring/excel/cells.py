"""One cell ⇄ one value: lists and tables written so that a person can read and type them,
and nothing is lost.

    texts       优秀、良好
    facts       在职人员数=36；编制数=34
    a list of rules' parameters (rules/lists) says itself how its rows are written

Entries are separated by `；`, `;` or a new line.
"""

from __future__ import annotations

import json
from typing import Any

from ...rules.lists import listed
from ...rules.lists.cell_text import (
    COLON,
    ENTRY,
    EQUALS,
    number_text,
    quoted,
    read_texts,
    split,
    unquoted,
    write_texts,
)

_EXAMPLES = {
    "texts": "优秀、良好",
    "facts": "在职人员数=36；编制数=34",
    "json": '{"名称": ["甲", "乙"]}',
}


def example(syntax: str) -> str:
    """A cell that can be read."""
    return _EXAMPLES.get(syntax) or str(listed(syntax).EXAMPLE)


def to_text(value: Any, syntax: str) -> str:
    """A list or table as the text of one cell."""
    if syntax == "json":
        return json.dumps(value, ensure_ascii=False)
    if syntax == "texts":
        return write_texts(value)
    if syntax == "facts":
        return "；".join(
            f"{quoted(name, (*EQUALS, *ENTRY, *COLON))}={_fact_text(inner)}"
            for name, inner in value.items()
        )
    return "；\n".join(map(listed(syntax).write, value))


def _fact_text(value: Any) -> str:
    text = str(value)
    return f'"{text}"' if number_text(text) != text and '"' not in text else quoted(text, ENTRY)


def from_text(text: str, syntax: str) -> Any:
    """The list or table that a cell's text means. ValueError says, in Chinese,
    what cannot be read."""
    if syntax == "json":
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise ValueError("不是 JSON") from None
    if syntax == "texts":
        return read_texts(text)
    entries = [part for part in split(text, ENTRY) if part]
    if syntax == "facts":
        return _facts(entries)
    return list(map(listed(syntax).read, entries))


def _facts(entries: list[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for entry in entries:
        parts = split(entry, (*EQUALS, *COLON), 1)
        if len(parts) < 2:
            raise ValueError(f"“{entry}”里没有等号")
        name = unquoted(parts[0])
        if name in facts:
            raise ValueError(f"“{name}”写了两次")
        facts[name] = unquoted(parts[1]) if parts[1][:1] == '"' else number_text(parts[1])
    return facts
