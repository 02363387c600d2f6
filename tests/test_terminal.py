"""What a person sees on a terminal: colours, wrapped columns, many workbooks at once."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.commands.terminal import NEVER_FIRST, width, wrapped
from rubric_sheets.findings.finding import InputError
from rubric_sheets.rubric.load import meant, published, unknown

from .books import FULL, new, run

Capture = pytest.CaptureFixture[str]
COLOUR = re.compile("\x1b\\[[0-9;]*m")


def on_terminal(*argv: str, columns: int = 100, **environment: str) -> str:
    """What the command shows on a terminal of that width."""
    import fcntl
    import struct
    import termios

    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    command = [sys.executable, "-m", "rubric_sheets", *argv]
    with subprocess.Popen(
        command, stdout=child, env={**plain, "TERM": "xterm", **environment}
    ) as process:
        os.close(child)
        out = b""
        while True:
            try:
                more = os.read(parent, 65536)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            out += more
        process.wait()
    os.close(parent)
    return out.decode().replace("\r\n", "\n")


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """A workbook with an error."""
    claims = {**dict(FULL["claims"]), "official-card": {"自评得分": 4}}
    return new(tmp_path / "错.xlsx", {**FULL, "claims": claims})


def test_colours_on_a_terminal_only(wrong: str, capsys: Capture) -> None:
    assert "\x1b[31;1m[错误]\x1b[0m" in on_terminal("check", wrong)
    assert "\x1b" not in run(capsys, "check", wrong).out


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_colours_gets_none(wrong: str, setting: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal("check", wrong, **setting)


def test_the_last_column_is_wrapped_under_itself(wrong: str) -> None:
    shown = COLOUR.sub("", on_terminal("check", wrong, columns=110))
    table = shown.partition("\n\n")[2].partition("\n\n")[0].splitlines()
    assert all(width(line) <= 110 for line in table)
    more = [line for line in table if line.startswith(" " * 60)]
    assert more, "some reasons are long"
    assert {len(line) - len(line.lstrip()) for line in more} == {73}


@pytest.mark.parametrize("room", [4, 7, 16, 33])
@pytest.mark.parametrize(
    "text",
    ["在职人员控制率 14 ÷ 14 = 100%，未超过 100%，得满分 5 分", "，，，", "", "a b  c（丁），戊"],
)
def test_wrapping_loses_nothing_but_blanks(text: str, room: int) -> None:
    lines = wrapped(text, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= room for line in lines)
    if room >= 16 and set(text) - set("，"):
        assert not [line for line in lines if line and line[0] in NEVER_FIRST]


# -- many workbooks


@pytest.fixture
def folder(tmp_path: Path, wrong: str) -> Path:
    """A good workbook, one in a folder below with an error, one unfinished, and a lock file."""
    place = tmp_path / "各单位"
    (place / "乡镇").mkdir(parents=True)
    new(place / "好.xlsx")
    new(place / "空.xlsx", {})
    shutil.move(wrong, place / "乡镇" / "错.xlsx")
    (place / "~$别的.xlsx").write_bytes(b"lock")
    (place / "说明.txt").write_bytes(b"text")
    return place


@pytest.mark.parametrize("command", [["check"], ["score"], ["score", "--dry-run"]])
def test_a_folder_gives_a_line_for_each_and_a_summary(
    command: list[str], folder: Path, capsys: Capture
) -> None:
    done = run(capsys, *command, str(folder))
    *lines, summary = done.out.splitlines()
    assert (done.code, done.err) == (1, "")
    marks = {line.split("　")[0].rpartition("/")[2]: line[:4] for line in lines}
    assert marks == {"好.xlsx": "[可报]", "空.xlsx": "[未完]", "错.xlsx": "[有错]"}
    assert summary == "共 3 册：1 册有错误，1 册未完成。"


def test_a_pattern_stands_for_its_files(folder: Path, capsys: Capture) -> None:
    done = run(capsys, "check", f"{folder}/*.xlsx")
    assert done.out.splitlines()[-1] == "共 2 册：1 册未完成。"
    assert run(capsys, "check", f"{folder}/**/*.xlsx").out.splitlines()[-1].startswith("共 3 册")
    assert len(run(capsys, "check", str(folder), "--json").json) == 3


def test_one_that_cannot_be_read_does_not_stop_the_others(folder: Path, capsys: Capture) -> None:
    (folder / "坏.xlsx").write_bytes(b"PK")
    done = run(capsys, "check", str(folder))
    assert done.code == 2
    assert done.out.splitlines()[-1] == "共 4 册：1 册有错误，1 册未完成，1 册读不了。"
    assert "坏.xlsx" in done.err


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path, capsys: Capture) -> None:
    book = new(tmp_path / "自评[1].xlsx")
    assert run(capsys, "check", book).code == 0


@pytest.mark.parametrize(
    ("name", "words"), [("", "里没有工作簿"), ("*.xlsx", "没有与“{}”相符的文件。")]
)
def test_nothing_there(name: str, words: str, tmp_path: Path, capsys: Capture) -> None:
    path = str(tmp_path / name)
    done = run(capsys, "check", path)
    assert (done.code, done.out) == (2, "")
    assert words.format(path) in done.err


# -- names


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("yueyang", ["yueyang-department"]),
        ("岳阳", ["yueyang-department"]),
        ("Xushui", ["xushui-management"]),
        ("保靖", ["baojing-2019"]),
        ("四川", ["sichuan-project"]),
        ("yueyang-departmnt", ["yueyang-department"]),
        ("什么也不是", []),
        ("", []),
    ],
)
def test_what_a_person_means(text: str, wanted: list[str]) -> None:
    assert meant(text) == wanted
    problem: Any = unknown(text)
    assert isinstance(problem, InputError)
    assert all(f"“{one}”" in str(problem) for one in wanted)


@pytest.mark.parametrize("rubric", published())
def test_kinds_of_facts_are_told_in_peoples_words(rubric: str, capsys: Capture) -> None:
    out = run(capsys, "rubric", "show", rubric).out
    kinds = set(re.findall(r"\b(?:amount|count|percent|yes_no|breach_count|judged)\b", out))
    assert kinds == set()
