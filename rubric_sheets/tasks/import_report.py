"""A finished report → a filled workbook, with a sheet that says where every figure was read."""

from __future__ import annotations

from typing import Any

from ..books.create import workbook
from ..books.files import write_new
from ..exact.quantities import exact
from ..findings.finding import InputError
from ..pages.workbook_pages import pages
from ..places import slots
from ..records import Record
from ..reports.judged_rows import alone
from ..reports.output import Result
from ..reports.part import Part
from ..reports.sightings import Evidence, Sighting
from ..rubric.model import Rubric
from .read_report import read_report, says_nothing

SHEET = "来源"
HEADS = ("数据", "填入", "单元格", "原文", "位置", "把握")
WIDTHS = (30, 16, 14, 60, 26, 22)
SURE, SENTENCE, DOUBT = "确定", "取自叙述，请核对", "前后不一致，没有填入"


class Line(Record):
    """One filled cell; an empty slot for what was read and not filled."""

    name: str
    value: str
    slot: str
    evidence: Evidence
    sure: str


def import_report(path: str, out: str, named: Rubric | None = None) -> Result:
    """Raises InputError; nothing is then written."""
    result = read_report(path, named)
    if says_nothing(result):
        raise InputError("report-nothing", path=path)
    parts = [alone(one.part) for one in result.of_one_rubric]
    rubric, data = parts[0].rubric, [part.data() for part in parts]
    whole = together(rubric, data)
    lines = [
        line._replace(slot=slots.of_project(number, line.slot) if line.slot else "")
        for number, part in enumerate(parts, 1)
        for line in lines_of(part)
    ]
    cells = _cells(rubric, data)
    write_new(out, workbook(rubric, whole, further=lambda book, _: _sheet(book, lines, cells)))
    return result


def together(rubric: Rubric, data: list[dict[str, Any]]) -> dict[str, Any]:
    """One FACTS.json of the projects' own."""
    return data[0] if len(data) == 1 else {"rubric": rubric["id"], "projects": data}


def lines_of(part: Part) -> list[Line]:
    """What was filled, and from where."""
    found = []
    for name, some in part.facts.items():
        is_left = name in part.doubted
        for one in some[: 2 if is_left else 1]:
            sure = DOUBT if is_left else _sure(one)
            found.append(_line(name, one, "" if is_left else slots.fact(name), sure))
    for table, rows in part.rows.items():
        for index, row in enumerate(rows):
            for column, one in row.items():
                name = f"{table}第{index + 1}行·{column}"
                found.append(_line(name, one, slots.row(table, index, column), SURE))
    names = {spec["id"]: spec["levels"][-1] for spec in part.rubric["indicators"]}
    for id_, item in part.items.items():
        if item.score is not None:
            name, value = f"{names[id_]}·自评得分", exact(item.score)
            sure = SURE if item.in_table else SENTENCE
            found.append(Line(name, value, slots.claim(id_), item.evidence, sure))
    for name, claims, slot in (
        ("自评总分", part.totals, slots.CLAIMED_TOTAL),
        ("评价等次", part.grades, slots.CLAIMED_GRADE),
    ):
        found += [_line(name, one, slot, _sure(one)) for one in claims[:1]]
    levels = list(dict.fromkeys(spec["levels"][0] for spec in part.rubric["indicators"]))
    for level, one in part.subtotals.items():
        slot = slots.subtotal(slots.SUBTOTAL_CLAIM, levels.index(level) + 1)
        found.append(_line(f"{level}·自评小计", one, slot, _sure(one)))
    return found


def _sure(one: Sighting) -> str:
    return SENTENCE if one.is_sentence else SURE


def _line(name: str, one: Sighting, slot: str, sure: str) -> Line:
    return Line(name, one.words + one.unit, slot, one.evidence, sure)


def _cells(rubric: Rubric, data: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """Slot → (sheet, cell) in the new workbook."""
    rows = [{name: len(lines) for name, lines in one["tables"].items()} for one in data]
    return {
        item.slot: (page.name, item.cell)
        for page in pages(rubric, rows[0], rows[1:])
        for item in page.items
        if item.slot
    }


def _sheet(book: Any, lines: list[Line], cells: dict[str, tuple[str, str]]) -> None:
    """来源: a line for each filled cell, linked to it. Texts of the report are never formulas."""
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "bottom": 1, "font_name": "宋体", "font_size": 10})
    plain = book.add_format(
        {"text_wrap": True, "valign": "top", "font_name": "宋体", "font_size": 10}
    )
    doubt = book.add_format(
        {
            "text_wrap": True,
            "valign": "top",
            "font_name": "宋体",
            "font_size": 10,
            "bg_color": "#FFF2CC",
        }
    )
    link = book.add_format(
        {"font_color": "#0563C1", "underline": 1, "valign": "top", "font_size": 10}
    )
    for column, (text, width) in enumerate(zip(HEADS, WIDTHS)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, head)
    for row, line in enumerate(lines, 1):
        look = plain if line.sure == SURE else doubt
        texts = (
            line.name,
            line.value[:500],
            "",
            line.evidence.shown[:500],
            str(line.evidence.spot),
        )
        for column, text in enumerate((*texts, line.sure)):
            sheet.write_string(row, column, text, look)
        if line.slot in cells:
            name, cell = cells[line.slot]
            sheet.write_url(row, 2, f"internal:'{name}'!{cell}", link, f"{name}!{cell}")
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
