"""What cells contain: one call for a whole block, more only where formats make a difference."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from . import notes
from .address import Area, rectangles
from .connection import uno_module
from .formats import Found, formats_of
from .values import EPOCH, Cell, CellError, Kind, decode, encode, needs_kind, prepare, suspicious

if TYPE_CHECKING:
    from .protocols import Range


def read(block: Range) -> list[list[Any]]:
    """The values of a block.

    Formats are asked for only if there are numbers, error texts only if wanted.
    """
    data = [list(row) for row in block.xl.getDataArray()]
    if any(type(value) is float for row in data for value in row):
        book = block.sheet.book
        found = formats_of(block.xl, block.sheet.xl, book.formats, *block.shape)
        for values, kinds in zip(data, found.kinds):
            for j, kind in enumerate(kinds):
                if kind is Kind.DATE or kind is Kind.BOOLEAN:
                    values[j] = decode(values[j], kind, book.epoch if kind is Kind.DATE else EPOCH)
    if any(value is None for row in data for value in row):
        _read_errors(block, data)
    return data


def _read_errors(block: Range, data: list[list[Any]]) -> None:
    """Errors come as None; which ones they are costs two calls
    each, so only if somebody wants to know."""
    wanted = bool((block.options or {}).get("err_to_str"))
    for i, row in enumerate(data):
        for j, value in enumerate(row):
            if value is None:
                code = block.part(i, j).xl.getError() if wanted else 0
                row[j] = CellError.of(code)


def rows_of(block: Range, value: Any) -> list[list[Any]]:
    """What xlwings hands over, as rows: a single value fills the block, a flat list is one row."""
    if not isinstance(value, (list, tuple)):
        rows, columns = block.shape
        return [[value] * columns for _ in range(rows)]
    if not value or not isinstance(value[0], (list, tuple)):
        return [list(value)]
    return [list(row) for row in value]


def write(block: Range, value: Any) -> None:
    """Write a value, a row or a 2-D block; one formula is filled
    into a larger block, as Excel does."""
    rows = [[prepare(item) for item in row] for row in rows_of(block, value)]
    if (len(rows), len(rows[0])) != block.shape:
        block = block.part(0, 0, len(rows), len(rows[0]))
    found: Found | None = None
    epoch = EPOCH
    if any(needs_kind(item) for row in rows for item in row):
        found = formats_of(block.xl, block.sheet.xl, block.sheet.book.formats, *block.shape)
        epoch = block.sheet.book.epoch
    cells = [
        [
            encode(item, found.kinds[i][j] if found else Kind.GENERAL, epoch)
            for j, item in enumerate(row)
        ]
        for i, row in enumerate(rows)
    ]
    first = cells[0][0]
    fills = first.is_formula and len(block) > 1 and not isinstance(value, (list, tuple))
    kept = notes.inside(block.sheet.xl, [block.block])
    try:
        _put(block, cells, str(first.content) if fills else None, found)
    except uno_module().getClass("com.sun.star.uno.RuntimeException"):
        block.sheet.guard()  # the usual cause, which the exception does not name
        raise
    finally:
        notes.put_back(block.sheet.xl, kept)


def _put(block: Range, cells: list[list[Cell]], fill: str | None, found: Found | None) -> None:
    places = [(i, j) for i, row in enumerate(cells) for j in range(len(row))]
    formulas = [(i, j) for i, j in places if cells[i][j].is_formula]
    if len(formulas) < len(block):
        block.xl.setDataArray(
            tuple(tuple("" if c.is_formula else c.content for c in row) for row in cells)
        )
        if found:
            _keep_formats(block, cells, found)
    if formulas:
        _put_formulas(block, cells, formulas, fill)
    formats: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, j in places:
        text = cells[i][j].format
        if text is not None:
            formats[text].append((i, j))
    for text, wanted in formats.items():
        _set_format(block, wanted, block.sheet.book.formats.key(text))


def _set_format(block: Range, places: list[tuple[int, int]], key: int) -> None:
    for area in rectangles(places):
        _inside(block, area).xl.NumberFormat = key


def _keep_formats(block: Range, cells: list[list[Cell]], found: Found) -> None:
    """Undo what LibreOffice does to a text that looks like a number to it: it formats the cell as
    text.

    Left so, the next number typed there would become a text. Which texts it takes for numbers
    depends on the user's language, so every suspect gets its format back.
    """
    suspects: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, row in enumerate(cells):
        for j, cell in enumerate(row):
            if (
                found.kinds[i][j] is not Kind.TEXT
                and isinstance(cell.content, str)
                and suspicious(cell.content)
            ):
                suspects[found.keys[i][j]].append((i, j))
    for key, places in suspects.items():
        _set_format(block, places, key)


def _inside(block: Range, area: Area) -> Range:
    """The part of the block at `area`, which counts from 0; the
    block itself where it is all of it."""
    whole = area == (0, 0, *block.shape)
    return block if whole else block.part(*area)


def _put_formulas(
    block: Range, cells: list[list[Cell]], places: list[tuple[int, int]], fill: str | None
) -> None:
    """Formulas, in as few blocks as they form; those that
    LibreOffice's text cannot express, one by one."""
    parsers = block.sheet.book.formulas
    sheet = block.sheet.index - 1
    texts: dict[tuple[int, int], str] = {}
    tokens_of: dict[tuple[int, int], Any] = {}
    # tokens hold relative references as distances: filling is printing the same tokens at another
    # place
    first = None
    if fill:
        start = parsers.position(sheet, block.row - 1, block.column - 1)
        first = parsers.tokens(fill, start)
    for i, j in places:
        position = parsers.position(sheet, block.row - 1 + i, block.column - 1 + j)
        tokens = first if first is not None else parsers.tokens(str(cells[i][j].content), position)
        text = parsers.calc_text(tokens, position)
        if text is None:
            tokens_of[i, j] = tokens
        else:
            texts[i, j] = text
    for area in rectangles(list(texts)):
        lines = tuple(
            tuple(texts[i, j] for j in range(area.column, area.column + area.columns))
            for i in range(area.row, area.row + area.rows)
        )
        _inside(block, area).xl.setFormulaArray(lines)
    for (i, j), tokens in tokens_of.items():
        block.part(i, j).xl.setTokens(tokens)


def read_formulas(block: Range) -> Any:
    """Formulas as Excel writes them, constants as text; for a block a tuple of tuples."""
    parsers = block.sheet.book.formulas
    sheet: int | None = None
    out = []
    for i, row in enumerate(block.xl.getFormulaArray()):
        line = []
        for j, text in enumerate(row):
            if (
                text.startswith("=")
                and len(text) > 1
                and (len(block) > 1 or block.xl.Type.value == "FORMULA")
            ):
                sheet = block.sheet.index - 1 if sheet is None else sheet
                position = parsers.position(sheet, block.row - 1 + i, block.column - 1 + j)
                cell = block.part(i, j)
                line.append(parsers.excel_text(text, position, lambda cell=cell: cell.xl))
            else:
                line.append(text.removeprefix("'"))
        out.append(tuple(line))
    return out[0][0] if block.is_cell() else tuple(out)
