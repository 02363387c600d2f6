"""Every message of a click in an open workbook: produced by the real program where it can be,
else by a fake host."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pyaddin import ribbon, session
from pyaddin.hosts.calc.host import CalcHost
from rubric_sheets.findings.catalogue import CATALOGUE
from rubric_sheets.places.names import FINDINGS_SHEET, META_SHEET, SCORE_SHEET
from tests.books import FULL, new
from xlwings_libreoffice import protection
from xlwings_libreoffice.connection import file_url

from ..conftest import heard
from ..offices import PATIENCE
from .conftest import ROOT
from .sheets import everything, named


def says(code: str, text: str) -> bool:
    """Is it this message of the catalogue, with its mend, whatever stands in its fields?"""
    _, problem, fix = CATALOGUE[code]
    pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(problem + fix))
    said = re.search(f"{pattern}$", text.strip()) is not None
    if said:
        heard(code)
    return said


@pytest.fixture
def book(open_book: Any, tmp_path: Path) -> Any:
    return open_book(Path(new(tmp_path / "评分表.xlsx")))


@pytest.fixture
def press(cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """A click in this process, where things can be made to go wrong;
    gives what the person is told of it."""

    def go(book: Any, action: str) -> str:
        monkeypatch.setattr(
            sys, "argv", ["python", f"--wb={book.fullname}", "--from_xl=1", "--app=", "--hwnd="]
        )
        capsys.readouterr()
        getattr(ribbon, action)()
        return capsys.readouterr().err

    return go


class ComError(Exception):
    """As pywin32 raises it."""

    def __init__(self, number: int, text: str = "") -> None:
        self.hresult, self.excepinfo = -2147352567, (0, "Microsoft Excel", text, None, 0, number)


class Excel:
    """As much of a book in Excel as a click needs that comes to nothing."""

    fullname = r"C:\评分表.xlsm"

    def __init__(self, problem: Exception) -> None:
        self.problem = problem
        self.told: list[tuple[str, str]] = []
        self.app = self
        self.engine = type("Engine", (), {"name": "excel"})

    @property
    def sheet_names(self) -> list[str]:
        raise self.problem

    def alert(self, text: str, title: str, mode: str) -> None:
        self.told.append((text, mode))


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (ComError(-2146777998), "live-busy"),  # a cell is being edited
        (
            type("ExcelBusyError", (Exception,), {})("Excel application is not responding"),
            "live-busy",
        ),
        (ComError(-2147417848), "live-gone"),
        (ComError(-2146827284, "您试图更改的单元格位于受保护的工作表中。"), "live-protected"),
    ],
)
@pytest.mark.parametrize("action", ["calculate", "check"])
def test_what_excel_refuses(
    action: str, problem: Exception, code: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    excel = Excel(problem)
    monkeypatch.setattr(session, "caller", lambda: excel)
    getattr(ribbon, action)()
    [(text, mode)] = excel.told
    assert says(code, text)
    assert mode == "critical"


def test_the_book_is_closed_in_the_middle(
    book: Any, press: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock = CalcHost.unlock

    def close(self: CalcHost, sheets: Any) -> None:
        book.close()
        unlock(self, sheets)

    monkeypatch.setattr(CalcHost, "unlock", close)
    assert says("live-gone", press(book, "calculate"))


def test_a_sheet_is_deleted_in_the_middle(
    book: Any, press: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock = CalcHost.unlock

    def delete(self: CalcHost, sheets: Any) -> None:
        book.sheets[SCORE_SHEET].delete()
        unlock(self, sheets)

    monkeypatch.setattr(CalcHost, "unlock", delete)
    assert says("live-missing", press(book, "calculate"))


@pytest.mark.parametrize("action", ["calculate", "check"])
def test_without_the_sheet_of_findings_the_summary_says_so(
    book: Any, click: Any, action: str
) -> None:
    named(book, "编制数").value = "十四"
    book.sheets[FINDINGS_SHEET].delete()
    assert click(book, action).stderr == ""


def test_without_a_calling_book(office: Any, cache: Path) -> None:
    code = "import pyaddin.ribbon; pyaddin.ribbon.calculate()"
    environment = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONIOENCODING="utf-8")
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=PATIENCE,
    )
    assert says("live-no-caller", done.stderr)


def test_a_sheet_that_nobody_unlocks_is_protected(book: Any, click: Any) -> None:
    """Only the sheets of results are opened for writing; somebody protected the hidden one."""
    book.sheets[META_SHEET].api.protect("秘密")
    before = everything(book)
    assert says("live-protected", click(book, "calculate").stderr)
    assert everything(book) == before


def test_an_array_formula_among_the_results_stays(book: Any, click: Any) -> None:
    """No part of one can be written: what is around it is."""
    score = book.sheets[SCORE_SHEET]
    protection.unprotect(score)
    score["J6:K6"].impl.xl.setArrayFormula("=1")
    protection.protect(score)
    assert click(book, "calculate").stderr == ""
    assert score["J6:K6"].value == [1, 1]
    assert score["J7"].value


def test_a_sheet_has_a_password(book: Any, click: Any) -> None:
    for name in (FINDINGS_SHEET, SCORE_SHEET):
        book.sheets[name].api.unprotect("")
    book.sheets[SCORE_SHEET].api.protect("秘密")
    book.sheets[FINDINGS_SHEET].api.protect("")
    before = everything(book)
    assert says("live-sheet-password", click(book, "calculate").stderr)
    assert everything(book) == before
    assert protection.is_protected(book.sheets[FINDINGS_SHEET]), (
        "the sheet that was opened first is closed again"
    )


@pytest.mark.parametrize("action", ["calculate", "check", "undo"])
def test_a_book_that_is_read_only(office: Any, click: Any, tmp_path: Path, action: str) -> None:
    import xlwings as xw

    book = xw.Book(new(tmp_path / "只读.xlsx"), read_only=True)
    try:
        before = everything(book)
        assert says("live-read-only", click(book, action).stderr)
        assert everything(book) == before
    finally:
        book.close()


@pytest.mark.parametrize("action", ["export", "change_rubric"])
def test_a_new_book_that_was_never_saved(
    office: Any, press: Any, tmp_path: Path, action: str
) -> None:
    import xlwings as xw

    books = xw.apps.active.books
    impl = books.impl._load(file_url(new(tmp_path / "模板.xlsx")), AsTemplate=True)
    try:
        assert not impl.document.URL
        assert says("live-unsaved", press(xw.Book(impl=impl), action))
    finally:
        impl.close()


def test_nothing_to_undo(book: Any, click: Any) -> None:
    assert says("live-nothing-to-undo", click(book, "undo").stderr)
    click(book, "check")
    assert says("live-nothing-to-undo", click(book, "undo").stderr), "checking changes no score"


def test_libreoffice_has_no_box_to_ask_with(book: Any, click: Any) -> None:
    assert says("live-cannot-ask", click(book, "change_rubric").stderr)


@pytest.mark.parametrize("action", ["calculate", "check"])
def test_what_nobody_foresaw(
    book: Any, press: Any, cache: Path, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Any, notes: Any, present: Any) -> None:
        raise ZeroDivisionError("什么怪事")

    named(book, "编制数").value = "十四"
    before = everything(book)
    with monkeypatch.context() as patch:
        patch.setattr(CalcHost, "set_notes", fail)
        assert says("live-failed", press(book, action))
    assert "ZeroDivisionError" in next(cache.rglob("出错记录.txt")).read_text("utf-8")
    press(book, "undo")
    assert everything(book) == before


@pytest.mark.parametrize("action", ["calculate", "check", "undo"])
def test_another_book_in_front_stays_as_it_is(
    book: Any, open_book: Any, click: Any, tmp_path: Path, action: str
) -> None:
    click(book, "calculate")
    other = open_book(
        Path(new(tmp_path / "另一份.xlsx", {**FULL, "facts": {**FULL["facts"], "实有人数": 99}}))
    )
    other.activate()
    before = everything(other)
    assert click(book, action).stderr == ""
    assert everything(other) == before


@pytest.mark.parametrize(("answer", "made"), [(False, []), (True, ["（草稿）"])])
def test_an_unfinished_book_asks_before_it_makes_a_draft(
    answer: bool, made: list[str], book: Any, press: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def confirm(self: CalcHost, question: str) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr(CalcHost, "confirm", confirm)
    named(book, "编制数").value = None
    press(book, "export")
    assert "1 项没有得分：" in asked[0]
    folder = Path(book.fullname).parent
    assert [mark for mark in ("（草稿）", "（报送）") if list(folder.glob(f"*{mark}*"))] == made


def test_last_years_figures_are_told_in_an_open_workbook(
    open_book: Any, press: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.books import run

    path = tmp_path / "今年.xlsx"
    old = new(tmp_path / "去年.xlsx")
    assert run(capsys, "new", "yueyang-department", str(path), "--from", old).code == 0
    book = open_book(path)
    press(book, "check")
    texts = [str(text) for row in everything(book)[FINDINGS_SHEET] for text in row]
    assert any("是从上年的工作簿带来的，还没有核对" in text for text in texts)
