"""Many workbooks in one call: one at a time, one list of results."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rubric_sheets.commands.cli import main


def peak_memory(books: list[str]) -> int:
    """Kilobytes that `check --json` of these workbooks needs at most."""
    call = [sys.executable, "-m", "rubric_sheets", "check", "--json", *books]
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss


def test_many_workbooks_are_held_one_at_a_time(tmp_path: Path) -> None:
    books = [str(tmp_path / f"{number}.xlsx") for number in range(300)]
    for book in books:
        shutil.copy("examples/yueyang-2021.xlsx", book)
    few, many = peak_memory(books[:20]), peak_memory(books)
    assert many < few + 3000
    assert many < 60_000


def test_several_workbooks_are_one_json_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = [f"examples/{name}.xlsx" for name in ("yueyang-2021", "xushui-2023", "ziyang-2022")]
    single = []
    for book in books:
        main(["check", "--json", book])
        single.append(json.loads(capsys.readouterr().out))
    assert main(["check", "--json", *books, str(tmp_path / "没有.xlsx")]) == 2
    out = capsys.readouterr().out
    assert json.loads(out) == single
    assert out == json.dumps(single, ensure_ascii=False, indent=1) + "\n"
