"""The Excel side of `rubric-sheets addin`, on a Windows and a Mac that are made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pyaddin.setup import source
from pyaddin.setup.excel import MANIFEST, Excel
from rubric_sheets.commands import addin
from rubric_sheets.findings.finding import InputError

from .world import KEYS, ROOT, World, codes, snapshot


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
        f'"LICENSE_KEY","k"\n"{KEYS[world.platform]}","C:/其他/python.exe"\n"LOG FILE",""\n',
        encoding="utf-8",
    )
    return world


def test_install(world: World) -> None:
    world.excel.install()
    assert world.commands == ["venv", "pip", "-c", "xlwings.cli"]
    assert world.start.read_text(encoding="utf-8") == "new xlwings.xlam"
    assert (
        world.conf.read_text(encoding="utf-8")
        == f'"{KEYS[world.platform]}","{world.excel.python}"\n'
    )
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
    assert lines == [
        '"LICENSE_KEY","k"',
        f'"{KEYS[used.platform]}","{used.excel.python}"',
        '"LOG FILE",""',
    ]
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
    [
        ("venv", "addin-venv"),
        ("pip", "addin-pip"),
        ("-c", "addin-excel"),
        ("xlwings.cli", "addin-excel"),
    ],
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


def test_a_file_that_is_in_use_stays_in_the_record(
    used: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(used.home)
    used.excel.install()

    def locked(record: dict[str, str], say: Callable[[str], None]) -> None:
        raise PermissionError(13, "被占用", record["path"])

    with monkeypatch.context() as patch:
        patch.setattr("pyaddin.setup.excel.take_back", locked)
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
