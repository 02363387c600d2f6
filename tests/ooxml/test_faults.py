"""What is wrong with a file: every detail has its words, and nothing of ooxml knows them."""

from __future__ import annotations

import ast
import errno
import os
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from rubric_sheets.authoring.files import read_source
from rubric_sheets.books.files import save, write_new
from rubric_sheets.books.source import FileSource
from rubric_sheets.findings.file_faults import HOLDERS, WHAT, in_words
from rubric_sheets.findings.finding import InputError
from rubric_sheets.findings.system_errors import words
from rubric_sheets.ooxml.faults import PackageFault
from rubric_sheets.ooxml.values import number
from rubric_sheets.places.addresses import Area

from . import handmade

SOURCES = Path(__file__).parents[2] / "rubric_sheets" / "ooxml"


def details() -> set[str]:
    """Every text in the sources that is a detail by its looks."""
    starts = {key.partition("-")[0] + "-" for key in WHAT}
    return {
        node.value
        for path in SOURCES.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.startswith(tuple(starts)) and node.value.replace("-", "").isalpha()
    } - {"write-failed"}


def test_details_and_words_are_the_same() -> None:
    assert details() == set(WHAT)


@pytest.mark.parametrize("detail", WHAT)
def test_a_detail_names_what_it_is_given(detail: str) -> None:
    fields = {name for _, name, _, _ in string.Formatter().parse(WHAT[detail]) if name}
    fault = PackageFault("truncated", "a.xlsx", detail, **{name: f"‹{name}›" for name in fields})
    said = str(in_words(fault))
    assert said.startswith("“a.xlsx”不完整或已损坏：")
    assert all(f"‹{name}›" in said for name in fields)


@pytest.mark.parametrize(
    ("detail", "user", "who"),
    [
        ("office", "", "正被 Excel 或 WPS 打开"),
        ("office", "张三", "正被 Excel 或 WPS（张三）打开"),
        ("libreoffice", "", "正被 LibreOffice 打开"),
        ("libreoffice", "李四", "正被 LibreOffice（李四）打开"),
        ("windows", "", "正被别的程序打开"),
    ],
)
def test_who_holds_a_file(detail: str, user: str, who: str) -> None:
    assert detail in HOLDERS
    said = in_words(PackageFault("locked", "a.xlsx", detail, user=user, lock="~$a.xlsx"))
    assert str(said) == (
        f"“a.xlsx”{who}，未作任何改动。请先在表格程序里保存并关闭它；若并未打开，请删除锁文件“~$a.xlsx”。"
    )


def test_a_fault_tells_itself_in_english() -> None:
    fault = PackageFault("truncated", "a.xlsx", "xml-cut", part="xl/workbook.xml")
    assert str(fault) == "a.xlsx: truncated xml-cut {'part': 'xl/workbook.xml'}"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.ENOENT, "所在文件夹不存在"),
        (errno.EACCES, "没有权限"),
        (errno.EIO, "磁盘读写出错"),
    ],
)
def test_what_the_system_reports(number: int, said: str) -> None:
    assert words(OSError(number, os.strerror(number))) == said


def test_windows_speaks_for_itself() -> None:
    error = OSError(errno.EACCES, "另一个程序正在使用此文件")
    error.winerror = 32  # type: ignore[attr-defined]
    assert words(error) == "另一个程序正在使用此文件"
    assert words(ValueError("embedded null byte")) == "系统报告“embedded null byte”"


def empty(path: Path) -> None:
    path.write_bytes(b"")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(65 << 20)


def old_letters(path: Path) -> None:
    sheet = handmade.sheet_xml("").encode("utf-16")
    handmade.write(path, handmade.minimal("") | {"xl/sheet.xml": sheet})


@pytest.mark.parametrize(
    ("make", "code"),
    [(empty, "file-empty"), (huge, "file-too-large"), (old_letters, "file-unusual")],
)
def test_whoever_reads_is_told_in_words(
    tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    """When it is opened, or when the first cell of a sheet is asked for."""
    path = tmp_path / "a.xlsx"
    make(path)
    for read in (
        lambda: FileSource(str(path)).cell("表", 1, 1),
        lambda: FileSource(str(path)).cells(Area("表", 1, 1, 2, 2)),
        lambda: FileSource(str(path)).merges("表"),
    ):
        with pytest.raises(InputError) as caught:
            read()
        assert [one.code for one in caught.value.findings] == [code]


def test_whoever_reads_a_rubric_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(InputError, match="不完整或已损坏"):
        read_source(str(path))


def locked(path: Path) -> None:
    path.with_name(f"~${path.name}").touch()


def changed(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize(("happens", "code"), [(locked, "file-locked"), (changed, "file-changed")])
def test_whoever_saves_is_told_in_words(
    tmp_path: Path, happens: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "a.xlsx"
    handmade.write(path, handmade.minimal(handmade.sheet_xml("")))
    changes = FileSource(str(path)).changes()
    changes.set("表", 1, 1, number("1"))
    happens(path)
    with pytest.raises(InputError) as caught:
        save(changes)
    assert [one.code for one in caught.value.findings] == [code]
    with pytest.raises(InputError, match="已存在，未覆盖"):
        write_new(str(path), b"1")
