"""doctor: every problem in one sentence with its mend, Windows examined from here;
and what errors become."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

from pyaddin.errors import explain
from pyaddin.hosts.cells import cell_of
from pyaddin.hosts.excel.locks import OPTIONS, Lock
from pyaddin.setup.doctor import ORIGIN, System, examine, report
from rubric_sheets.findings.finding import InputError
from xlwings_libreoffice import XLWINGS_SUPPORTED
from xlwings_libreoffice.errors import CallFailed, Closed, Missing, NotReachable, Unsupported

from ..offices import PATIENCE
from .conftest import ROOT

GOOD = {"rubric-sheets": "1.0", "xlwings": "0.37.8"}
POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"


def windows(**changes: Any) -> System:
    settings: dict[str, Any] = {
        "platform": "win32",
        "version": (3, 12, 1),
        "executable": r"C:\Python312\python.exe",
        "environment": {"APPDATA": r"C:\Users\wang\AppData\Roaming"},
        "installed": GOOD.get,
        "exists": lambda path: not path.endswith(f":{ORIGIN}"),
        "writable": lambda folder: True,
        "registry": lambda key, name: "Excel.SheetMacroEnabled.12" if name == "ProgId" else None,
    }
    return System(**{**settings, **changes})


def problems(system: System, book: str = "") -> list[str]:
    found = [one for one in examine(system, book) if one.ok is False]
    assert all(one.mend for one in found), "each problem has its mend"
    return [one.text for one in found]


def test_all_is_well() -> None:
    assert problems(windows(), r"D:\绩效\评分表.xlsm") == []
    assert report(examine(windows())).endswith("一切就绪。")


def test_the_versions_that_pip_may_install_are_supported() -> None:
    """pyproject.toml repeats the bounds, as metadata must."""
    pinned = re.findall(
        r'"xlwings>=([\d.]+),<([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )
    first, beyond = XLWINGS_SUPPORTED
    assert pinned
    for low, high in pinned:
        assert first <= tuple(map(int, low.split("."))) < tuple(map(int, high.split("."))) <= beyond


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"version": (3, 9, 7)}, "Python 3.9.7"),
        ({"installed": {"xlwings": "0.37.8"}.get}, "没有安装 rubric-sheets"),
        ({"installed": {"rubric-sheets": "1"}.get}, "没有安装 xlwings"),
        ({"installed": {**GOOD, "xlwings": "0.24.9"}.get}, "没有经过验证"),
        ({"exists": lambda path: "XLSTART" not in path}, "没有 xlwings 加载项"),
        ({"registry": lambda key, name: 4 if name == "VBAWarnings" else None}, "全部禁用"),
        ({"registry": lambda key, name: 3 if key == POLICY else None}, "只启用签名的宏"),
        ({"registry": lambda key, name: "WPS.ET.6" if name == "ProgId" else None}, "WPS"),
        ({"executable": r"C:\Users\王 芳\python.exe"}, "空格"),
        ({"executable": r"C:\Users\王芳\python.exe"}, "中文"),
    ],
)
def test_one_problem_one_sentence(changes: dict[str, Any], says: str) -> None:
    assert any(says in text for text in problems(windows(**changes)))


@pytest.mark.parametrize(
    ("book", "says"),
    [
        ("https://unit-my.sharepoint.com/personal/a/评分表.xlsm", "SharePoint"),
        ("https://d.docs.live.net/1a2b/评分表.xlsm", "OneDrive"),
        (r"C:\Users\a\OneDrive\评分表.xlsm", "OneDrive 同步"),
        (r"D:\a;b\评分表.xlsm", ";"),
        (r"D:\a=b\评分表.xlsm", "="),
        ("工作簿1", "还没有保存"),
    ],
)
def test_paths_that_make_trouble(book: str, says: str) -> None:
    assert any(says in text for text in problems(windows(), book))


def test_a_folder_that_cannot_be_written() -> None:
    assert any(
        "不能写入" in text
        for text in problems(windows(writable=lambda folder: False), r"D:\只读\评分表.xlsm")
    )


def test_pandas_is_a_hint_and_no_problem() -> None:
    system = windows(installed={**GOOD, "pandas": "2.2"}.get)
    assert problems(system) == []
    assert "pandas 2.2" in report(examine(system))


def test_linux_wants_libreoffice_and_uno() -> None:
    system = System(
        platform="linux",
        installed=GOOD.get,
        uno=lambda: "找不到 uno。请安装：apt install python3-uno",
    )
    assert [text[:8] for text in problems(system)] == ["没有安装 Lib", "找不到 uno。"]


def test_the_command_line_prints_json() -> None:
    code = "import sys; from rubric_sheets.commands.doctor import run; sys.exit(run(['--json']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    found = json.loads(done.stdout)
    assert {"name", "ok", "text", "mend"} == set(found[0])
    assert done.returncode == int(any(one["ok"] is False for one in found))


class ComError(Exception):
    """As pywin32 raises it."""

    def __init__(self, hresult: int, inside: int | None = None, text: str = "") -> None:
        self.hresult, self.excepinfo = hresult, (0, "Microsoft Excel", text, None, 0, inside)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ComError(-2147418111), "结束编辑"),
        (ComError(-2147352567, -2146777998), "结束编辑"),
        (ComError(-2147417848), "关闭了"),
        (ComError(-2147352567, -2146827284, "单元格受保护"), "受保护"),
        (InputError("live-nothing-to-undo"), "没有可还原"),
        (RuntimeError("什么怪事"), "什么怪事"),
        (Closed("已经关闭"), "关闭了"),
        (Missing("读表", "No such element"), "缺少要用的工作表或区域（No such element）"),
        (CallFailed("写表", "什么怪事"), "程序内部出错，没有完成：CallFailed：什么怪事"),
        (NotReachable("连不上 LibreOffice"), "连不上 LibreOffice"),
        (Unsupported("Sheet.charts"), "不支持 Sheet.charts"),
    ],
)
def test_errors_become_one_message(
    error: Exception, says: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    text = explain(error)
    assert says in text
    assert "Traceback" not in text
    assert text.count("\n") == 0


@pytest.mark.parametrize(
    ("value", "formula", "kind", "text"),
    [
        (14.0, "14", "number", "14"),
        (0.1 + 0.2, "0.30000000000000004", "number", "0.30000000000000004"),
        (
            Decimal("1.2098"),
            "1.20985",
            "number",
            "1.20985",
        ),  # a currency format cuts the value, not the formula
        (True, "TRUE", "bool", "1"),
        ("#DIV/0!", "=1/0", "error", "#DIV/0!"),
        ("=abc", "=abc", "text", "=abc"),
        ("", '=""', "text", ""),
    ],
)
def test_cells_are_told_apart_as_in_a_file(value: Any, formula: str, kind: str, text: str) -> None:
    cell = cell_of(value, formula)
    assert cell is not None
    assert (cell.kind, cell.text) == (kind, text)
    assert (cell.formula is not None) == (formula.startswith("=") and formula != value)


class Sheet:
    """As much of Excel's Worksheet as protection needs."""

    ProtectContents, ProtectDrawingObjects, ProtectScenarios, ProtectionMode = (
        True,
        True,
        False,
        False,
    )
    password = ""

    def __init__(self) -> None:
        self.Protection = type(
            "Protection", (), {name: name == "AllowFormattingCells" for name in OPTIONS}
        )
        self.options: dict[str, Any] = {}

    def Unprotect(self, password: str) -> None:
        if password != self.password:
            raise ComError(-2147352567)
        self.ProtectContents = False

    def Protect(self, **options: Any) -> None:
        self.options, self.ProtectContents = options, True


def test_protection_comes_back_with_its_options() -> None:
    sheet = Sheet()
    lock = Lock(sheet)
    assert lock.open()
    assert not sheet.ProtectContents
    lock.close()
    assert sheet.ProtectContents
    assert sheet.options["AllowFormattingCells"]
    assert not sheet.options["AllowSorting"]
    assert "Password" not in sheet.options
    sheet.password = "秘密"
    assert not Lock(sheet).open()


def test_a_downloaded_macro_workbook_must_be_unblocked() -> None:
    """Excel blocks its macros without a button to allow them; a plain workbook has none."""
    system = windows(exists=lambda path: True)
    [told] = [one for one in examine(system, r"C:\自评\评分表.xlsm") if one.name == "下载的文件"]
    assert told.ok is False
    assert "解除锁定" in told.mend
    assert not [one for one in examine(system, r"C:\自评\评分表.xlsx") if one.name == "下载的文件"]
    own = windows(exists=lambda path: not path.endswith(":Zone.Identifier"))
    assert not [one for one in examine(own, r"C:\自评\评分表.xlsm") if one.name == "下载的文件"]
