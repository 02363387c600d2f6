"""Build `workbook/评分表.xlsm` from its texts: the published rubric, the macros, the ribbon.

    python workbook/build.py            write it
    python workbook/build.py --check    compare it with the texts; status 1 where it differs

The same bytes every time, on every machine: no times, no paths, no settings of the machine go in.
"""

from __future__ import annotations

import sys
from pathlib import Path

RUBRIC = "yueyang-department"
OUT = Path(__file__).resolve().with_name("评分表.xlsm")


def workbook() -> bytes:
    """The whole file."""
    from rubric_sheets.authoring.find import find
    from rubric_sheets.books import create

    return create.workbook(find(RUBRIC), macros=True)


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
            at = next(
                (index for index, (a, b) in pairs if a != b),
                min(len(parts[0][name]), len(parts[1][name])),
            )
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
