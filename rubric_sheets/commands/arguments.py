"""Command arguments, with usage errors in Chinese.
`argparse` is loaded only where a command needs it."""

from __future__ import annotations

import os
import sys

from ..findings.finding import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

_KNOWN = (
    ("the following arguments are required:", "缺少参数："),
    ("one of the arguments", "缺少参数，要有其中一个："),
    (" is required", ""),
    ("not allowed with argument", "不能同时写"),
    ("unrecognized arguments:", "不认识的参数："),
    ("expected one argument", "后面要有一个值"),
    ("expected at least one argument", "后面至少要有一个值"),
    ("invalid choice:", "没有这个选项："),
    ("ignored explicit argument", "不带值，却写了"),
    ("argument ", "参数 "),
)


def parser(command: str, description: str) -> argparse.ArgumentParser:
    """argparse that speaks Chinese and leaves with status 2."""
    import argparse

    class Parser(argparse.ArgumentParser):
        def format_help(self) -> str:
            text = super().format_help().replace("usage: ", "用法：")
            return text.replace("positional arguments:", "参数：").replace("options:", "选项：")

        def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
            # An unknown option is named before anything that is missing:
            # it may be what was meant by it.
            given = [word.partition("=")[0] for word in _options(args)]
            unknown = [word for word in given if word not in self._option_string_actions]
            if unknown:
                known = sorted(
                    option for option in self._option_string_actions if option.startswith("--")
                )
                self.error(f"不认识的参数：{'、'.join(unknown)}。可用的有：{'、'.join(known)}。")
            return super().parse_known_args(args, namespace)

        def error(self, message: str) -> Any:
            for english, chinese in _KNOWN:
                message = message.replace(english, chinese)
            print(f"{message}\n用 {self.prog} --help 查看用法。", file=sys.stderr)
            raise SystemExit(2)

    out = Parser(
        prog=f"rubric-sheets {command}", description=description, add_help=False, allow_abbrev=False
    )
    out.add_argument("-h", "--help", action="help", help="显示本说明")
    return out


def _options(argv: list[str]) -> list[str]:
    """What argparse takes for an option: not what follows `--`, nor what holds a blank."""
    words = argv[: argv.index("--")] if "--" in argv else argv
    return [word for word in words if word.startswith("-") and len(word) > 1 and " " not in word]


def books_and_flags(
    command: str, description: str, argv: list[str], flags: dict[str, str]
) -> tuple[list[str], set[str]]:
    """(workbooks, flags given). A plain call is read without argparse:
    that is a tenth of the whole command. Folders and patterns stand for the workbooks in them."""
    given = {word for word in argv if word in flags}
    books = [word for word in argv if word not in flags]
    if books and not any(word.startswith("-") for word in books):
        return expanded(books), given
    full = parser(command, description)
    full.add_argument(
        "books", nargs="+", metavar="BOOK", help="工作簿（.xlsx 或 .xlsm），可以有多个"
    )
    for flag, text in flags.items():
        full.add_argument(flag, action="store_const", const=flag, dest=flag, help=text)
    args = vars(full.parse_args(argv))
    return expanded(args["books"]), {flag for flag in flags if args[flag]}


def expanded(words: list[str]) -> list[str]:
    """Files as they are; the workbooks of a folder and below it, of a pattern, in order.
    InputError folder-empty, pattern-empty."""
    out = []
    for word in words:
        if os.path.isdir(word):
            out += _inside(word)
        elif set(word) & _WILD and not os.path.lexists(word):
            out += _matching(word)
        else:
            out.append(word)
    return out


_WILD = set("*?[")
_WORKBOOKS = (".xlsx", ".xlsm")


def _is_workbook(name: str) -> bool:
    """By its name; what Office and LibreOffice lay beside an open one is none."""
    return name.lower().endswith(_WORKBOOKS) and not name.startswith(("~$", "."))


def _inside(folder: str) -> list[str]:
    found = [
        os.path.join(place, name)
        for place, _, names in os.walk(folder)
        for name in names
        if _is_workbook(name)
    ]
    if not found:
        raise InputError("folder-empty", path=folder)
    return sorted(found)


def _matching(pattern: str) -> list[str]:
    from glob import glob

    found = [
        path
        for path in glob(pattern, recursive=True)
        if not os.path.isdir(path) and not os.path.basename(path).startswith("~$")
    ]
    if not found:
        raise InputError("pattern-empty", path=pattern)
    return sorted(found)


def print_json(data: Any) -> None:
    """UTF-8 JSON with readable Chinese, one line ending."""
    sys.stdout.write(_json(data) + "\n")


def _json(data: Any) -> str:
    import json

    return json.dumps(data, ensure_ascii=False, indent=1)


class JsonList:
    """Several objects as one JSON list, each written as soon as it is there:
    none has to be kept."""

    def __init__(self) -> None:
        self._is_open = False

    def add(self, data: Any) -> None:
        text = _json(data).replace("\n", "\n ")
        sys.stdout.write(("," if self._is_open else "[") + "\n " + text)
        self._is_open = True

    def close(self) -> None:
        """End the list; nothing is written where nothing was added."""
        if self._is_open:
            sys.stdout.write("\n]\n")
