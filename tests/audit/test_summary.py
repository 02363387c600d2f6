"""The summary for people."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from rubric_sheets.audit.summary import groups, writing
from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook

from ..books import new
from .helpers import audit, unit

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "@SUM(A1)",
    "-2",
    "http://example.com",
    "a<b>&\"'",
    "第_x0007_局",
    "x" * 300,
    "某局 #1 100%",
)


def made(path: Path) -> Path:
    books = path / "各单位"
    books.mkdir(exist_ok=True)
    for number, name in enumerate(HOSTILE):
        new(books / f"{number} {name[:20].replace('/', '_')}.xlsx", unit(name, 编制数=10 + number))
    shutil.copy(ROOT / "examples" / "ziyang-2022.xlsx", books / "项目.xlsx")
    shutil.copy(ROOT / "examples" / "yueyang-2021.xlsx", books / "一.xlsx")
    shutil.copy(ROOT / "examples" / "yueyang-2021.xlsx", books / "二.xlsx")
    (books / "坏.xlsx").write_text("x", "utf-8")
    return books


@pytest.mark.parametrize("many", [5_000, 0])
def test_the_workbook(capsys: Any, tmp_path: Path, monkeypatch: Any, many: int) -> None:
    """Of a few units, and as it is written for many."""
    monkeypatch.setattr(writing, "MANY", many)
    made(tmp_path)
    out = tmp_path / "汇总.xlsx"
    audit(capsys, tmp_path / "各单位", "--out", out)
    found = OpenXmlValidator().validate(str(out))
    assert found.is_valid, found.errors
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [
        "总览",
        "排名",
        "得分率 yueyang-department",
        "得分率 project",
        "常见问题",
        "问题清单",
        "重复",
        "未能读取",
    ]
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet for cell in row)
        if sheet.title != "总览":
            assert sheet.freeze_panes is not None
            assert sheet.print_title_rows == "$3:$3"
            assert sheet.auto_filter.ref is not None
    assert book["总览"]._charts
    links = {cell.hyperlink.target for row in book["排名"] for cell in row if cell.hyperlink}
    assert links
    assert all(not link.startswith(("http", "/")) for link in links)


def column(sheet: Any, head: str) -> list[Any]:
    heads = [cell.value for cell in sheet[3]]
    return [row[heads.index(head)] for row in sheet.iter_rows(min_row=4, values_only=True)]


def test_the_ranking_is_the_store_s(capsys: Any, tmp_path: Path) -> None:
    made(tmp_path)
    out = tmp_path / "汇总.xlsx"
    audit(capsys, tmp_path / "各单位", "--out", out)
    with duckdb.connect(str(tmp_path / "汇总.duckdb"), read_only=True) as base:
        rows = base.execute("SELECT name, total, claimed FROM units WHERE usable").fetchall()
    sheet = openpyxl.load_workbook(out)["排名"]
    totals = column(sheet, "测算总分")
    assert totals == sorted(totals, reverse=True)
    assert sorted(totals) == sorted(float(total) for _, total, _ in rows)
    assert column(sheet, "名次")[0] == 1
    claimed = list(zip(column(sheet, "测算总分"), column(sheet, "自评总分")))
    assert {points for _, points in claimed} == {
        None if points is None else float(points) for _, _, points in rows
    }


def test_what_a_unit_claims(capsys: Any, tmp_path: Path) -> None:
    """The total that it typed, or the sum of its own scores: not of some of them only."""
    some, typed = unit("只填了一部分"), unit("填了总分")
    typed["claims"] = {**typed["claims"], "total": "98.5"}
    new(tmp_path / "a.xlsx", some)
    new(tmp_path / "b.xlsx", typed)
    shutil.copy(ROOT / "examples" / "xushui-2023.xlsx", tmp_path / "c.xlsx")
    audit(capsys, tmp_path, "--out", tmp_path / "汇总.csv")
    with duckdb.connect(str(tmp_path / "汇总.duckdb"), read_only=True) as base:
        found = base.execute("SELECT claimed FROM units ORDER BY file").fetchall()
    assert [points for (points,) in found] == [None, Decimal("98.5"), Decimal(100)]


def test_the_heat_map(capsys: Any, tmp_path: Path) -> None:
    books = tmp_path / "b"
    books.mkdir()
    new(books / "a.xlsx", unit("甲", 满意度=96))
    new(books / "b.xlsx", unit("乙", 满意度=80))
    out = tmp_path / "汇总.xlsx"
    audit(capsys, books, "--out", out)
    sheet = openpyxl.load_workbook(out)["得分率 yueyang-department"]
    assert column(sheet, "单位") == ["平均", "甲", "乙"]
    assert column(sheet, "社会公众或服务对象满意度") == [0.6, 1, 0.2]
    assert column(sheet, "履职效益") == [1, 1, 1]
    (area,) = sheet.conditional_formatting
    assert area.rules[0].type == "colorScale"


def test_csv_and_parquet(capsys: Any, tmp_path: Path) -> None:
    made(tmp_path)
    audit(capsys, tmp_path / "各单位", "--out", tmp_path / "汇总.csv")
    rows = list(csv.DictReader((tmp_path / "汇总.csv").read_text("utf-8-sig").splitlines()))
    names = {row["单位"] for row in rows}
    assert "'" + HOSTILE[0] in names
    assert not any(name[:1] in "=+-@" for name in names if name)
    with duckdb.connect(str(tmp_path / "汇总.duckdb"), read_only=True) as base:
        (total,) = base.execute("SELECT total FROM units WHERE name = '+1+1'").fetchone()
    (shown,) = [row["测算总分"] for row in rows if row["单位"] == "'+1+1"]
    assert shown == str(total)
    audit(capsys, tmp_path / "各单位", "--out", tmp_path / "汇总.parquet")
    with duckdb.connect() as base:
        (count,) = base.execute(
            "SELECT count(*) FROM read_parquet(?)", [str(tmp_path / "汇总.parquet")]
        ).fetchone()
    assert count == len(rows) + 1  # and the one that could not be read


def test_a_former_summary_is_replaced(capsys: Any, tmp_path: Path) -> None:
    new(tmp_path / "a.xlsx")
    out = tmp_path / "汇总.xlsx"
    assert audit(capsys, tmp_path / "a.xlsx", "--out", out).code == 0
    before = out.read_bytes()
    new(tmp_path / "b.xlsx", unit("乙"))
    assert audit(capsys, tmp_path, "--out", out).code == 0
    assert out.read_bytes() != before
    assert openpyxl.load_workbook(out)["排名"].max_row == 5


@pytest.mark.parametrize("kind", [".csv", ".parquet"])
def test_somebody_s_own_file_is_never_replaced(capsys: Any, tmp_path: Path, kind: str) -> None:
    new(tmp_path / "a.xlsx")
    own = tmp_path / f"名单{kind}"
    own.write_text("单位,电话\n某局,1\n", "utf-8")
    before = own.read_bytes()
    refused = audit(capsys, tmp_path / "a.xlsx", "--out", own)
    assert (refused.code, own.read_bytes()) == (2, before)
    assert "已存在，未覆盖" in refused.err
    out = tmp_path / f"汇总{kind}"
    first = audit(capsys, tmp_path / "a.xlsx", "--out", out)
    again = audit(capsys, tmp_path / "a.xlsx", "--out", out)
    assert (first.code, again.code) == (0, 0)


@pytest.mark.parametrize("many", [5_000, 0])
def test_a_sheet_for_each_bureau_or_year(
    capsys: Any, tmp_path: Path, monkeypatch: Any, many: int
) -> None:
    """Each unit stands in one of them, with its place there; the sheet that compares leads to
    them."""
    monkeypatch.setattr(writing, "MANY", many)
    made(tmp_path)
    new(tmp_path / "各单位" / "去年.xlsx", unit("去年的", 2020))
    out = tmp_path / "汇总.xlsx"
    audit(capsys, tmp_path / "各单位", "--out", out, "--by", "年度")
    found = OpenXmlValidator().validate(str(out))
    assert found.is_valid, found.errors
    book = openpyxl.load_workbook(out)
    parts = [name for name in book.sheetnames if name.startswith("年度 ")]
    assert parts == ["年度 2020", "年度 2021", "年度 2022"]
    assert column(book["各年度"], "年度") == ["2020", "2021", "2022"]
    assert column(book["各年度"], "份数") == [book[name].max_row - 3 for name in parts]
    links = [row[0].hyperlink.location for row in book["各年度"].iter_rows(min_row=4)]
    assert links == [f"'{name}'!A1" for name in parts]
    units = [unit for name in parts for unit in column(book[name], "单位")]
    assert sorted(units) == sorted(column(book["排名"], "单位"))
    for name in parts:
        totals = column(book[name], "测算总分")
        assert totals == sorted(totals, reverse=True)
        assert column(book[name], "名次")[0] == 1


def test_more_bureaus_than_sheets(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """The greatest have sheets of their own; hostile names of bureaus are names of sheets too."""
    monkeypatch.setattr(groups, "MOST", 3)
    facts = json.loads((ROOT / "examples" / "facts" / "ziyang-2022.json").read_text("utf-8"))
    for number, bureau in enumerate(("甲[局]'", "甲[局]'", "甲 局", "=1+1", "", "x" * 40)):
        own = {**facts["facts"], "主管部门": bureau, "实施单位": f"第{number}单位"}
        (tmp_path / f"{number}.xlsx").write_bytes(
            workbook(find("project"), {**facts, "facts": own})
        )
    out = tmp_path / "汇总.xlsx"
    audit(capsys, tmp_path, "--out", out, "--by", "主管部门")
    book = openpyxl.load_workbook(out)
    assert column(book["各主管部门"], "主管部门")[-1] == "其余"
    assert sum(column(book["各主管部门"], "份数")) == 6
    parts = [name for name in book.sheetnames if name.startswith("主管部门 ")]
    assert len(parts) == 3
    assert parts == ["主管部门 =1+1", "主管部门 甲 局", "主管部门 其余"]
    assert sum(book[name].max_row - 3 for name in parts) == 6
    assert "--by" in audit(capsys, tmp_path, "--out", tmp_path / "s.csv", "--by", "年度").err
