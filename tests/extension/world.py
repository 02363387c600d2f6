"""Made-up machines: a home folder, and programs that do to it what the real ones would do."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from pyaddin.setup.excel import Excel
from pyaddin.setup.machine import Done, Machine
from rubric_sheets.findings.finding import InputError

ROOT = str(Path(__file__).parents[2])
KEYS = {"win32": "INTERPRETER_WIN", "darwin": "INTERPRETER_MAC"}


class World:
    """A home folder, and programs that do to it what the real ones would do. `broken`:
    the one that fails."""

    def __init__(self, home: Path, platform: str) -> None:
        self.home, self.platform, self.broken, self.quiet = home, platform, "", False
        self.said: list[str] = []
        self.commands: list[str] = []
        self.start = home / "XLSTART" / "xlwings.xlam"
        self.script = home / "scripts" / "xlwings-0.37.8.applescript"
        self.conf = home / ".xlwings" / "xlwings.conf"
        self.machine = Machine(
            platform=platform,
            python="/usr/bin/python3",
            home=str(home),
            environment={"LOCALAPPDATA": str(home / "Local")},
            root=False,
            run=self.run,
            say=self.said.append,
            has=lambda name: True,
            bridge=lambda: "",
        )
        self.excel = Excel(self.machine, ROOT)

    @property
    def data(self) -> Path:
        return Path(self.excel.folder)

    def run(self, command: Sequence[str]) -> Done:
        kind = next(
            word
            for word in ("venv", "pip", "-c", "xlwings.cli", "list", "add", "remove")
            if word in command
        )
        self.commands.append(kind)
        if kind == self.broken:
            return Done(1, "做了一半\n网络不通。\n")
        return Done(
            0,
            getattr(self, f"run_{kind.strip('-').partition('.')[0]}", lambda command: "")(command),
        )

    def run_venv(self, command: Sequence[str]) -> str:
        python = Path(self.excel.python)
        python.parent.mkdir(parents=True)
        python.write_text("", encoding="utf-8")
        for name in ("xlwings.xlam", self.script.name):
            (Path(self.excel.environment) / name).write_text(f"new {name}", encoding="utf-8")
        return ""

    def run_c(self, command: Sequence[str]) -> str:
        self.start.parent.mkdir(exist_ok=True)
        files = [[os.path.join(self.excel.environment, "xlwings.xlam"), str(self.start)]]
        if self.platform == "darwin":
            files.append([os.path.join(self.excel.environment, self.script.name), str(self.script)])
        return "Excel 的提示\n" + json.dumps({"files": files, "conf": str(self.conf)})

    def run_xlwings(self, command: Sequence[str]) -> str:
        if self.quiet:
            return "Error: Failed to install the add-in: If Excel is running, quit Excel and try again."
        self.start.write_text("new xlwings.xlam", encoding="utf-8")
        self.script.parent.mkdir(exist_ok=True)
        self.script.write_text(f"new {self.script.name}", encoding="utf-8")
        return "Successfully installed the xlwings add-in!"


def snapshot(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def codes(problem: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [found.code for found in problem.value.findings]
