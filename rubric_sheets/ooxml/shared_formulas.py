"""Shared formulas: one cell has the text, the others of the filled-down range refer to it, and mean
the text with its relative addresses moved.

Source: [ECMA-376] 18.3.1.40 f, attributes t, ref and si.
"""

from __future__ import annotations

from ..places import addresses as refs
from . import cell as cells
from . import markup
from .sheet import Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Match

Masters = dict[bytes, tuple[str, int, int]]  # si → text, row and column of its cell
# an address that is part of no name, text or function: sheet names in quotes are passed over
_ADDRESS = (
    r"(\"[^\"]*\"|'[^']*'!?)"
    r"|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w.(!])"
)


def text_of(sheet: Sheet, row: int, col: int) -> str:
    """The formula that a cell without a text of its own means; "" where the one that has the text
    is gone. ValueError when malformed."""
    span = sheet.locate(row, col)
    if span is None:
        return ""
    raw = sheet.scan[span[0] : span[1]]
    inner = markup.tag_end(raw, 0)
    node = cells.element(raw, b"f", inner, len(raw))
    if node is None:
        return ""
    found = markup.attributes_of(raw, node)
    master = masters(sheet).get(found.get(b"si", b""))
    if found.get(b"t") != b"shared" or master is None:
        return ""
    text, first_row, first_col = master
    return moved(text, row - first_row, col - first_col)


def masters(sheet: Sheet) -> Masters:
    """The shared formulas of a sheet that have a text, by number; looked for once."""
    if sheet.shared is None:
        sheet.shared = {}
        for row, col in sheet.addresses():
            cell = sheet.cell(row, col)
            span = sheet.locate(row, col) if cell is not None and cell.formula else None
            if cell is None or span is None:
                continue
            raw = sheet.scan[span[0] : span[1]]
            node = cells.element(raw, b"f", markup.tag_end(raw, 0), len(raw))
            found = markup.attributes_of(raw, node) if node is not None else {}
            if found.get(b"t") == b"shared":
                sheet.shared[found.get(b"si", b"")] = (cell.formula or "", row, col)
    return sheet.shared


def moved(formula: str, rows: int, cols: int) -> str:
    """The formula as it stands `rows` further down and `cols` further right;
    what leaves the grid is #REF!."""
    import re

    def there(match: Match[str]) -> str:
        quoted, col_mark, letters, row_mark, digits = match.groups()
        if quoted is not None:
            return str(match[0])
        try:
            row, col = refs.cell(letters.upper() + digits)
            row += 0 if row_mark else rows
            col += 0 if col_mark else cols
            return f"{col_mark}{refs.letters(col)}{row_mark}{refs.checked_row(row)}"
        except ValueError:
            return "#REF!"

    return re.sub(_ADDRESS, there, formula)
