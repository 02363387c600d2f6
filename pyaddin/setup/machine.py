"""The machine that an installation changes, as one object: tests on Linux give another one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rubric_sheets.findings.finding import InputError

REHEARSED = "试运行，未作任何改动。"
LIMIT = 1800.0  # seconds: pip may have to fetch packages over a slow line


class Done(NamedTuple):
    """A program has ended. `output`: both of its streams."""

    code: int
    output: str

    @property
    def last_line(self) -> str:
        """What it said last, for a message."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return lines[-1][:300].rstrip("。.") if lines else f"退出码 {self.code}"


class Step(NamedTuple):
    """One thing to do; `text` is what `--dry-run` prints."""

    text: str
    do: Callable[[], None]


def outside_environment(environment: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The environment without an activated virtual one: LibreOffice's own Python would take its
    `python3` for the system's, and end with std::bad_alloc."""
    own = os.path.realpath(os.path.join(prefix, "bin"))
    folders = [
        one for one in environment.get("PATH", "").split(os.pathsep) if os.path.realpath(one) != own
    ]
    kept = {
        key: value
        for key, value in environment.items()
        if key not in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH")
    }
    return {**kept, "PATH": os.pathsep.join(folders)}


def start(command: Sequence[str]) -> Done:
    """Run a program to its end."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LIMIT,
            check=False,
            env=outside_environment(os.environ, sys.prefix),
        )
    except subprocess.TimeoutExpired:
        return Done(-1, f"{LIMIT:g} 秒内没有结束")
    except OSError as problem:
        return Done(-1, f"无法运行“{command[0]}”：{problem.strerror}")
    return Done(done.returncode, done.stdout.decode("utf-8", "replace"))


def _package(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def _bridge() -> str:
    from xlwings_libreoffice.connection import uno_module
    from xlwings_libreoffice.errors import LibreOfficeError

    try:
        uno_module()
    except LibreOfficeError as problem:
        return str(problem)
    return ""


@dataclass
class Machine:
    """What an installation asks and does."""

    platform: str = sys.platform
    python: str = sys.executable
    home: str = field(default_factory=lambda: os.path.expanduser("~"))
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    root: bool = field(default_factory=lambda: hasattr(os, "geteuid") and os.geteuid() == 0)
    run: Callable[[Sequence[str]], Done] = start
    say: Callable[[str], None] = print
    has: Callable[[str], bool] = _package  # is a package installed in this Python?
    bridge: Callable[[], str] = _bridge  # "" or why LibreOffice cannot be reached from this Python

    @property
    def system(self) -> str:
        """Its name for people."""
        return {"win32": "Windows", "darwin": "macOS"}.get(self.platform, "Linux")

    @property
    def has_excel(self) -> bool:
        """May there be an Excel that xlwings can drive?"""
        return self.platform in ("win32", "darwin")

    def need(self, code: str, command: Sequence[str], **params: str) -> Done:
        """Run a program that must succeed; InputError with its last words where it does not."""
        done = self.run(command)
        if done.code != 0:
            raise InputError(code, detail=done.last_line, **params)
        return done

    def carry_out(self, steps: Sequence[Step], *, dry: bool) -> None:
        """Say each step, and do it unless this is a rehearsal."""
        for number, step in enumerate(steps, 1):
            self.say(f"{number}. {step.text}")
            if not dry:
                step.do()
