"""A heading is words on paper: another wording changes the heading and nothing else."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_projects
from rubric_sheets.facts.json_form import read_file
from rubric_sheets.facts.model import FactSet
from rubric_sheets.pages.page import FILLING_IN, HEADING, HELP, Item, Page
from rubric_sheets.pages.workbook_pages import pages
from rubric_sheets.places import headings
from rubric_sheets.tasks.submit import write

from ..recalc import values_of
from .conftest import EXAMPLES, facts

# Between them they have every kind of block: amounts, institutions, lists, checklists, a project, an overview.
CASES: dict[str, dict[str, Any]] = {
    "yueyang": read_file(str(EXAMPLES / "yueyang-2021.json")),
    "mof": read_file(str(EXAMPLES / "mof-2013-53.json")),
    "projects": facts()["projects"],
}


def new(text: str) -> str:
    """Another wording."""
    return f"另称{text}" if text else ""


def rename(patch: pytest.MonkeyPatch, only: str = "") -> None:
    """Every layout words its headings in another way, or but one of them; the columns of score tables have their
    own list of headings, those of lists of texts are the rubric's own, and known by them."""

    def other(text: str) -> str:
        return new(text) if only in ("", text) else text

    for form in (headings.DEPARTMENT, headings.PROJECT):
        for column, text in form.items():
            patch.setitem(form, column, other(text))
    known = {text for form in (headings.DEPARTMENT, headings.PROJECT) for text in form.values()}
    known |= set(headings.OF_OTHER_FORMS) | {
        column.get("label", column["name"])
        for data in CASES.values()
        for table in find(data["rubric"])["tables"].values()
        if not table["totals"]
        for column in table["columns"]
    }
    put_in = Page.put_in

    def put(page: Page, row: int, column: int, style: str, text: str = "", **more: Any) -> Item:
        text = other(text) if style == "header" and text not in known else text
        return put_in(page, row, column, style, text, **more)

    patch.setattr(Page, "put_in", put)
    patch.setattr(headings, "columns", headings.columns.__wrapped__)  # not those kept in mind


def cells(path: Path) -> dict[tuple[str, str], Any]:
    return values_of(path.read_bytes())


def merges(path: Path) -> dict[str, list[str]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: sorted(area.coord for area in sheet.merged_cells.ranges) for sheet in book}


def seen(all_facts: list[FactSet]) -> list[Any]:
    """What was read, where it stands and what was found about it."""
    return [
        (
            one.values,
            one.places,
            one.lost,
            one.findings,
            {name: [(row.values, row.places) for row in rows] for name, rows in one.tables.items()},
            (one.claims.indicators, one.claims.places, one.claims.total, one.claims.grade),
        )
        for one in all_facts
    ]


def handed_in(folder: Path, data: dict[str, Any]) -> tuple[Path, list[Any]]:
    """(the submission, what was read of the workbook)."""
    folder.mkdir()
    book, out = folder / "自评.xlsx", folder / "报送.xlsx"
    book.write_bytes(workbook(find(data["rubric"]), data))
    write(str(book), str(out), force=True)
    return out, seen([one.facts for one in open_projects(str(book))])


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, list[Any]]]:
    folder = tmp_path_factory.mktemp("before")
    return {name: handed_in(folder / name, data) for name, data in CASES.items()}


@pytest.mark.parametrize("only", ["", "填报说明", "自评得分", "机构名称"])
@pytest.mark.parametrize("name", CASES)
def test_other_headings_change_only_themselves(
    name: str,
    only: str,
    before: dict[str, tuple[Path, list[Any]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rename(monkeypatch, only)
    out, read = handed_in(tmp_path / name, CASES[name])
    assert read == before[name][1]
    assert merges(out) == merges(before[name][0])
    was, now = cells(before[name][0]), cells(out)
    assert was.keys() == now.keys()
    changed = {was[place]: now[place] for place in was if was[place] != now[place]}
    assert changed == {old: new(old) for old in changed}
    assert only or len(changed) > 5


def test_the_new_heading_stands_in_the_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    rename(monkeypatch, "填报说明")
    book = openpyxl.load_workbook(io.BytesIO(workbook(find("yueyang-department"))))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert new("填报说明") in values
    assert values.count("填报说明") == 1, "the title of the sheet of this name"


@pytest.mark.parametrize("name", CASES)
def test_what_helps_to_fill_in_is_not_handed_in(
    name: str, before: dict[str, tuple[Path, list[Any]]]
) -> None:
    helps = {
        item.text
        for page in pages(find(CASES[name]["rubric"]))
        for item in page.items
        if item.role in FILLING_IN and item.text
    }
    assert helps
    assert helps & set(cells(before[name][0]).values()) == set()


def test_the_help_column_of_amounts_is_help() -> None:
    everything = [item for page in pages(find("yueyang-department")) for item in page.items]
    assert [
        item for item in everything if item.text == "填报说明" and item.role not in (HELP, "title")
    ] == []
    assert any(item.role == HEADING for item in everything)
