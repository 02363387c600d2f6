"""自检: what the add-in needs and does not find. One sentence and one mend for each problem.

All that is asked of the machine stands in `System`, so that Windows can be examined in a test on
Linux.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from xlwings_libreoffice import XLWINGS_SUPPORTED

from .paths import folder_problems, path_problems

ORIGIN = "Zone.Identifier"  # the stream in which Windows notes where a file came from
MACRO_LEVELS = {1: "启用所有宏", 2: "禁用并提示", 3: "只启用签名的宏", 4: "全部禁用，不提示"}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `ok` None: could not be found out here."""

    name: str
    ok: bool | None
    text: str
    mend: str = ""


@dataclass
class System:
    """The machine, as far as it matters; every field can be given by a test."""

    platform: str = sys.platform
    version: tuple[int, ...] = tuple(sys.version_info[:3])
    executable: str = sys.executable
    home: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    installed: Callable[[str], str | None] = lambda name: None  # package → version
    exists: Callable[[str], bool] = os.path.exists
    writable: Callable[[str], bool] = lambda folder: os.access(folder, os.W_OK)
    registry: Callable[[str, str], Any] = lambda key, name: None  # HKEY_CURRENT_USER
    office: Callable[[], str | None] = lambda: None  # LibreOffice's program, or None
    uno: Callable[[], str] = lambda: ""  # "" or what is wrong

    @classmethod
    def here(cls) -> System:
        """This machine."""
        from . import here

        return cls(
            home=os.path.expanduser("~"),
            environment=dict(os.environ),
            installed=here.installed,
            registry=here.registry,
            office=here.office,
            uno=here.uno,
        )


def examine(system: System, book: str = "") -> list[Check]:
    """All checks, in the order in which to mend; `book` is the
    workbook at hand, if there is one."""
    found = [python(system), package(system), xlwings(system)]
    if system.platform in ("win32", "darwin"):
        found.append(addin(system))
    if system.platform == "win32":
        found += [macros(system), wps(system)]
    if system.platform.startswith("linux"):
        found += [libreoffice(system), uno(system)]
    found += [
        Check("路径", False, *one) for one in path_problems(system.executable, "Python 所在的路径")
    ]
    if book and not system.exists(book):
        missing = f"找不到工作簿“{book}”。"
        found.append(Check("工作簿", False, missing, "请核对文件名和所在文件夹。"))
    elif book:
        found += downloaded(system, book)
        found += [Check("路径", False, *one) for one in path_problems(book, "工作簿的路径")]
        found += [
            Check("文件夹", False, *one)
            for one in folder_problems(book, system.exists, system.writable)
        ]
    return found


def python(system: System) -> Check:
    version = ".".join(map(str, system.version))
    good = system.version >= (3, 11)
    mend = "" if good else "请安装 Python 3.11 或更新的版本，再重新安装 rubric-sheets。"
    return Check("Python", good, f"Python {version}（{system.executable}）。", mend)


def package(system: System) -> Check:
    version = system.installed("rubric-sheets")
    if version:
        return Check("rubric-sheets", True, f"rubric-sheets {version} 已安装。")
    return Check(
        "rubric-sheets",
        False,
        "这个 Python 里没有安装 rubric-sheets。",
        f'在程序的文件夹里运行："{system.executable}" -m pip install ".[excel]"',
    )


def pip_install(python: str) -> str:
    """The command that puts a fitting xlwings beside the program: pip of another Python is no
    help, and the program itself is in no registry."""
    lowest, beyond = (".".join(map(str, version)) for version in XLWINGS_SUPPORTED)
    return f'"{python}" -m pip install "xlwings>={lowest},<{beyond}"'


def xlwings(system: System) -> Check:
    version = system.installed("xlwings")
    mend = pip_install(system.executable)
    if not version:
        return Check("xlwings", False, "没有安装 xlwings，按钮不能用；命令行不受影响。", mend)
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    lowest, beyond = XLWINGS_SUPPORTED
    if not lowest <= numbers < beyond:
        return Check("xlwings", False, f"xlwings {version} 没有经过验证。", mend)
    heavy = system.installed("pandas")
    if heavy:
        text = f"xlwings {version} 已安装；同一环境里有 pandas {heavy}，每次点按钮都要多等约半秒。"
        return Check("xlwings", True, text, "可为按钮另建一个不装 pandas 的虚拟环境。")
    return Check("xlwings", True, f"xlwings {version} 已安装。")


