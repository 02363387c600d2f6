"""Clicks: new processes that connect to the running
LibreOffice, as xlwings' RunPython starts them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlwings as xw

import xlwings_libreoffice as libreoffice
from xlwings_libreoffice.testing import PATIENCE

ROOT = Path(libreoffice.__file__).resolve().parents[1]
CLICK = """
import xlwings as xw
import xlwings_libreoffice as libreoffice

def score():
    libreoffice.register()
    book = xw.Book.caller()
    sheet = book.sheets["评分表"]
    with book.app.properties(screen_updating=False, status_bar="正在评分…"):
        total = sum(row[1] for row in sheet["A2:B4"].options(ndim=2).value)
        sheet["D1"].value = ["合计", total]
        sheet["D1:E1"].font.bold = True

def fail():
    libreoffice.register()
    xw.Book.caller()
    raise ValueError("预算数为空")

def die():
    libreoffice.register()
    xw.Book.caller().app.screen_updating = False
    raise SystemExit(3)
"""


@pytest.fixture
def saved(book, tmp_path):
    sheet = book.sheets[0]
    sheet.name = "评分表"
    sheet["A1"].value = [["项目", "金额"], ["甲", 1], ["乙", 2.5], ["丙", 3]]
    book.save(tmp_path / "2024年度 评分表（财政局）.xlsx")
    (tmp_path / "clicks.py").write_text(CLICK, "utf-8")
    return book


def start(office, book, command: str) -> subprocess.Popen[str]:
    """The very command line that RunPython builds (ExecuteWindows/ExecuteMac of xlwings.bas)."""
    paths = f"true;{book.fullname};{book.fullname};;;;{ROOT}"
    code = f'import xlwings.utils;xlwings.utils.prepare_sys_path("{paths}"); {command}'
    arguments = [f"--wb={book.name}", "--from_xl=1", "--app=Excel", "--hwnd=0"]
    return subprocess.Popen(
        [sys.executable, "-B", "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ, PYADDIN_UNO=office.target),
    )


def run(office, book, command: str) -> tuple[int, str]:
    process = start(office, book, command)
    _, errors = process.communicate(timeout=PATIENCE)
    return process.returncode, errors


def test_a_click(office, saved):
    assert run(office, saved, "import clicks;clicks.score()") == (0, "")
    assert saved.sheets["评分表"]["D1:E1"].value == ["合计", 6.5]
    assert saved.sheets["评分表"]["E1"].font.bold


def test_a_failing_click(office, saved):
    code, errors = run(office, saved, "import clicks;clicks.fail()")
    assert code == 1
    assert "预算数为空" in errors


def test_a_dying_click_leaves_no_frozen_window(office, saved):
    assert run(office, saved, "import clicks;clicks.die()")[0] == 3
    assert not saved.api.hasControllersLocked()


def test_two_processes_at_the_same_time(office, saved):
    command = (
        "import xlwings_libreoffice as libreoffice;libreoffice.register();import xlwings as xw;"
        "s=xw.Book.caller().sheets[0];[s.range((i,{column})).options(ndim=0) or "
        "setattr(s.range((i,{column})),'value',i) for i in range(1,31)]"
    ).replace(".options(ndim=0) or ", ".row < 0 or ")
    both = [start(office, saved, command.format(column=column)) for column in (8, 9)]
    sheet = saved.sheets[0]
    sheet["K1:K5"].options(transpose=True).value = [1, 2, 3, 4, 5]  # and we write meanwhile
    for process in both:
        _, errors = process.communicate(timeout=PATIENCE)
        assert (process.returncode, errors) == (0, "")
    assert sheet["H1:I30"].value == [[float(i), float(i)] for i in range(1, 31)]


def test_mock_caller(saved):
    saved.set_mock_caller()
    try:
        assert xw.Book.caller() == saved
    finally:
        del xw.Book._mock_caller


def test_an_address_without_listener_is_explained(office, saved):
    environment = dict(os.environ, PYADDIN_UNO="pipe,name=nobody-listens-here")
    code = (
        "import sys;import xlwings_libreoffice as libreoffice\n"
        "from xlwings_libreoffice.connection import connect\n"
        "try: connect(timeout=0.1)\n"
        "except libreoffice.NotReachable as error: sys.exit(str(error))"
    )
    process = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        timeout=PATIENCE,
    )
    assert process.returncode == 1
    assert "soffice --calc --accept=" in process.stderr
    assert len(process.stderr.strip().splitlines()) == 1
