"""The command line. Each command is one module in `commands`, loaded only when it is called."""

from __future__ import annotations

import gc
import io
import os
import sys

from .. import bundle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn, TextIO

COMMANDS = {
    "new": "新建要填报的工作簿",
    "fill": "把数据文件填入工作簿",
    "facts": "导出工作簿里的数据",
    "score": "校验、计算并把得分、扣分原因写回工作簿",
    "check": "只校验和计算，不写入；也核对写好的报告（.docx、.pdf、.txt、.xlsx）",
    "import": "读写好的报告，填成工作簿",
    "export": "生成报送表（.xlsx、.pdf）或自评报告（.docx）",
    "seal": "报送码：工作簿的，或核对报送件改过没有",
    "audit": "审核许多工作簿：一份汇总表，一个可以查询的数据库",
    "query": "查询审核得到的数据库",
    "verify": "用另一个计算引擎重算公式，与精确得分比较",
    "addin": "把按钮装进 LibreOffice 或 Excel，或卸载（install、uninstall）",
    "doctor": "自检：装了什么、缺什么、怎么补",
    "rubric": "新建、查看、检查、比较、导出指标体系（new、list、show、check、diff、export）",
}
MODULES = {"import": "import_report"}  # the word itself is none for a module
USAGE = "用法：rubric-sheets 命令 [参数…]\n\n" + "\n".join(
    f"  {name:<8}{text}" for name, text in COMMANDS.items()
)
USAGE += "\n\n每个命令加 --help 可看参数。"


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 nothing wrong, 1 a finding of severity error,
    2 the input or the call cannot be used."""
    argv = sys.argv[1:] if argv is None else argv
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


class Out(io.TextIOWrapper):
    """An output that nobody may be reading any more. The command goes on without it, so that
    its exit status says how it ended; `fault`: why the rest could not be shown."""

    fault: OSError | None = None

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as fault:
            self._give_up(fault)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as fault:
            self._give_up(fault)
            super().flush()

    def _give_up(self, fault: OSError) -> None:
        if not isinstance(fault, BrokenPipeError):
            self.fault = fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())


def entry() -> NoReturn:
    """The console script. Leaving without taking the interpreter apart saves a tenth of a whole
    command; all files are closed by then, and both streams are flushed here. Exit status 1 is kept
    for findings: whatever stops the program is a 2, and one line."""
    bundle.use()
    sys.stderr = _opened(sys.stderr, by_line=True)
    sys.stdout = out = _opened(sys.stdout)
    try:
        code = main()
        out.flush()
    except KeyboardInterrupt:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # people press it twice
        print("已中断，未完成的写入不会生效。", file=sys.stderr)
        code = 2
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 2
    except Exception as problem:  # the last one who can tell the user
        code = crashed(problem)
    if out.fault is not None:
        from ..findings.system_errors import words

        print(f"结果没有显示完：{words(out.fault)}。", file=sys.stderr)
        code = 2
    try:
        sys.stderr.flush()
    finally:
        os._exit(code)


def _opened(stream: TextIO | None, *, by_line: bool = False) -> Out:
    """In UTF-8 whatever the locale, and still there where it was closed."""
    raw = stream.buffer if stream else open(os.devnull, "wb")  # noqa: SIM115 -- to the end
    return Out(raw, encoding="utf-8", errors="replace", line_buffering=by_line or raw.isatty())


def crashed(problem: Exception) -> int:
    """A fault of the program's own: what and where, in one line that can be passed on."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename} 第 {trace.tb_lineno} 行" if trace else "？"
    what = f"{type(problem).__name__}: {problem}".replace("\n", " ")
    print(
        f"程序出错，已停止：{what}（{where}）。请把这一行连同所用的文件告诉维护者。",
        file=sys.stderr,
    )
    return 2


def run(command: str, argv: list[str]) -> int:
    # A command lives for milliseconds: collecting cycles would cost more than it frees.
    gc.disable()
    from ..findings.finding import InputError  # and with it the numbers

    name = MODULES.get(command, command)
    module = __import__(f"rubric_sheets.commands.{name}", fromlist=["run"])
    try:
        code: int = module.run(argv)
        sys.stdout.flush()
        return code
    except InputError as problem:
        print(problem, file=sys.stderr)
        return 2
