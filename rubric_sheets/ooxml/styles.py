"""Number formats: is a cell a percentage, or a date? ([ECMA-376] 18.8.10 cellXfs, 18.8.30 numFmt)"""

from __future__ import annotations

from . import markup

_PERCENT = frozenset((9, 10))
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))


class Styles:
    """`data`: the checked part, or b"" where a workbook has none."""

    def __init__(self, data: bytes) -> None:
        self._formats: list[int] = []
        self._codes: dict[int, str] = {}
        for node in markup.children(data, markup.root_inner(data)) if data else ():
            if node.name == b"numFmts":
                for item in markup.tags(data, b"numFmt", node.inner, node.end):
                    found = markup.attributes_of(data, item)
                    self._codes[int(found[b"numFmtId"])] = _plain(markup.unescape(found[b"formatCode"]))
            elif node.name == b"cellXfs":
                self._formats = _number_formats(data, node)

    def is_percent(self, style: int) -> bool:
        number = self._formats[style] if 0 <= style < len(self._formats) else 0
        code = self._codes.get(number)
        return "%" in code if code is not None else number in _PERCENT

    def is_date(self, style: int) -> bool:
        number = self._formats[style] if 0 <= style < len(self._formats) else 0
        code = self._codes.get(number)
        return _is_date(code) if code is not None else number in _DATES


# Workbooks of one template have the same styles: a batch reads them once.
_KNOWN: dict[bytes, Styles] = {}


def styles_of(data: bytes) -> Styles:
    """The styles of a checked part. ValueError, KeyError when malformed."""
    known = _KNOWN.get(data)
    if known is None:
        if len(_KNOWN) >= 16:
            _KNOWN.clear()
        known = _KNOWN[data] = Styles(data)
    return known


def _number_formats(data: bytes, node: markup.Node) -> list[int]:
    """numFmtId of each xf. Every known program writes it with double quotes; anything else is read slowly."""
    found = []
    for piece in data[node.inner : node.end].split(b"<xf ")[1:]:
        digits = piece[: piece.find(b">")].partition(b'numFmtId="')[2].partition(b'"')[0]
        if not digits.isdigit():
            items = markup.tags(data, b"xf", node.inner, node.end)
            return [int(markup.attributes_of(data, item).get(b"numFmtId", b"0")) for item in items]
        found.append(int(digits))
    return found


def _is_date(code: str) -> bool:
    code = code.lower().replace("general", "")
    for part in ("s.000", "s.00", "s.0"):  # fractions of a second are no digits of a number
        code = code.replace(part, "s")
    return any(sign in code for sign in "ydhsm") and not any(sign in code for sign in "0#?")


def _plain(code: str) -> str:
    """The format without "…" texts, escaped signs and […] conditions; elapsed times such as [h] stay."""
    out, at = [], 0
    while at < len(code):
        sign = code[at]
        if sign == '"':
            at = code.find('"', at + 1) + 1 or len(code)
        elif sign in "\\_*":
            at += 2
        elif sign == "[":
            end = code.find("]", at) + 1 or len(code)
            inside = code[at + 1 : end - 1].lower()
            if inside and inside.strip(inside[0]) == "" and inside[0] in "hms":
                out.append(inside)
            at = end
        else:
            out.append(sign)
            at += 1
    return "".join(out)
