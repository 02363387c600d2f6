"""导入报告, as a click in an open workbook: the person chooses a file, its figures are filled in as
one step."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from pyaddin import ribbon
from pyaddin.hosts.calc.host import CalcHost
from rubric_sheets.places.names import SCORE_SHEET

from ..books import run
from ..reports import miniatures
from ..reports.documents import save
from .sheets import everything, named
from .test_live_messages import says


@pytest.fixture
def book(open_book: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    path = tmp_path / "空表.xlsx"
    assert run(capsys, "new", "yueyang-department", str(path)).code == 0
    return open_book(path)


@pytest.fixture
def choose(cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """The click, with this file chosen; what the person is told."""

    def go(book: Any, path: str | None) -> str:
        told: list[str] = []
        monkeypatch.setattr(CalcHost, "ask_file", lambda *_: path)
        monkeypatch.setattr(CalcHost, "tell", lambda _, text, **__: told.append(text))
        monkeypatch.setattr(
            sys, "argv", ["python", f"--wb={book.fullname}", "--from_xl=1", "--app=", "--hwnd="]
        )
        ribbon.import_report()
        return "\n".join(told)

    return go


@pytest.mark.parametrize("kind", ["docx", "txt", "xlsx"])
def test_a_report_fills_the_open_workbook(
    book: Any, choose: Any, tmp_path: Path, kind: str
) -> None:
    undo = book.impl.doc.getUndoManager()
    steps = len(undo.getAllUndoActionTitles())
    before = everything(book)
    said = choose(book, save(tmp_path, miniatures.FORM, kind))
    assert f"已从“报告.{kind}”填入" in said
    assert "前后不一致、没有填的：在职人员数" in said
    assert [named(book, name).value for name in ("编制数", "实有人数")] == [14, 14]
    assert named(book, "在职人员数").value is None, "it cannot be right"
    scores = [row for row in everything(book)[SCORE_SHEET] if "支付进度" in map(str, row)]
    assert "2" in map(str, scores[0]), "the claim of the report"
    assert len(undo.getAllUndoActionTitles()) == steps + 1
    after = everything(book)
    undo.undo()
    assert everything(book) == before
    undo.redo()
    assert everything(book) == after


def test_the_button_of_undo_takes_it_back(book: Any, choose: Any, tmp_path: Path) -> None:
    before = everything(book)
    choose(book, save(tmp_path, miniatures.FORM, "docx"))
    assert everything(book) != before
    ribbon.undo()
    assert everything(book) == before


def test_a_project_goes_into_a_form_of_projects(
    open_book: Any, choose: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "项目.xlsx"
    run(capsys, "new", "project", str(path))
    book = open_book(path)
    assert "已从“报告.docx”填入" in choose(book, save(tmp_path, miniatures.PROJECT, "docx"))
    assert named(book, "项目名称").value == "机要专项"
    assert named(book, "年度资金总额全年执行数").value == 25.2


def test_nothing_chosen_nothing_changed(book: Any, choose: Any) -> None:
    before = everything(book)
    assert choose(book, "") == "没有选报告，未作任何改动。"
    assert everything(book) == before


def test_where_nobody_can_be_asked(book: Any, choose: Any) -> None:
    assert says("live-cannot-pick", choose(book, None))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no more", "天气很好。".encode()])
def test_a_file_that_is_no_report(book: Any, choose: Any, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(data)
    before = everything(book)
    said = choose(book, str(path))
    assert "坏.docx" in said
    assert "Traceback" not in said
    assert everything(book) == before


def test_the_real_window_of_a_headless_office_closes_at_once(book: Any, click: Any) -> None:
    done = click(book, "import_report")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
