"""One LibreOffice of the tests' own, and xlwings told of it: for the folders that drive the real program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pyaddin import libreoffice
from pyaddin.libreoffice.engine import engine
from pyaddin.libreoffice.errors import LibreOfficeError
from pyaddin.libreoffice.office import Office

NEEDED = "请先安装：sudo apt install libreoffice-calc python3-uno fonts-noto-cjk"


@contextmanager
def running() -> Iterator[Office]:
    """Without LibreOffice every test that asks for it fails with one line; none is skipped."""
    process = Office(macros=True)
    try:
        process.start()
    except LibreOfficeError as error:
        pytest.fail(f"LibreOffice 测试无法进行。{NEEDED}。原因：{error}", pytrace=False)
    before, others = os.environ.get(libreoffice.VARIABLE), dict(engine.running)
    engine.running.clear()
    libreoffice.register(process.target)
    yield process
    engine.running.clear()
    engine.running.update(others)
    process.stop()
    if before is None:
        os.environ.pop(libreoffice.VARIABLE, None)
    else:
        os.environ[libreoffice.VARIABLE] = before
