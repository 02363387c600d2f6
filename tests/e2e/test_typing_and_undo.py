"""A click as the person's own work sees it: what is being typed counts, and one Ctrl+Z takes the
whole click back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.places.names import FINDINGS_SHEET, SCORE_SHEET
from tests.books import new
from xlwings_libreoffice.connection import properties, uno_module

from .sheets import everything, named


@pytest.fixture
def book(open_book: Any, tmp_path: Path) -> Any:
    return open_book(Path(new(tmp_path / "评分表.xlsx")))


def start_typing(book: Any, name: str, text: str) -> Any:
    """The cell of a name, with this text in the input line and Enter not pressed."""
    cell = named(book, name)
    controller = book.impl.doc.CurrentController
    controller.setActiveSheet(book.impl.doc.Sheets.getByName(cell.sheet.name))
    at = book.impl.doc.Sheets.getByName(cell.sheet.name)
    controller.select(at.getCellByPosition(cell.column - 1, cell.row - 1))
    url = uno_module().createUnoStruct("com.sun.star.util.URL")
    url.Complete, url.Protocol, url.Path = ".uno:EnterString", ".uno:", "EnterString"
    command = controller.Frame.queryDispatch(url, "_self", 0)
    command.dispatch(url, properties(StringName=text, DontCommit=True, SynchronMode=True))
    return cell


@pytest.mark.parametrize("action", ["calculate", "check"])
def test_what_is_being_typed_counts(book: Any, click: Any, action: str) -> None:
    """More for key projects than for all projects: that must be found."""
    cell = start_typing(book, "重点项目支出", "200")
    assert cell.value == 95
    done = click(book, action)
    assert (done.returncode, done.stderr) == (0, "")
    assert cell.value == 200
    rows = book.sheets[FINDINGS_SHEET].range("A4:G40").value
    assert any("200" in str(row[3]) and row[1] == "错误" for row in rows)


def test_where_nobody_types_a_click_types_nothing(book: Any, click: Any) -> None:
    cell = start_typing(book, "编制数", "9")
    click(book, "calculate")
    after = everything(book)
    click(book, "calculate")
    assert (everything(book), cell.value) == (after, 9)


def protected(book: Any) -> dict[str, bool]:
    sheets = book.impl.doc.Sheets
    return {name: bool(sheets.getByName(name).isProtected()) for name in sheets.ElementNames}


def heights(book: Any) -> list[int]:
    rows = book.impl.doc.Sheets.getByName(FINDINGS_SHEET).Rows
    return [rows.getByIndex(index).Height for index in range(40)]


@pytest.mark.parametrize("action", ["calculate", "check"])
def test_one_undo_takes_a_whole_click_back(book: Any, click: Any, action: str) -> None:
    named(book, "编制数").value = "十四"
    before, locks, tall = everything(book), protected(book), heights(book)
    assert locks[SCORE_SHEET]
    undo = book.impl.doc.getUndoManager()
    steps = len(undo.getAllUndoActionTitles())
    click(book, action)
    after = everything(book)
    assert after != before
    assert protected(book) == locks
    assert len(undo.getAllUndoActionTitles()) == steps + 1
    undo.undo()
    assert everything(book) == before
    assert (protected(book), heights(book)) == (locks, tall)
    undo.redo()
    assert everything(book) == after
    assert protected(book) == locks


def test_a_click_that_fails_leaves_no_step_open(book: Any, click: Any) -> None:
    named(book, "编制数").value = 15
    sheet = book.sheets[SCORE_SHEET].api
    sheet.unprotect("")
    sheet.protect("秘密")
    undo = book.impl.doc.getUndoManager()
    assert click(book, "calculate").stderr != ""
    named(book, "编制数").value = 16
    undo.undo()
    assert named(book, "编制数").value == 15
