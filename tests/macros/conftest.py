"""A small macro workbook, and a LibreOffice that can call into it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter

from rubric_sheets.macros.ovba import Kind, Module, build_project
from rubric_sheets.macros.package import add_ribbon, attach_macros

from ..offices import PATIENCE

SYSTEM_PYTHON = "/usr/bin/python3"  # the one for which the distribution installs `uno`
CALLS = Path(__file__).with_name("uno_calls.py")
HELPERS = ("握手请求", "握手应答", "收到命令")
ADDIN = """Option Explicit

Public Function RunPython(PythonCommand As String)
    Dim book As Object
    For Each book In Workbooks
        If book.Name = "评分表.xlsm" Then
            book.Names("收到命令").RefersToRange.Value = PythonCommand
            If InStr(PythonCommand, "doctor") = 0 Then
                book.Names("握手应答").RefersToRange.Value = book.Names("握手请求").RefersToRange.Value
            End If
        End If
    Next
    RunPython = 0
End Function
"""

Steps = Sequence[Sequence[Any]]
Calls = Callable[[Sequence[Path], Steps], list[Any]]


def build_book() -> bytes:
    """Two sheets, one button on the first, the handshake cells on the very hidden second."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    front, hidden = book.add_worksheet("评分表"), book.add_worksheet("_meta")
    hidden.very_hidden()
    for row, name in enumerate(HELPERS, 1):
        book.define_name(name, f"=_meta!$A${row}")
    front.insert_button("B2", {"macro": "SelfCalculate", "caption": "计算得分"})
    attach_macros(book)
    book.close()
    return stream.getvalue()


def build_addin() -> bytes:
    """A stand-in for xlwings.xlam: it writes down the command and answers, except to `doctor`."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet().set_vba_name("Sheet1")
    documents = [Module("ThisWorkbook", "", Kind.WORKBOOK), Module("Sheet1", "", Kind.SHEET)]
    modules = [*documents, Module("Main", ADDIN)]
    book.add_vba_project(io.BytesIO(build_project(modules)), is_stream=True)
    book.close()
    return stream.getvalue()


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    path = tmp_path / "评分表.xlsm"
    path.write_bytes(add_ribbon(build_book()))
    return path


@pytest.fixture
def addin_file(tmp_path: Path) -> Path:
    path = tmp_path / "xlwings.xlam"
    path.write_bytes(build_addin())
    return path


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    """LibreOffice with a profile of its own; the fixture opens files and runs steps in the last of
    them."""
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("soffice is not installed: the macros must be tried in LibreOffice")
    profile = tmp_path_factory.mktemp("office").as_uri()
    target = f"pipe,name=rubric-macros-{uuid4().hex}"
    options = [
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        f"-env:UserInstallation={profile}",
    ]
    accept = f"--accept={target};urp;StarOffice.ComponentContext"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([program, *options, accept], start_new_session=True, **quiet)

    def calls(files: Sequence[Path], steps: Steps) -> list[Any]:
        answer: list[Any] = json.loads(
            order(target, files=[str(file) for file in files], steps=steps)
        )
        return answer

    try:
        order(target, files=[], steps=[])
        yield calls
        order(target, quit=True)
        process.wait(PATIENCE)
    finally:
        # the usual case: all of its processes have ended
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def order(target: str, **what: Any) -> str:
    text = json.dumps({"target": target, **what})
    done = subprocess.run(
        [SYSTEM_PYTHON, CALLS], input=text, capture_output=True, text=True, timeout=2 * PATIENCE
    )
    assert done.returncode == 0, f"{SYSTEM_PYTHON} {CALLS.name}: {done.stderr}"
    return done.stdout
