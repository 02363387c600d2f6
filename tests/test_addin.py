"""`rubric-sheets addin`: which side is meant, and what LibreOffice refuses.
Both sides are tried in `extension/`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pyaddin.setup.machine import Done
from pyaddin.setup.machine import start as start_program
from rubric_sheets.commands import addin
from rubric_sheets.findings.finding import InputError

from .extension.world import World, codes, snapshot


@pytest.mark.parametrize(
    ("platform", "arguments", "code"),
    [
        ("linux", ["install", "--excel"], "addin-no-excel"),
        ("linux", ["uninstall", "--excel", "--libreoffice"], "addin-no-excel"),
        ("win32", ["install", "--libreoffice"], "addin-no-libreoffice"),
        ("darwin", ["install", "--excel", "--libreoffice"], "addin-no-libreoffice"),
    ],
)
def test_a_side_that_is_not_here(
    platform: str, arguments: list[str], code: str, tmp_path: Path
) -> None:
    world = World(tmp_path, platform)
    with pytest.raises(InputError) as caught:
        addin.run(arguments, world.machine)
    assert (codes(caught), world.commands, snapshot(tmp_path)) == ([code], [], {})


@pytest.fixture
def linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    program = tmp_path / "bin" / "unopkg"
    program.parent.mkdir()
    program.touch(0o755)
    monkeypatch.setattr("pyaddin.setup.libreoffice.program_folders", lambda: [str(program.parent)])
    return World(tmp_path, "linux")


def test_linux_means_libreoffice_only(linux: World) -> None:
    assert addin.run(["install", "--dry-run"], linux.machine) == 0
    assert "没有 Excel：只处理 LibreOffice 扩展" in linux.said[0]
    assert linux.commands == []


@pytest.mark.parametrize("former", [None, "/opt/former/python\n"])
@pytest.mark.parametrize("broken", ["add", ""])
def test_what_libreoffice_refuses_is_undone(linux: World, broken: str, former: str | None) -> None:
    """Empty: unopkg reports success, but does not list the extension."""
    path = linux.home / "rubric-sheets" / "python"
    if former:
        path.parent.mkdir()
        path.write_text(former, encoding="utf-8")
    linux.broken = broken
    with pytest.raises(InputError) as caught:
        addin.run(["install"], linux.machine)
    assert codes(caught) == ["addin-unopkg-failed"]
    assert linux.commands[-1] == "remove"
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == former


LOCKED = """ERROR: unopkg cannot be started. If this does not apply, delete the lock file at:
/home/u/.config/libreoffice/4/.lock

ERROR: unopkg failed.
"""


def test_the_reason_is_found_among_the_chatter(linux: World) -> None:
    linux.machine.run = lambda command: Done(
        1, "\nERROR: Exception occurred: no space\n\nERROR: unopkg failed.\ndconf: warning\n"
    )
    with pytest.raises(InputError, match="ERROR: Exception occurred: no space。已恢复原状"):
        addin.run(["install"], linux.machine)


def test_a_lock_is_named(linux: World) -> None:
    """Nothing may be called uninstalled when LibreOffice could not be asked."""
    path = linux.home / "rubric-sheets" / "python"
    path.parent.mkdir()
    path.touch()
    linux.machine.run = lambda command: Done(1, LOCKED)
    for action in ("install", "uninstall"):
        with pytest.raises(InputError) as caught:
            addin.run([action], linux.machine)
        assert codes(caught) == ["addin-locked"]
        assert "“/home/u/.config/libreoffice/4/.lock”" in str(caught.value)
        assert path.exists()


def test_reasons_not_to_begin(linux: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**fields: object) -> list[str]:
        for name, value in fields.items():
            setattr(linux.machine, name, value)
        with pytest.raises(InputError) as caught:
            addin.run(["install"], linux.machine)
        assert linux.commands == []
        return codes(caught)

    monkeypatch.setattr("pyaddin.setup.libreoffice.program_folders", list)
    monkeypatch.setenv("PATH", "")
    assert refused() == ["addin-unopkg"]
    monkeypatch.setattr(
        "os.stat", lambda path, **more: os.stat_result((0o40755, 0, 0, 1, 1000, 1000, 0, 0, 0, 0))
    )
    assert refused(root=True) == ["addin-sudo"]
    linux.machine.has = lambda name: False
    with pytest.raises(InputError) as caught:
        addin.run(["install"], linux.machine)
    assert codes(caught) == ["addin-xlwings"]
    assert f'"{linux.machine.python}" -m pip install "xlwings>=' in str(caught.value)
    assert refused(bridge=lambda: "找不到 uno。请安装 python3-uno。") == ["addin-uno"]


def test_programs_that_cannot_be_started() -> None:
    assert start_program(["/nowhere/program"]).last_line.startswith("无法运行“/nowhere/program”")
    assert start_program(["sh", "-c", "echo 前; echo 后。 >&2; exit 3"]) == Done(3, "前\n后。\n")
    assert Done(3, "").last_line == "退出码 3"
