"""The collection of LibreOffice processes that we are connected to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .app import App
from .connection import VARIABLE, connect, target_address
from .errors import NotReachable
from .office import Office
from .unsupported import Named, complete

if TYPE_CHECKING:
    from .protocols import App as AnyApp
    from .protocols import Engine


@complete("Apps", base_classes.Apps)
class Apps(Named, base_classes.Apps):
    """xw.apps: connects to the LibreOffice at PYADDIN_UNO when it is first looked at."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def _connect(self, target: str | None, timeout: float) -> AnyApp:
        address = target_address(target)
        if address not in self._engine.running:
            self._engine.running[address] = App(self._engine, connect(address, timeout), address)
        return self._engine.running[address]

    def _list(self) -> list[AnyApp]:
        """All apps. An address that was given must answer; the customary one may be silent."""
        if not self._engine.running:
            given = bool(os.environ.get(VARIABLE))
            try:
                self._connect(None, 10.0 if given else 0.0)
            except NotReachable:
                if given:
                    raise
        return list(self._engine.running.values())

    def add(
        self,
        spec: str | None = None,
        add_book: Any = None,
        xl: Any = None,
        visible: bool | None = None,
    ) -> AnyApp:
        """xw.App(): `spec` is an address; xw.App(visible=False) starts a headless LibreOffice."""
        if visible is not False or spec:
            return self._with_book(self._connect(spec, 10.0 if spec else 0.0), add_book)
        office = Office().start()
        address = target_address(office.target)
        app = App(self._engine, office.context, address, office)
        self._engine.running[address] = app
        return self._with_book(app, add_book)

    @staticmethod
    def _with_book(app: AnyApp, add_book: Any) -> AnyApp:
        if add_book and not len(app.books):
            app.books.add()
        return app

    # static in the base class, but xlwings calls it on an object
    def cleanup(self) -> None:  # type: ignore[override]
        """End the headless processes that we started and whose app was not quit."""
        for app in list(self._engine.running.values()):
            if app.is_own:
                app.quit()

    def keys(self) -> list[int]:
        return [app.pid for app in self._list()]

    def __iter__(self) -> Iterator[AnyApp]:
        return iter(self._list())

    def __len__(self) -> int:
        return len(self._list())

    def __getitem__(self, pid: int) -> AnyApp:
        for app in self._list():
            if app.pid == pid:
                return app
        raise KeyError(pid)
