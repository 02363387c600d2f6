"""The number that a paragraph of a list begins with: `（1）`, `1.`, `①`, `一、`."""

from __future__ import annotations

import re

from ...records import Record
from ..words.clean import cleaned
from ..words.numbers import HAN

RINGS = " ①②③④⑤⑥⑦⑧⑨⑩"
_MARK = re.compile(
    r"\((?P<round>[0-9]{1,2})\)|(?P<dot>[0-9]{1,2})[.、](?![0-9])|(?P<half>[0-9]{1,2})\)"
    r"|(?P<ring>[①-⑩])|\((?P<han>[一二三四五六七八九十])\)|(?P<top>[一二三四五六七八九十])、"
)


class Marker(Record):
    """`style`: which kind of numbering; `number`: from 1; `end`: where the text begins."""

    style: str
    number: int
    end: int


def marker(text: str) -> Marker | None:
    """The number that a text begins with."""
    match = _MARK.match(cleaned(text[:12]).text)
    if match is None:
        return None
    style = match.lastgroup or ""
    sign = match[style]
    for signs in (HAN, RINGS):
        if sign in signs:
            return Marker(style, signs.index(sign), match.end())
    return Marker(style, int(sign), match.end())
