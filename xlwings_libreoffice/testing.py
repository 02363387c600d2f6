"""For tests of add-ins: one headless LibreOffice of their own, and xlwings told of it.

@pytest.fixture(scope="session")
def office():
    with running() as process:
        yield process
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from . import register
from .connection import VARIABLE
from .engine import engine
from .office import Office

PATIENCE = 300.0  # seconds: a machine that runs tests may be busy


@contextmanager
def running(*, macros: bool = True, timeout: float = PATIENCE) -> Iterator[Office]:
    """Start it, register the engine, and put everything back at the end. LibreOfficeError where it
    does not start.

    `macros` lets the opened workbooks run theirs; only for workbooks that you trust.
    """
    process = Office(macros=macros, timeout=timeout).start()
    before, others = os.environ.get(VARIABLE), dict(engine.running)
    engine.running.clear()
    register(process.target)
    try:
        yield process
    finally:
        engine.running.clear()
        engine.running.update(others)
        process.stop()
        if before is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = before
