"""The shipped workbook is what its texts give, to the byte, wherever and whenever it is built."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl

from ..offices import PATIENCE
from .conftest import ROOT

BUILD = ROOT / "workbook" / "build.py"


def built(folder: Path, **environment: str) -> bytes:
    """Built by a process of its own, from another folder."""
    code = (
        f"import runpy, sys; sys.stdout.buffer.write(runpy.run_path({str(BUILD)!r})['workbook']())"
    )
    settings = dict(os.environ, PYTHONPATH=str(ROOT), **environment)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=folder,
        env=settings,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_shipped_workbook_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, BUILD, "--check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr


def test_every_build_gives_the_same_bytes(tmp_path: Path) -> None:
    import runpy

    differences = runpy.run_path(str(BUILD))["differences"]
    one = built(tmp_path, TZ="Asia/Shanghai", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    other = built(
        Path.home(), TZ="America/New_York", LC_ALL="C", PYTHONHASHSEED="2", PYTHONUTF8="0"
    )
    assert differences(one, other) == []
    assert differences(one, one[:-22] + one[-22:]) == []


def test_a_difference_is_named_by_part(tmp_path: Path) -> None:
    import runpy

    differences = runpy.run_path(str(BUILD))["differences"]
    old = (ROOT / "workbook" / "评分表.xlsm").read_bytes()
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(old)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace("评分表".encode(), "平分表".encode()))
    lines = differences(changed.getvalue(), old)
    assert any(line.startswith("xl/workbook.xml：第 ") for line in lines)


def test_buttons_print_never_and_the_settings_are_hidden() -> None:
    path = ROOT / "workbook" / "评分表.xlsm"
    book = openpyxl.load_workbook(path, keep_vba=True)
    settings = book["xlwings.conf"]
    assert settings.sheet_state == "hidden"
    rows = {row[0].value: row[1].value for row in settings.iter_rows(max_col=2)}
    assert rows["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert not any("INTERPRETER" in str(key) for key in rows)
    with zipfile.ZipFile(path) as package:
        drawings = b"".join(
            package.read(name) for name in package.namelist() if name.endswith(".vml")
        ).decode()
    assert [name in drawings for name in ("[0]!SelfCalculate", "[0]!SelfCheck")] == [True, True]
    assert drawings.count("<x:PrintObject>False</x:PrintObject>") == 2
