"""A workbook that is open in Excel: everything goes through xlwings."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import META_SHEET

from .. import shared
from ..cells import Formula, Link, Merges, Place, Rows, cell_of, looks_typed
from ..meta import META_AREA, SCRATCH_COLUMN
from .locks import Lock, MacLock
from .merges import asked

if TYPE_CHECKING:
    from ..protocol import Lock as AnyLock


def full_name(book: Any) -> str:
    """Where the book is; its address on the net where xlwings finds no folder for it."""
    try:
        return str(book.fullname)
    except Exception:
        with contextlib.suppress(AttributeError):
            if "://" in (name := str(book.api.FullName)):
                return name
        raise


class ExcelHost:
    """One open workbook of Excel; see `protocol.Host`."""

    separator = ","

    def __init__(self, book: Any) -> None:
        self.book = book
        self.path: str = full_name(book)
        self._old: dict[str, Any] = {}  # switches, as they were
        self._locks = shared.Locks(self._lock)
        self._meta: Rows | None = None

    # -- the book
    @property
    def folder(self) -> str:
        return shared.folder_of(self.path)

    def is_read_only(self) -> bool:
        with contextlib.suppress(AttributeError):  # only Excel for Windows tells
            return bool(self.book.api.ReadOnly)
        return False

    def sheet_names(self) -> list[str]:
        names = list(self.book.sheet_names)
        with contextlib.suppress(AttributeError):
            tabs = self.book.api.Sheets
            if tabs.Count != len(names):
                return [tab.Name for tab in tabs]
        return names

    def meta(self) -> Rows:
        if self._meta is None:
            is_there = META_SHEET in self.sheet_names()
            self._meta = self.read([META_AREA])[0] if is_there else []
        return self._meta

    def areas(self, names: Iterable[str]) -> dict[str, Area]:
        return shared.areas_of(self.book, names)

    # -- cells
    def read(self, areas: Sequence[Area]) -> list[Rows]:
        """One block of values and one of formulas each."""
        out = []
        for area in areas:
            cells = shared.range_of(self.book, area)
            values = cells.options(ndim=2, err_to_str=True).value
            formulas = cells.formula
            if isinstance(formulas, str):
                formulas = ((formulas,),)
            out.append([[cell_of(*pair) for pair in zip(*rows)] for rows in zip(values, formulas)])
        return out

    def write(self, blocks: Sequence[tuple[Area, list[list[Any]]]], *, typed: bool = False) -> None:
        for area, rows in blocks:
            cells = shared.range_of(self.book, area)
            self._drop_links(cells)
            cells.value = [[self._written(value) for value in row] for row in rows]

    def set_heights(self, heights: dict[tuple[str, int], float]) -> None:
        for (sheet, row), points in heights.items():
            shared.range_of(self.book, Area(sheet, row, 1, row, 1)).row_height = points

    def show_rows(self, areas: Sequence[Area]) -> None:
        for area in areas:
            cells = shared.range_of(self.book, area)
            with contextlib.suppress(AttributeError):  # xlwings itself has no word for it
                if sys.platform == "darwin":
                    cells.api.entire_row.hidden.set(False)
                    continue
                if cells.sheet.api.FilterMode:
                    cells.sheet.api.ShowAllData()
                cells.api.EntireRow.Hidden = False

    def _written(self, value: Any) -> Any:
        if isinstance(value, Formula):
            return value.text
        if isinstance(value, Link):
            return f"={shared.link_formula(value, self.separator)}"
        return "'" + value if isinstance(value, str) and looks_typed(value) else value

    def _drop_links(self, cells: Any) -> None:
        """Links that a file brought along would stay under the new text; formats stay."""
        with contextlib.suppress(AttributeError):
            if sys.platform == "win32" and cells.api.Hyperlinks.Count:
                cells.api.ClearHyperlinks()

    def evaluate(self, formulas: Sequence[str]) -> list[Any]:
        area = Area(META_SHEET, 1, SCRATCH_COLUMN, len(formulas), SCRATCH_COLUMN)
        cells = shared.range_of(self.book, area)
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
        return shared.is_percent(self.book, area)

    # -- merged cells
    def watch(self) -> None:
        """Excel is asked each time."""

    def merges(self, inputs: dict[str, list[tuple[int, int]]]) -> Merges:
        return {sheet: asked(self.book, sheet, cells) for sheet, cells in inputs.items()}

    # -- notes
    def notes(self, sheets: Iterable[str]) -> dict[Place, str]:
        found = {}
        for name in sheets:
            for note in self.book.sheets[name].notes:
                cell = note.location
                found[name, cell.row, cell.column] = str(note.text or "")
        return found

    def set_notes(self, notes: dict[Place, str | None], present: dict[Place, str]) -> None:
        for (sheet, row, column), text in notes.items():
            cell = self.book.sheets[sheet].range((row, column))
            if (sheet, row, column) in present:
                cell.note.delete()
            if text:
                cell.add_note(text)

    # -- protection and switches
    def unlock(self, sheets: Iterable[str]) -> None:
        """Every block would be followed by a recalculation; one at the end is enough."""
        self._switch("calculation", "manual")
        self._locks.open(sheets)

    def _lock(self, sheet: str) -> AnyLock:
        api = self.book.sheets[sheet].api
        return MacLock(api) if sys.platform == "darwin" else Lock(api)

    def begin(self, text: str) -> None:
        self._switch("screen_updating", False)
        self._switch("enable_events", False)
        self.say(text)

    def _switch(self, name: str, value: Any) -> None:
        with contextlib.suppress(Exception):  # not every program has every switch
            old = getattr(self.book.app, name)
            setattr(self.book.app, name, value)
            self._old.setdefault(name, old)

    def say(self, text: str) -> None:
        self.book.app.status_bar = text

    def finish(self) -> None:
        app, old = self.book.app, self._old
        steps: list[Any] = self._locks.closing()
        if old.get("calculation") == "manual":
            steps.append(app.calculate)  # whoever calculates by hand asked for it with the button
        for name, value in reversed(old.items()):
            steps.append(lambda name=name, value=value: setattr(app, name, value))
        steps.append(lambda: setattr(app, "status_bar", False))
        self._old = {}
        shared.carry_out(steps)

    # -- the person
    def tell(self, text: str, *, wrong: bool = False) -> None:
        shared.alert(self.book, text, wrong=wrong)

    def ask(self, question: str) -> str | None:
        if sys.platform != "win32":
            return None
        answer = self.book.app.api.InputBox(question, shared.TITLE, Type=2)
        return "" if answer is False else str(answer).strip()

    def ask_file(self, title: str, kinds: dict[str, str]) -> str | None:
        if sys.platform != "win32":
            return None
        shown = ",".join(f"{name} ({pattern}),{pattern}" for name, pattern in kinds.items())
        answer = self.book.app.api.GetOpenFilename(FileFilter=shown, Title=title)
        return "" if answer is False else str(answer)

    def confirm(self, question: str) -> bool:
        return shared.confirm(self.book, question)

    def show(self, sheet: str) -> None:
        self.book.sheets[sheet].activate()
