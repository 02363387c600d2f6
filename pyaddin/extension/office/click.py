"""The process that a click starts: which Python, which command line, and what its end means."""

from __future__ import annotations

import os
import re
import time

PROTOCOL = "rubric-sheets:"
TITLE = "绩效自评"
IMPLEMENTATION = "cn.rubric_sheets.office.Handler"
BUTTONS = {  # the function of pyaddin.ribbon → the label
    "calculate": "计算得分",
    "check": "检查填报",
    "undo": "还原上次计算",
    "import_report": "导入报告",
    "export": "导出报送表",
    "change_rubric": "换指标体系",
    "doctor": "自检",
}
MEND = "请在命令行运行 rubric-sheets addin install，再重新启动 LibreOffice。"
OURS = ("pyaddin", "rubric_sheets", "xlwings", "xlwings_libreoffice")
# LibreOffice's own Python leaves these to its children; they would lead another Python astray
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "URE_BOOTSTRAP")


class NotReady(Exception):
    """The click cannot start anything; the text says what is wrong and what to do."""


def _folder(variable: str, customary: str) -> str:
    base = os.environ.get(variable) or os.path.join(os.path.expanduser("~"), customary)
    return os.path.join(base, "rubric-sheets")


def configuration() -> str:
    """The file that names the project's Python; `rubric-sheets addin install` writes it."""
    return os.path.join(_folder("XDG_CONFIG_HOME", ".config"), "python")


def interpreter() -> str:
    """The project's Python. Raises NotReady where it was never installed, or is gone."""
    path = configuration()
    try:
        with open(path, encoding="utf-8") as file:
            python = file.read().strip()
    except (OSError, UnicodeDecodeError):
        raise NotReady("还没有指定运行计算的 Python，命令没有执行。\n" + MEND) from None
    if not python or not os.access(python, os.X_OK) or os.path.isdir(python):
        raise NotReady(f"找不到运行计算的 Python（{python or path}），命令没有执行。\n{MEND}")
    return python


def book_argument(path: str, title: str) -> str:
    """How xlwings is told which book: by its path, so that two of one name are told apart, else by
    its name.

    xlwings cuts the argument off at "=".
    """
    name = path or title
    if "=" in name:
        name = os.path.basename(path) or title
    if "=" in name:
        raise NotReady(f"工作簿的文件名“{name}”里有等号，命令没有执行。\n请改名后再试。")
    return name


def command(python: str, action: str, book: str) -> list[str]:
    """The command line that xlwings' RunPython builds.

    No folder of the outside gets onto the path: -P, -E.
    """
    if action not in BUTTONS:
        raise NotReady(f"没有“{action}”这个命令。")
    code = f"import pyaddin; import pyaddin.ribbon; pyaddin.ribbon.{action}()"
    options = ["-E", "-P", "-X", "utf8"]
    return [
        python,
        *options,
        "-c",
        code,
        "--wb=" + book,
        "--from_xl=1",
        "--app=LibreOffice",
        "--hwnd=0",
    ]


def environment(target: str) -> dict[str, str]:
    """What the process finds: the way back to this very LibreOffice."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    kept["PYADDIN_UNO"] = target
    return kept


def failure(code: int, errors: str, arrived: bool) -> str:
    """What to tell the person when the process has ended; empty where it has spoken for itself.

    `arrived`: it did connect to this LibreOffice. Without that, it cannot have shown any message.
    """
    if code == 0 and arrived:
        return ""
    missing = re.search(r"No module named '(" + "|".join(OURS) + r")\b", errors)
    if missing:
        return f"运行计算的 Python 里没有 {missing.group(1)}，命令没有执行。\n{MEND}"
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    said = f"\n（程序的原话：{lines[-1][:300]}）" if lines else ""
    if not arrived:
        return (
            "运行计算的 Python 没有连上 LibreOffice，命令没有完成。\n"
            "请在命令行运行 rubric-sheets doctor，按提示逐条处理。" + said
        )
    return (
        "命令中途出错，没有完成。\n"
        "请点“还原上次计算”，再在命令行运行 rubric-sheets doctor，按提示逐条处理。" + said
    )


def record(text: str, errors: str) -> tuple[str, bool]:
    """Write down what the person was told, and the traceback behind it: (file, did it work)."""
    path = os.path.join(_folder("XDG_CACHE_HOME", ".cache"), "出错记录.txt")
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{text}\n{errors}\n")
    except OSError:
        return path, False
    return path, True
