"""审核意见 of a workbook of ours: what `check` says of it, neither more nor less."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from .books import new, run, type_in


@pytest.fixture
def book(tmp_path: Path) -> str:
    path = new(tmp_path / "甲局.xlsx")
    type_in(path, 单位名称="甲局", 编制数="十四")
    return path


def test_the_opinion_says_what_check_says(book: str, tmp_path: Path, capsys: Any) -> None:
    found = json.loads(run(capsys, "check", book, "--json").out)["findings"]
    assert {one["severity"] for one in found} >= {"error", "warning"}
    out = tmp_path / "意见.docx"
    answer = run(capsys, "check", book, "--out", str(out))
    errors, warnings = (sum(o["severity"] == s for o in found) for s in ("error", "warning"))
    assert answer.code == 1
    assert f"需要改正 {errors} 处，需要核实或说明 {warnings} 处" in answer.out
    text = "\n".join(one.text for one in docx.Document(str(out)).paragraphs)
    assert "甲局：" in text
    for one in found:
        place = "!".join(filter(None, (one["sheet"], one["cell"])))
        assert f"{place}　{one['message']}" in text
        assert one["fix"] in text


def test_the_same_as_a_workbook_and_as_data(book: str, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "意见.xlsx"
    data = json.loads(run(capsys, "check", book, "--out", str(out), "--json").out)
    cells = {cell.value for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row}
    assert data["findings"]
    assert all(any(one["message"] in str(cell) for cell in cells) for one in data["findings"])


def test_no_comments_in_a_workbook(book: str, tmp_path: Path, capsys: Any) -> None:
    before = Path(book).read_bytes()
    out = tmp_path / "批注.docx"
    answer = run(capsys, "check", book, "--marked", str(out))
    assert answer.code == 2
    assert "--out 意见.docx" in answer.err
    assert not out.exists()
    assert Path(book).read_bytes() == before
