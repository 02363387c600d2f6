"""The command line. Each command is one module in `commands`, loaded only when it is called."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = {
    "new": "新建要填报的工作簿",
    "fill": "把数据文件填入工作簿",
    "facts": "导出工作簿里的数据",
    "score": "校验、计算并把得分、扣分原因写回工作簿",
    "check": "只校验和计算，不写入",
    "export": "生成报送表（.xlsx 或 .pdf）",
    "addin": "把按钮装进 LibreOffice 或 Excel，或卸载（install、uninstall）",
    "doctor": "自检：装了什么、缺什么、怎么补",
    "rubric": "查看、检查、导出指标体系（list、show、check、export）",
}
USAGE = "用法：rubric-sheets 命令 [参数…]\n\n" + "\n".join(
    f"  {name:<8}{text}" for name, text in COMMANDS.items()
)
USAGE += "\n\n每个命令加 --help 可看参数。"


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 nothing wrong, 1 a finding of severity error,
    2 the input or the call cannot be used."""
    argv = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if not argv or argv[0] in ("-h", "--help", "help"):
        print(USAGE)
        return 0 if argv else 2
    if argv[0] in ("-V", "--version"):
        from .. import __version__

        print(f"rubric-sheets {__version__}")
        return 0
    if argv[0] not in COMMANDS:
        from difflib import get_close_matches

        near = get_close_matches(argv[0], COMMANDS, 1)
        hint = f"是否指 {near[0]}？" if near else ""
        print(f"没有“{argv[0]}”这个命令。{hint}可用的有：{'、'.join(COMMANDS)}。", file=sys.stderr)
        return 2
    return run(argv[0], argv[1:])


def entry() -> NoReturn:
    """The console script. Leaving without taking the interpreter apart saves a tenth of a whole
    command; all files are closed by then, and both streams are flushed here."""
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def run(command: str, argv: list[str]) -> int:
    # A command lives for milliseconds: collecting cycles would cost more than it frees.
    gc.disable()
    from ..findings.finding import InputError  # and with it the numbers

    module = __import__(f"rubric_sheets.commands.{command}", fromlist=["run"])
    try:
        code: int = module.run(argv)
        sys.stdout.flush()
        return code
    except InputError as problem:
        print(problem, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("已中断，未完成的写入不会生效。", file=sys.stderr)
        return 2
