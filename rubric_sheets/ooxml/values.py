"""What can be written into a cell, and the one edit that writes it."""

from __future__ import annotations

from ..records import Record
from .cell import BLANK, BOOL, ERROR, NUMBER, TEXT

MAX_TEXT = 32_767  # UTF-16 units, Excel's limit for one cell
KEEP = "\0keep"  # no formula can be this text


class Value(Record):
    """`kind` and `text` as in `Cell`; made by the functions below."""

    kind: str
    text: str


class Edit(Record):
    """`style`: the index of another look of the cell; None keeps its own.

    `formula`: KEEP leaves the cell's formula, if any, and sets its cached result; None removes
    it; a text (with or without "=") becomes the formula with `value` as its cached result."""

    value: Value
    formula: str | None
    style: int | None = None


NOTHING = Value(BLANK, "")


def number(digits: str) -> Value:
    """A decimal such as "12.50" or "-1E-7", written as it stands. ValueError for anything else."""
    value = float(digits) if digits.isascii() and "_" not in digits else float("nan")
    if value - value != 0:  # nan, inf
        raise ValueError(f"not a finite decimal: {digits!r}")
    return Value(NUMBER, digits.strip())


def text(content: str) -> Value:
    """A text, never a formula, whatever its first sign. What XML 1.0 cannot hold is dropped ([XML]
    2.2); beyond 32,767 UTF-16 units the end is cut and marked with "…"."""
    if not content.isprintable():
        content = "".join(sign for sign in content if _is_legal(sign))
    if 2 * len(content) > MAX_TEXT and len(content.encode("utf-16-le")) > 2 * MAX_TEXT:
        units = content.encode("utf-16-le")[: 2 * MAX_TEXT - 2]
        content = units.decode("utf-16-le", "ignore") + "…"
    return Value(TEXT, content)


def boolean(truth: bool) -> Value:
    return Value(BOOL, "1" if truth else "0")


def error(name: str) -> Value:
    """A formula's failed result, such as "#DIV/0!". ValueError when it does not begin with "#"."""
    if not name.startswith("#"):
        raise ValueError(f"not an error value: {name!r}")
    return Value(ERROR, name)


def _is_legal(sign: str) -> bool:
    code = ord(sign)
    return (
        code >= 32 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
    ) or code in (
        9,
        10,
        13,
    )
