"""Texts that stand together in one cell: separators, and quotes around what contains one.

Entries are separated by `；`, `;` or a new line; `->` or `=>` may stand for the arrow. What
contains a separator itself is put in straight quotes, doubled inside.
"""

from __future__ import annotations

from ...exact.quantities import plain

ENTRY, ARROW, LIST, COLON, EQUALS = (
    ("；", ";", "\n"),
    ("→", "->", "=>", "－＞"),
    ("、", "，", ","),
    ("：", ":"),
    ("=", "＝"),
)
MARKS = (*ENTRY, *ARROW, *COLON)
_WIDE = {ord(a): b for a, b in zip("０１２３４５６７８９．，－＋％　", "0123456789.,-+% ")}


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
    """Parts between separators that stand outside of quotes.
    ValueError for a quote that is not closed."""
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


def halves(entry: str, *marks: tuple[str, ...]) -> tuple[str, str]:
    """What stands before and after the arrow, or the first other mark that is there.
    ValueError without any."""
    for separators in marks:
        parts = split(entry, separators, 1)
        if len(parts) == 2:
            return parts[0], parts[1]
    raise ValueError(f"“{entry}”里没有箭头 →")


def write_texts(texts: list[str], separators: tuple[str, ...] = (*LIST, *ENTRY)) -> str:
    """`优秀、良好`"""
    return "、".join(quoted(text, separators) for text in texts)


def read_texts(text: str) -> list[str]:
    return [unquoted(part) for part in split(text, (*LIST, *ENTRY)) if part]


def write_points(text: str, separators: tuple[str, ...] = MARKS) -> str:
    """A number, or a formula, as it stands in a cell."""
    if number_text(text) != text and '"' not in text:
        return f'"{text}"'
    return quoted(text, separators)


def read_points(text: str) -> str:
    """What stands in quotes is taken as it stands."""
    return unquoted(text) if text[:1] == '"' else number_text(text)


def number_text(text: str) -> str:
    """A number as a person types it → plain decimal text: `１００％` → 100.
    What is no number stays as it is."""
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
