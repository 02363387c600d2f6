"""What stands in a book on the screen, and in a file, in one form that can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rubric_sheets.ooxml.book import Book
from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import FINDINGS_SHEET, SCORE_SHEET

SIZES = {
    SCORE_SHEET: (90, 16),
    FINDINGS_SHEET: (120, 7),
    "项目自评表": (90, 20),
    "项目总表": (30, 8),
}
Cells = dict[tuple[str, int, int], Any]


def sizes(sheets: Iterable[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The sheets with results, of every project, and how far to look."""
    for name in sheets:
        size = SIZES.get(name.partition("（")[0])
        if size:
            yield name, size


def on_screen(book: Any) -> Cells:
    """Values of the 评分表 and the 校验, blanks left out."""
    found: Cells = {}
    for name, (rows, columns) in sizes(book.sheet_names):
        values = (
            book.sheets[name].range((1, 1), (rows, columns)).options(ndim=2, err_to_str=True).value
        )
        for row, line in enumerate(values, 1):
            found.update(
                {
                    (name, row, column): value
                    for column, value in enumerate(line, 1)
                    if value not in (None, "")
                }
            )
    return found


def in_file(path: Path | str) -> Cells:
    """The same of a file."""
    book = Book.open(str(path))
    found: Cells = {}
    for name, (rows, columns) in sizes(book.sheets):
        for (row, column), cell in book.sheet(name).cells(Area(name, 1, 1, rows, columns)).items():
            if cell.kind != "blank" and cell.text != "":
                found[name, row, column] = float(cell.text) if cell.kind == "number" else cell.text
    return found


def differing(one: Cells, other: Cells) -> list[str]:
    """Cells that differ; numbers may by what binary floats cannot hold."""
    lines = []
    for place in dict.fromkeys([*one, *other]):
        a, b = one.get(place), other.get(place)
        if isinstance(a, float) and isinstance(b, float) and abs(a - b) <= 1e-9 * max(1, abs(a)):
            continue
        if a != b:
            lines.append(f"{place}: {a!r} ≠ {b!r}")
    return lines


def named(book: Any, name: str) -> Any:
    """The cell of a defined name."""
    return book.names[name].refers_to_range


def everything(book: Any) -> dict[str, Any]:
    """All formulas and notes of the book, to see whether something is exactly as it was."""
    out: dict[str, Any] = {}
    for sheet in book.sheets:
        # the scratch column of the very hidden sheet, and the handshake, included
        used = sheet.range((1, 1), (330, 16))
        out[sheet.name] = [row for row in used.formula if any(row)]
        out[f"{sheet.name}!notes"] = {
            (n.location.row, n.location.column): n.text for n in sheet.notes
        }
    return out
