"""Two people fill one workbook at once: what each is told was filled in is there, or in the file before.

`make soak` (SOAK=1) tries it 500 times.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from rubric_sheets.commands.cli import main

ROUNDS = 500 if os.environ.get("SOAK") else 8
PROGRAM = [sys.executable, "-m", "rubric_sheets"]


def test_nothing_that_was_told_filled_in_is_lost(tmp_path: Path, capsys) -> None:
    book = str(tmp_path / "岳阳.xlsx")
    assert main(["new", "yueyang-department", book]) == 0
    for number in range(1, ROUNDS + 1):
        given = {"编制数": number, "在职人员数": number}
        running = [start(tmp_path, book, name, value) for name, value in given.items()]
        done = [one.communicate()[1] for one in running]
        facts = facts_of(capsys, book)
        for (name, value), process, said in zip(given.items(), running, done):
            if process.returncode == 0:
                assert facts[name] == value, name
            else:
                assert (process.returncode, "请重新运行一次" in said) == (2, True), said
        assert [one.returncode for one in running].count(0) >= 1
    assert sorted(os.listdir(tmp_path)) == [
        "在职人员数.json",
        "岳阳.xlsx",
        "岳阳.xlsx.bak",
        "编制数.json",
    ]


def start(folder: Path, book: str, name: str, value: int) -> subprocess.Popen[str]:
    file = folder / f"{name}.json"
    file.write_text(json.dumps({"facts": {name: value}}), "utf-8")
    call = [*PROGRAM, "fill", book, "--facts", str(file)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def facts_of(capsys, book: str) -> dict[str, int]:
    capsys.readouterr()
    assert main(["facts", book, "--json"]) == 0
    facts: dict[str, int] = json.loads(capsys.readouterr().out)["facts"]
    return facts
