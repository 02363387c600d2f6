"""`python -m pyaddin.extension OUT.oxt`: build the LibreOffice extension."""

from __future__ import annotations

import sys

from rubric_sheets.findings.system_errors import words

from .build import extension


def main(arguments: list[str]) -> int:
    """The command line."""
    if len(arguments) != 1 or not arguments[0].endswith(".oxt"):
        print("用法：python -m pyaddin.extension 输出文件.oxt", file=sys.stderr)
        return 2
    try:
        with open(arguments[0], "wb") as file:
            file.write(extension())
    except OSError as problem:
        print(
            f"写入“{arguments[0]}”失败：{words(problem)}。请检查文件夹是否存在、是否可写。",
            file=sys.stderr,
        )
        return 2
    print(f"已生成 {arguments[0]}。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
