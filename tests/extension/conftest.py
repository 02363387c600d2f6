"""The extension installed into a fresh profile, and a LibreOffice that runs on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pyaddin.setup.libreoffice import LibreOffice
from pyaddin.setup.machine import Machine
from rubric_sheets.findings.finding import InputError
from xlwings_libreoffice.errors import LibreOfficeError
from xlwings_libreoffice.office import Office

from ..offices import NEEDED, PATIENCE


def must(work: Callable[[], object]) -> None:
    """Fail with one line, never skip, where LibreOffice or a part of it is missing."""
    problem = ""
    try:
        work()
    except (InputError, LibreOfficeError) as error:
        problem = str(error)
    if problem:
        pytest.fail(
            f"扩展的测试无法进行。{problem}" + ("" if "apt install" in problem else NEEDED),
            pytrace=False,
        )


class Installed:
    """`said`: what the installation printed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.profile, self.said = folder, folder / "profile", list[str]()
        self.configuration = folder / "config" / "rubric-sheets" / "python"
        self.record = folder / "cache" / "rubric-sheets" / "出错记录.txt"
        self.libreoffice = LibreOffice(Machine(say=self.said.append), str(self.profile))

    @property
    def target(self) -> Path:
        """Where scripts of tests leave the address at which LibreOffice lets them in."""
        return self.folder / "target"

    def python(self, script: str | None) -> None:
        """Let the next click start this script, or nothing at all."""
        if script is None:
            self.configuration.unlink()
            return
        program = self.folder / "python.sh"
        note = f"printf %s \"$PYADDIN_UNO\" > '{self.target}.new'; mv '{self.target}.new' '{self.target}'"
        program.write_text(f"#!/bin/sh\n{note}\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        self.configuration.write_text(f"{program}\n", encoding="utf-8")


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Folders of their own for settings and cache, nothing installed yet."""
    place = Installed(tmp_path_factory.mktemp("extension"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(place.folder / "config"))
        patch.setenv("XDG_CACHE_HOME", str(place.folder / "cache"))
        yield place


@pytest.fixture(scope="session")
def installed(here: Installed) -> Installed:
    """By the real unopkg."""
    must(here.libreoffice.install)
    return here


@pytest.fixture(scope="session")
def office(installed: Installed) -> Iterator[Office]:
    """Started once, on the profile with the extension."""
    process = Office(installed.profile, timeout=PATIENCE)
    must(process.start)
    yield process
    process.stop()


@pytest.fixture
def unchanged(installed: Installed) -> Iterator[Installed]:
    """A test may send clicks elsewhere; afterwards all is as installed."""
    text = installed.configuration.read_text(encoding="utf-8")
    shutil.rmtree(installed.record.parent, ignore_errors=True)
    installed.target.unlink(missing_ok=True)
    yield installed
    os.makedirs(installed.configuration.parent, exist_ok=True)
    installed.configuration.write_text(text, encoding="utf-8")
