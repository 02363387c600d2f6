"""Hands the extension to LibreOffice for the current user, and takes it back."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from rubric_sheets.findings.finding import InputError
from rubric_sheets.findings.system_errors import words
from xlwings_libreoffice.connection import program_folders

from ..extension.build import extension
from ..extension.office.click import configuration
from ..extension.texts import IDENTIFIER
from .doctor import pip_install
from .machine import REHEARSED, Done, Machine, Step

FILE = "rubric-sheets.oxt"


class LibreOffice:
    """One user's LibreOffice. `profile` is another one than the customary folder of settings."""

    def __init__(self, machine: Machine, profile: str | None = None) -> None:
        self.machine, self.profile = machine, profile
        self._before: str | None = None

    # -- install
    def install(self, *, dry: bool = False) -> None:
        """All of it or nothing. InputError where it cannot be done."""
        self._refuse()
        program = self._unopkg()
        steps = [
            Step(
                f"记下运行计算的 Python：{self.machine.python}（写入 {configuration()}）",
                self._configure,
            ),
            Step(
                f"生成并安装 LibreOffice 扩展“绩效自评”（{program} add）",
                lambda: self._add(program),
            ),
        ]
        self.machine.carry_out(steps, dry=dry)
        done = "已安装。请重新启动 LibreOffice，Calc 里会出现“绩效自评”菜单和工具栏。"
        self.machine.say(REHEARSED if dry else done)

    def _refuse(self) -> None:
        """Everything that can be known before anything is changed."""
        machine = self.machine
        problem, _, mend = machine.bridge().partition("。")
        if problem:
            raise InputError(
                "addin-uno", problem=problem + "。", mend=mend or "请运行 rubric-sheets doctor。"
            )
        if not machine.has("xlwings"):
            command = pip_install(machine.python)
            raise InputError("addin-xlwings", python=machine.python, command=command)
        if machine.root and os.path.isdir(machine.home) and os.stat(machine.home).st_uid != 0:
            raise InputError("addin-sudo", home=machine.home)
        self._refuse_running()

    def _refuse_running(self) -> None:
        """unopkg turns to a running LibreOffice, but always to the
        one with the customary settings."""
        if self.profile and os.path.exists(os.path.join(self.profile, ".lock")):
            raise InputError("addin-office-running", path=self.profile)

    def _unopkg(self) -> str:
        for folder in program_folders():
            program = os.path.join(folder, "unopkg")
            if os.access(program, os.X_OK):
                return program
        found = shutil.which("unopkg")
        if found is None:
            raise InputError("addin-unopkg")
        return found

    def _call(self, program: str, action: str, *arguments: str) -> Done:
        """unopkg refuses root, for fear of a sudo with the user's home; `_refuse` has excluded
        that.

        It lets the help option pass, and then does what was asked all the same.
        """
        options = ["--help"] if self.machine.root else []
        if self.profile:
            options.append(f"-env:UserInstallation={Path(self.profile).absolute().as_uri()}")
        return self.machine.run([program, action, *options, *arguments])

    def is_there(self, program: str) -> bool:
        """Does LibreOffice list the extension?"""
        done = self._call(program, "list")
        if done.code != 0:
            raise _refused(done)
        return IDENTIFIER in done.output

    def _configure(self) -> None:
        path = configuration()
        self._before = _read(path)
        self._write(self.machine.python + "\n")

    def _write(self, text: str | None) -> None:
        """Replace the configuration; None removes it, and its folder if nothing else is there."""
        path = configuration()
        try:
            if text is None:
                if os.path.exists(path):
                    os.remove(path)
                if os.path.isdir(os.path.dirname(path)) and not os.listdir(os.path.dirname(path)):
                    os.rmdir(os.path.dirname(path))
                return
            os.makedirs(os.path.dirname(path), exist_ok=True)
            part = f"{path}.{os.getpid()}"
            with open(part, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(part, path)
        except OSError as problem:
            raise InputError("addin-write", path=path, detail=words(problem)) from None

    def _add(self, program: str) -> None:
        """unopkg; where it fails, what it left is removed and the configuration is as before."""
        try:
            with tempfile.TemporaryDirectory() as folder:
                package = os.path.join(folder, FILE)
                Path(package).write_bytes(extension())
                done = self._call(program, "add", "-f", package)
            if done.code != 0 or not self.is_there(program):
                raise _refused(done)
        except BaseException:
            self._call(program, "remove", IDENTIFIER)
            self._write(self._before)
            raise

    # -- uninstall
    def uninstall(self, *, dry: bool = False) -> None:
        """Take back what `install` did."""
        program = self._unopkg()
        self._refuse_running()
        steps = []
        if self.is_there(program):
            steps.append(
                Step(
                    f"卸载 LibreOffice 扩展“绩效自评”（{program} remove）",
                    lambda: self._remove(program),
                )
            )
        if os.path.exists(configuration()):
            steps.append(Step(f"删除 {configuration()}", lambda: self._write(None)))
        if not steps:
            self.machine.say("LibreOffice 里没有安装“绩效自评”扩展，无需卸载。")
            return
        self.machine.carry_out(steps, dry=dry)
        self.machine.say(REHEARSED if dry else "已卸载。请重新启动 LibreOffice。")

    def _remove(self, program: str) -> None:
        done = self._call(program, "remove", IDENTIFIER)
        if done.code != 0:
            raise _refused(done)


def _read(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


def _refused(done: Done) -> InputError:
    """unopkg's own words; its last line is always "unopkg failed"."""
    lines = [
        line.strip()
        for line in done.output.splitlines()
        if line.strip() and "unopkg failed" not in line
    ]
    if lines and lines[-1].endswith(".lock"):
        return InputError("addin-locked", path=lines[-1])
    # other libraries chatter on the same stream
    said = [line for line in lines if line.startswith("ERROR")] or lines
    return InputError("addin-unopkg-failed", detail=Done(done.code, "\n".join(said)).last_line)
