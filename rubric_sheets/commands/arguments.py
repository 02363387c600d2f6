"""Command arguments, with usage errors in Chinese."""

from __future__ import annotations

import argparse
import json
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

_KNOWN = (
    ("the following arguments are required:", "缺少参数："),
    ("unrecognized arguments:", "不认识的参数："),
    ("expected one argument", "后面要有一个值"),
    ("expected at least one argument", "后面至少要有一个值"),
    ("invalid choice:", "没有这个选项："),
    ("argument ", "参数 "),
)


class Parser(argparse.ArgumentParser):
    """argparse that speaks Chinese and leaves with status 2."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(
            prog=f"rubric-sheets {command}",
            description=description,
            add_help=False,
            allow_abbrev=False,
            # A given width spares argparse the import of shutil on every call.
            formatter_class=lambda prog: argparse.HelpFormatter(prog, width=100),
        )
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        for english, chinese in _KNOWN:
            message = message.replace(english, chinese)
        print(f"{message}\n用 {self.prog} --help 查看用法。", file=sys.stderr)
        raise SystemExit(2)


def print_json(data: Any) -> None:
    """UTF-8 JSON with readable Chinese, one line ending."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
