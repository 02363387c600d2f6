"""How high a row must be to show its texts."""

from __future__ import annotations

LINE = 15.6  # points, at 10.5: Noto's lines are higher than those of 宋体


HIGHEST = 409.0  # points of a row, in Excel


def text_height(text: str, width: float, line: float = LINE, least: int = 1) -> float:
    """Points needed for a wrapped text in a cell of `width` characters;
    a Chinese character takes two."""
    room, lines = max(1, int(width - 1)), 0
    for paragraph in text.split("\n"):
        units = (
            len(paragraph) + len(paragraph.encode("utf-8", "replace"))
        ) // 2  # three bytes: two characters wide
        lines += max(1, -(-units // room))
    return max(lines, least) * line + 6
