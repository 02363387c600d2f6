"""One click: the calling book found, the handshake answered, the
screen quiet, everything as before at the end."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rubric_sheets.findings.finding import InputError
from rubric_sheets.places.addresses import Area
from rubric_sheets.places.names import META_SHEET
from xlwings_libreoffice.connection import VARIABLE

if TYPE_CHECKING:
    from .hosts.protocol import Host

REQUEST, ANSWER = "握手请求", "握手应答"


def caller() -> Any:
    """The book whose button was pressed, whichever book is in front."""
    import xlwings as xw

    if os.environ.get(VARIABLE) or sys.platform.startswith("linux"):
        import xlwings_libreoffice

        xlwings_libreoffice.register()
    elif sys.platform == "win32":
        from xlwings import _xlwindows

        # without an end, a cell in edit mode would hold the click for ever
        _xlwindows.N_COM_ATTEMPTS = 50
    try:
        return xw.Book.caller()
    except AttributeError as problem:
        # xlwings looks for Excel's own answer, whatever the machine
        if "_xlwindows" in str(problem):
            raise InputError("live-no-caller") from None
        raise


def host_of(book: Any) -> Host:
    """The host that knows this book's program best."""
    if book.app.engine.name == "libreoffice":
        from .hosts.calc.host import CalcHost

        return CalcHost(book)
    from .hosts.excel.host import ExcelHost

    return ExcelHost(book)


class Session:
    """`with Session(host, "正在计算…"):` Whatever happens inside,
    switches, protection and status bar come back."""

    def __init__(self, host: Host, text: str) -> None:
        self.host, self.text = host, text

    def __enter__(self) -> Host:
        try:
            self.host.begin(self.text)
        except BaseException:
            self.host.finish()
            raise
        return self.host

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.host.finish()
        except Exception:
            if error is None:  # the first error is the one that counts
                raise


def handshake(host: Host) -> None:
    """Give the macro its token back: it knows then that Python was really there."""
    cells = {
        row[0].text: (number, row[1])
        for number, row in enumerate(host.meta(), 1)
        if row[0] is not None
    }
    _, token = cells.get(REQUEST, (0, None))
    row, answer = cells.get(ANSWER, (0, None))
    if token is not None and token.text and row and (answer is None or answer.text != token.text):
        host.watch()
        host.write([(Area(META_SHEET, row, 2, row, 2), [[token.text]])])


def click(work: Callable[[Host], str]) -> None:
    """Run one button's work and show what it says.

    A failure becomes one message, never a traceback.
    """
    host: Host | None = None
    try:
        host = host_of(caller())
        handshake(host)
        host.tell(work(host))
    except Exception as problem:
        from .errors import explain

        text = explain(problem)
        print(text, file=sys.stderr)
        with contextlib.suppress(Exception):  # the book or its window may be gone
            if host is not None:
                host.tell(text, wrong=True)
                return
        _tell_anyway(text)


def _tell_anyway(text: str) -> None:
    """No book, so perhaps no program either: the message is on the error stream already."""
    import xlwings as xw

    with contextlib.suppress(Exception):
        app = xw.apps.active
        if app is not None:
            app.alert(text, "绩效自评", mode="critical")


def refuse_read_only(host: Host) -> None:
    """Results could not be saved."""
    if host.is_read_only():
        raise InputError("live-read-only", path=os.path.basename(host.path))


def folder_of(host: Host) -> str:
    """The folder for new files beside the book. InputError for a new book, and for one on the
    net."""
    if not host.folder:
        if "://" in host.path:
            raise InputError("live-online", path=host.path.rpartition("/")[2])
        raise InputError("live-unsaved", path=os.path.basename(host.path))
    return host.folder
