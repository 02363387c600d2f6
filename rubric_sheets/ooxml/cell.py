"""One cell: what stands between `<c …>` and `</c>`, and the texts of strings, plain and rich.

Source: [ECMA-376] 18.3.1.4 c, 18.3.1.40 f, 18.3.1.96 v, 18.4.8 si, 18.18.11 ST_CellType.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ..records import Record
from . import markup

BLANK, NUMBER, TEXT, BOOL, ERROR, DATE = "blank", "number", "text", "bool", "error", "date"
SHARED = "shared"  # a text while its number has not been looked up

_KINDS = {
    b"n": NUMBER,
    b"s": SHARED,
    b"str": TEXT,
    b"inlineStr": "inline",
    b"b": BOOL,
    b"e": ERROR,
    b"d": DATE,
}
_PLAIN_FORMULAS = (b"<f", b'<f aca="false"')  # the second is LibreOffice's


class Cell(Record):
    """`kind`: blank, number, text, bool, error or date (ISO, `t="d"`).
    `text`: a number's digits as they stand in the file; "1" or "0" for bool; "#DIV/0!" etc.
    for error.
    `formula`: without "="; "" for a shared formula whose text stands elsewhere; None without one.
    `style`: index into cellXfs, see `Book.is_percent`."""

    kind: str
    text: str
    formula: str | None
    style: int


Head = tuple[str, int, bool]  # kind, style, is the element closed at once


@lru_cache(maxsize=1 << 12)  # many cells, of many workbooks, have the same
def head(tail: bytes) -> Head:
    """The attributes after `r="…"`, up to ">". ValueError when malformed."""
    closed = tail.endswith(b"/")
    found = markup.attributes(tail[:-1] if closed else tail)
    return _KINDS[found.get(b"t", b"n")], int(found.get(b"s", b"0")), closed


def parse(piece: bytes, shared: Callable[[int], str]) -> Cell:
    """`piece` is the element after `<c r="`, which is where the address begins (`C6" s="4"><v>…`);
    it may go on after `</c>`.

    ValueError, KeyError or IndexError when malformed."""
    cell = _parsed(piece)
    if cell.kind == SHARED:
        return Cell(TEXT, shared(int(cell.text)), cell.formula, cell.style)
    return cell


@lru_cache(maxsize=1 << 13)  # blank cells, and formulas of the same result, of many workbooks
def _parsed(piece: bytes) -> Cell:
    """The cell, of kind SHARED where its text is the number of a shared string."""
    parts = piece.split(b">", 6)
    known = kind, style, closed = head(parts[0][parts[0].index(b'"') + 1 :])
    if closed:
        return Cell(BLANK, "", None, style)
    count = len(parts)
    if kind != "inline" and count > 3:  # nearly all cells are <f>…</f><v>…</v>: looked at first
        if parts[1] == b"<v" and parts[3] == b"</c":
            raw, end = parts[2].split(b"<", 1)
            if end == b"/v":
                return _valued(kind, raw, None, style)
        elif count > 5 and parts[1] in _PLAIN_FORMULAS and parts[3] == b"<v" and parts[5] == b"</c":
            formula, end = parts[2].split(b"<", 1)
            raw, last = parts[4].split(b"<", 1)
            if end == b"/f" and last == b"/v":
                return _valued(kind, raw, _formula(formula), style)
    return _parse_any(piece, len(parts[0]) + 1, known)


def _parse_any(piece: bytes, inner: int, known: Head) -> Cell:
    """The same for whatever else the standard allows inside of a cell."""
    kind, style, _ = known
    stop = body_end(piece, inner)
    formula = None
    at = element(piece, b"f", inner, stop)
    if at is not None:
        formula = decode(piece[at.inner : content_end(piece, at)])
        inner = at.end
    if kind == "inline":
        box = element(piece, b"is", inner, stop)
        if box is None:
            return Cell(BLANK, "", formula, style)
        return Cell(TEXT, rich_text(piece[box.inner : box.end]), formula, style)
    at = element(piece, b"v", inner, stop)
    if at is None:
        return Cell(BLANK, "", formula, style)
    return _valued(kind, piece[at.inner : content_end(piece, at)], formula, style)


def _valued(kind: str, raw: bytes, formula: str | None, style: int) -> Cell:
    if kind == TEXT:
        return Cell(TEXT, decode(raw), formula, style)
    text = raw.strip().decode()
    if not text:
        return Cell(BLANK, "", formula, style)
    if kind == SHARED:
        return Cell(SHARED, str(int(text)), formula, style)
    if kind == BOOL:
        text = "1" if text in ("1", "true") else "0"
    return Cell(kind, text, formula, style)


def body_end(piece: bytes, inner: int) -> int:
    """Offset of `</c>`. ValueError when the cell is cut off."""
    stop = piece.find(b"</c>", inner)
    if stop < 0:
        stop = piece.index(b"</c", inner)
        while piece[stop + 3 : stop + 4].isalpha():  # </color>, </charset> of a rich text
            stop = piece.index(b"</c", stop + 3)
    return stop


def element(piece: bytes, name: bytes, start: int, stop: int) -> markup.Node | None:
    """The first element of that name; others that begin alike (`<vertAlign`,
    `<family`) are passed over."""
    at = piece.find(b"<" + name, start, stop)
    if at < 0:
        return None
    after = at + 1 + len(name)
    if piece[after] == 62:  # ">", by far the most frequent: no attributes
        end = piece.index(b"</" + name, after)
        return markup.Node(name, at, after + 1, piece.index(b">", end) + 1)
    for node in markup.tags(piece, name, at, stop):
        if piece[node.inner - 2] == 47:
            return node
        end = piece.index(b"</" + name, node.inner)
        return node._replace(end=piece.index(b">", end) + 1)
    return None


def content_end(piece: bytes, node: markup.Node) -> int:
    """Where the text of `<f>` or `<v>` ends; they have no elements inside."""
    return node.inner if node.end == node.inner else piece.index(b"<", node.inner)


def rich_text(raw: bytes) -> str:
    """Content of `<si>` or `<is>`: the runs joined, without the phonetic guides (18.4.6 rPh)."""
    if raw.startswith(b"<t>") and raw.count(b"<t") == 1:
        return decode(raw[3 : raw.index(b"<", 3)])
    if b"<rPh" in raw:
        first, *guides = raw.split(b"<rPh")
        raw = first + b"".join(
            guide[guide.index(b">", guide.index(b"</rPh")) + 1 :] for guide in guides
        )
    texts = [
        decode(raw[node.inner : raw.index(b"<", node.inner)])
        for node in markup.tags(raw, b"t")
        if raw[node.inner - 2] != 47
    ]
    return "".join(texts)


@lru_cache(maxsize=1 << 11)  # the workbooks of one rubric have the same formulas
def _formula(raw: bytes) -> str:
    return decode(raw)


def decode(raw: bytes) -> str:
    """ST_Xstring (22.9.2.19): entities, then `_xHHHH_` for one UTF-16 unit."""
    text = markup.unescape(raw) if b"&" in raw or b"\r" in raw else raw.decode()
    return _unescape_units(text) if "_x" in text else text


def _unescape_units(text: str) -> str:
    out, at = [], 0
    while (mark := text.find("_x", at)) >= 0:
        digits = text[mark + 2 : mark + 6]
        if is_unit(text, mark):
            out += [text[at:mark], chr(int(digits, 16))]
            at = mark + 7
        else:
            out.append(text[at : mark + 2])
            at = mark + 2
    joined = "".join((*out, text[at:]))
    # two units may be the halves of one character
    return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_unit(text: str, mark: int) -> bool:
    """Is `_xHHHH_` at `mark`?"""
    digits = text[mark + 2 : mark + 6]
    return (
        len(digits) == 4
        and text[mark + 6 : mark + 7] == "_"
        and all(sign in "0123456789abcdefABCDEF" for sign in digits)
    )
