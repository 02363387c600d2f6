"""Cells of a rendered table that go on from their neighbours become one with them."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from .tables import ABOVE, LEFT

TOGETHER = 3  # rows at the end of a table


def merge(body: Any) -> None:
    """Every table below an element of a document."""
    for row in body.iter(qn("w:tr")):
        _to_the_left(row)
    for table in body.iter(qn("w:tbl")):
        _upwards(table)
        _widths(table)
        _keep_the_end_together(table)


def _text(cell: Any) -> str:
    return "".join(text.text or "" for text in cell.iter(qn("w:t"))).strip()


def _span(cell: Any) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if found is None else int(found.get(qn("w:val")))


def _to_the_left(row: Any) -> None:
    """Cells marked LEFT go, the one before takes their room."""
    last = None
    for cell in row.findall(qn("w:tc")):
        if last is None or _text(cell) != LEFT:
            last = cell
            continue
        last.grid_span = _span(last) + _span(cell)
        row.remove(cell)


def _upwards(table: Any) -> None:
    """Cells marked ABOVE go on from the cell above them."""
    above: dict[int, Any] = {}
    for row in table.findall(qn("w:tr")):
        column, here = 0, {}
        for cell in row.findall(qn("w:tc")):
            if _text(cell) == ABOVE:
                _continue(cell, above.get(column))
            here[column] = cell
            column += _span(cell)
        above = here


def _continue(cell: Any, above: Any) -> None:
    paragraphs = cell.findall(qn("w:p"))
    for paragraph in paragraphs[1:]:
        cell.remove(paragraph)
    for run in paragraphs[0].findall(qn("w:r")):
        paragraphs[0].remove(run)
    if above is not None:
        above.vMerge = above.vMerge or "restart"
        cell.vMerge = "continue"


def _keep_the_end_together(table: Any) -> None:
    """No last row stands alone on a page."""
    for row in table.findall(qn("w:tr"))[-TOGETHER:-1]:
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()


def _widths(table: Any) -> None:
    """Each cell as wide as its columns: those of a loop are all as wide as the one they are of."""
    grid = [column.w for column in table.tblGrid.findall(qn("w:gridCol"))]
    for row in table.findall(qn("w:tr")):
        column = 0
        for cell in row.findall(qn("w:tc")):
            own = grid[column : column + _span(cell)]
            if own and all(own):
                cell.width = sum(own)
            column += _span(cell)
