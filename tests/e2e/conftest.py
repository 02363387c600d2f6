"""One headless LibreOffice for this folder, the engine in this process,
and clicks in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from xlwings_libreoffice.office import Office

from ..offices import PATIENCE, running

ROOT = Path(__file__).resolve().parents[2]
Click = Callable[[Any, str], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="package")
def office() -> Iterator[Office]:
    """Started once for this folder."""
    with running() as process:
        yield process


@pytest.fixture
def open_book(office: Office) -> Iterator[Callable[[Path], Any]]:
    """Opens files as xlwings books; all are closed without saving."""
    import xlwings as xw

    opened = []

    def go(path: Path) -> Any:
        book = xw.Book(str(path))
        opened.append(book)
        return book

    yield go
    for book in opened:
        if book.impl in list(book.app.books.impl):
            book.close()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own, for undo."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def click(office: Office, cache: Path) -> Click:
    """What xlwings's RunPython does: a new process, the same command text, the same arguments."""

    def go(book: Any, action: str) -> subprocess.CompletedProcess[str]:
        paths = f"false;{book.fullname};{book.fullname};;;;"
        code = f'import xlwings.utils;xlwings.utils.prepare_sys_path("{paths}"); import pyaddin.ribbon; pyaddin.ribbon.{action}()'
        arguments = [f"--wb={book.fullname}", "--from_xl=1", "--app=", "--hwnd="]
        environment = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONIOENCODING="utf-8")
        command = [sys.executable, "-B", "-c", code, *arguments]
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            timeout=PATIENCE,
        )

    return go
