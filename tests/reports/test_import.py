"""A report becomes a workbook: what it says is filled in, with where it was read, and nothing
else."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from rubric_sheets.commands.cli import main
from rubric_sheets.reports.opinion import TITLE

from . import miniatures
from .documents import Block, save


def imported(folder: Path, blocks: list[Block], kind: str = "docx") -> str:
    out = str(folder / "自评.xlsx")
    main(["import", save(folder, blocks, kind), out])
    return out


def facts_of(capsys: pytest.CaptureFixture[str], book: str) -> dict:
    capsys.readouterr()
    main(["facts", book, "--json"])
    return json.loads(capsys.readouterr().out)


def test_facts_and_claims_stand_in_the_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = facts_of(capsys, imported(tmp_path, miniatures.FORM))
    assert data["rubric"] == "yueyang-department"
    assert (data["facts"]["编制数"], data["facts"]["实有人数"]) == (14, 14)
    assert data["facts"]["在职人员数"] is None  # two places contradict each other
    assert data["facts"]["政府采购预算"] is None  # not in the report
    assert data["tables"]["机构支出"][0]["人员支出"] == "212.19"
    assert data["claims"]["asset-use"] == {"自评得分": "2"}
    assert (data["claims"]["total"], data["claims"]["grade"]) == ("92", "优")


def test_every_filled_cell_has_its_source(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(imported(tmp_path, miniatures.FORM))
    lines = list(book["来源"].iter_rows(min_row=2, values_only=True))
    by_name = {line[0]: line for line in lines}
    _, value, cell, quote, place, sure = by_name["编制数"]
    assert (value, quote, place, sure) == ("14人", "人员编制 14", "表 1 第 3 行第 2 列", "确定")
    sheet, address = cell.split("!")
    assert book[sheet][address].value == 14
    assert book["来源"]["C2"].hyperlink.location.endswith(book["来源"]["C2"].value.split("!")[1])
    doubted = [line for line in lines if "前后不一致" in line[5]]
    assert [(line[0], line[2]) for line in doubted] == [("在职人员数", "")]


@pytest.mark.parametrize(
    "blocks", [miniatures.OWN, miniatures.ROADS, miniatures.PROSE, miniatures.CATEGORIES]
)
def test_the_workbook_can_be_scored(
    tmp_path: Path, blocks: list[Block], capsys: pytest.CaptureFixture[str]
) -> None:
    book = imported(tmp_path, blocks)
    capsys.readouterr()
    assert main(["check", book, "--json"]) in (0, 1)
    data = json.loads(capsys.readouterr().out)
    assert data["indicators"]


def test_texts_never_become_formulas(tmp_path: Path) -> None:
    rows = [row.replace("农村公路养护", "=HYPERLINK(1)") for row in miniatures.ROADS[3]]
    book = openpyxl.load_workbook(
        imported(tmp_path, [*miniatures.ROADS[:3], rows, miniatures.ROADS[4]])
    )
    found = [
        c for sheet in book for row in sheet.iter_rows() for c in row if c.value == "=HYPERLINK(1)"
    ]
    assert found
    assert {cell.data_type for cell in found} == {"s"}


def test_what_is_no_report_makes_no_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "信.txt"
    source.write_text("各位同事：\n请于周五前交材料。\n", "utf-8")
    out = tmp_path / "自评.xlsx"
    assert main(["import", str(source), str(out)]) == 2
    assert "没有读到自评的数据" in capsys.readouterr().err
    assert not out.exists()


def test_the_json_of_an_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "自评.xlsx")
    assert main(["import", save(tmp_path, miniatures.PROSE, "docx"), out, "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["book"] == out
    assert data["claims"]["投入"]["小计"] == "13"
    assert {"kind", "quote", "place", "claimed", "exact", "holds"} <= set(data["statements"][0])
    assert all(one["evidence"] for one in data["findings"])


def test_a_named_rubric_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = save(tmp_path, miniatures.PROSE, "txt")
    main(["check", path, "--json", "--rubric", "hunan-county-department"])
    assert json.loads(capsys.readouterr().out)["rubric"] == "hunan-county-department"


def test_the_opinion(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "意见.docx"
    assert main(["check", save(tmp_path, miniatures.FORM, "docx"), "--out", str(out)]) == 1
    lines = [one.text.strip() for one in docx.Document(out).paragraphs]
    assert lines[:2] == ["绩效自评审核意见", "甲市乙办公室："]
    assert "一、需要改正的问题" in lines
    assert any(line.startswith("1. “实有人数”前后不一致") for line in lines)
    assert any("“实有在编人员144人”" in line for line in lines)
    assert lines.index("一、需要改正的问题") < lines.index("二、需要核实或说明的问题")


def test_the_opinion_as_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "意见.xlsx"
    blocks = [*miniatures.FORM, "=1+1年末共有编制14人，实有在编人员145人。"]
    assert main(["check", save(tmp_path, blocks, "docx"), "--out", str(out)]) == 1
    sheet = openpyxl.load_workbook(out).active
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows[:2]] == [TITLE, "甲市乙办公室："]
    assert rows[3] == ["序号", "问题", "原文和位置", "报告中为", "核对结果", "修改建议"]
    firsts = [str(row[0]) for row in rows]
    assert firsts.index("一、需要改正的问题") < firsts.index("二、需要核实或说明的问题")
    first = rows[firsts.index("1")]
    assert "前后不一致" in first[1]
    assert "“实有在编人员144人”（第 6 段）" in first[2]
    assert first[5].startswith("请")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, "landscape")
    assert main(["check", save(tmp_path, blocks, "docx"), "--out", str(out)]) == 2  # kept


def test_workbooks_and_reports_in_one_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, book = save(tmp_path, miniatures.PROSE, "txt"), str(tmp_path / "新.xlsx")
    main(["new", "project", book])
    capsys.readouterr()
    assert main(["check", report, book, "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["report"], second["book"]) == (report, book)


def test_an_opinion_and_comments_are_two_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = save(tmp_path, miniatures.FORM, "docx"), tmp_path / "意见.docx"
    other = str(tmp_path / "." / "意见.docx")
    assert main(["check", path, "--out", str(out), "--marked", other]) == 2
    assert "请给两个不同的文件名" in capsys.readouterr().err
    assert not out.exists()
