"""Number formats: is a cell a percentage, or a date? ([ECMA-376] 18.8.10 cellXfs,
18.8.30 numFmt)"""

from __future__ import annotations

from functools import lru_cache

from . import markup

_PERCENT = frozenset((9, 10))
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))


class Styles:
    """`data`: the checked part, or b"" where a workbook has none."""

    def __init__(self, data: bytes) -> None:
        self._formats: list[int] = []
        codes: dict[int, str] = {}
        for node in markup.children(data, markup.root_inner(data)) if data else ():
            if node.name == b"numFmts":
                for item in markup.tags(data, b"numFmt", node.inner, node.end):
                    found = markup.attributes_of(data, item)
                    codes[int(found[b"numFmtId"])] = _plain(markup.unescape(found[b"formatCode"]))
            elif node.name == b"cellXfs":
                self._formats = _number_formats(data, node)
        self._percents = (_PERCENT - codes.keys()) | {
            number for number, code in codes.items() if "%" in code
        }
        self._dates = (_DATES - codes.keys()) | {
            number for number, code in codes.items() if _is_date(code)
        }

    def is_percent(self, style: int) -> bool:
        return self._format(style) in self._percents

    def is_date(self, style: int) -> bool:
        return self._format(style) in self._dates

    def _format(self, style: int) -> int:
        return self._formats[style] if 0 <= style < len(self._formats) else 0


@lru_cache(maxsize=16)  # workbooks of one template have the same styles: a batch reads them once
def styles_of(data: bytes) -> Styles:
    """The styles of a checked part. ValueError, KeyError when malformed."""
    return Styles(data)


def with_format(data: bytes, style: int, number: int) -> tuple[bytes, int]:
    """The part with a further style: as `style`, but for its number format (`numFmtId`); and which
    one that is. ValueError, KeyError when malformed."""
    node = next(
        one for one in markup.children(data, markup.root_inner(data)) if one.name == b"cellXfs"
    )
    items = list(markup.tags(data, b"xf", node.inner, node.end))
    item = items[style]
    found = {**markup.attributes_of(data, item), b"numFmtId": b"%d" % number}
    found[b"applyNumberFormat"] = b"1"
    tag = b"".join(b' %s="%s"' % pair for pair in found.items())
    end = data.index(b"</cellXfs", node.inner)
    rest = b"/>"
    if data[item.inner - 2] != 47:  # it has children: alignment, protection
        rest = b">" + data[item.inner : data.index(b"</xf>", item.inner)] + b"</xf>"
    made = data[:end] + b"<xf" + tag + rest + data[end:]
    count = markup.attributes_of(data, node).get(b"count")
    if count is not None:
        head = data[node.start : node.inner]
        more = head.replace(b'count="%s"' % count, b'count="%d"' % (len(items) + 1))
        made = made[: node.start] + more + made[node.inner :]
    return made, len(items)


def _number_formats(data: bytes, node: markup.Node) -> list[int]:
    """numFmtId of each xf. Every known program writes it with double quotes;
    anything else is read slowly."""
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
    """The format without "…" texts, escaped signs and […] conditions;
    elapsed times such as [h] stay."""
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
