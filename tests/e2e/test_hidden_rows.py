"""New findings in an open workbook are seen, whatever a filter or a person has hidden before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.places.names import FINDINGS_SHEET
from tests.books import new, with_openpyxl

from .sheets import everything, named


def hide(workbook: Any, by: str) -> None:
    """Rows 4 to 30 of the findings."""
    sheet = workbook[FINDINGS_SHEET]
    for row in range(4, 31):
        sheet.row_dimensions[row].hidden = True
    if by == "filter":
        sheet.auto_filter.ref = "A3:G30"
        sheet.auto_filter.add_filter_column(1, ["错误"])


def visible(book: Any) -> list[bool]:
    rows = book.impl.doc.Sheets.getByName(FINDINGS_SHEET).Rows
    return [bool(rows.getByIndex(index).IsVisible) for index in range(40)]


@pytest.mark.parametrize("by", ["hand", "filter"])
def test_new_findings_show(open_book: Any, click: Any, tmp_path: Path, by: str) -> None:
    path = new(tmp_path / "评分表.xlsx")
    with_openpyxl(path, lambda workbook: hide(workbook, by))
    book = open_book(Path(path))
    named(book, "编制数").value = "十四"
    before, hidden = everything(book), visible(book)
    assert not any(hidden[3:30])
    done = click(book, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(visible(book))
    after = everything(book)
    saved = tmp_path / "保存.xlsx"
    book.save(str(saved))
    assert all(visible(open_book(saved))), "the filter has no condition left"
    undo = book.impl.doc.getUndoManager()
    undo.undo()
    assert everything(book) == before
    undo.redo()
    assert everything(book) == after
