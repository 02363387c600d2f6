"""A workbook with several projects: one click scores all of them, the overview shows it,
undo restores all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.books.create import workbook
from rubric_sheets.pages.overview import OVERVIEW
from rubric_sheets.rubric.load import load
from tests.generate import Maker

from .sheets import everything, named

PROJECTS = 3


@pytest.fixture
def book(open_book: Any, tmp_path: Path) -> Any:
    rubric = load("project")
    parts = [Maker(rubric, f"overview {number}").data() for number in range(PROJECTS)]
    for number, part in enumerate(parts, 1):
        part["facts"]["项目名称"] = f"项目{number}"
    path = tmp_path / "项目自评.xlsx"
    path.write_bytes(workbook(rubric, {"rubric": "project", "projects": parts}))
    return open_book(path)


def endings() -> list[str]:
    return [f"__{number}" if number > 1 else "" for number in range(1, PROJECTS + 1)]


def test_all_are_scored_shown_and_restored(book: Any, click: Any) -> None:
    before = everything(book)
    assert click(book, "calculate").stderr == ""
    after = everything(book)
    assert after != before
    for number, ending in enumerate(endings(), 1):
        sheet = named(book, "总分" + ending).sheet
        assert after[sheet.name] != before[sheet.name]
        assert named(book, "总表_项目名称" + ending).value == f"项目{number}"
        assert named(book, "总表_总分" + ending).value == pytest.approx(
            named(book, "总分" + ending).value
        )
        assert named(book, "总表_等次" + ending).value == named(book, "等次" + ending).value
        assert named(book, "总表_总分" + ending).sheet.name == OVERVIEW
    assert click(book, "undo").stderr == ""
    assert everything(book) == before


def test_a_finding_of_the_last_project_is_noted_on_its_own_sheet(book: Any, click: Any) -> None:
    cell = named(book, "年度资金总额全年预算数" + endings()[-1])
    cell.value = "很多"
    click(book, "calculate")
    assert cell.note.text.startswith("【校验】")
    assert named(book, "年度资金总额全年预算数").note is None
    click(book, "undo")
    assert cell.note is None


def test_the_export_holds_all_of_them_as_they_stand_on_the_screen(
    book: Any, click: Any, tmp_path: Path
) -> None:
    click(book, "calculate")
    named(book, "项目名称__2").value = "还没有保存的名称"
    said = click(book, "export").stderr
    made = list(tmp_path.glob("*（报送）*"))
    if not made:
        assert "没有生成报送表" in said
        return
    texts = {
        str(cell.value)
        for sheet in openpyxl.load_workbook(made[0])
        for row in sheet.iter_rows()
        for cell in row
    }
    assert {"项目1", "还没有保存的名称", "项目3"} <= texts


def test_a_deleted_project_leaves_the_others(book: Any, click: Any) -> None:
    named(book, "总分__2").sheet.delete()
    last = named(book, "总分__3").sheet.name
    before = everything(book)
    assert click(book, "calculate").stderr == ""
    assert everything(book)[last] != before[last], "reasons are written"