def addin(system: System) -> Check:
    """The add-in must be the one of this xlwings, in Excel's start folder."""
    if system.platform == "win32":
        base = system.environment.get("APPDATA") or f"{system.home}\\AppData\\Roaming"
        path = f"{base}\\Microsoft\\Excel\\XLSTART\\xlwings.xlam"
    else:
        parts = (
            "Library",
            "Group Containers",
            "UBF8T346G9.Office",
            "User Content.localized",
            "Startup.localized",
            "Excel",
        )
        path = "/".join((system.home, *parts, "xlwings.xlam"))
    if system.exists(path):
        return Check("xlwings 加载项", True, "xlwings 加载项已在 Excel 的启动文件夹里。")
    return Check(
        "xlwings 加载项",
        False,
        "Excel 里没有 xlwings 加载项，按钮不能用。",
        "请关闭 Excel，在命令行运行：xlwings addin install",
    )


def macros(system: System) -> Check:
    """Excel's setting for macros; group policy counts before the person's own."""
    for key in (
        r"Software\Policies\Microsoft\Office\16.0\Excel\Security",
        r"Software\Microsoft\Office\16.0\Excel\Security",
    ):
        level = system.registry(key, "VBAWarnings")
        if level is not None:
            break
    else:
        level = 2  # Excel's own default
    if level not in MACRO_LEVELS:
        return Check(
            "宏",
            None,
            f"Excel 的宏设置是 {level}，含义不明。",
            "请在“文件－选项－信任中心－宏设置”里核对。",
        )
    if level in (1, 2):
        return Check(
            "宏",
            True,
            f"Excel 的宏设置：{MACRO_LEVELS[level]}。",
            "打开工作簿时如有提示，请点“启用内容”。" if level == 2 else "",
        )
    mend = (
        "请在“文件－选项－信任中心－宏设置”里选“禁用 VBA 宏，并发出通知”；"
        "设置由单位统一管理时请联系管理员。"
    )
    return Check("宏", False, f"Excel 的宏设置：{MACRO_LEVELS[level]}，按钮不能用。", mend)


def wps(system: System) -> Check:
    """Which program opens workbooks?"""
    kind = system.registry(
        r"Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsm\UserChoice", "ProgId"
    )
    if kind and any(word in str(kind).lower() for word in ("wps", "ket.", "et.")):
        mend = "请用 Excel 打开工作簿；只有 WPS 时请用命令行：rubric-sheets score 工作簿"
        return Check(
            "表格程序", False, "工作簿默认由 WPS 打开，WPS 不能使用 xlwings 加载项。", mend
        )
    return Check(
        "表格程序",
        True if kind else None,
        "工作簿默认由 Excel 打开。" if kind else "不知道工作簿默认由哪个程序打开。",
    )


def downloaded(system: System, book: str) -> list[Check]:
    """A workbook from the net or a mail: since 2022 Excel blocks its macros, without a button to
    allow them. Windows notes the origin in a stream of the file."""
    is_macro_book = book.lower().endswith(".xlsm")
    if system.platform != "win32" or not is_macro_book or not system.exists(f"{book}:{ORIGIN}"):
        return []
    mend = (
        "请关闭工作簿，在资源管理器里右击文件，选“属性”，勾选“解除锁定”，点“确定”，再打开；"
        "或改用 .xlsx，在命令行里算分。"
    )
    return [
        Check("下载的文件", False, "这个工作簿是下载的或邮件里的，Excel 不让它的宏运行。", mend)
    ]


def libreoffice(system: System) -> Check:
    program = system.office()
    if program:
        return Check("LibreOffice", True, f"LibreOffice 已安装（{program}）。")
    mend = "sudo apt install libreoffice-calc python3-uno fonts-noto-cjk"
    return Check(
        "LibreOffice",
        False,
        "没有安装 LibreOffice，工作簿里的按钮和导出 PDF 不能用；命令行不受影响。",
        mend,
    )


def uno(system: System) -> Check:
    problem = system.uno()
    if not problem:
        return Check("uno", True, "Python 可以连接 LibreOffice（uno）。")
    sentence, _, mend = problem.partition("。")
    return Check("uno", False, sentence + "。", mend)


def report(found: list[Check]) -> str:
    """For a person: problems with their mends first, then what is in order."""
    problems = [one for one in found if one.ok is False]
    lines = [f"✗ {one.text}\n　 {one.mend}" for one in problems]
    lines += [
        f"{'✓' if one.ok else '？'} {one.text}" + (f"\n　 {one.mend}" if one.mend else "")
        for one in found
        if one.ok is not False
    ]
    end = f"有 {len(problems)} 处需要处理。" if problems else "一切就绪。"
    return "\n".join([*lines, end])


def as_json(found: list[Check]) -> list[dict[str, Any]]:
    """For programs."""
    return [{"name": one.name, "ok": one.ok, "text": one.text, "mend": one.mend} for one in found]
