"""The protocol handler: LibreOffice asks it for every address `rubric-sheets:…` of the menu and the
toolbar.

A click must not wait on LibreOffice's main thread: the process that it starts talks back to
LibreOffice, and its calls are carried out there. So `dispatch` only starts a thread and returns;
messages go back to the main thread.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Callable
from typing import Any

import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.frame import FeatureStateEvent, XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo

from . import click
from .bridge import Door

SERVICE = "com.sun.star.frame.ProtocolHandler"
SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"

_running: set[str] = set()  # books with a click under way
_lock = threading.Lock()


class Later(unohelper.Base, XCallback):
    """A call that LibreOffice makes on its main thread as soon as it is idle."""

    def __init__(self, work: Callable[[], None]) -> None:
        self.work = work

    def notify(self, data: Any) -> None:
        self.work()


class Handler(unohelper.Base, XServiceInfo, XInitialization, XDispatchProvider, XDispatch):
    """One for each window that shows the menu."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self.context = context
        self.frame: Any = arguments[0] if arguments else None

    def initialize(self, arguments: Any) -> None:
        """LibreOffice tells the frame of the window."""
        if arguments:
            self.frame = arguments[0]

    # -- XDispatchProvider
    def queryDispatch(self, url: Any, target: str, flags: int) -> Any:
        known = url.Complete.startswith(click.PROTOCOL) and url.Path in click.BUTTONS
        return self if known else None

    def queryDispatches(self, requests: Any) -> Any:
        return tuple(
            self.queryDispatch(one.FeatureURL, one.FrameName, one.SearchFlags) for one in requests
        )

    # -- XDispatch
    def dispatch(self, url: Any, arguments: Any) -> None:
        """A click. On the main thread: returns at once."""
        try:
            book = self._book()
            python = click.interpreter()
            line = click.command(python, url.Path, book)
            with _lock:
                if book in _running:
                    raise click.NotReady("这个工作簿的上一条命令还没有完成。\n请等它完成后再点。")
                _running.add(book)
            threading.Thread(target=self._run, args=(line, book), daemon=True).start()
        except click.NotReady as problem:
            self._tell(str(problem))

    def _book(self) -> str:
        controller = self.frame.Controller if self.frame is not None else None
        model = controller.Model if controller else None
        if model is None or not model.supportsService(SPREADSHEET):
            raise click.NotReady("没有打开的工作簿。\n请先打开自评工作簿，再点这条命令。")
        path = uno.fileUrlToSystemPath(model.URL) if model.URL.startswith("file:") else ""
        return click.book_argument(path, model.Title)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        listener.statusChanged(FeatureStateEvent(self, url, "", True, False, None))

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """The state never changes."""

    # -- the thread of one click
    def _run(self, line: list[str], book: str) -> None:
        text, errors = "", ""
        try:
            door = Door(self.context)
            try:
                door.open()
                code, errors = self._process(line, door.target)
                text = click.failure(code, errors, door.arrived)
            finally:
                door.close()
        except Exception as problem:
            text, errors = click.failure(1, str(problem), False), repr(problem)
        finally:
            with _lock:
                _running.discard(book)
        if text:
            self._tell(text, errors)

    def _process(self, line: list[str], target: str) -> tuple[int, str]:
        done = subprocess.run(
            line,
            env=click.environment(target),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            check=False,
        )
        return done.returncode, done.stderr.decode("utf-8", "replace")

    # -- messages
    def _tell(self, text: str, errors: str = "") -> None:
        """Show a message over the window, from any thread, without waiting for the answer."""
        path, written = click.record(text, errors)
        if errors and written:
            text += f"\n详细情况记在“{path}”。"
        manager = self.context.ServiceManager
        later = manager.createInstanceWithContext("com.sun.star.awt.AsyncCallback", self.context)
        later.addCallback(Later(lambda: self._show(text)), None)

    def _show(self, text: str) -> None:
        with contextlib.suppress(Exception):  # the window was closed meanwhile
            toolkit = self.context.ServiceManager.createInstanceWithContext(
                "com.sun.star.awt.Toolkit", self.context
            )
            kind = uno.Enum("com.sun.star.awt.MessageBoxType", "WARNINGBOX")
            box = toolkit.createMessageBox(self.frame.ContainerWindow, kind, 1, click.TITLE, text)
            box.execute()
            box.dispose()

    # -- XServiceInfo
    def getImplementationName(self) -> str:
        return click.IMPLEMENTATION

    def supportsService(self, name: str) -> bool:
        return name == SERVICE

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (SERVICE,)
