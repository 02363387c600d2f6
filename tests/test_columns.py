"""Columns inserted in and deleted from the tables without totals, in LibreOffice: each is known by
its heading, by all commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_book
from xlwings_libreoffice.connection import file_url, properties
from xlwings_libreoffice.office import Office

from .books import found, run, type_at, write_json
from .edits import XLSX
from .honest import Honest
from .offices import running

NOTE = "备注"
LISTS = (
    ("yueyang-department", "年度目标", "实际完成"),
    ("yueyang-department", "绩效指标", "实际完成值"),
    ("yueyang-department", "评价人员", "单位"),
    ("project", "绩效指标", "偏差原因"),
    ("department-targets", "绩效指标", "偏差原因"),
)
Change = Callable[[Path, Callable[[Any], None]], str]


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with running() as process:
        yield process


@pytest.fixture
def change(office: Office, tmp_path: Path) -> Change:
    """Edits a workbook in LibreOffice, which saves it under another name."""

    def go(path: Path, edit: Callable[[Any], None]) -> str:
        document = office.desktop().loadComponentFromURL(
            file_url(str(path)), "_blank", 0, properties(Hidden=True)
        )
        try:
            edit(document)
            made = tmp_path / f"改-{path.name}"
            document.storeToURL(file_url(str(made)), properties(FilterName=XLSX))
        finally:
            document.close(True)
        return str(made)

    return go


def made(folder: Path, rubric_id: str, table: str) -> Path:
    """A workbook whose table has a text in each row and column."""
    rubric, path = find(rubric_id), folder / "书.xlsx"
    data = Honest(rubric, 1).data()
    if not data.setdefault("tables", {}).get(table):
        columns = rubric["tables"][table]["columns"]
        data["tables"][table] = [
            {one["name"]: _value(one, line) for one in columns if one["kind"] != "result"}
            for line in range(3)
        ]
    path.write_bytes(workbook(rubric, data))
    return path


def _value(column: Any, line: int) -> str:
    return str(line) if column["kind"] == "amount" else f"{column['name']}{line}"


def columns(path: Path, table: str) -> dict[str, Any]:
    """Column → the cell of its first row."""
    return open_book(str(path)).facts.tables[table][0].places


def unprotected(document: Any, sheet: str) -> Any:
    found = document.Sheets.getByName(sheet)
    found.unprotect("")
    return found


@pytest.mark.parametrize(("rubric_id", "table", "name"), LISTS)
def test_an_inserted_column(
    capsys, change: Change, tmp_path: Path, rubric_id: str, table: str, name: str
) -> None:
    path = made(tmp_path, rubric_id, table)
    at = columns(path, table)[name]
    before = run(capsys, "facts", str(path), "--json").json

    def insert(document: Any) -> None:
        sheet = unprotected(document, at.sheet)
        sheet.Columns.insertByIndex(at.column - 1, 1)
        for row in range(at.row - 3, at.row + 5):
            sheet.getCellByPosition(at.column - 1, row).String = NOTE

    book = change(path, insert)
    assert columns(Path(book), table)[name] == at._replace(column=at.column + 1)
    assert run(capsys, "facts", book, "--json").json == before
    facts = write_json(tmp_path / "数据.json", {"tables": {table: [{name: "补填的"}]}})
    assert run(capsys, "fill", book, "--facts", facts).out.startswith("已填入 1 个单元格")
    after = run(capsys, "facts", book, "--json").json
    assert after["tables"][table][0][name] == "补填的"
    assert run(capsys, "score", book).code in (0, 1)
    sheet = openpyxl.load_workbook(book)[at.sheet]
    kept = [sheet.cell(row, at.column).value for row in range(at.row - 1, at.row + 4)]
    assert kept == [NOTE] * 5
    assert sheet.cell(at.row, at.column + 1).value == "补填的"
    out = str(tmp_path / "报送.xlsx")
    assert run(capsys, "export", book, out, "--force").code in (0, 1)
    texts = [
        cell.value for one in openpyxl.load_workbook(out) for row in one.iter_rows() for cell in row
    ]
    assert "补填的" in texts
    assert NOTE not in texts


@pytest.mark.parametrize(("rubric_id", "table", "name"), LISTS)
def test_a_deleted_column(
    capsys, change: Change, tmp_path: Path, rubric_id: str, table: str, name: str
) -> None:
    """Told at the headings; the others are read from under theirs, and nothing is filled in."""
    path = made(tmp_path, rubric_id, table)
    at = columns(path, table)[name]
    before = run(capsys, "facts", str(path), "--json").json["tables"][table]

    def delete(document: Any) -> None:
        sheet = unprotected(document, at.sheet)
        cell = sheet.getCellByPosition(at.column - 1, at.row - 1)
        cursor = sheet.createCursorByRange(cell)
        cursor.collapseToMergedArea()
        area = cursor.RangeAddress
        sheet.Columns.removeByIndex(area.StartColumn, area.EndColumn - area.StartColumn + 1)

    book = change(path, delete)
    out = run(capsys, "check", book, "--json")
    assert out.code == 1
    headings = {one["message"].partition("”")[0] for one in found(out, "heading-missing")}
    label = next(
        one.get("label", name)
        for one in find(rubric_id)["tables"][table]["columns"]
        if one["name"] == name
    )
    assert any(label in heading for heading in headings)
    now = run(capsys, "facts", book, "--json").json["tables"][table]
    gone = {one for row in before for one in row} - {one for row in now for one in row}
    assert name not in {one for row in now for one in row}
    for old, new in zip(before, now):
        assert new == {key: value for key, value in old.items() if key not in gone}
    held = Path(book).read_bytes()
    facts = write_json(tmp_path / "数据.json", {"tables": {table: [{name: "补填的"}]}})
    refused = run(capsys, "fill", book, "--facts", facts)
    assert (refused.code, "找不到" in refused.err) == (2, True)
    assert Path(book).read_bytes() == held


def test_headings_that_are_gone(capsys, tmp_path: Path) -> None:
    path = made(tmp_path, "yueyang-department", "绩效指标")
    places = columns(path, "绩效指标")
    sheet = next(iter(places.values())).sheet
    type_at(
        str(path), sheet, {place._replace(row=place.row - 1).cell: "" for place in places.values()}
    )
    (one,) = found(run(capsys, "check", str(path), "--json"), "headings-gone")
    assert one["message"] == "“绩效指标”表的表头找不到了。整张表没有读，也没有写。"
    assert run(capsys, "facts", str(path), "--json").json["tables"]["绩效指标"] == []


def test_a_heading_that_stands_twice(capsys, tmp_path: Path) -> None:
    path = made(tmp_path, "yueyang-department", "绩效指标")
    places = columns(path, "绩效指标")
    second = places["偏差原因"]._replace(row=places["偏差原因"].row - 1)
    type_at(str(path), second.sheet, {second.cell: "自评得分（分）"})
    out = run(capsys, "check", str(path), "--json")
    (one,) = found(out, "heading-double")
    assert one["cell"] == second.cell
    assert any("偏差原因" in missing["message"] for missing in found(out, "heading-missing"))
