"""A text as patterns want it, with the way back: what is found is quoted letter for letter."""

from __future__ import annotations

import re
from functools import lru_cache

from ...exact.invisible import seen

_WIDE = "０１２３４５６７８９．，％（）：；＋－—–−﹣＝＜＞≧≦／÷×✕＊　［］～＃＄＠￥"
_NARROW = "0123456789.,%():;+-----=<>≥≤//*** []~#$@$"
_QUOTES = '“”‘’＂"'
_SIGNS = dict(zip(_WIDE + _QUOTES, _NARROW + "'" * len(_QUOTES)))
_GLUE = re.compile(r"[0-9.%A-Za-z]")


class Clean:
    """`text`: half-width signs, no blanks but between figures, no signs that nobody sees."""

    __slots__ = ("_at", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        has_unseen = len(seen(original)) != len(original)
        kept: list[str] = []
        places: list[int] = []
        for at, sign in enumerate(original):
            if sign.isspace():
                if _parts_figures(original, at):
                    kept.append(" ")
                    places.append(at)
                continue
            if has_unseen and not seen(sign):
                continue
            kept.append(_SIGNS.get(sign, sign))
            places.append(at)
        self.text = "".join(kept)
        self._at = places

    def quote(self, start: int, end: int) -> str:
        """The original of a piece of `text`."""
        if start >= end:
            return ""
        return self.original[self._at[start] : self._at[end - 1] + 1]


@lru_cache(8192)  # the same passages are looked at by several readers
def cleaned(text: str) -> Clean:
    return Clean(text)


def _parts_figures(text: str, at: int) -> bool:
    """Does this blank stand between two figures or Latin words?"""
    before, after = text[at - 1 : at], text[at + 1 :].lstrip()[:1]
    return bool(before and after and _GLUE.match(before.strip() or "x") and _GLUE.match(after))


_NUMBERING = re.compile(
    r"^(?:[0-9]{1,2}[.、:)]|\([0-9一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|[①-⑳★*※●▲])+"
)
_BRACKET = re.compile(r"\([^()]*\)")
_DROP = re.compile(r"[\s'《》<>、:;,。.\-_/*]")


@lru_cache(4096)
def label(text: str) -> str:
    """A label as it is compared: `投  入\\n（15分）` → `投入`, `其中：当年财政拨款` →
    `当年财政拨款`."""
    out = cleaned(text).text.replace(" ", "")
    out = _NUMBERING.sub("", out)
    out = _BRACKET.sub("", out)
    out = _DROP.sub("", out)
    for before in ("其中", "指标", "减", "加"):
        if out.startswith(before) and len(out) > len(before) + 1 and before != "指标":
            out = out.removeprefix(before)
    return out
