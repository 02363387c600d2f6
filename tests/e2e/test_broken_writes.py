"""A failure in the middle of a write: nothing stays half done, or 还原上次计算 restores it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from pyaddin import ribbon
from pyaddin.hosts.calc import write
from pyaddin.hosts.calc.document import Document
from pyaddin.hosts.calc.lock import CalcLock
from pyaddin.hosts.excel.host import ExcelHost
from pyaddin.live import score as scoring
from rubric_sheets.places.names import FINDINGS_SHEET, META_SHEET, SCORE_SHEET
from tests.books import new
from xlwings_libreoffice import protection

from .sheets import everything, named, on_screen


@pytest.fixture
def book(open_book: Any, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """With findings, so that there are links and notes to write,
    and with people's notes in the way."""
    book = open_book(Path(new(tmp_path / "评分表.xlsx")))
    monkeypatch.setattr(
        sys, "argv", ["python", f"--wb={book.fullname}", "--from_xl=1", "--app=", "--hwnd="]
    )
    named(book, "编制数").value = "十四"
    for name, cell in ((SCORE_SHEET, "J6"), (FINDINGS_SHEET, "D5")):
        protection.unprotect(book.sheets[name])
        book.sheets[name][cell].add_note("我自己的批注")
        protection.protect(book.sheets[name])
    return book


def breaks(monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    """The first block is written, the second is not,
    nor anything after it as long as `times` lasts."""
    left, written = [times], [0]
    put = Document.put

    def broken(self: Document, sheet: str, method: Any, rows: Any) -> None:
        if sheet != META_SHEET:
            written[0] += 1
            if left[0] and written[0] > 1:
                left[0] -= 1
                raise OSError("断了")
        put(self, sheet, method, rows)

    monkeypatch.setattr(Document, "put", broken)


def loses_formulas(monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    """Values are written, the links that belong among them are not."""
    left = [times]

    def broken(formulas: Any) -> Any:
        if left[0] and formulas:
            left[0] -= 1
            is_broken.append(True)
            raise OSError("断了")
        return runs_of(formulas)

    def still_broken(self: Document, sheet: str, method: Any, rows: Any) -> None:
        if left[0] and is_broken:
            raise OSError("断了")
        put(self, sheet, method, rows)

    runs_of, put, is_broken = write.runs_of, Document.put, list[bool]()
    monkeypatch.setattr(write, "runs_of", broken)
    monkeypatch.setattr(Document, "put", still_broken)


@pytest.mark.parametrize("how", [breaks, loses_formulas])
@pytest.mark.parametrize("action", ["calculate", "check"])
def test_what_was_written_is_put_back_at_once(
    book: Any,
    action: str,
    how: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    locked = {sheet.name: protection.is_protected(sheet) for sheet in book.sheets}
    before = everything(book)
    with monkeypatch.context() as patch:
        how(patch, times=1)
        getattr(ribbon, action)()
    assert "断了" in capsys.readouterr().err
    assert everything(book) == before
    assert {sheet.name: protection.is_protected(sheet) for sheet in book.sheets} == locked
    ribbon.undo()
    assert "没有要还原的" in scoring_alert(book)
    assert everything(book) == before


@pytest.mark.parametrize("how", [breaks, loses_formulas])
@pytest.mark.parametrize("first", [False, True])
def test_undo_restores_what_could_not_be_put_back_at_once(
    book: Any, first: bool, how: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`first`: there are results and links of an earlier calculation."""
    if first:
        named(book, "年末结余").value = -5
        ribbon.calculate()
        named(book, "年末结余").value = 63.63
    before = everything(book)
    with monkeypatch.context() as patch:
        how(patch, times=9)
        ribbon.calculate()
    broken = everything(book)
    assert broken != before
    assert notes_of(broken, "我自己的批注") == 2
    ribbon.undo()
    assert everything(book) == before


def test_the_next_calculation_after_a_broken_one_is_whole(
    book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ribbon.calculate()
    whole = everything(book)
    ribbon.undo()
    with monkeypatch.context() as patch:
        loses_formulas(patch, times=9)
        ribbon.calculate()
    ribbon.calculate()
    assert everything(book) == whole


def test_undo_that_breaks_off_can_be_repeated(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    named(book, "年末结余").value = -5
    ribbon.calculate()
    named(book, "年末结余").value = 63.63
    before = everything(book)
    ribbon.calculate()
    with monkeypatch.context() as patch:
        loses_formulas(patch, times=1)
        ribbon.undo()
    ribbon.undo()
    assert everything(book) == before


@pytest.mark.parametrize("is_at_once", [True, False])
def test_the_plain_xlwings_host_too(
    book: Any, is_at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Excel will run."""
    monkeypatch.setattr(ExcelHost, "_lock", lambda self, name: CalcLock(self.book.sheets[name].api))
    before = everything(book)
    left = [1 if is_at_once else 9]
    write = ExcelHost.write

    def broken(self: ExcelHost, blocks: Any, **how: Any) -> None:
        if left[0]:
            left[0] -= 1
            write(self, blocks[:1] if written else [], **how)
            written.clear()
            raise OSError("断了")
        write(self, blocks, **how)

    written = [True]

    with monkeypatch.context() as patch:
        patch.setattr(ExcelHost, "write", broken)
        with pytest.raises(OSError, match="断了"):
            scoring.score(ExcelHost(book))
    assert (everything(book) == before) == is_at_once
    scoring.undo(ExcelHost(book))
    assert everything(book) == before
    assert on_screen(book)


def notes_of(state: dict[str, Any], text: str) -> int:
    return sum(
        note == text
        for name, notes in state.items()
        if name.endswith("!notes")
        for note in notes.values()
    )


def scoring_alert(book: Any) -> str:
    """The last message."""
    return str(book.app.impl.alerts[-1].prompt)
