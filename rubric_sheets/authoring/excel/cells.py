"""One cell ⇄ one value: lists and tables written so that a person can read and type them, and nothing is lost.

    bands       [90,)→5；[80,90)→4
    conditions  累计结余 = 0→3：无结余；其余→0
    levels      好（优、优秀）→6；差→0
    texts       优秀、良好
    facts       在职人员数=36；编制数=34

What contains a separator itself is put in straight quotes, doubled inside. Entries may also be separated by
a new line or a half-width semicolon, and `->` or `=>` may stand for the arrow.
"""

from __future__ import annotations

import json
from typing import Any

ENTRY, ARROW, LIST, COLON, EQUALS = (
    ("；", ";", "\n"),
    ("→", "->", "=>", "－＞"),
    ("、", "，", ","),
    ("：", ":"),
    ("=", "＝"),
)
REST = ("其余", "其余情况", "其他", "其他情况", "否则")
EXAMPLES = {
    "bands": "[90,)→5；[80,90)→4；(,80)→0",
    "conditions": "累计结余 = 0→3：无结余；其余→0",
    "levels": "好（优、优秀）→6；差→0",
    "texts": "优秀、良好",
    "facts": "在职人员数=36；编制数=34",
    "json": '{"名称": ["甲", "乙"]}',
}  # fmt: skip


def quoted(text: str, separators: tuple[str, ...] = ()) -> str:
    """The text as it stands in a cell; in quotes where it could be misread."""
    risky = not text or text != text.strip() or text[0] == '"' or (separators and '"' in text)
    if risky or any(mark in text for mark in separators):
        return '"' + text.replace('"', '""') + '"'
    return text


def unquoted(text: str) -> str:
    """The text meant by a cell. Quotes that are not doubled inside belong to the text."""
    text = text.strip()
    inner = text[1:-1]
    if len(text) >= 2 and text[0] == text[-1] == '"' and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return text


def split(text: str, separators: tuple[str, ...], most: int = -1) -> list[str]:
    """Parts between separators that stand outside of quotes. ValueError for a quote that is not closed."""
    parts: list[str] = []
    start, at, inside = 0, 0, False
    while at < len(text):
        if text[at] == '"':
            inside = not inside
        mark = "" if inside else next((m for m in separators if text.startswith(m, at)), "")
        if mark and len(parts) != most:
            parts.append(text[start:at])
            at = start = at + len(mark)
        else:
            at += 1
    if inside:
        raise ValueError("引号不成对")
    return [part.strip() for part in (*parts, text[start:])]


def to_text(value: Any, syntax: str) -> str:
    """A list or table as the text of one cell."""
    if syntax == "json":
        return json.dumps(value, ensure_ascii=False)
    if syntax == "texts":
        return "、".join(quoted(item, (*LIST, *ENTRY)) for item in value)
    if syntax == "facts":
        return "；".join(
            f"{quoted(name, (*EQUALS, *ENTRY, *COLON))}={_fact_text(inner)}"
            for name, inner in value.items()
        )
    return "；\n".join(_entry(row, syntax) for row in value)


def _fact_text(value: Any) -> str:
    text = str(value)
    return f'"{text}"' if number_text(text) != text and '"' not in text else quoted(text, ENTRY)


def _entry(row: dict[str, Any], syntax: str) -> str:
    marks = (*ENTRY, *ARROW, *COLON)
    points = quoted(row["points"], marks)
    if syntax == "bands":
        return f"{quoted(row['range'], marks)}→{points}"
    if syntax == "levels":
        inner = (*marks, *LIST, "（", "）", "(", ")")
        synonyms = "、".join(quoted(word, inner) for word in row.get("synonyms", ()))
        return f"{quoted(row['name'], inner)}{f'（{synonyms}）' if synonyms else ''}→{points}"
    when = row.get("when")
    start = REST[0] if when is None else f'"{when}"' if when in REST else quoted(when, marks)
    return f"{start}→{points}" + (f"：{quoted(row['text'], ENTRY)}" if "text" in row else "")


def from_text(text: str, syntax: str) -> Any:
    """The list or table that a cell's text means. ValueError says, in Chinese, what cannot be read."""
    if syntax == "json":
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise ValueError("不是 JSON") from None
    if syntax == "texts":
        return [unquoted(part) for part in split(text, (*LIST, *ENTRY)) if part]
    entries = [part for part in split(text, ENTRY) if part]
    if syntax == "facts":
        return _facts(entries)
    return [_row(entry, syntax) for entry in entries]


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


def _row(entry: str, syntax: str) -> dict[str, Any]:
    parts = split(entry, ARROW, 1)
    if len(parts) < 2 and syntax != "conditions":
        parts = split(entry, COLON, 1)
    if len(parts) < 2:
        raise ValueError(f"“{entry}”里没有箭头 →")
    start, rest = parts
    if syntax == "conditions":
        points, *texts = split(rest, COLON, 1)
        row = {} if start in REST else {"when": unquoted(start)}
        return {
            **row,
            "points": number_text(unquoted(points)),
            **({"text": unquoted(texts[0])} if texts else {}),
        }
    points = number_text(unquoted(rest))
    if syntax == "bands":
        return {"range": unquoted(start), "points": points}
    name, *more = split(start, ("（", "("), 1)
    if not more:
        return {"name": unquoted(name), "points": points}
    synonyms = from_text(more[0].rstrip("）)").strip(), "texts")
    return {"name": unquoted(name), "points": points, "synonyms": synonyms}


_WIDE = {ord(a): b for a, b in zip("０１２３４５６７８９．，－＋％　", "0123456789.,-+% ")}


def number_text(text: str) -> str:
    """A number as a person types it → plain decimal text: `１００％` → 100. What is no number stays as it is."""
    from ...exact.quantities import plain

    cleaned = text.translate(_WIDE).strip().replace(" ", "")
    for unit in ("%", "分", "个百分点"):
        cleaned = cleaned.removesuffix(unit)
    if "," in cleaned and all(len(part) == 3 for part in cleaned.partition(".")[0].split(",")[1:]):
        cleaned = cleaned.replace(",", "")
    for candidate in (text, cleaned):
        try:
            plain(candidate)
            return candidate
        except (ValueError, IndexError):
            continue
    return text
