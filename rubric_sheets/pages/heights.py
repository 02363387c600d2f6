"""How high a row must be for its wrapped texts. Without `dataclasses`: write-back needs it too."""

from __future__ import annotations

from collections.abc import Sequence

from ..looks.heights import HIGHEST, text_height

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .page import Page

FINDING_WIDTHS = (6, 7, 17, 60, 13, 13, 46)  # characters, of the columns of the 校验 sheet
FINDING_HEIGHT = 48.0  # points, for up to three lines


# Chinese characters that surely fit in three lines
_SHORT = tuple(3 * (width - 1) // 2 for width in FINDING_WIDTHS)


def finding_height(texts: Sequence[str]) -> float:
    """Points for one row of the 校验 sheet."""
    for text, most in zip(texts, _SHORT):
        if len(text) > most or "\n" in text:
            break
    else:
        return FINDING_HEIGHT
    return max(FINDING_HEIGHT, *map(text_height, texts, FINDING_WIDTHS))


def raise_rows(page: Page, texts: dict[str, str]) -> None:
    """Rows that are too low for the texts that a new workbook starts with;
    no row gets lower. `texts`: by slot."""
    for item in page.items:
        text = texts.get(item.slot) if item.slot and item.rows == 1 else None
        if text:
            width = sum(page.widths[item.column - 1 : item.column - 1 + item.columns])
            needed = min(HIGHEST, text_height(text, width))
            page.heights[item.row] = max(needed, page.heights.get(item.row, 0.0))
