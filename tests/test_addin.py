"""`rubric-sheets addin`: both sides, on machines that are made up; the real LibreOffice is in `extension/`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pyaddin.extension import source
from pyaddin.extension.machine import Done, Machine
from pyaddin.extension.machine import start as start_program
from pyaddin.install import MANIFEST, Excel
from rubric_sheets.commands import addin
from rubric_sheets.findings import InputError

ROOT = str(Path(__file__).parents[1])
KEYS = {"win32": "INTERPRETER_WIN", "darwin": "INTERPRETER_MAC"}


class World:
    """A home folder, and programs that do to it what the real ones would do. `broken`: the one that fails."""

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
        kind = next(word for word in ("venv", "pip", "-c", "xlwings.cli", "list", "add", "remove") if word in command)
        self.commands.append(kind)
        if kind == self.broken:
            return Done(1, "做了一半\n网络不通。\n")
        return Done(0, getattr(self, f"run_{kind.strip('-').partition('.')[0]}", lambda command: "")(command))

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
    return {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


@pytest.fixture(params=["win32", "darwin"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return World(tmp_path, request.param)


@pytest.fixture
def used(world: World) -> World:
    """Somebody who uses xlwings already, with another Python."""
    for path in (world.start, world.conf):
        path.parent.mkdir()
    world.start.write_text("an older add-in", encoding="utf-8")
    world.conf.write_text(
        f'"LICENSE_KEY","k"\n"{KEYS[world.platform]}","C:/其他/python.exe"\n"LOG FILE",""\n', encoding="utf-8"
    )
    return world


def codes(problem: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [found.code for found in problem.value.findings]


def test_install(world: World) -> None:
    world.excel.install()
    assert world.commands == ["venv", "pip", "-c", "xlwings.cli"]
    assert world.start.read_text(encoding="utf-8") == "new xlwings.xlam"
    assert world.conf.read_text(encoding="utf-8") == f'"{KEYS[world.platform]}","{world.excel.python}"\n'
    assert world.excel.python.startswith(str(world.data))
    assert [line[:2] for line in world.said[:-1]] == ["1.", "2.", "3.", "4.", "5."]
    assert "重新启动 Excel" in world.said[-1]


def test_uninstall_leaves_nothing(world: World) -> None:
    world.excel.install()
    Excel(world.machine).uninstall()
    if world.platform == "win32":
        world.script.unlink()  # only a Mac's installation has it; the stand-in writes it anyway
    assert snapshot(world.home) == {}
    assert not world.conf.parent.exists()
    assert not world.data.exists()


def test_what_was_there_before_comes_back(used: World) -> None:
    before = snapshot(used.home)
    used.excel.install()
    lines = used.conf.read_text(encoding="utf-8").splitlines()
    assert lines == ['"LICENSE_KEY","k"', f'"{KEYS[used.platform]}","{used.excel.python}"', '"LOG FILE",""']
    Excel(used.machine).uninstall()
    used.script.unlink(missing_ok=True)
    assert snapshot(used.home) == before


def test_installing_twice_is_as_installing_once(used: World) -> None:
    before = snapshot(used.home)
    used.excel.install()
    Excel(used.machine, ROOT).install()
    assert any("先撤销" in line for line in used.said)
    Excel(used.machine).uninstall()
    used.script.unlink(missing_ok=True)
    assert snapshot(used.home) == before


def test_what_changed_since_is_left_alone(used: World) -> None:
    used.excel.install()
    used.start.write_text("a newer add-in", encoding="utf-8")
    used.conf.write_text(f'"{KEYS[used.platform]}","D:/python.exe"\n', encoding="utf-8")
    Excel(used.machine).uninstall()
    assert used.start.read_text(encoding="utf-8") == "a newer add-in"
    assert "D:/python.exe" in used.conf.read_text(encoding="utf-8")
    assert sum("保持不变" in line for line in used.said) == 2
    assert not used.data.exists()


@pytest.mark.parametrize(
    ("broken", "code"),
    [("venv", "addin-venv"), ("pip", "addin-pip"), ("-c", "addin-excel"), ("xlwings.cli", "addin-excel")],
)
def test_half_an_installation_is_undone(used: World, broken: str, code: str) -> None:
    before = snapshot(used.home)
    used.broken = broken
    with pytest.raises(InputError) as caught:
        used.excel.install()
    assert codes(caught) == [code]
    assert "网络不通。已恢复原状。" in str(caught.value)
    assert snapshot(used.home) == before
    assert not used.data.exists()


def test_xlwings_reports_success_although_nothing_arrived(used: World) -> None:
    before = snapshot(used.home)
    used.quiet = True
    with pytest.raises(InputError) as caught:
        used.excel.install()
    assert codes(caught) == ["addin-excel"]
    assert "quit Excel" in str(caught.value)
    assert snapshot(used.home) == before


def test_a_file_that_is_in_use_stays_in_the_record(used: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(used.home)
    used.excel.install()

    def locked(record: dict[str, str], say: Callable[[str], None]) -> None:
        raise PermissionError(13, "被占用", record["path"])

    with monkeypatch.context() as patch:
        patch.setattr("pyaddin.install.take_back", locked)
        with pytest.raises(InputError) as caught:
            Excel(used.machine).uninstall()
    assert codes(caught) == ["addin-busy"]
    Excel(used.machine).uninstall()
    used.script.unlink(missing_ok=True)
    assert snapshot(used.home) == before


def test_a_folder_that_cannot_be_written(world: World) -> None:
    (world.home / ".xlwings").write_text("no folder", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        world.excel.install()
    assert codes(caught) == ["addin-write"]
    assert not world.data.exists()


def test_a_damaged_record(world: World) -> None:
    world.data.mkdir(parents=True)
    (world.data / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        world.excel.uninstall()
    assert codes(caught) == ["addin-manifest"]


def test_a_rehearsal_changes_nothing(used: World) -> None:
    for step in range(2):
        before = snapshot(used.home)
        commands = list(used.commands)
        assert addin.run(["install", "--dry-run", "--from", ROOT], used.machine) == 0
        assert addin.run(["uninstall", "--dry-run"], used.machine) == 0
        assert (snapshot(used.home), used.commands) == (before, commands)
        assert "只处理 Excel 加载项" in used.said[0]
        if step == 0:
            used.excel.install()


# -- from where


def test_a_source_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        source.requirement(str(tmp_path))
    assert codes(caught) == ["addin-source"]
    wheel = tmp_path / "a b.whl"
    wheel.touch()
    assert source.requirement(str(wheel)) == f"rubric-sheets[excel] @ {wheel.as_uri()}"


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        (None, f"rubric-sheets[excel]=={source.__version__}"),
        ({"url": Path(ROOT).as_uri()}, f"rubric-sheets[excel] @ {Path(ROOT).as_uri()}"),
        (
            {"url": "https://x/a.git", "vcs_info": {"vcs": "git", "commit_id": "1a"}},
            "rubric-sheets[excel] @ git+https://x/a.git@1a",
        ),
    ],
)
def test_the_same_source_as_the_running_program(
    origin: dict[str, object] | None, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_origin", lambda: origin)
    assert source.requirement(None) == wanted


def test_a_source_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_origin", lambda: {"url": "file:///nowhere/a.whl"})
    with pytest.raises(InputError) as caught:
        source.requirement(None)
    assert codes(caught) == ["addin-source-gone"]


# -- which side, and LibreOffice's refusals


@pytest.mark.parametrize(
    ("platform", "arguments", "code"),
    [
        ("linux", ["install", "--excel"], "addin-no-excel"),
        ("linux", ["uninstall", "--excel", "--libreoffice"], "addin-no-excel"),
        ("win32", ["install", "--libreoffice"], "addin-no-libreoffice"),
        ("darwin", ["install", "--excel", "--libreoffice"], "addin-no-libreoffice"),
    ],
)
def test_a_side_that_is_not_here(platform: str, arguments: list[str], code: str, tmp_path: Path) -> None:
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
    monkeypatch.setattr("pyaddin.extension.install.program_folders", lambda: [str(program.parent)])
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

    monkeypatch.setattr("pyaddin.extension.install.program_folders", list)
    monkeypatch.setenv("PATH", "")
    assert refused() == ["addin-unopkg"]
    monkeypatch.setattr("os.stat", lambda path, **more: os.stat_result((0o40755, 0, 0, 1, 1000, 1000, 0, 0, 0, 0)))
    assert refused(root=True) == ["addin-sudo"]
    assert refused(has=lambda name: False) == ["addin-xlwings"]
    assert refused(bridge=lambda: "找不到 uno。请安装 python3-uno。") == ["addin-uno"]


def test_programs_that_cannot_be_started() -> None:
    assert start_program(["/nowhere/program"]).last_line.startswith("无法运行“/nowhere/program”")
    assert start_program(["sh", "-c", "echo 前; echo 后。 >&2; exit 3"]) == Done(3, "前\n后。\n")
    assert Done(3, "").last_line == "退出码 3"
