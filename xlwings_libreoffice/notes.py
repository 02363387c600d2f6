"""Notes on cells (annotations in LibreOffice, which has no threaded comments)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from xlwings import base_classes

from .address import Area
from .errors import LibreOfficeError
from .unsupported import Named, complete

if TYPE_CHECKING:
    from .protocols import Range, Sheet


class Kept(NamedTuple):
    """A note that a block write would delete, with what is needed to put it back."""

    position: Any  # com.sun.star.table.CellAddress
    text: str
    is_visible: bool


def inside(sheet: Any, areas: Sequence[Area]) -> list[Kept]:
    """The notes of a UNO sheet within these areas. Two calls where the sheet has no notes."""
    notes = sheet.Annotations
    found = []
    for i in range(notes.Count):
        note = notes.getByIndex(i)
        position = note.Position
        row, column = position.Row + 1, position.Column + 1
        for a in areas:
            if 0 <= row - a.row < a.rows and 0 <= column - a.column < a.columns:
                found.append(Kept(position, str(note.String), bool(note.IsVisible)))
                break
    return found


def put_back(sheet: Any, kept: Sequence[Kept]) -> None:
    """setDataArray and setFormulaArray delete the notes of their block, where Excel keeps them.

    Goes on where one fails: it runs after failures too, and the first of them is the one that
    counts.
    """
    for note in kept:
        with contextlib.suppress(Exception):
            notes = sheet.Annotations
            notes.insertNew(note.position, note.text)
            if note.is_visible:
                notes.getByIndex(
                    _index(notes, note.position.Row, note.position.Column)
                ).setIsVisible(True)


def _index(notes: Any, row: int, column: int) -> int:
    """Where the note of a cell, counted from 0, stands in
    LibreOffice's list; -1 where it has none."""
    for i in range(notes.Count):
        position = notes.getByIndex(i).Position
        if (position.Row, position.Column) == (row, column):
            return i
    return -1


@complete("Note", base_classes.Note)
class Note(Named, base_classes.Note):
    """A note, found through its cell: positions in LibreOffice's
    list shift when others are deleted."""

    def __init__(self, cell: Range) -> None:
        self._cell = cell

    @property
    def api(self) -> Any:
        return self._cell.api.getAnnotation()

    @property
    def text(self) -> str:
        return str(self._cell.xl.getAnnotation().String)

    @text.setter
    def text(self, value: str) -> None:
        self._cell.sheet.guard()
        self._cell.xl.getAnnotation().String = value

    @property
    def author(self) -> str:
        return str(self._cell.xl.getAnnotation().Author)

    @property
    def location(self) -> Range:
        return self._cell

    def delete(self) -> None:
        self._cell.sheet.guard()
        notes = self._cell.sheet.xl.Annotations
        index = _index(notes, self._cell.row - 1, self._cell.column - 1)
        if index < 0:
            raise LibreOfficeError(f"{self._cell.address} 没有批注，无法删除。")
        notes.removeByIndex(index)


def note_of(cell: Range) -> Note | None:
    """The cell's note, if it has one. A cell without one answers with an empty stand-in."""
    note = Note(cell)
    return note if note.text else None


def add_note(cell: Range, text: str) -> Note:
    """A new note. Like Excel, refuses where there is one already."""
    cell.sheet.guard()
    if not text:
        raise ValueError("批注不能是空的。")
    if note_of(cell) is not None:
        raise LibreOfficeError(f"{cell.address} 已有批注。请改它的 text，或先删除。")
    cell.sheet.xl.Annotations.insertNew(cell.xl.CellAddress, text)
    return Note(cell)


def notes_of(sheet: Sheet) -> Iterator[Note]:
    """All notes of a sheet, in reading order as on Excel."""
    notes = sheet.xl.Annotations
    places = [notes.getByIndex(i).Position for i in range(notes.Count)]
    for row, column in sorted((place.Row, place.Column) for place in places):
        yield Note(sheet.area(Area(row + 1, column + 1)))
