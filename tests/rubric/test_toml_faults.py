"""A text file as an editor saves it: with a mark in front, in another encoding,
with a slip in a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.findings.finding import InputError
from rubric_sheets.rubric.load import read_toml
from rubric_sheets.rubric.order import in_order

from .helpers import SMALL, small


def said(path: Path, content: bytes | str) -> str:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        read_toml(str(path))
    (one,) = caught.value.findings
    assert one.code == "rubric-unreadable"
    return (one.message + one.fix).split("读不出来：")[1]


def test_a_mark_in_front_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(SMALL.encode("utf-8-sig"))
    loaded = read_source(str(path))
    assert loaded.source == in_order(small())
    assert findings_of(loaded) == []


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16"])
def test_another_encoding_is_named(tmp_path: Path, encoding: str) -> None:
    said_of = said(tmp_path / "own.toml", SMALL.encode(encoding))
    assert said_of == "编码不是 UTF-8。请在“另存为”里把编码选为 UTF-8，再试一次。"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'id = "a"\ntitle = “部门”\n',
            "第 2 行第 9 列，等号后面的值看不懂（文字要加英文半角的双引号）",
        ),
        (
            'id = "a"\n名称 = "x"\n',
            "第 2 行第 1 列，这一行看不懂（中文的名称要加英文半角的双引号）",
        ),
        ('id "a"\n', "第 1 行第 4 列，名称后面缺少等号 ="),
        ('id = "a\n', "第 1 行第 8 列，引号不成对，或有不能用的字符"),
        ('id = "a', "写到文件末尾还没有完：双引号不成对"),
        ('id = "a"\nid = "b"\n', "第 2 行第 9 列，同一个名称写了两次"),
        ("grades = [1, 2\n[ratios]\n", "第 2 行第 1 列，方括号 [ 没有对应的 ]"),
        ("a = { b = 1\n}", "第 1 行第 12 列，花括号 { 没有对应的 }，或其中缺少逗号"),
        ("[[indicator]\n", "第 1 行第 12 列，方括号没有写完整"),
        ('id = "a" "b"\n', "第 1 行第 10 列，一行里多写了内容"),
        ("a = " + "[" * 5000, "括号嵌套过深"),
    ],
)
def test_a_slip_is_said_in_chinese_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    assert said(tmp_path / "own.toml", text).startswith(message + "。请")
