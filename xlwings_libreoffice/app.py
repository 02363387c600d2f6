"""One LibreOffice process: its books, its status bar, its dialogs, its macros."""

from __future__ import annotations

import atexit
import zlib
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .alerts import Alert, ask
from .book import Book
from .books import Books
from .calls import traced, untraced
from .connection import uno_module
from .errors import Unsupported
from .found import range_of
from .macros import run
from .picker import pick
from .unsupported import Named, complete

if TYPE_CHECKING:
    from . import protocols
    from .office import Office


@complete("App", base_classes.App)
class App(Named, base_classes.App):
    """An `xw.App` on LibreOffice."""

    def __init__(
        self, engine: protocols.Engine, context: Any, target: str, office: Office | None = None
    ) -> None:
        self._engine, self._context, self._target, self._office = engine, context, target, office
        manager = context.ServiceManager
        self._desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self._books: list[protocols.Book] = []
        self._latest: protocols.Book | None = None
        self._status: str | bool = False
        self._indicator: Any = None
        self._locked: list[Any] = []
        self._display_alerts, self._visible = True, office is None
        self._alerts: list[Alert] = []
        # a click that dies with locked views would leave the user's window frozen
        atexit.register(self._unlock)

    # -- identity
    @property
    def desktop(self) -> Any:
        """The desktop service."""
        return traced(self._desktop)

    @property
    def api(self) -> Any:
        return self._desktop

    @property
    def engine(self) -> protocols.Engine:
        return self._engine

    @property
    def pid(self) -> int:
        """The process id if we started it, else a number that stands for the address."""
        return self._office.pid if self._office else zlib.crc32(self._target.encode()) & 0x7FFFFFFF

    @property
    def hwnd(self) -> int:
        return 0

    @property
    def is_own(self) -> bool:
        """Did we start this process?"""
        return self._office is not None

    @property
    def version(self) -> str:
        """The Excel version whose behaviour is offered; xlwings wants at least 15."""
        return "16.0"

    @property
    def books(self) -> Books:
        return Books(self)

    def book_of(self, document: Any) -> protocols.Book:
        """The one Book for a document: its caches (formats, parsers) are worth keeping."""
        document = untraced(document)
        for book in self._books:
            if book.document == document:
                return book
        self._books.append(Book(self, document))
        return self._books[-1]

    @property
    def latest(self) -> protocols.Book | None:
        """The book that this process touched last."""
        return self._latest

    def touched(self, book: protocols.Book) -> None:
        """A book was opened or activated."""
        self._latest = book

    def forget(self, book: protocols.Book) -> None:
        """A book was closed."""
        self._books = [other for other in self._books if other is not book]
        if self._latest is book:
            self._latest = None

    # -- windows
    @property
    def visible(self) -> bool:
        return self._visible

    @visible.setter
    def visible(self, value: bool) -> None:
        self._visible = bool(value)
        for book in self.books:
            book.frame().ContainerWindow.setVisible(self._visible)

    def activate(self, steal_focus: bool = False) -> None:
        book = self.books.active
        if book is not None:
            book.activate()
            if steal_focus:
                book.frame().ContainerWindow.toFront()

    def quit(self) -> None:
        """Close LibreOffice (unsaved changes are lost, as with xlwings on Excel)."""
        for book in list(self.books):
            book.close()
        self._engine.running.pop(self._target, None)
        atexit.unregister(self._unlock)
        if self._office:
            self._office.stop()
            return
        try:
            self._desktop.terminate()
        except uno_module().getClass("com.sun.star.lang.DisposedException"):
            pass  # it went away while it answered

    def kill(self) -> None:
        self.quit()

    # -- switches
    @property
    def screen_updating(self) -> bool:
        return not self._locked

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        if value:
            self._unlock()
        elif not self._locked:
            self._locked = [book.document for book in self.books]
            for document in self._locked:
                traced(document).lockControllers()

    def _unlock(self) -> None:
        documents, self._locked = self._locked, []
        for document in documents:
            try:
                traced(document).unlockControllers()
            except Exception:  # closed meanwhile, or LibreOffice is gone: nothing left to unlock
                continue

    @property
    def display_alerts(self) -> bool:
        """LibreOffice asks nothing when it is driven from outside; the value is only kept."""
        return self._display_alerts

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._display_alerts = bool(value)

    @property
    def enable_events(self) -> bool:
        return True

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        if not value:
            raise Unsupported("App.enable_events = False")

    @property
    def interactive(self) -> bool:
        return True

    @interactive.setter
    def interactive(self, value: bool) -> None:
        if not value:
            raise Unsupported("App.interactive = False")

    @property
    def calculation(self) -> str:
        book = self.books.active
        return "automatic" if book is None or book.doc.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in ("automatic", "manual"):
            raise Unsupported(f"App.calculation = {value!r}")
        for book in self.books:
            book.doc.enableAutomaticCalculation(value == "automatic")

    def calculate(self) -> None:
        """Recalculate everything in all open books."""
        for book in self.books:
            book.doc.calculateAll()

    # -- what the user sees
    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool | None) -> None:
        if value is False or value is None:
            if self._indicator is not None:
                traced(self._indicator).end()
            self._indicator, self._status = None, False
            return
        self._status = str(value)
        if self._indicator is not None:
            traced(self._indicator).setText(self._status)
            return
        book = self.books.active
        if book is not None and book.has_frame():
            self._indicator = untraced(book.frame().createStatusIndicator())
            traced(self._indicator).start(self._status, 0)

    @property
    def alerts(self) -> list[Alert]:
        """Every alert of this process, for tests and logs."""
        return self._alerts

    def alert(
        self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: Any
    ) -> str:
        """A message box.

        A headless office shows none and the answer is the one that changes nothing.
        """
        if callback is not None:
            raise Unsupported("App.alert(callback=…)")
        book = None if self._office else self.books.active
        frame = book.frame() if book is not None and book.has_frame() else None
        return self.alert_over(frame, prompt, title, buttons, mode)

    def alert_over(
        self,
        frame: Any,
        prompt: str,
        title: str | None,
        buttons: str | None = None,
        mode: str | None = None,
    ) -> str:
        """The same over a given window; `frame` None for none."""
        window = None if frame is None or self._office else traced(frame).ContainerWindow
        alert = ask(self._context, window, prompt, title or "", buttons or "ok", mode)
        self._alerts.append(alert)
        return alert.answer

    def pick_file(self, title: str, kinds: dict[str, str]) -> str:
        """A file chosen by the person; "" where none was."""
        return pick(self._context, title, kinds)

    @property
    def selection(self) -> protocols.Range | None:
        book = self.books.active
        selected = book.doc.CurrentSelection if book else None
        if (
            book is None
            or selected is None
            or not selected.supportsService("com.sun.star.sheet.SheetCellRange")
        ):
            return None
        return range_of(book, selected)

    def run(self, macro: str, args: Any) -> Any:
        """Run a Basic procedure: `名称`, `模块.名称` or `'工作簿'!名称`."""
        return run(self, macro, args)
