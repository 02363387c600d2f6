"""A workbook that is open in a spreadsheet program: reading and writing blocks, notes, protection, switches.

Everything here goes through xlwings, as Excel needs it. `calc` does the same for LibreOffice with far
fewer round trips; nothing above this file knows which of the two it is talking to.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rubric_sheets.findings.finding import InputError
from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import META_SHEET

from .cells import Formula, Link, Place, Rows, cell_of, looks_typed
from .merged import Merges, asked
from .meta import META_AREA, SCRATCH_COLUMN
from .sheet_lock import Lock, MacLock


class Host:
    """One open workbook, through xlwings. Rows and columns count from 1."""

    separator = ","

    def __init__(self, book: Any) -> None:
        self.book = book
        self.path: str = book.fullname
        self._old: dict[str, Any] = {}
        self._locks: dict[str, Lock | MacLock] = {}
        self._mode = ""
        self._meta: Rows | None = None

    # -- the book
    @property
    def folder(self) -> str:
        """The folder it is saved in; empty for a new book, and for one on a network address."""
        folder = os.path.dirname(self.path)
        return folder if os.path.isdir(folder) else ""

    def is_read_only(self) -> bool:
        """Was it opened read-only, so that nothing can be saved?"""
        with contextlib.suppress(AttributeError):  # only Excel for Windows tells
            return bool(self.book.api.ReadOnly)
        return False

    def sheet_names(self) -> list[str]:
        """All tabs in order, as the function SHEET counts them: charts have tabs too."""
        names = list(self.book.sheet_names)
        with contextlib.suppress(AttributeError):
            tabs = self.book.api.Sheets
            if tabs.Count != len(names):
                return [tab.Name for tab in tabs]
        return names

    def meta(self) -> Rows:
        """The very hidden sheet: the handshake and the rubric. Read once; empty where it is missing."""
        if self._meta is None:
            self._meta = self.read([META_AREA])[0] if META_SHEET in self.sheet_names() else []
        return self._meta

    def areas(self, names: Iterable[str]) -> dict[str, Area]:
        """Where names point to, one by one: the slow way, for programs that lack a function."""
        found = {}
        for name in names:
            try:
                cells = self.book.names[name].refers_to_range
            except Exception:  # lost, or no range: each program has its own error for it
                continue
            found[name] = Area(
                cells.sheet.name,
                cells.row,
                cells.column,
                cells.last_cell.row,
                cells.last_cell.column,
            )
        return found

    # -- cells
    def range(self, area: Area) -> Any:
        """An xlwings Range."""
        first, last = (area.first_row, area.first_col), (area.last_row, area.last_col)
        return self.book.sheets[area.sheet].range(first, last)

    def read(self, areas: Sequence[Area]) -> list[Rows]:
        """The cells of each area: one block of values and one of formulas."""
        out = []
        for area in areas:
            cells = self.range(area)
            values = cells.options(ndim=2, err_to_str=True).value
            formulas = cells.formula
            if isinstance(formulas, str):
                formulas = ((formulas,),)
            out.append([[cell_of(*pair) for pair in zip(*rows)] for rows in zip(values, formulas)])
        return out

    def write(self, blocks: Sequence[tuple[Area, list[list[Any]]]]) -> None:
        """Write each block at once: None, float, str (never taken for a number), Formula, Link."""
        for area, rows in blocks:
            cells = self.range(area)
            self._drop_links(cells)
            cells.value = [[self._written(value) for value in row] for row in rows]

    def set_heights(self, heights: dict[tuple[str, int], float]) -> None:
        """Row heights in points, by (sheet, row)."""
        for (sheet, row), points in heights.items():
            self.range(Area(sheet, row, 1, row, 1)).row_height = points

    def _written(self, value: Any) -> Any:
        if isinstance(value, Formula):
            return value.text
        if isinstance(value, Link):
            return f"={self.link_formula(value)}"
        return "'" + value if isinstance(value, str) and looks_typed(value) else value

    def link_formula(self, link: Link) -> str:
        """A link as a formula: written with its block, where a real link costs several calls each."""
        place, text = (part.replace('"', '""') for part in (link.location, link.text))
        return f'HYPERLINK("#{place}"{self.separator}"{text}")'

    def _drop_links(self, cells: Any) -> None:
        """Links that a file brought along would stay under the new text. ClearHyperlinks keeps the formats."""
        with contextlib.suppress(AttributeError):
            if sys.platform == "win32" and cells.api.Hyperlinks.Count:
                cells.api.ClearHyperlinks()

    def evaluate(self, formulas: Sequence[str]) -> list[Any]:
        """The texts that formulas give, written without "=". They stand in the very hidden sheet for a moment."""
        area = Area(META_SHEET, 1, SCRATCH_COLUMN, len(formulas), SCRATCH_COLUMN)
        cells = self.range(area)
        try:
            cells.formula = [[f"={text}"] for text in formulas]
            answers = cells.options(ndim=2, err_to_str=True).value
            if not all(isinstance(row[0], str) for row in answers):  # calculation is by hand
                self.book.app.calculate()
                answers = cells.options(ndim=2, err_to_str=True).value
            return [row[0] for row in answers]
        finally:
            cells.clear_contents()

    def is_percent(self, area: Area) -> bool:
        """Has the first cell a percentage format?"""
        cell = self.range(area._replace(last_row=area.first_row, last_col=area.first_col))
        return "%" in str(cell.number_format or "")

    # -- merged cells
    def watch(self) -> None:
        """Called before this click changes anything."""

    def merges(self, inputs: dict[str, list[tuple[int, int]]]) -> Merges:
        """The merged areas that these cells (row, column) of each sheet touch, perhaps others too."""
        return {sheet: asked(self.book, sheet, cells) for sheet, cells in inputs.items()}

    # -- notes
    def notes(self, sheets: Iterable[str]) -> dict[Place, str]:
        """All notes of these sheets."""
        found = {}
        for name in sheets:
            for note in self.book.sheets[name].notes:
                cell = note.location
                found[name, cell.row, cell.column] = str(note.text or "")
        return found

    def set_notes(self, notes: dict[Place, str | None], present: dict[Place, str]) -> None:
        """Write notes; None deletes. Each replaces the one that is there (`present`: those that are)."""
        for (sheet, row, column), text in notes.items():
            cell = self.book.sheets[sheet].range((row, column))
            if (sheet, row, column) in present:
                cell.note.delete()
            if text:
                cell.add_note(text)

    # -- protection
    def unlock(self, sheets: Iterable[str]) -> None:
        """Before writing: nothing is recalculated until `finish`, and the sheets are open. InputError where one has
        a password."""
        self._hold()
        for name in sheets:
            if name not in self._locks:
                lock = self._lock(name)
                if not lock.open():
                    raise InputError("live-sheet-password", name)
                self._locks[name] = lock

    def _hold(self) -> None:
        """Every block would be followed by a recalculation; one at the end is enough."""
        self._switch("calculation", "manual")

    def _lock(self, sheet: str) -> Any:
        kind = MacLock if sys.platform == "darwin" else Lock
        return kind(self.book.sheets[sheet].api)

    # -- switches
    def begin(self, text: str) -> None:
        """Say what is going on, and let nothing flicker or react meanwhile."""
        self._switch("screen_updating", False)
        self._switch("enable_events", False)
        self.say(text)

    def _switch(self, name: str, value: Any) -> None:
        with contextlib.suppress(Exception):  # not every program has every switch
            old = getattr(self.book.app, name)
            setattr(self.book.app, name, value)
            self._old.setdefault(name, old)

    def say(self, text: str) -> None:
        """Tell the progress in the status bar."""
        self.book.app.status_bar = text

    def finish(self) -> None:
        """Everything as it was. Goes on where one step fails, and raises the first failure at the end."""
        app, problems = self.book.app, []
        steps: list[Any] = [lock.close for lock in self._locks.values()]
        if self._old.get("calculation") == "manual":
            steps.append(
                app.calculate
            )  # whoever calculates by hand has asked for it with the button
        steps += [
            lambda name=name, old=old: setattr(app, name, old)
            for name, old in reversed(self._old.items())
        ]
        steps.append(lambda: setattr(app, "status_bar", False))
        for step in steps:
            try:
                step()
            except Exception as problem:
                problems.append(problem)
        self._locks, self._old = {}, {}
        if problems:
            raise problems[0]

    # -- the person
    def tell(self, text: str, *, wrong: bool = False) -> None:
        """One message, in a box where there is a window."""
        self.book.app.alert(text, "绩效自评", mode="critical" if wrong else "info")

    def ask(self, question: str) -> str | None:
        """One line from the person; None where the program cannot ask, "" where nothing was answered."""
        if sys.platform != "win32":
            return None
        answer = self.book.app.api.InputBox(question, "绩效自评", Type=2)
        return "" if answer is False else str(answer).strip()

    def show(self, sheet: str) -> None:
        """Bring a sheet to the front."""
        self.book.sheets[sheet].activate()
