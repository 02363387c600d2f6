"""The plain look of an official form: no colours for filling in, black frames, 黑体 for headings
and 宋体 for the rest."""

from __future__ import annotations

from typing import Any

from ..looks import styles
from ..looks.styles import HEI
from ..pages.paint import Painter

PLAIN = {
    "header": "level",
    "total": "level",
    "input": "plain",
    "formula": "plain",
    "result": "plain",
    "prose": "text",
    "entry": "text",
    "reason": "text",
}
OWN: dict[str, dict[str, Any]] = {
    "draft": {
        "font_name": HEI,
        "font_size": 14,
        "font_color": "#C00000",
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
}
# Parts of one text over several rows: no line between them.
_PART = {"align": "left", "valign": "top"}
PARTS: dict[str, dict[str, Any]] = {
    "first": {**_PART, "bottom": 0},
    "middle": {**_PART, "top": 0, "bottom": 0},
    "last": {**_PART, "top": 0},
    "only": _PART,
}
LONG = 255  # characters that a cell formatted as text shows in every program


class PlainPainter(Painter):
    """The painter of pages that are printed and sent."""

    def format(self, style: str) -> Any:
        if style not in self.formats:
            self.formats[style] = self.book.add_format(properties(style))
        return self.formats[style]


def properties(style: str) -> dict[str, Any]:
    """XlsxWriter's properties of `base.number~part`, input colours gone."""
    style, _, part = style.partition("~")
    base, dot, number = style.partition(".")
    own = OWN.get(base) or styles.properties(PLAIN.get(base, base) + dot + number)
    wrap = {"text_wrap": True} if base in ("caption", "title", "sign") else {}
    return {**own, **wrap, **PARTS.get(part, {})}


def figure(value: Any) -> str:
    """The style of a score or a weight: as many decimals as it has, two where it never ends."""
    from ..exact.quantities import decimals

    if isinstance(value, str) or value is None:
        return "plain"
    needed = decimals(value)
    return "plain.weight" if needed is not None and needed <= 2 else "plain.points"
