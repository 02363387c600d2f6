"""Signs that nobody sees in a cell and that make another text of it: zero width, byte order marks,
hard spaces, soft hyphens, direction marks, control signs. They come with what is pasted.

Source: [Unicode 15] general categories Cf and Cc, and the spaces that do not look like the one
that people type. The full-width space is seen, and typed, and is not among them.
"""

from __future__ import annotations

_SINGLE = "\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2007\u202f\u3164\ufeff\uffa0"
_RANGES = (
    (0x00, 0x08),
    (0x0B, 0x0C),
    (0x0E, 0x1F),
    (0x7F, 0x9F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
)
_GONE = dict.fromkeys(
    (*map(ord, _SINGLE), *(code for a, b in _RANGES for code in range(a, b + 1))), None
)


def seen(text: str) -> str:
    """What a person sees of a text."""
    return text if text.isascii() and text.isprintable() else text.translate(_GONE)


def one_line(text: str) -> str:
    """A text that was broken for the width of its cell, in one line: Chinese closes up, Latin words
    and figures keep a blank between them."""
    pieces = text.splitlines()
    if "".join(pieces) == text:
        return text
    line = ""
    for piece in filter(None, map(str.strip, pieces)):
        around = line[-1:] + piece[0]
        line += " " + piece if len(around) == 2 and around.isascii() and around.isalnum() else piece
    return line


def unseen(text: str) -> str:
    """The names of the signs that nobody sees, each once: `U+200B、U+FEFF`; "" where there
    are none."""
    if text.isascii() and text.isprintable():
        return ""
    names = dict.fromkeys(f"U+{ord(sign):04X}" for sign in text if ord(sign) in _GONE)
    return "、".join(names)
