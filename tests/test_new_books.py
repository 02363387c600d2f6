"""What every new workbook has for whoever fills it in: lists and limits, protection, colours; and
findings beyond the room of their sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.files import save
from rubric_sheets.books.read import open_projects
from rubric_sheets.books.write import Writer
from rubric_sheets.findings.finding import finding
from rubric_sheets.pages.other_sheets import FINDING_ROWS
from rubric_sheets.places import slots
from rubric_sheets.places.names import FINDINGS_AREA, SCORE_SHEET
from rubric_sheets.rubric.load import published

from .books import new

NUMBERS = ("amount", "count", "percent", "yes_no", "breach_count")


@pytest.mark.parametrize("rubric_id", published())
def test_every_input_is_guarded(tmp_path: Path, rubric_id: str) -> None:
    """Each figure has a condition, can be typed in, and its formulas cannot be typed over."""
    rubric, path = find(rubric_id), tmp_path / "a.xlsx"
    path.write_bytes(workbook(rubric))
    book, (reader,) = openpyxl.load_workbook(path), open_projects(str(path))
    places = {name: at for name, at in reader.facts.places.items() if name in rubric["facts"]}
    figures = 0
    for name, at in places.items():
        spec, sheet = rubric["facts"][name], book[at.sheet]
        assert sheet.protection.sheet, at.sheet
        if spec["kind"] not in NUMBERS or name in reader.facts.derived:
            continue
        figures += 1
        rules = [one for one in sheet.data_validations.dataValidation if at.cell in one.sqref]
        assert rules, f"{name} {at.cell}"
        assert not sheet[at.cell].protection.locked, name
    assert figures
    score = book[SCORE_SHEET] if SCORE_SHEET in book.sheetnames else book.worksheets[0]
    assert len(list(score.conditional_formatting)) >= 2
    for row in reader.rows.values():
        cell = score.cell(row, reader.columns[slots.SCORE])
        assert (cell.data_type, cell.protection.locked) == ("f", True), cell.coordinate


def test_findings_beyond_the_room_are_counted(tmp_path: Path) -> None:
    path = new(tmp_path / "a.xlsx")
    (reader,) = open_projects(path)
    writer = Writer(reader)
    told = [
        finding("headings-gone", "绩效目标", "A1", table=str(n)) for n in range(FINDING_ROWS + 7)
    ]
    writer.findings(told, "许多")
    save(writer.changes)
    area = open_projects(path)[0].source.names[FINDINGS_AREA]
    sheet = openpyxl.load_workbook(path)[area.sheet]
    last = sheet.cell(area.last_row, area.first_col + 3).value
    assert last.startswith(f"另有 {8} 条未列出")
    assert sheet.cell(area.last_row - 1, area.first_col).value == FINDING_ROWS - 1
