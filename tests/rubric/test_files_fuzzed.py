"""Rubric files that something has gone wrong with: a check gives messages, never a traceback.

A seed is a file; `make test` tries a few hundred, `make soak` (SOAK=1) very many.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.authoring.excel.write import workbook
from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.authoring.toml_text import to_toml
from rubric_sheets.findings.finding import InputError

from .helpers import small, source_of

IS_SOAK = bool(os.environ.get("SOAK"))
TEXTS, BOOKS = (20_000, 1_000) if IS_SOAK else (300, 12)
BITS = [
    '"', "'", "[", "]", "{", "}", "=", ",", "\n", "#", "[[indicator]]", "rule", "1e999", "-", "0x",
    "true", "编制数", "分值", "[90,)", "→", "或", "÷", "如果(", "\x00", "9" * 40, "\\u0000", "extends",
]  # fmt: skip
TYPED: list[Any] = [
    None, "", " ", 0, -1, 1e300, 0.1, "=1/0", "#N/A", "100%", "合计", "注：甲", "[90,)→5；", "→", "甲" * 300,
    "是", True, "编制数 > ", "staff", "1,000", "＝", '"', "a=b", "a→b→c", "[,]", "(((((",
]  # fmt: skip


def check(path: Path) -> None:
    """Whatever it says, it says it in words."""
    try:
        found = findings_of(read_source(str(path)))
    except InputError as refused:
        found = refused.findings
    assert all(one.message and one.message.endswith(("。", "…", "：")) for one in found), [
        one.message for one in found if not one.message.endswith("。")
    ]


def spoilt(text: str, chance: random.Random) -> str:
    """A few words taken out, doubled, exchanged or put in anywhere."""
    parts = re.split(r"(\W)", text)
    for _ in range(chance.randint(1, 4)):
        at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        what = chance.randrange(4)
        if what == 0:
            parts[at] = ""
        elif what == 1:
            parts[at], parts[other] = parts[other], parts[at]
        elif what == 2:
            parts[at] += chance.choice(BITS)
        else:
            parts[at] = chance.choice(BITS)
    return "".join(parts)


def test_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    sources = [small(), source_of("department-graded"), source_of("project")]
    texts = [to_toml(source) for source in sources]
    for seed in range(TEXTS):
        chance = random.Random(seed)
        path.write_text(spoilt(chance.choice(texts), chance), encoding="utf-8")
        try:
            check(path)
        except Exception as problem:
            pytest.fail(f"seed {seed}: {problem!r}")


def test_workbooks(tmp_path: Path) -> None:
    """Cells typed over, rows and columns deleted, cells merged."""
    path = tmp_path / "a.xlsx"
    data = [workbook(small()), workbook(source_of("department-graded"))]
    for seed in range(BOOKS):
        chance = random.Random(seed)
        path.write_bytes(chance.choice(data))
        book = openpyxl.load_workbook(path)
        for _ in range(chance.randint(1, 6)):
            change(book[chance.choice(book.sheetnames[:5])], chance)
        book.save(path)
        try:
            check(path)
        except Exception as problem:
            pytest.fail(f"seed {seed}: {problem!r}")


def change(sheet: Any, chance: random.Random) -> None:
    row, column = chance.randint(1, 16), chance.randint(1, sheet.max_column)
    what = chance.randrange(5)
    if what == 0:
        sheet.delete_rows(row)
    elif what == 1:
        sheet.delete_cols(column)
    elif what == 2:
        sheet.merge_cells(
            start_row=row,
            end_row=row + chance.randint(0, 3),
            start_column=column,
            end_column=column + 1,
        )
    else:
        cell = sheet.cell(row, column)
        if not isinstance(cell, openpyxl.cell.cell.MergedCell):
            cell.value = chance.choice(TYPED)
