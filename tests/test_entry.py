"""The program as a process: exit status 1 is kept for findings, whatever stops it is one line
and a 2."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .books import RUBRIC, new

ROOT = Path(__file__).resolve().parent.parent
ENTRY = "from rubric_sheets.commands import cli\n{change}\ncli.entry()"


def process(*argv: str, change: str = "", **options: object) -> subprocess.CompletedProcess[str]:
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    command = [sys.executable, "-c", ENTRY.format(change=change), *argv]
    return subprocess.run(command, cwd=ROOT, encoding="utf-8", check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> str:
    return new(tmp_path_factory.mktemp("书") / "一册.xlsx", {"facts": {"编制数": -1}})


def test_a_full_disk_under_the_output_is_told(book: str) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = process("check", book, stdout=full)
    assert (done.returncode, done.stderr) == (2, "结果没有显示完：磁盘空间不足。\n")


@pytest.mark.parametrize("argv", [["check", "--json"], ["check"], ["score", "--dry-run"]])
def test_nobody_reading_any_more_keeps_the_status(book: str, argv: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = process(*argv, book, stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_closed_streams_keep_the_status(book: str) -> None:
    command = f'"{sys.executable}" -m rubric_sheets check "{book}" >&- 2>&-'
    assert subprocess.run(command, shell=True, cwd=ROOT, check=False).returncode == 1


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    command = f'mkdir "{tmp_path}/走" && cd "{tmp_path}/走" && rmdir "{tmp_path}/走" && '
    command += f'PYTHONPATH="{ROOT}" "{sys.executable}" -m rubric_sheets check 一册.xlsx'
    done = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_a_fault_of_the_programs_own_is_one_line(book: str) -> None:
    change = "cli.run = lambda *_: {}['没有']"
    done = process("check", book, change=change)
    assert done.returncode == 2
    assert done.stderr.startswith("程序出错，已停止：KeyError: '没有'（")
    assert done.stderr.count("\n") == 1


def test_an_interrupt_at_any_moment_is_a_two(book: str) -> None:
    change = f"import os\ndef run(*_): os.kill(os.getpid(), {int(signal.SIGINT)})\ncli.run = run"
    done = process("check", book, change=change)
    assert (done.returncode, done.stderr) == (2, "已中断，未完成的写入不会生效。\n")


def test_an_unknown_rubric_is_a_two() -> None:
    assert process("rubric", "show", RUBRIC + "-没有").returncode == 2
