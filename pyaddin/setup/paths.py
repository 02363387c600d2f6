"""Paths and folders that make trouble on the way from Excel to Python and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Problem = tuple[str, str]  # what is wrong, how to mend it
CLOUDS = {"SharePoint": ("sharepoint",), "OneDrive": ("live", "onedrive")}


def path_problems(path: str, what: str) -> Iterator[Problem]:
    """xlwings hands paths over in one text, divided by `;` and `=`;
    addresses in a cloud are no paths at all."""
    if "://" in path:
        yield (
            f"{what}是{_cloud(path)}上的网址，不是本机文件夹。",
            "请把工作簿另存到本机文件夹，如“文档”，再打开。",
        )
        return
    wrong = [sign for sign in ";=\"'" if sign in path]
    if wrong:
        yield (
            f"{what}里有“{'”“'.join(wrong)}”，xlwings 会把它当作分隔符。",
            "请改用不含这些符号的文件夹名和文件名。",
        )
    if what.startswith("Python") and " " in path:
        yield (
            f"{what}里有空格，个别版本的 xlwings 会找不到它。",
            "如按钮没有反应，请把 Python 安装到不含空格的文件夹。",
        )
    if what.startswith("Python") and not path.isascii():
        yield (
            f"{what}里有中文，系统不是 UTF-8 编码时会找不到它。",
            "如按钮没有反应，请把 Python 安装到只含英文的文件夹，如 C:\\Python311。",
        )
    if len(path) > 218:
        yield f"{what}有 {len(path)} 个字，超过 Excel 的 218 个字。", "请移到层次浅一些的文件夹。"
    if "onedrive" in path.lower():
        yield (
            f"{what}在 OneDrive 同步文件夹里，同步时文件可能被占用。",
            "如提示文件被占用，请暂停同步，或另存到其他文件夹。",
        )


def _cloud(address: str) -> str:
    """Whose address it is, as people call it."""
    host = address.split("://")[1].split("/", maxsplit=1)[0].lower()
    for name, words in CLOUDS.items():
        if any(word in host for word in words):
            return name
    return "网络"


def folder_problems(
    book: str, exists: Callable[[str], bool], writable: Callable[[str], bool]
) -> Iterator[Problem]:
    """Can files be made beside the workbook?"""
    if "://" in book:
        return
    folder = book.replace("\\", "/").rpartition("/")[0]
    if not folder:
        yield "工作簿还没有保存。", "请先把它保存到本机文件夹。"
    elif exists(folder) and not writable(folder):
        yield f"文件夹“{folder}”不能写入，结果存不下来。", "请把工作簿复制到有写权限的文件夹。"
