"""The sheets 填报说明 and 总览: what is stored there is what its formulas give, before and after a scoring run."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from rubric_sheets.books.create import workbook
from rubric_sheets.books.dashboard_values import repeats
from rubric_sheets.pages.dashboard_words import UNCHECKED
from rubric_sheets.rubric.load import load

from .books import FULL, new, run, type_at
from .recalc import Sample, libreoffice

Capture = pytest.CaptureFixture[str]
FACTS = Path(__file__).parents[1] / "examples" / "facts"
SHEETS = ("填报说明", "总览")
EXAMPLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FACTS.glob("*.json"))
}


def cells(data: bytes) -> dict[str, Any]:
    """What the 总览 sheet shows, blank cells and empty texts alike left out."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["总览"]
    found = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}
    return {
        place: round(value, 8) if isinstance(value, float) else value
        for place, value in found.items()
        if value not in (None, "")
    }


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> list[Sample]:
    """Every example, made blank or nearly so, then filled and scored: everything has been written back."""
    found = []
    for name, data in EXAMPLES.items():
        path = tmp_path_factory.mktemp("scored") / f"{name}.xlsx"
        few = {"rubric": data["rubric"], "facts": dict(list(data["facts"].items())[:2])}
        if "tables" in data:
            few["tables"] = {"绩效指标": data["tables"].get("绩效指标", [])}
        path.write_bytes(workbook(load(data["rubric"]), few))
        from rubric_sheets.tasks.fill import fill_book
        from rubric_sheets.tasks.score import score_book

        fill_book(str(path), data)
        score_book(str(path), write=True)
        found.append(Sample(name, path.read_bytes(), {}))
    return found


def test_what_is_written_back_is_what_libreoffice_computes(
    scored: list[Sample], tmp_path: Path
) -> None:
    for one, data in libreoffice(tmp_path, scored):
        assert cells(one.data) == cells(data), one.name


def test_it_opens_without_repair(scored: list[Sample], tmp_path: Path) -> None:
    for one in scored:
        path = tmp_path / f"{one.name}.xlsx"
        path.write_bytes(one.data)
        result = OpenXmlValidator().validate(str(path))
        assert result.is_valid, (one.name, result.errors)


def test_they_are_the_first_sheets_and_have_charts() -> None:
    for name in ("yueyang-department", "project", "xushui-management"):
        book = openpyxl.load_workbook(io.BytesIO(workbook(load(name))))
        assert tuple(book.sheetnames[:2]) == SHEETS
        assert len(book["总览"]._charts) >= 2
        lines = [row for row in book["填报说明"].iter_rows(min_row=2) if row[1].value]
        assert len(lines) == 10


def test_the_cursor_waits_on_a_cell_to_fill_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(load("yueyang-department"))))
    chosen = {sheet.title: sheet.sheet_view.selection[-1].sqref for sheet in book}
    for name in ("基本情况", "收支表", "三公", "预算执行", "核查清单", "评分表"):
        cell = book[name][str(chosen[name]).split(":")[0]]
        assert not cell.protection.locked, name
    tabs = {one.sheet_properties.tabColor.rgb for one in book if one.sheet_state == "visible"}
    assert len(tabs) > 3


def test_it_tells_what_is_missing_and_leads_there(tmp_path: Path, capsys: Capture) -> None:
    path = new(tmp_path / "评分表.xlsx", {"facts": {"单位名称": "某局"}})
    before = cells(Path(path).read_bytes())
    assert before["G3"] == UNCHECKED
    run(capsys, "score", path)
    after = openpyxl.load_workbook(path, data_only=True)["总览"]
    lines = {row[0].value: row for row in after.iter_rows(min_row=8, max_row=17)}
    _, _, filled, due, empty = lines["基本情况"][:5]
    assert (filled.value, due.value, empty.value) == (1, 12, "预算编码")
    formula = openpyxl.load_workbook(path)["总览"][empty.coordinate].value
    assert '"预算编码"' in formula
    assert 'HYPERLINK("#"&' in formula
    assert after["G3"].value == 0
    assert after["H3"].value > 0


def test_errors_stand_first_with_a_link(tmp_path: Path, capsys: Capture) -> None:
    path = new(tmp_path / "评分表.xlsx", {**FULL, "facts": {**FULL["facts"], "在职人员数": 40}})
    run(capsys, "score", path)
    sheet = openpyxl.load_workbook(path, data_only=True)["总览"]
    rows = [row for row in sheet.iter_rows() if row[0].value == "错误"]
    assert rows
    assert rows[0][1].value.startswith("基本情况!")
    assert sheet["G3"].value == len(rows)


def test_a_unit_may_write_there_what_it_wants(tmp_path: Path, capsys: Capture) -> None:
    path = new(tmp_path / "评分表.xlsx")
    type_at(path, "总览", {"A3": "我们的总分"})
    run(capsys, "score", path)
    assert cells(Path(path).read_bytes())["A3"] == "我们的总分"


def test_the_whole_sheet_may_be_deleted(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "评分表.xlsx"
    book = openpyxl.load_workbook(new(path))
    del book["总览"]
    for name in [name for name in book.defined_names if name.startswith("总览_")]:
        del book.defined_names[name]
    book.save(path)
    done = run(capsys, "score", str(path))
    assert done.err == ""
    assert "已写回工作簿" in done.out


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ('IF(总分="","",总分)', "总分"),
        ('IF(总分="","",等次)', ""),
        ('IF(A1="","",SUM(A1))', ""),
        ("", ""),
    ],
)
def test_a_cell_that_repeats_another(formula: str, name: str) -> None:
    assert repeats(formula) == name
