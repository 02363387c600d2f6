"""Where the old file is, once a workbook was written."""

from __future__ import annotations

from ..ooxml.atomic import backup_of, other_names


def kept(path: str) -> str:
    """In words, with a full stop."""
    return f"原文件另存为 {backup_of(path)}。{linked(path)}"


def linked(path: str) -> str:
    """That the old file has other names too; "" where it has none."""
    count = other_names(path)
    if not count:
        return ""
    return f"这个文件还有 {count} 个别的名称（硬链接），在那里看到的仍是原来的内容，请换成新文件。"
