"""Text in which each line is a row and each tab parts two cells, as tables copied out of Word,
Excel and browsers: blank cells at the start of a row keep their places.

Merged cells leave blanks, or nothing: then a row is shorter, and its figures tell where it stands.
"""

from __future__ import annotations

import re

from ..words.clean import label
from ..words.synonyms import lookup
from .align import MISSING, Spans, fit, fitted, is_figure, is_total, kinds_of, over
from .document import Cell, Spot

Rows = list[list[str]]

SENTENCE = re.compile(r"[。；;！]\s*$")
HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|附件|附表|备注|注[:：]"
    r"|第[一二三四五六七八九十]+部分|填报人|说明[:：])"
)
LONG = 30  # characters: a line without a tab that is a paragraph
MOST_LINES = 15  # of a quoted cell


def begins(lines: list[str], at: int) -> bool:
    """Do the lines from here up to the next blank one hold a row each?"""
    whole = single = 0
    for line in lines[at:]:
        if not line.strip(" \u3000"):
            break
        if "\t" in line:
            is_one = "\t" not in line.removeprefix("\t").rstrip("\t")
            single += is_one and line.startswith("\t")
            whole += not is_one
    return whole > 0 and whole >= single


def take(lines: list[str], at: int) -> tuple[Rows, int]:
    """The rows of the table that begins here, and the line behind it."""
    rows: Rows = []
    is_spaced = at + 1 < len(lines) and not lines[at + 1].strip()
    while at < len(lines):
        line = lines[at]
        if "\t" in line:
            row, at = _row(lines, at)
            rows.append(row)
        elif line.strip():
            if not _is_inside(lines, at):
                break
            rows.append([line])
            at += 1
        elif _goes_on(lines, at, rows[-1], is_spaced=is_spaced):
            at += 1
        else:
            break
    return rows, at


def _row(lines: list[str], at: int) -> tuple[list[str], int]:
    """The cells of a line; one in quotes may have line breaks inside."""
    row = lines[at].split("\t")
    after = at + 1
    while row[-1].startswith('"') and row[-1].count('"') % 2 and after < len(lines):
        if after > at + MOST_LINES:
            return lines[at].split("\t"), at + 1
        first, *others = lines[after].split("\t")
        row = [*row[:-1], f"{row[-1]}\n{first}", *others]
        after += 1
    if row[-1].startswith('"') and row[-1].count('"') % 2:
        return lines[at].split("\t"), at + 1
    return row, after


def _is_inside(lines: list[str], at: int) -> bool:
    """Is a line without a tab a row of one cell? The next row follows at once, and it is no
    paragraph."""
    line = lines[at]
    follows = at + 1 < len(lines) and "\t" in lines[at + 1]
    is_text = len(line.strip()) > LONG or SENTENCE.search(line)
    return follows and not is_text and not HEADING.match(line)


def _goes_on(lines: list[str], at: int, row: list[str], *, is_spaced: bool) -> bool:
    """Does the table go on behind a blank line? Where all rows are parted so, or with a row of
    figures as wide as the last, or with the total."""
    line = lines[at + 1] if at + 1 < len(lines) else ""
    if "\t" not in line:
        return False
    cells = line.split("\t")
    first = next((cell for cell in cells if cell.strip()), "")
    has_figures = any(map(is_figure, cells))
    return is_spaced or is_total(first) or (has_figures and len(cells) == len(row))


def aligned(rows: Rows, table: int) -> list[Cell]:
    """The cells of a table in one grid as wide as its widest row."""
    wide = max(map(len, rows))
    kinds = kinds_of(rows, wide)
    placed: list[Spans] = []
    below: list[str] = []
    for row, due in zip(reversed(rows), reversed(_due(rows, wide))):
        spans = placed[-1] if placed else []
        placed.append(_spans(row, below, spans, kinds if len(row) < due else kinds[: len(row)]))
        below = row
    cells = []
    for top, (row, spans) in enumerate(zip(rows, reversed(placed))):
        for number, (text, (left, width)) in enumerate(zip(row, spans), 1):
            spot = Spot(table=table, row=top + 1, column=number)
            if width:
                cells.append(Cell(text, spot, top, left, 1, width, "\t"))
    return cells


def _due(rows: Rows, wide: int) -> list[int]:
    """How many cells each row should have: as many as the heading above it."""
    found = []
    for row in rows:
        if _heads(row) and not any(map(is_figure, row)):
            wide = len(row)
        found.append(wide)
    return found


def _spans(row: list[str], below: list[str], spans: Spans, kinds: str) -> Spans:
    """Where the cells of a row stand; (left, 0) for a blank that belongs to the cell before it."""
    if len(row) == 1:
        return [(0, len(kinds))]
    own = [(number, 1) for number in range(len(row))]
    if any(map(is_figure, row)):
        is_short = len(row) < len(kinds) and row[0].strip()
        return _shifted(row, kinds) if is_short else own
    is_sub = bool(below) and not any(map(is_figure, below))
    is_merged = is_sub and bool(row[0].strip()) and not below[0].strip()
    if is_merged and not all(cell.strip() for cell in row):
        return _widened(row, below)
    if len(row) < len(below) and (_heads(row) or is_merged):
        return over(row, below, spans) or own
    return own


def _shifted(row: list[str], kinds: str) -> Spans:
    """A row without the cells that are merged with those above, or behind a merged label."""
    if is_total(row[0]):
        return fitted(row, kinds)
    missing = min(len(kinds) - len(row), MISSING)
    shift = max(range(missing + 1), key=lambda n: (fit(row, kinds[n:]), -n))
    return [(number + shift, 1) for number in range(len(row))]


def _widened(row: list[str], below: list[str]) -> Spans:
    """A heading that is followed by blanks stands over all that they stand over."""
    spans: Spans = []
    start = 0
    row += [""] * (len(below) - len(row))
    for number, cell in enumerate(row):
        is_below = number < len(below) and bool(below[number].strip())
        if cell.strip() or not is_below or not start or not below[start].strip():
            start = number if cell.strip() else 0
            spans.append((number, 1))
        else:
            spans[start] = (start, number - start + 1)
            spans.append((number, 0))
    return spans


def _heads(row: list[str]) -> bool:
    """Does a row head the columns below it?"""
    known = {**lookup("score"), **lookup("funds.columns"), **lookup("facts")}
    return sum(label(cell) in known for cell in row) > 1
