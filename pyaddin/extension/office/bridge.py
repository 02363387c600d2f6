"""A way into this LibreOffice for one process: a pipe with a
random name, open to this user, used once."""

from __future__ import annotations

import glob
import os
import tempfile
import threading
import time
import uuid
from typing import Any

import unohelper
from com.sun.star.bridge import XInstanceProvider
from com.sun.star.container import NoSuchElementException

OBJECT = "StarOffice.ComponentContext"  # the name under which every LibreOffice offers its context
APPEARS = 2.0  # seconds for the pipe's file to appear


class Provider(unohelper.Base, XInstanceProvider):
    """Hands out the component context and nothing else."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def getInstance(self, name: str) -> Any:
        """Called by the other process when it connects."""
        if name != OBJECT:
            raise NoSuchElementException(name, self)
        return self.context


class Door:
    """Opened for one click.

    `target` is the address for PYADDIN_UNO; `arrived`: somebody came in.
    """

    def __init__(self, context: Any) -> None:
        self.name = "rubric-sheets-" + uuid.uuid4().hex
        self.target = "pipe,name=" + self.name
        self.arrived = False
        self._provider = Provider(context)
        manager = context.ServiceManager
        self._acceptor = manager.createInstanceWithContext(
            "com.sun.star.connection.Acceptor", context
        )
        self._bridges = manager.createInstanceWithContext(
            "com.sun.star.bridge.BridgeFactory", context
        )
        self._bridge: Any = None
        self._thread = threading.Thread(target=self._wait, name=self.name, daemon=True)

    def open(self) -> None:
        """Listen; the pipe's file is born readable and writable for this user only."""
        old = os.umask(0o077)
        try:
            self._thread.start()
            end = time.monotonic() + APPEARS
            while not self._files() and self._thread.is_alive() and time.monotonic() < end:
                time.sleep(0.001)
        finally:
            os.umask(old)

    def _files(self) -> list[str]:
        folders = [os.environ.get("XDG_RUNTIME_DIR"), "/tmp", "/var/tmp", tempfile.gettempdir()]
        return [
            path
            for folder in folders
            if folder
            for path in glob.glob(os.path.join(glob.escape(folder), "*_" + self.name))
        ]

    def _wait(self) -> None:
        connection = self._acceptor.accept(self.target)  # blocks without holding Python's lock
        if connection is None:
            return  # closed before anybody came
        self._acceptor.stopAccepting()
        self._bridge = self._bridges.createBridge("", "urp", connection, self._provider)
        self.arrived = True

    def close(self) -> None:
        """Nobody comes in any more, and whoever came is gone."""
        if not self.arrived:
            self._acceptor.stopAccepting()
        self._thread.join(APPEARS)
        if self._bridge is not None:
            self._bridge.dispose()
            self._bridge = None
        for path in self._files():
            os.remove(path)
