"""The XML of one edited cell: new, or made from the old one with everything kept that still holds.

Source: [ECMA-376] 18.3.1.4 c, 18.3.1.40 f, 18.3.1.53 is, 18.3.1.96 v.
"""

from __future__ import annotations

from functools import lru_cache

from ..records import Record
from . import cell as cells
from . import markup
from .cell import BLANK, BOOL, ERROR, NUMBER, TEXT, Cell
from .values import KEEP, Edit, Value

_TYPES = {TEXT: b' t="str"', BOOL: b' t="b"', ERROR: b' t="e"', NUMBER: b"", BLANK: b""}


class Formula(Record):
    """The old formula's element: its bytes, and the attributes that tell shared and array
    formulas."""

    raw: bytes
    kind: bytes
    shared: bytes
    area: bytes


def is_same(old: Cell, edit: Edit) -> bool:
    """Does the cell hold this already? Then its bytes stay,
    and saving twice gives the same file."""
    if edit.style not in (None, old.style):
        return False
    if edit.formula not in (KEEP, old.formula) and _plain(edit.formula) != old.formula:
        return False
    return old.kind == edit.value.kind and old.text == edit.value.text


def _plain(formula: str | None) -> str | None:
    return formula.removeprefix("=") if formula else formula


def formula_of(raw: bytes) -> Formula | None:
    """The `<f>` of a cell's element, if it has one. ValueError when malformed."""
    inner = markup.tag_end(raw, 0)
    node = cells.element(raw, b"f", inner, len(raw))
    if node is None:
        return None
    found = markup.attributes_of(raw, node)
    kind, shared = found.get(b"t", b"normal"), found.get(b"si", b"")
    return Formula(raw[node.start : node.end], kind, shared, found.get(b"ref", b""))


def new(address: str, style: int, edit: Edit) -> bytes:
    """A cell that the file did not have. `style` 0 is the default and is left out."""
    head = b' r="%s"' % address.encode()
    style = style if edit.style is None else edit.style
    if style:
        head += b' s="%d"' % style
    formula = _formula(edit.formula) if edit.formula not in (KEEP, None) else b""
    return _element(head, formula, edit.value)


def changed(raw: bytes, address: str, edit: Edit, has_formula: bool) -> bytes:
    """The old element `raw` with the edit made. ValueError when `raw` is malformed."""
    old = formula_of(raw) if has_formula else None
    keeps = old is not None and edit.formula == KEEP
    tag = raw[2 : markup.tag_end(raw, 0) - 1]
    # all but the address, which comes first in nearly every file, is the same for many cells
    tail = tag[tag.index(b'"', 4) + 1 :] if tag.startswith(b' r="') else tag
    head = b' r="%s"%s' % (address.encode(), _kept(tail, keeps, edit.style))
    if old is not None and keeps:
        return _element(head, old.raw, edit.value)
    formula = _formula(edit.formula) if edit.formula not in (KEEP, None) else b""
    return _element(head, formula, edit.value)


@lru_cache(maxsize=1 << 12)
def _kept(tail: bytes, keeps: bool, style: int | None = None) -> bytes:
    """The attributes that still hold: not the type,
    not what describes the old value or the old formula; `style` in place of the old one."""
    found = markup.attributes(tail[:-1] if tail.endswith(b"/") else tail)
    if style is not None:
        found = {**found, b"s": b"%d" % style}
    gone = (b"r", b"t", b"vm") if keeps else (b"r", b"t", b"vm", b"cm")  # 18.9.17 vm, 18.9.4 cm
    return b"".join(
        b" %s=%s" % (name, quoted(value)) for name, value in found.items() if name not in gone
    )


def quoted(value: bytes) -> bytes:
    return b"'%s'" % value if b'"' in value else b'"%s"' % value


def _formula(formula: str | None) -> bytes:
    plain = (formula or "").removeprefix("=")
    space = b' xml:space="preserve"' if plain != plain.strip() or "\n" in plain else b""
    return b"<f%s>%s</f>" % (space, _string(plain))


def _element(head: bytes, formula: bytes, value: Value) -> bytes:
    kind, text = value
    if kind == TEXT and not formula:
        # xml:space is always there: leading blanks and line breaks must survive other programs
        body = b'<is><t xml:space="preserve">%s</t></is>' % _string(text)
        return b'<c%s t="inlineStr">%s</c>' % (head, body)
    if kind == BLANK:
        return b"<c%s>%s</c>" % (head, formula) if formula else b"<c%s/>" % head
    return b"<c%s%s>%s<v>%s</v></c>" % (head, _TYPES[kind], formula, _string(text))


def _string(text: str) -> bytes:
    """ST_Xstring (22.9.2.19): what looks like an escaped unit gets its "_" escaped."""
    mark = text.find("_x")
    while mark >= 0:
        if cells.is_unit(text, mark):
            text = f"{text[:mark]}_x005F{text[mark:]}"
            mark += 6
        mark = text.find("_x", mark + 2)
    return markup.escape(text)
