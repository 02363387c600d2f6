"""Workbooks that somebody else designed (.xlsx): each sheet as tables, parted by blank columns.

Numbers are shown as their cells show percents; formulas give their stored values.
"""

from __future__ import annotations

import io
import re
import warnings
from fractions import Fraction

from ...exact.quantities import exact, from_cell
from ...findings.finding import InputError
from ...places.addresses import letters
from .document import Cell, Document, Passage, Spot, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ROWS, COLUMNS = 20_000, 200
LONG = 20  # characters of a text that is a paragraph
PROSE = re.compile(
    r"[:：]\s*\S|。|[0-9]分|^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|附件|附表)"
)


def read(data: bytes, path: str) -> Document:
    """Raises InputError."""
    book = _open(data, path)
    blocks: list[Passage | Table] = []
    missing: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            missing.append(f"隐藏的工作表“{sheet.title}”")
            continue
        cells = _cells(sheet)
        blocks += _blocks(cells)
    document = Document(blocks)
    document.missing = missing
    return document


def _open(data: bytes, path: str) -> Any:
    try:
        import openpyxl
    except ImportError:
        raise InputError("report-library", path=path, what="openpyxl") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception:  # whatever a damaged workbook makes it raise
        raise InputError("report-damaged", path=path, what="不是完整的工作簿") from None


def _cells(sheet: Any) -> list[Cell]:
    """All cells with a text, merged ones with their grid."""
    spans = {}
    for merged in sheet.merged_cells.ranges:
        height, width = merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1
        spans[merged.min_row, merged.min_col] = (height, width)
    found = []
    last = min(sheet.max_row or 1, ROWS), min(sheet.max_column or 1, COLUMNS)
    for row in sheet.iter_rows(max_row=last[0], max_col=last[1]):
        for cell in row:
            text = _text(cell)
            at = (cell.row, cell.column)
            if text or at in spans:
                height, width = spans.get(at, (1, 1))
                spot = Spot(sheet=sheet.title, cell=f"{letters(cell.column)}{cell.row}")
                found.append(Cell(text, spot, cell.row - 1, cell.column - 1, height, width))
    return found


def _text(cell: Any) -> str:
    """What a cell shows."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        number = from_cell(repr(value))
        if "%" in str(cell.number_format):
            return exact(number * 100, 10) + "%"
        return _plain(number)
    if hasattr(value, "year") and hasattr(value, "day"):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _plain(number: Fraction) -> str:
    return exact(number, 10)


def _blocks(cells: list[Cell]) -> list[Passage | Table]:
    """Rows that are one long text are paragraphs; what stands between them are tables."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.top, []).append(cell)
    blocks: list[Passage | Table] = []
    open_: list[Cell] = []
    for _, row in sorted(rows.items()):
        filled = [cell for cell in row if cell.text]
        if len(filled) == 1 and _is_prose(filled[0]):
            blocks += _closed(open_)
            open_ = []
            blocks.append(Passage(filled[0].text, filled[0].spot))
        else:
            open_ += row
    return blocks + _closed(open_)


def _closed(cells: list[Cell]) -> list[Passage | Table]:
    """What stood between two paragraphs: a heading by itself is one too."""
    filled = [cell for cell in cells if cell.text]
    if len(filled) == 1:
        return [Passage(filled[0].text, filled[0].spot)]
    return [Table(part) for part in _parted(cells)]


def _is_prose(cell: Cell) -> bool:
    """Is the only text of a row a paragraph or a heading, and not a label with blanks behind?"""
    return len(cell.text) > LONG or cell.width > 2 or bool(PROSE.search(cell.text))


def _parted(cells: list[Cell]) -> list[list[Cell]]:
    """Tables side by side: columns between which a whole column is blank. A title that spans them
    goes with the first."""
    filled = {column for cell in cells if cell.text and cell.width == 1 for column in [cell.left]}
    if not cells or not filled:
        return [cells] if cells else []
    starts = [column for column in sorted(filled) if column - 1 not in filled]
    wide = {c for cell in cells if cell.width > 1 for c in range(cell.left + 1, cell.right)}
    starts = [starts[0], *(column for column in starts[1:] if column - 1 not in wide)]
    parts: list[list[Cell]] = [[] for _ in starts]
    for cell in cells:
        at = max((n for n, start in enumerate(starts) if start <= cell.left), default=0)
        parts[at].append(cell)
    return [part for part in parts if any(cell.text for cell in part)]
