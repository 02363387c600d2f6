"""The Excel side, on Windows and macOS: a private Python for the buttons, the xlwings add-in, its
configuration.

Every change is written down in a manifest before it is made; undoing it, after a failure or for
`uninstall`, goes through the manifest backwards. What somebody else changed meanwhile is left
alone.
"""

from __future__ import annotations

import json
import os
import shutil
from typing import Any

from rubric_sheets.findings.finding import InputError
from rubric_sheets.findings.system_errors import words

from .machine import REHEARSED, Machine, Step
from .source import requirement
from .takeback import Record, change, digest, setting, take_back, told

MANIFEST = "安装记录.json"
ENVIRONMENT = "excel-python"
KEEP = "原文件"
# Asks xlwings, in the new environment, where things go; where Excel is not running, it is started
# for a moment.
PROBE = """
import json, os, sys
import pyaddin.ribbon
import xlwings as xw
from xlwings import cli
folder, home = str(cli.this_dir), os.path.expanduser("~")
start = str(cli.get_addin_dir())
pairs = [[os.path.join(folder, "addin", "xlwings.xlam"), os.path.join(start, "xlwings.xlam")]]
if sys.platform == "darwin":
    name = f"xlwings-{xw.__version__}.applescript"
    scripts = os.path.join(home, "Library", "Application Scripts", "com.microsoft.Excel")
    pairs.append([os.path.join(folder, name), os.path.join(scripts, name)])
print(json.dumps({"files": pairs, "conf": xw.USER_CONFIG_FILE}))
"""


class Excel:
    """One user's Excel."""

    def __init__(self, machine: Machine, source: str | None = None) -> None:
        self.machine, self.source = machine, source
        self.folder = data_folder(machine)
        self.environment = os.path.join(self.folder, ENVIRONMENT)
        parts = ("Scripts", "python.exe") if machine.platform == "win32" else ("bin", "python")
        self.python = os.path.join(self.environment, *parts)
        self.records: list[Record] = []
        self._places: dict[str, Any] = {}

    @property
    def manifest(self) -> str:
        return os.path.join(self.folder, MANIFEST)

    # -- install
    def install(self, *, dry: bool = False) -> None:
        """All of it or nothing. InputError where it cannot be done."""
        wanted = requirement(self.source)
        if os.path.exists(self.manifest):
            self.machine.say("先撤销上一次的安装。")
            self.uninstall(dry=dry)
            self.records = []
        steps = [
            Step(
                f"建立按钮专用的 Python 环境（不装 pandas，点按钮更快）：{self.environment}",
                self._make,
            ),
            Step(f"在其中安装 {wanted}", lambda: self._pip(wanted)),
            Step("询问 Excel 的启动文件夹（Excel 没有打开时会短暂启动）", self._ask),
            Step(
                f"在 xlwings.conf 里把 {self._key} 设为 {self.python}，原设置记下备查",
                self._configure,
            ),
            Step(
                "运行 xlwings addin install，把 xlwings 加载项放进 Excel 的启动文件夹", self._addin
            ),
        ]
        try:
            self.machine.carry_out(steps, dry=dry)
        except BaseException as problem:
            if not dry:
                self._undo()
            if isinstance(problem, OSError):
                path = str(problem.filename or self.folder)
                raise InputError("addin-write", path=path, detail=words(problem)) from None
            raise
        done = "已安装。请重新启动 Excel；卸载请运行 rubric-sheets addin uninstall。"
        self.machine.say(REHEARSED if dry else done)

    @property
    def _key(self) -> str:
        return "INTERPRETER_WIN" if self.machine.platform == "win32" else "INTERPRETER_MAC"

    def _make(self) -> None:
        if not os.path.isdir(self.folder):
            os.makedirs(self.folder)
        self._note(kind="folder", path=self.environment)
        self.machine.need(
            "addin-venv", [self.machine.python, "-m", "venv", "--clear", self.environment]
        )

    def _pip(self, wanted: str) -> None:
        command = [
            self.python,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            wanted,
        ]
        self.machine.need("addin-pip", command, source=wanted)

    def _ask(self) -> None:
        done = self.machine.need("addin-excel", [self.python, "-c", PROBE])
        try:
            self._places = json.loads(done.output.splitlines()[-1])
        except (ValueError, IndexError):
            raise InputError("addin-excel", detail=done.last_line) from None

    def _configure(self) -> None:
        path = self._places["conf"]
        before, existed, made = (
            setting(path, self._key),
            os.path.exists(path),
            not os.path.isdir(os.path.dirname(path)),
        )
        self._note(
            kind="setting",
            path=path,
            key=self._key,
            value=self.python,
            before=before,
            existed=existed,
            made=made,
        )
        change(path, self._key, self.python)

    def _addin(self) -> None:
        for _, target in self._places["files"]:
            kept = ""
            if os.path.exists(target):
                kept = os.path.join(self.folder, KEEP, os.path.basename(target))
                os.makedirs(os.path.dirname(kept), exist_ok=True)
                shutil.copyfile(target, kept)
            self._note(kind="file", path=target, kept=kept, digest="")
        done = self.machine.need(
            "addin-excel", [self.python, "-m", "xlwings.cli", "addin", "install"]
        )
        for record, (source, target) in zip(
            self.records[-len(self._places["files"]) :], self._places["files"]
        ):
            record["digest"] = digest(source)
            # xlwings prints its failures and reports success
            if digest(target) != record["digest"]:
                raise InputError("addin-excel", detail=done.last_line)
        self._save()

    # -- uninstall
    def uninstall(self, *, dry: bool = False) -> None:
        """Take back what `install` wrote down."""
        try:
            with open(self.manifest, encoding="utf-8") as file:
                self.records = json.load(file)
        except FileNotFoundError:
            self.machine.say("没有给 Excel 装过加载项，无需卸载。")
            return
        except (OSError, ValueError) as problem:
            raise InputError("addin-manifest", path=self.manifest, detail=str(problem)) from None
        steps = [Step(told(record), self._take_back) for record in reversed(self.records)]
        self.machine.carry_out(steps, dry=dry)
        if not dry:
            self._clear()
        self.machine.say(REHEARSED if dry else "已卸载。请重新启动 Excel。")

    def _take_back(self) -> None:
        """Undo the last record; it stays in the manifest where that fails."""
        record = self.records[-1]
        try:
            take_back(record, self.machine.say)
        except OSError as problem:
            raise InputError(
                "addin-busy",
                path=str(problem.filename or record["path"]),
                detail=words(problem),
            ) from None
        self.records.pop()
        self._save()

    def _undo(self) -> None:
        while self.records:
            self._take_back()
        self._clear()

    # -- the manifest
    def _note(self, **record: Any) -> None:
        self.records.append(record)
        self._save()

    def _save(self) -> None:
        part = self.manifest + ".new"
        with open(part, "w", encoding="utf-8") as file:
            json.dump(self.records, file, ensure_ascii=False, indent=1)
        os.replace(part, self.manifest)

    def _clear(self) -> None:
        if os.path.exists(self.manifest):
            os.remove(self.manifest)
        for folder in (os.path.join(self.folder, KEEP), self.folder):
            if os.path.isdir(folder) and not os.listdir(folder):
                os.rmdir(folder)


def data_folder(machine: Machine) -> str:
    """Where this user's programs keep their data."""
    if machine.platform == "win32":
        base = machine.environment.get("LOCALAPPDATA") or os.path.join(
            machine.home, "AppData", "Local"
        )
        return os.path.join(base, "rubric-sheets")
    return os.path.join(machine.home, "Library", "Application Support", "rubric-sheets")
