"""Text taken out of Word: a line that begins with a tab is one cell, a blank line ends a row.

A cell's own text may have line breaks and blank lines inside: what follows without a tab belongs
to it as long as it does not look like a paragraph of the report.
"""

from __future__ import annotations

import codecs

from ...findings.finding import InputError
from ..words.numbers import number_in
from . import grid
from .align import aligned
from .document import Document, Passage, Spot, Table
from .grid import HEADING, SENTENCE

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MOST_LINES = 15  # of one cell, after a blank line inside of it
LONG = 20  # characters: a cell of prose, behind which blank lines mean little


def decoded(data: bytes, path: str) -> str:
    """UTF-8, UTF-16 with its mark or without, GB18030 with GBK inside. Raises InputError."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if data[:4000].count(b"\0") > len(data[:4000]) // 8:
        even = data[:4000:2].count(b"\0") > data[1:4000:2].count(b"\0")
        return data.decode("utf-16-be" if even else "utf-16-le", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("report-encoding", path=path)


def read(data: bytes, path: str) -> Document:
    """Raises InputError where it is no text."""
    return of_text(decoded(data, path))


def of_text(text: str) -> Document:
    """The document that a text shows."""
    return _Lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).document()


class _Lines:
    """Reads line by line; `rows` are those of the table that is open."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.blocks: list[Passage | Table] = []
        self.rows: list[list[str]] = []
        self.paragraphs = self.tables = 0

    def document(self) -> Document:
        at = 0
        while at < len(self.lines):
            at = self.step(at)
        self.close()
        return Document(self.blocks)

    def step(self, at: int) -> int:
        """Take the line `at`, with the blank lines before it; the next one to take."""
        line = self.lines[at]
        if not self.rows and "\t" in line.strip(" ") and grid.begins(self.lines, at):
            return self.grid(at)
        if line.startswith("\t") or _is_row(line):
            self.cells(line)
            return at + 1
        if not line.strip():
            return self.gap(at)
        if self.is_title() and not self.comes_cell(at):
            self.close()
        if self.rows and self.is_behind(at):
            self.close()
        if self.rows:  # a line break in a cell
            self.rows[-1][-1] += "\n" + line
            return at + 1
        self.paragraph(line)
        return at + 1

    def grid(self, at: int) -> int:
        """A table whose lines are its rows."""
        rows, after = grid.take(self.lines, at)
        self.tables += 1
        self.blocks.append(Table(grid.aligned(rows, self.tables), self.tables))
        return after

    def is_title(self) -> bool:
        """Is nothing open but one cell by itself? It may be a heading that was typed with a tab."""
        return len(self.rows) == 1 and len(self.rows[0]) == 1

    def is_behind(self, at: int) -> bool:
        """Is a line without a tab the paragraph behind the table, though no blank line parts them?
        The last row is whole, and the line is a heading or stands below a figure."""
        if self.comes_cell(at) or len(self.rows) < 2 or len(self.rows[-1]) < len(self.rows[-2]):
            return False
        line, cell = self.lines[at], self.rows[-1][-1].strip()
        is_prose = len(line.strip()) > LONG and len(cell) <= LONG and bool(SENTENCE.search(line))
        return bool(HEADING.match(line)) or not cell or number_in(cell) is not None or is_prose

    def comes_cell(self, at: int) -> bool:
        """Does another cell follow before the next blank line?"""
        for line in self.lines[at:]:
            if _is_cell(line):
                return True
            if not line.strip():
                return False
        return False

    def cells(self, line: str) -> None:
        if not self.rows:
            self.rows.append([])
        parts = line.removeprefix("\t").split("\t")
        if len(parts) > 1 and self.rows[-1]:
            self.rows.append([])
        self.rows[-1] += parts

    def gap(self, at: int) -> int:
        """Blank lines: the end of a row or of the table, or a blank line inside of a cell."""
        after = at
        while after < len(self.lines) and _is_empty(self.lines[after]):
            after += 1
        if not self.rows:
            return after
        if after < len(self.lines) and _is_cell(self.lines[after]):
            self.next_row(after - at)
        elif self.goes_on(after, after - at):
            self.rows[-1][-1] += "\n" * (after - at)
        else:
            self.close()
        return after

    def next_row(self, blanks: int) -> None:
        if blanks > 1 and len(self.rows[-1][-1]) <= LONG:
            self.close()
        elif self.rows[-1]:
            self.rows.append([])

    def goes_on(self, at: int, blanks: int) -> bool:
        """Is the line behind a blank one still of the open cell?"""
        if blanks > 1:
            return False
        taken = 0
        for line in self.lines[at:]:
            if _is_cell(line):
                return True
            taken += bool(line.strip())
            if taken > MOST_LINES or HEADING.match(line):
                return False
        return False

    def paragraph(self, line: str) -> None:
        self.paragraphs += 1
        self.blocks.append(Passage(line, Spot(paragraph=self.paragraphs)))

    def close(self) -> None:
        """End the open table."""
        rows = _mended([row for row in self.rows if row])
        self.rows = []
        if rows:
            self.tables += 1
            self.blocks.append(Table(aligned(rows, self.tables), self.tables))


def _is_empty(line: str) -> bool:
    return not line.strip() and not _is_cell(line)


def _is_cell(line: str) -> bool:
    return line.startswith("\t") or _is_row(line)


def _is_row(line: str) -> bool:
    """Several cells in one line, as a table that was copied."""
    return line.strip("\t").count("\t") > 0 and not line[:1].isspace()


def _mended(rows: list[list[str]]) -> list[list[str]]:
    """A blank line behind a cell's text parts its row in two: together they are as wide as the
    row before."""
    out: list[list[str]] = []
    for row in rows:
        wide = len(out[-2]) if len(out) > 1 else 0
        fits = wide and max(len(out[-1]), len(row)) < wide == len(out[-1]) + len(row)
        if fits and not out[-1][0].strip():
            out[-1] += row
            continue
        out.append(row)
    return out
