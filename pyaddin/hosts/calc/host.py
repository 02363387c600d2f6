"""A workbook that is open in LibreOffice Calc, straight over UNO: see `protocol.Host`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rubric_sheets.places.addresses import Area
from xlwings_libreoffice.calls import traced, untraced
from xlwings_libreoffice.uno_errors import is_closed

from ...cache import merges_file_of
from .. import shared
from ..cells import Merges, Place, Rows
from . import read, write
from .cells import fingerprint
from .document import Document
from .errors import speaking
from .hidden import HiddenSheet
from .lock import CalcLock
from .merges import CalcMerges
from .notes import notes_of, put_notes
from .typing_in import commit


@speaking
class CalcHost:
    """One open spreadsheet of LibreOffice. `is_troubled`: it has raised something in this click."""

    separator = write.SEPARATOR

    def __init__(self, book: Any) -> None:
        self.book = book
        self.path: str = book.fullname
        self.document = Document(book)
        self.doc = self.document.doc
        self.is_troubled = False
        self._hidden = HiddenSheet(self.document)
        self._locks = shared.Locks(lambda name: CalcLock(self.document.sheet(name)))
        self._undo = self.doc.getUndoManager()
        self._merges = CalcMerges(self.doc, self._undo, self.path, merges_file_of(self.path))
        self._is_begun = self._is_one_step = False
        self._frame: Any = None
        self._status: Any = None

    # -- the book
    @property
    def folder(self) -> str:
        return shared.folder_of(self.path)

    def is_read_only(self) -> bool:
        return bool(self.doc.isReadonly())

    def sheet_names(self) -> list[str]:
        return self.document.tabs

    def meta(self) -> Rows:
        return self._hidden.rows()

    def areas(self, names: Iterable[str]) -> dict[str, Area]:
        return shared.areas_of(self.book, names)

    # -- cells
    def read(self, areas: Sequence[Area]) -> list[Rows]:
        return read.read(self.document, areas, self.evaluate)

    def write(self, blocks: Sequence[tuple[Area, list[list[Any]]]], *, typed: bool = False) -> None:
        (write.type_in if typed else write.write)(self.document, blocks)

    def set_heights(self, heights: dict[tuple[str, int], float]) -> None:
        write.set_heights(self.document, heights)

    def show_rows(self, areas: Sequence[Area]) -> None:
        write.show_rows(self.document, areas)

    def evaluate(self, formulas: Sequence[str]) -> list[Any]:
        return self._hidden.evaluate(formulas)

    def is_percent(self, area: Area) -> bool:
        return shared.is_percent(self.book, area)

    # -- merged cells
    def watch(self) -> None:
        self._merges.watch()

    def merges(self, inputs: dict[str, list[tuple[int, int]]]) -> Merges:
        return self._merges.find(list(inputs), fingerprint(inputs))

    # -- notes
    def notes(self, sheets: Iterable[str]) -> dict[Place, str]:
        return notes_of(self.document, sheets)

    def set_notes(self, notes: dict[Place, str | None], present: dict[Place, str]) -> None:
        put_notes(self.document, notes, present)

    # -- protection and switches
    def unlock(self, sheets: Iterable[str]) -> None:
        """Only what is shown is calculated here, and nothing is
        shown now: there is nothing to hold."""
        self._locks.open(sheets)

    def begin(self, text: str) -> None:
        """From here on to `finish` everything is one step for whoever undoes it."""
        controller = self.doc.CurrentController
        if controller is not None:
            self._frame = untraced(controller.Frame)
            commit(traced(self._frame))
        self.watch()  # the step that begins would look like a change
        self._undo.enterUndoContext(shared.TITLE)
        self._is_one_step = True
        self.doc.lockControllers()
        self._is_begun = True
        if self._frame is not None:
            self._status = untraced(traced(self._frame).createStatusIndicator())
            traced(self._status).start(text, 0)

    def say(self, text: str) -> None:
        if self._status is not None:
            traced(self._status).setText(text)

    def finish(self) -> None:
        steps: list[Any] = [*self._locks.closing(), self._hidden.clear]
        if self._is_one_step:
            steps.append(self._undo.leaveUndoContext)
        if self._is_begun:
            steps.append(self.doc.unlockControllers)
        if self._hidden.is_by_hand:
            # whoever calculates by hand asked for it with the button
            steps.append(self.doc.calculate)
        steps.append(self._merges.remember)
        if self.is_troubled and is_closed(self.doc):
            steps = []  # LibreOffice would not survive some of them
        if self._status is not None:
            steps.append(traced(self._status).end)
        self._status, self._is_begun, self._is_one_step = None, False, False
        shared.carry_out(steps)

    # -- the person
    def tell(self, text: str, *, wrong: bool = False) -> None:
        if self._frame is None:
            shared.alert(self.book, text, wrong=wrong)
            return
        app = self.book.app.impl
        app.alert_over(self._frame, text, shared.TITLE, mode=shared.mode_of(wrong))

    def ask(self, question: str) -> str | None:
        return None

    def ask_file(self, title: str, kinds: dict[str, str]) -> str | None:
        return str(self.book.app.impl.pick_file(title, kinds))

    def confirm(self, question: str) -> bool:
        if self._frame is None:
            return shared.confirm(self.book, question)
        app = self.book.app.impl
        answer = app.alert_over(self._frame, question, shared.TITLE, shared.YES_NO)
        return bool(answer == "yes")

    def show(self, sheet: str) -> None:
        controller = self.doc.CurrentController
        if controller is not None:
            controller.setActiveSheet(untraced(self.document.sheet(sheet)))
