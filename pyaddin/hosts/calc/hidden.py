"""The very hidden sheet in LibreOffice: what stands there, and a place to calculate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import META_SHEET

from ..cells import Rows
from ..meta import META_AREA, SCRATCH_COLUMN
from .cells import cell_of
from .document import Document

SCRATCH = Area(META_SHEET, 1, SCRATCH_COLUMN, 8, SCRATCH_COLUMN)
EVERYTHING = 1023  # com.sun.star.sheet.CellFlags


class HiddenSheet:
    """`is_by_hand`: the program recalculates only when it is told to."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._rows: Rows | None = None
        self._scratch: Any = None
        self._is_used = self.is_by_hand = False

    def rows(self) -> Rows:
        """Read once; empty where the sheet is missing."""
        if self._rows is None:
            self._rows = []
            if META_SHEET in self._document.tabs:
                cells, self._scratch = self._document.ranges([META_AREA, SCRATCH])
                self._rows = [[cell_of(value, "") for value in row] for row in cells.getDataArray()]
        return self._rows

    def evaluate(self, formulas: Sequence[str]) -> list[Any]:
        """The formulas stay until `clear`: each clearing is a call."""
        room = SCRATCH.last_row
        answers: list[Any] = []
        for start in range(0, len(formulas), room):
            texts = [f"={text}" for text in formulas[start : start + room]]
            lines = tuple((text,) for text in [*texts, *[""] * (room - len(texts))])
            if not self._is_used:
                self._document.copy_onto_itself(SCRATCH)
            self._is_used = True
            self._document.put(META_SHEET, self._scratch.setFormulaArray, lines)
            found = self._scratch.getDataArray()[: len(texts)]
            if not all(isinstance(row[0], str) for row in found):  # calculation is by hand
                self.is_by_hand = True
                self._document.doc.calculate()
                found = self._scratch.getDataArray()[: len(texts)]
            answers += [row[0] for row in found]
        return answers

    def clear(self) -> None:
        """At the end of a click."""
        if self._is_used:
            self._scratch.clearContents(EVERYTHING)
