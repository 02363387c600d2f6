"""The process of a click: its command line, its surroundings,
and what the person is told when it fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pyaddin.extension.office import click


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "rubric-sheets"


def test_the_command_line_is_that_of_runpython() -> None:
    line = click.command("/opt/py", "calculate", "/甲/表 1.xlsx")
    assert line[0] == "/opt/py"
    assert line[-5:] == [
        "import pyaddin; import pyaddin.ribbon; pyaddin.ribbon.calculate()",
        "--wb=/甲/表 1.xlsx",
        "--from_xl=1",
        "--app=LibreOffice",
        "--hwnd=0",
    ]
    with pytest.raises(click.NotReady):
        click.command("/opt/py", "calculate(); import os", "a.xlsx")


def test_the_surroundings_of_libreoffice_stay_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in click.FOREIGN:
        monkeypatch.setenv(name, "/elsewhere")
    found = click.environment("pipe,name=x")
    assert found["PYADDIN_UNO"] == "pipe,name=x"
    assert not set(click.FOREIGN) & set(found)
    assert "PATH" in found


@pytest.mark.parametrize(
    ("path", "title", "wanted"),
    [
        ("/甲/表.xlsx", "表.xlsx", "/甲/表.xlsx"),
        ("", "无标题 1", "无标题 1"),
        ("/a=b/表.xlsx", "表.xlsx", "表.xlsx"),
    ],
)
def test_how_the_book_is_named(path: str, title: str, wanted: str) -> None:
    assert click.book_argument(path, title) == wanted


def test_a_name_that_xlwings_cannot_take() -> None:
    with pytest.raises(click.NotReady, match="等号"):
        click.book_argument("/甲/a=b.xlsx", "a=b.xlsx")


@pytest.mark.parametrize("text", [None, "", "/nowhere/python\n", "/tmp\n"])
def test_without_a_python_the_mend_is_told(text: str | None, folders: Path) -> None:
    if text is not None:
        folders.mkdir()
        (folders / "python").write_text(text, encoding="utf-8")
    with pytest.raises(click.NotReady, match="rubric-sheets addin install"):
        click.interpreter()


def test_the_python_that_was_installed(folders: Path) -> None:
    folders.mkdir()
    (folders / "python").write_text(f"{sys.executable}\n", encoding="utf-8")
    assert click.interpreter() == sys.executable


@pytest.mark.parametrize(
    ("code", "errors", "arrived", "told"),
    [
        (0, "", True, ""),
        (0, "单元格有误，已在窗口里说明", True, ""),
        (1, "ModuleNotFoundError: No module named 'pyaddin'", False, "addin install"),
        (
            1,
            "ModuleNotFoundError: No module named 'xlwings_libreoffice'",
            False,
            "没有 xlwings_libreoffice，",
        ),
        (1, "ModuleNotFoundError: No module named 'pandas'", True, "No module named 'pandas'"),
        (
            0,
            "找不到 LibreOffice 的 Python 接口",
            False,
            "（程序的原话：找不到 LibreOffice 的 Python 接口）",
        ),
        (-9, "", True, "还原上次计算"),
    ],
)
def test_what_is_told_at_the_end(code: int, errors: str, arrived: bool, told: str) -> None:
    text = click.failure(code, errors, arrived)
    assert told in text
    assert bool(text) == bool(told)


def test_what_was_told_is_written_down(folders: Path) -> None:
    path, written = click.record("出错了", "Traceback …")
    assert written
    assert Path(path).parent == folders
    assert "出错了\nTraceback …\n" in Path(path).read_text(encoding="utf-8")
