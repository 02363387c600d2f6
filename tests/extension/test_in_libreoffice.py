"""The extension in the real program: installed by unopkg, clicked, answered, removed."""

from __future__ import annotations

import glob
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pyaddin.extension.office.click import BUTTONS, PROTOCOL
from pyaddin.extension.texts import NODE
from rubric_sheets.books.create import workbook
from rubric_sheets.commands import score as score_command
from rubric_sheets.findings.finding import InputError
from rubric_sheets.rubric.load import load
from xlwings_libreoffice.connection import file_url, properties, uno_module
from xlwings_libreoffice.office import Office

from ..offices import PATIENCE
from .conftest import Installed

FACTS = Path(__file__).parents[2] / "examples" / "facts" / "yueyang-2021.json"
MENU = 34  # com.sun.star.accessibility.AccessibleRole


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A filled workbook, and a copy that the command line has scored."""
    folder = tmp_path_factory.mktemp("自评 工作簿")
    fresh, scored = folder / "岳阳 2021.xlsx", folder / "对照.xlsx"
    content = workbook(load("yueyang-department"), json.loads(FACTS.read_text(encoding="utf-8")))
    fresh.write_bytes(content)
    scored.write_bytes(content)
    assert score_command.run([str(scored)]) in (0, 1)
    return fresh, scored


@pytest.fixture
def document(office: Office, files: tuple[Path, Path]) -> Iterator[Any]:
    opened = show(office, files[0])
    yield opened
    opened.close(True)


def show(office: Office, path: Path) -> Any:
    return office.desktop().loadComponentFromURL(
        file_url(str(path)), "_blank", 0, properties(Hidden=False)
    )


def press(office: Office, document: Any, action: str) -> None:
    """Dispatch the address of a menu item, as the menu does."""
    url = uno_module().createUnoStruct("com.sun.star.util.URL")
    url.Complete = PROTOCOL + action
    manager = office.context.ServiceManager
    parser = manager.createInstanceWithContext("com.sun.star.util.URLTransformer", office.context)
    _, url = parser.parseStrict(url)
    frame = document.CurrentController.Frame
    frame.queryDispatch(url, "_self", 0).dispatch(url, ())


def wait(done: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    return done()


def texts(document: Any, sheet: str) -> list[list[str]]:
    """What a person sees on a sheet, row by row."""
    cells = document.Sheets.getByName(sheet)
    cursor = cells.createCursor()
    cursor.gotoEndOfUsedArea(False)
    area = cells.getCellRangeByPosition(0, 0, 14, cursor.RangeAddress.EndRow)
    return [[str(value) for value in row] for row in area.getDataArray()]


def recorded(place: Installed) -> str:
    return place.record.read_text(encoding="utf-8") if place.record.exists() else ""


def test_installing_says_to_restart(installed: Installed) -> None:
    assert "请重新启动 LibreOffice" in installed.said[-1]
    assert os.access(installed.configuration.read_text(encoding="utf-8").strip(), os.X_OK)


def test_the_menu_and_the_toolbar_are_there(document: Any) -> None:
    frame = document.CurrentController.Frame
    bar = frame.LayoutManager.getElement(f"private:resource/toolbar/addon_{NODE}.toolbar")
    shown = bar.getRealInterface().AccessibleContext
    buttons = [
        shown.getAccessibleChild(i).AccessibleContext.AccessibleName
        for i in range(shown.AccessibleChildCount)
    ]
    assert (shown.AccessibleName, buttons) == ("绩效自评", list(BUTTONS.values()))
    assert "绩效自评" in menus(frame.ContainerWindow.AccessibleContext)


def menus(context: Any) -> list[str]:
    """The titles in the menu bar, which stands one or two levels below the window."""
    found = [context.AccessibleName] if context.AccessibleRole == MENU else []
    children = (
        []
        if found
        else [context.getAccessibleChild(i) for i in range(min(context.AccessibleChildCount, 30))]
    )
    return found + [
        title for child in children if child is not None for title in menus(child.AccessibleContext)
    ]


def test_a_click_scores_the_workbook(
    office: Office, files: tuple[Path, Path], document: Any, unchanged: Installed
) -> None:
    python = unchanged.configuration.read_text(encoding="utf-8").strip()
    unchanged.python(f"exec '{python}' \"$@\"")
    wanted = show(office, files[1])
    expected = texts(wanted, "评分表")
    wanted.close(True)
    assert texts(document, "评分表") != expected, "there must be something to see"
    press(office, document, "calculate")
    wait(lambda: texts(document, "评分表") == expected)
    assert texts(document, "评分表") == expected, recorded(unchanged)
    assert not doors(unchanged), "nobody else can come in"
    assert wait(lambda: not document.hasControllersLocked())


def doors(place: Installed) -> list[str]:
    """The pipes' files through which the process of the last click may come in;
    those of others are not ours."""
    name = place.target.read_text(encoding="utf-8").partition("name=")[2]
    assert name.startswith("rubric-sheets-")
    folders = {os.environ.get("XDG_RUNTIME_DIR") or "/tmp", "/tmp", "/var/tmp"}
    return [path for folder in folders for path in glob.glob(f"{folder}/*_{name}")]


def test_the_pipe_is_for_this_user_only(
    office: Office, document: Any, unchanged: Installed
) -> None:
    gate = unchanged.folder / "gate"
    unchanged.python(waiting_for(gate))
    press(office, document, "check")
    assert wait(unchanged.target.exists)
    assert [oct(os.stat(path).st_mode & 0o077) for path in doors(unchanged)] == ["0o0"]
    press(office, document, "check")
    assert wait(lambda: "上一条命令还没有完成" in recorded(unchanged)), "a second click must wait"
    assert "没有连上 LibreOffice" not in recorded(unchanged), (
        "LibreOffice goes on while Python works"
    )
    gate.touch()
    assert wait(lambda: "没有连上 LibreOffice" in recorded(unchanged)), "it ended without a word"
    assert wait(lambda: not doors(unchanged))


def waiting_for(gate: Path) -> str:
    """A script that ends when this file appears, or when nobody can be waiting for it any more."""
    return f"for second in $(seq {PATIENCE:.0f}); do [ -e '{gate}' ] && exit 0; sleep 1; done"


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (None, "还没有指定运行计算的 Python"),
        (
            "echo \"ModuleNotFoundError: No module named 'pyaddin'\" >&2; exit 1",
            "运行计算的 Python 里没有 pyaddin",
        ),
        ("echo 内存不足 >&2; exit 3", "（程序的原话：内存不足）"),
    ],
)
def test_failures_are_told(
    office: Office, document: Any, unchanged: Installed, script: str | None, told: str
) -> None:
    before = texts(document, "评分表")
    unchanged.python(script)
    press(office, document, "calculate")
    assert wait(lambda: told in recorded(unchanged))
    assert "rubric-sheets " in recorded(unchanged)
    assert texts(document, "评分表") == before


def test_other_addresses_are_not_ours(office: Office, document: Any) -> None:
    with pytest.raises(AttributeError):
        press(office, document, "format_disk")


def test_uninstalling_takes_everything_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a profile of its own: the other one is in use."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    place = Installed(tmp_path)
    place.libreoffice.install()
    place.libreoffice.uninstall(dry=True)
    assert place.configuration.exists()
    place.libreoffice.uninstall()
    assert "已卸载" in place.said[-1]
    assert not place.configuration.parent.exists()
    place.libreoffice.uninstall()
    assert "无需卸载" in place.said[-1]
    with Office(place.profile, timeout=PATIENCE) as office:
        document = office.desktop().loadComponentFromURL(
            "private:factory/scalc", "_blank", 0, properties(Hidden=False)
        )
        assert "绩效自评" not in menus(
            document.CurrentController.Frame.ContainerWindow.AccessibleContext
        )
        with pytest.raises(InputError) as caught:
            place.libreoffice.install()
        document.close(True)
    assert [found.code for found in caught.value.findings] == ["addin-office-running"]
