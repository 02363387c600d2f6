"""Inputs hidden by merged cells are found in an open book as they are in a file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pyaddin.hosts.calc.host import CalcHost
from pyaddin.hosts.excel.host import ExcelHost
from pyaddin.live.source import LiveSource, read_live
from rubric_sheets.places.names import FINDINGS_SHEET
from rubric_sheets.tasks.score import score_book
from tests.books import new, with_openpyxl
from xlwings_libreoffice import count_calls, protection

from .sheets import differing, in_file, named, on_screen

SHEET = "三公"


@pytest.fixture
def book(open_book: Any, tmp_path: Path) -> Any:
    return open_book(Path(new(tmp_path / "评分表.xlsx")))


def merge(book: Any, area: str, *, on: bool = True) -> None:
    sheet = book.sheets[SHEET]
    protection.unprotect(sheet)
    if on:
        sheet[area].merge()
    else:
        sheet[area].unmerge()
    protection.protect(sheet)


def hidden(book: Any) -> list[str]:
    """The findings on screen about merged cells."""
    rows = book.sheets[FINDINGS_SHEET].range("A4:G60").value
    return [row[2] for row in rows if row[3] and "被合并单元格" in row[3]]


@pytest.mark.parametrize("area", ["C8:D8", "B8:C8", "C8:C10", "D16:E16"])
def test_a_merge_made_in_the_open_book(book: Any, click: Any, area: str, tmp_path: Path) -> None:
    merge(book, area)
    assert click(book, "calculate").stderr == ""
    assert hidden(book)
    path = str(tmp_path / "复制.xlsx")
    book.save()
    shutil.copy(book.fullname, path)
    score_book(path, write=True)
    # scores apart: formulas of the sheet reckon with what is hidden,
    # as with everything that the program refuses
    screen, file = on_screen(book), in_file(path)
    assert (
        differing(
            *(
                {at: cells[at] for at in cells if at[0] == FINDINGS_SHEET}
                for cells in (screen, file)
            )
        )
        == []
    )


def test_one_that_the_file_brought_along(open_book: Any, click: Any, tmp_path: Path) -> None:
    path = new(tmp_path / "合并.xlsx")
    with_openpyxl(path, lambda book: book[SHEET].merge_cells("B8:C8"))
    book = open_book(Path(path))
    click(book, "calculate")
    assert hidden(book) == [f"{SHEET}!C8"]


def test_every_click_knows_what_was_done_since_the_last(book: Any, click: Any) -> None:
    click(book, "calculate")
    assert not hidden(book)
    merge(book, "B8:C8")
    click(book, "check")
    assert hidden(book) == [f"{SHEET}!C8"]
    click(book, "calculate")
    assert hidden(book) == [f"{SHEET}!C8"], "nothing was done since"
    merge(book, "B8:C8", on=False)
    click(book, "calculate")
    assert not hidden(book)


def test_rows_inserted_above_move_the_merges(book: Any, click: Any) -> None:
    merge(book, "B8:C8")
    click(book, "calculate")
    sheet = book.sheets[SHEET]
    protection.unprotect(sheet)
    sheet.range("2:3").insert("down")
    protection.protect(sheet)
    click(book, "calculate")
    assert hidden(book) == [f"{SHEET}!C10"]


def test_after_typing_alone_nothing_is_looked_for(book: Any, cache: Path) -> None:
    from pyaddin.live.score import check

    merge(book, "B8:C8")
    check(CalcHost(book))
    type_in(book, named(book, "编制数"), "15")
    with count_calls() as calls:
        check(CalcHost(book))
    assert calls.names["storeToURL"] == 0
    assert hidden(book) == [f"{SHEET}!C8"]
    merge(book, "E15:E16")
    with count_calls() as calls:
        check(CalcHost(book))
    assert calls.names["storeToURL"] == 1
    assert hidden(book) == [f"{SHEET}!C8", f"{SHEET}!E16"]


def type_in(book: Any, cell: Any, text: str) -> None:
    """As a person does it, with a step that can be undone."""
    from xlwings_libreoffice.connection import properties

    cell.sheet.activate()
    controller = book.api.CurrentController
    controller.select(cell.api)
    manager = book.app.impl._context.ServiceManager
    helper = manager.createInstance("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(controller.Frame, ".uno:EnterString", "", 0, properties(StringName=text))


@pytest.mark.parametrize("area", ["C8:D8", "B8:C8", "B8:D9", "D16:E16", "C8:F10"])
def test_excel_is_asked_rectangle_by_rectangle(book: Any, area: str) -> None:
    """Through xlwings alone; what touches no input need not be found."""
    merge(book, area)
    found = []
    for kind in (ExcelHost, CalcHost):
        host = kind(book)
        [reader] = read_live(host)
        source = reader.source
        assert isinstance(source, LiveSource)
        inputs = {name: set(cells) for name, cells in source._inputs.items()}
        found.append(
            {name: {at for at in source.merges(name)[0] if at in inputs[name]} for name in inputs}
        )
        host.finish()
        assert "cell-merged" in [one.code for one in reader.facts.findings]
    assert found[0] == found[1]


def test_a_template_whose_inputs_are_merged_is_no_finding(book: Any) -> None:
    for kind in (ExcelHost, CalcHost):
        host = kind(book)
        [reader] = read_live(host, lists=True)
        host.finish()
        assert "cell-merged" not in [one.code for one in reader.facts.findings]


def test_merge_cells_answers_as_excel_does(book: Any) -> None:
    sheet = book.sheets[SHEET]
    merge(book, "J7:K8")
    answers = {
        at: sheet[at].merge_cells
        for at in ("J7", "K8", "J7:K8", "K7:L7", "I7:J7", "L7:M9", "K8:L9")
    }
    assert answers == {
        "J7": True,
        "K8": True,
        "J7:K8": True,
        "K7:L7": None,
        "I7:J7": None,
        "L7:M9": False,
        "K8:L9": None,
    }
