"""Build `workbook/评分表.xlsm` from its texts: the published rubric, the macros, the ribbon.

    python workbook/build.py            write it
    python workbook/build.py --check    compare it with what the texts give; status 1 where it differs

The same bytes every time, on every machine: no times, no paths, no settings of the machine go in.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

RUBRIC = "yueyang-department"
OUT = Path(__file__).resolve().with_name("评分表.xlsm")
BUTTONS = ("计算得分", "检查填报")
# The interpreter is left to xlwings' own settings: it differs from machine to machine. The folder of the workbook
# stays out of Python's path: whatever lies beside a workbook from elsewhere must not be imported.
CONFIGURATION = (
    ("PYTHONPATH", ""),
    ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),
    ("USE UDF SERVER", "False"),
    ("SHOW_ERROR_POPUPS", "True"),
)


def workbook() -> bytes:
    """The whole file."""
    from rubric_sheets.facts_json import blank
    from rubric_sheets.macros.package import add_ribbon
    from rubric_sheets.rubric.find import find
    from rubric_sheets.sheets.create import slots
    from rubric_sheets.sheets.template import build

    rubric = find(RUBRIC)
    facts = blank(rubric)
    return add_ribbon(build(rubric, slots(rubric, facts), {}, macros=furnish))


def furnish(book: Any, sheets: dict[str, Any]) -> None:
    """Macros, buttons and xlwings' settings, for a workbook of XlsxWriter before it is closed."""
    from rubric_sheets.macros.package import attach_macros
    from rubric_sheets.sheets.names import SCORE_SHEET

    add_buttons(sheets[SCORE_SHEET])
    add_configuration(book)
    attach_macros(book)


def add_buttons(sheet: Any) -> None:
    """Over the left end of the title row, whose text stands in the middle: always in sight, printed never."""
    for number, name in enumerate(BUTTONS):
        place = {"x_offset": 4 + 104 * number, "y_offset": 8, "width": 96, "height": 28}
        sheet.insert_button("A2", {"macro": name, "caption": name, "description": name, **place})


def add_configuration(book: Any) -> None:
    """xlwings reads its settings from a sheet of this name."""
    sheet = book.add_worksheet("xlwings.conf")
    for row, (key, value) in enumerate(CONFIGURATION):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.hide()


def differences(old: bytes, new: bytes) -> list[str]:
    """Which parts of two workbooks differ, each in one line; empty where all bytes are equal."""
    import io
    import zipfile

    if old == new:
        return []
    packages = [zipfile.ZipFile(io.BytesIO(data)) for data in (old, new)]
    parts = [{name: package.read(name) for name in package.namelist()} for package in packages]
    lines = []
    for name in dict.fromkeys([*parts[0], *parts[1]]):
        if name not in parts[1]:
            lines.append(f"{name}：多出的部分")
        elif name not in parts[0]:
            lines.append(f"{name}：缺少的部分")
        elif parts[0][name] != parts[1][name]:
            pairs = enumerate(zip(parts[0][name], parts[1][name]))
            at = next((index for index, (a, b) in pairs if a != b), min(len(parts[0][name]), len(parts[1][name])))
            here, there = (part[name][max(0, at - 30) : at + 50] for part in parts)
            lines.append(f"{name}：第 {at} 字节起不同，现为 {here!r}，应为 {there!r}")
    return lines or ["各部分内容相同，压缩包的写法不同"]


def main(arguments: list[str]) -> int:
    """The command line."""
    if arguments not in ([], ["--check"]):
        print("用法：python workbook/build.py [--check]", file=sys.stderr)
        return 2
    new = workbook()
    if not arguments:
        OUT.write_bytes(new)
        print(f"已生成 {OUT.name}（{len(new)} 字节）。")
        return 0
    found = differences(OUT.read_bytes(), new) if OUT.exists() else [f"还没有 {OUT.name}"]
    for line in found:
        print(line, file=sys.stderr)
    if found:
        print("请运行 python workbook/build.py 重新生成。", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
