"""Small reports of our own, in every format: what a test writes once is a text as Word gives it,
a .docx with merged cells, an .xlsx.

A report is a list of blocks: a text is a paragraph, a list of rows is a table. A row is a text whose
cells are parted by `|`; `^` goes on with the cell above, `<` with the cell to the left.
"""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl

Block = str | list[str]
UP, LEFT = "^", "<"


def cells(row: str) -> list[str]:
    return [cell.strip().replace("\\n", "\n") for cell in row.split("|")]


def as_text(blocks: list[Block]) -> str:
    """As Word's plain text: a tab starts a cell, cells merged to the right are not there, cells
    merged downwards are blank, a blank line ends a row."""
    out = []
    for block in blocks:
        if isinstance(block, str):
            out.append(block)
            continue
        out.append("")
        for row in block:
            shown = [cell for cell in cells(row) if cell != LEFT]
            out += ["\t" + ("" if cell == UP else cell) for cell in shown]
            out.append("")
        out.append("")
    return "\n".join(out)


def as_docx(blocks: list[Block]) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        grid = [cells(row) for row in block]
        table = document.add_table(len(grid), max(map(len, grid)))
        table.style = "Table Grid"
        for top, row in enumerate(grid):
            for left, text in enumerate(row):
                if text not in (UP, LEFT):
                    down, right = extent(grid, top, left)
                    cell = table.cell(top, left)
                    if (down, right) != (top, left):
                        cell = cell.merge(table.cell(down, right))
                    cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(blocks: list[Block]) -> bytes:
    """One sheet; numbers as numbers, percents with their format."""
    book = openpyxl.Workbook()
    sheet = book.active
    at = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(at, 1, block)
            at += 1
            continue
        grid = [cells(row) for row in block]
        for top, row in enumerate(grid):
            for left, text in enumerate(row):
                if text in (UP, LEFT):
                    continue
                write(sheet.cell(at + top, left + 1), text)
                down, right = extent(grid, top, left)
                if (down, right) != (top, left):
                    sheet.merge_cells(
                        start_row=at + top,
                        start_column=left + 1,
                        end_row=at + down,
                        end_column=right + 1,
                    )
        at += len(grid) + 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write(cell: object, text: str) -> None:
    try:
        if text.endswith("%"):
            cell.value = float(text[:-1]) / 100
            cell.number_format = "0.00%"
        else:
            cell.value = float(text)
    except ValueError:
        cell.value = text


def extent(grid: list[list[str]], top: int, left: int) -> tuple[int, int]:
    """The last row and column of a merged cell."""
    down, right = top, left
    while right + 1 < len(grid[top]) and grid[top][right + 1] == LEFT:
        right += 1
    while down + 1 < len(grid) and left < len(grid[down + 1]) and grid[down + 1][left] == UP:
        down += 1
    return down, right


MAKERS = {"txt": lambda blocks: as_text(blocks).encode(), "docx": as_docx, "xlsx": as_xlsx}


def save(folder: Path, blocks: list[Block], kind: str) -> str:
    path = folder / f"报告.{kind}"
    path.write_bytes(MAKERS[kind](blocks))
    return str(path)
