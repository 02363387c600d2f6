"""Notes of LibreOffice's sheets, several of a sheet at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlwings_libreoffice.connection import uno_module

from ..cells import Place
from .document import Document


def notes_of(document: Document, sheets: Iterable[str]) -> dict[Place, str]:
    """All notes of these sheets."""
    found = {}
    for sheet in sheets:
        for note in _notes(document, sheet):
            at = note.Position
            found[sheet, at.Row + 1, at.Column + 1] = str(note.String)
    return found


def put_notes(
    document: Document, notes: dict[Place, str | None], present: dict[Place, str]
) -> None:
    """Write notes; None deletes. Each replaces the one that is
    there (`present`: those that are)."""
    for sheet in dict.fromkeys(sheet for sheet, _, _ in notes):
        wanted = {(row, col): text for (name, row, col), text in notes.items() if name == sheet}
        container = document.sheet(sheet).Annotations
        if any((sheet, *place) in present for place in wanted):
            for index, note in reversed(list(enumerate(_notes(document, sheet)))):
                at = note.Position
                if (at.Row + 1, at.Column + 1) in wanted:
                    container.removeByIndex(index)
        number, make = document.tabs.index(sheet), uno_module().createUnoStruct
        for (row, column), text in wanted.items():
            if text:
                place = make("com.sun.star.table.CellAddress", number, column - 1, row - 1)
                container.insertNew(place, text)


def _notes(document: Document, sheet: str) -> list[Any]:
    notes = document.sheet(sheet).Annotations
    return [notes.getByIndex(index) for index in range(notes.Count)]
