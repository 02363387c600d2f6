"""Files with several names, with names as long as names can be, and given as patterns."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rubric_sheets.ooxml.alone import LONGEST, kept_as

from .books import new, run, type_in, write_json

FACTS = {"facts": {"编制数": 15}}


@pytest.mark.parametrize("command", ["score", "fill", "score --json"])
def test_other_names_of_a_file_are_told(capsys, tmp_path: Path, command: str) -> None:
    """A new file takes the name: the other names keep what was there."""
    book, other = Path(new(tmp_path / "甲.xlsx")), tmp_path / "乙.xlsx"
    os.link(book, other)
    before = book.read_bytes()
    facts = write_json(tmp_path / "数据.json", FACTS)
    words, more = command.split(), ["--facts", facts] if command == "fill" else []
    out = run(capsys, words[0], str(book), *words[1:], *more)
    assert "这个文件还有 1 个别的名称（硬链接），在那里看到的仍是原来的内容" in out.out + out.err
    assert other.read_bytes() == before != book.read_bytes()
    if words[-1] == "--json":
        assert json.loads(out.out)["book"] == str(book)
    type_in(str(book), 编制数=16)  # the new file has one name
    again = run(capsys, words[0], str(book), *words[1:], *more)
    assert "硬链接" not in again.out + again.err


def test_several_books_at_once_tell_it_too(capsys, tmp_path: Path) -> None:
    books = [new(tmp_path / f"{name}.xlsx") for name in "甲乙"]
    os.link(books[1], tmp_path / "丙.xlsx")
    out = run(capsys, "score", *books)
    assert out.err.startswith(f"“{books[1]}”：这个文件还有 1 个")


@pytest.mark.parametrize("length", range(LONGEST - 5, LONGEST + 1))
def test_a_name_as_long_as_names_can_be(capsys, tmp_path: Path, length: int) -> None:
    stem = "评" * ((length - 5) // 3)
    name = stem + "a" * (length - 5 - len(stem.encode())) + ".xlsx"
    assert len(name.encode()) == length
    book = Path(new(tmp_path / name))
    before = book.read_bytes()
    out = run(capsys, "score", str(book))
    assert out.code == 0
    kept = kept_as(str(book))
    assert f"原文件另存为 {kept}。" in out.out
    assert Path(kept).read_bytes() == before != book.read_bytes()
    assert sorted(os.listdir(tmp_path)) == sorted([name, os.path.basename(kept)])
    assert kept == f"{book}.bak" or length > LONGEST - 4
