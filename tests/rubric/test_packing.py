"""What a workbook carries of its rubric: short cells that come back as they went."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pyaddin.hosts.meta import META_AREA
from rubric_sheets.authoring.carried import MAX_BYTES, MAX_ROWS, MAX_RUBRIC
from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.rubric_in_book import read_rubric
from rubric_sheets.books.source import FileSource
from rubric_sheets.ooxml.book import Book
from rubric_sheets.places.names import META_SHEET
from rubric_sheets.rubric.load import published
from rubric_sheets.rubric.packing import ROOM, cells, stored, unpacked

BROKEN = 16_383  # LibreOffice makes two paragraphs of a longer one


def long_text(length: int) -> str:
    """Chinese characters without any order: hardly anything can be packed less well."""
    rng = random.Random(length)
    return "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(length))


@pytest.mark.parametrize("text", ["", "{}", "甲", long_text(60_000)], ids=len)
def test_what_is_packed_comes_back(text: str) -> None:
    is_packed, code = stored(dict(cells(text)))
    assert is_packed
    assert unpacked(code, MAX_BYTES) == text


def test_a_program_that_breaks_lines_does_no_harm() -> None:
    text = long_text(60_000)
    for line_end in ("\n", "\r\n", "\r"):
        broken = {
            key: line_end.join([cell[:99], cell[99:5000], cell[5000:]]) for key, cell in cells(text)
        }
        assert unpacked(stored(broken)[1], MAX_BYTES) == text


def is_refused(code: str, most: int = MAX_BYTES) -> bool:
    try:
        unpacked(code, most)
    except ValueError:
        return True
    return False


def test_what_ends_early_or_is_changed_or_too_long_is_refused() -> None:
    text = long_text(9000)
    code = stored(dict(cells(text)))[1]
    middle = len(code) // 2
    changed = code[:middle] + ("A" if code[middle] != "A" else "B") + code[middle + 1 :]
    assert all(is_refused(bad) for bad in (code[:-40], changed, "", "~", "AAAA"))
    length = len(text.encode())
    assert (is_refused(code, length - 1), is_refused(code, length)) == (True, False)


@pytest.mark.parametrize("rubric_id", published())
def test_every_published_rubric_stands_in_short_cells_of_ascii(
    rubric_id: str, tmp_path: Path
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook(find(rubric_id)))
    sheet = Book.open(str(path)).sheet(META_SHEET)
    found = [sheet.cell(row, 2) for row in range(1, META_AREA.last_row + 1)]
    texts = [cell.text for cell in found if cell is not None and cell.text]
    assert sheet.cell(META_AREA.last_row, 1) is None, "read in one block when a button is pressed"
    assert all(len(text) <= ROOM + 1 < BROKEN and text.isascii() for text in texts)
    assert not any(text.startswith(("=", "+", "-", "@")) for text in texts)
    assert read_rubric(FileSource(str(path))) == (find(rubric_id), True)


def test_the_longest_rubric_has_room() -> None:
    """Without any order in it, its text takes more rows than one of real texts ever will."""
    assert len(cells(long_text(MAX_RUBRIC // 2))) + 10 < MAX_ROWS
