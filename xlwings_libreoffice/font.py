"""Fonts, and colours between Excel's ways to write them and LibreOffice's number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .connection import uno_module
from .unsupported import Named, complete

if TYPE_CHECKING:
    from .protocols import Range

# Chinese text has properties of its own; setting only the western ones would not change a character
# of it
_TWINS = ("", "Asian")
_BOLD, _REGULAR = 150.0, 100.0


def number_of(color: Any) -> int:
    """(255, 0, 0), "#ff0000" or Excel's number (blue is the high byte) → 0xRRGGBB."""
    if isinstance(color, str):
        digits = color.lstrip("#")
        if len(digits) != 6:
            raise ValueError(f"颜色“{color}”写法不对，应如 #ff0000。")
        return int(digits, 16)
    if isinstance(color, (tuple, list)):
        red, green, blue = (int(part) for part in color)
        return red << 16 | green << 8 | blue
    number = int(color)
    return (number & 255) << 16 | number & 0xFF00 | number >> 16 & 255


def rgb_of(number: int) -> tuple[int, int, int]:
    """0xRRGGBB → (red, green, blue)."""
    return number >> 16 & 255, number >> 8 & 255, number & 255


@complete("Font", base_classes.Font)
class Font(Named, base_classes.Font):
    """range.font; reading gives None where the cells differ."""

    def __init__(self, block: Range) -> None:
        self._block = block

    @property
    def api(self) -> Any:
        return self._block.api

    def _set(self, name: str, value: Any) -> None:
        self._block.sheet.guard()
        names = tuple(f"{name}{twin}" for twin in _TWINS)
        self._block.xl.setPropertyValues(names, (value,) * len(names))

    @property
    def bold(self) -> bool | None:
        weight = self._block.uniform("CharWeight")
        return None if weight is None else bool(weight > 110)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD if value else _REGULAR)

    @property
    def italic(self) -> bool | None:
        posture = self._block.uniform("CharPosture")
        return None if posture is None else posture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set(
            "CharPosture",
            uno_module().Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE"),
        )

    @property
    def size(self) -> float | None:
        height = self._block.uniform("CharHeight")
        return None if height is None else float(height)

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        """The western font; the Asian one is set along with it."""
        return self._block.uniform("CharFontName")  # type: ignore[no-any-return]

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Black where the colour is "automatic", as on Excel."""
        number = self._block.uniform("CharColor")
        return None if number is None else rgb_of(max(number, 0))

    @color.setter
    def color(self, value: Any) -> None:
        self._block.sheet.guard()
        self._block.xl.CharColor = -1 if value is None else number_of(value)
