"""A small rubric to spoil, and a workbook to edit as a person does in Excel."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from rubric_sheets.authoring.excel.read import ExcelSource, read_excel
from rubric_sheets.authoring.excel.write import workbook
from rubric_sheets.authoring.files import findings_of, read_source
from rubric_sheets.authoring.lint import check as lint
from rubric_sheets.authoring.problems import as_findings
from rubric_sheets.findings.catalogue import CATALOGUE
from rubric_sheets.rubric import load

SMALL = """
id = "small"
version = "2024.1"
title = "部门整体支出绩效评价评分表"
source = "某财〔2024〕1号"
form = "department"
grades = [{ name = "优", min = 90, synonyms = ["优秀"] }, { name = "良", min = 60 }, { name = "差", min = 0 }]
[ratios]
"控制率" = "在职人员数 / 编制数"
"变动率" = "(三公经费 - 上年三公经费) / 上年三公经费"
[groups]
"效益" = 20
[[fact]]
name = "检查次数"
kind = "count"
unit = "次"
[[indicator]]
id = "staff"
levels = ["投入", "预算配置", "控制率"]
weight = 20
ratio = "控制率"
rule = { kind = "deduct", side = "over", limit = 100, lose = 1, step = "whole" }
case = [{ facts = { "在职人员数" = 36, "编制数" = 34 }, score = 15 }]
[[indicator]]
id = "change"
levels = ["投入", "预算配置", "变动率"]
weight = 20
ratio = "变动率"
rule = { kind = "bands", bands = [
  { range = "(,0]", points = 20 }, { range = "(0,10]", points = 10 }, { range = "(10,)", points = 0 } ] }
[[indicator]]
id = "balance"
levels = ["过程", "资金结余"]
weight = 10
applies_when = "检查次数 > 0"
rule = { kind = "conditions", conditions = [{ when = "累计结余 = 0", points = 10 }, { points = 0 }] }
[[indicator]]
id = "rules"
levels = ["过程", "制度"]
weight = 10
rule = { kind = "checklist", items = [
  { fact = "制度_制定", points = 6, text = "已制定" }, { fact = "制度_执行", points = 4, text = "已执行" } ] }
[[indicator]]
id = "breach"
levels = ["过程", "合规"]
weight = 10
rule = { kind = "breaches", cases = [{ fact = "违规_用途", text = "符合用途" }], lose = 1 }
[[indicator]]
id = "effect"
levels = ["效果", "行政效能"]
weight = 10
rule = { kind = "grades", fact = "行政效能评价", levels = [{ name = "好", points = 10 }, { name = "差", points = 0, synonyms = ["不好"] }] }
[[indicator]]
id = "economy"
levels = ["效果", "经济效益"]
weight = 20
group = "效益"
rule = { kind = "judged", fact = "经济效益自评" }
[[indicator]]
id = "society"
levels = ["效果", "社会效益"]
weight = 20
group = "效益"
rule = { kind = "judged", fact = "社会效益自评" }
[[indicator]]
id = "extra"
levels = ["加分"]
rule = { kind = "bonus", fact = "加分自评" }
[[check]]
when = "支出合计 > 收入合计"
at = "支出合计"
severity = "warning"
message = "支出大于收入"
fix = "请核对"
"""

STAFF, CHANGE, BALANCE, RULES, BREACH, EFFECT, ECONOMY, SOCIETY, EXTRA = range(9)
Change = Callable[[dict[str, Any]], Any]


def small(tmp_path: Path | None = None) -> dict[str, Any]:
    import tomllib

    return load.numbers_as_text(tomllib.loads(SMALL, parse_float=str))


def source_of(rubric_id: str) -> dict[str, Any]:
    return load.complete(load.read_toml(load.source_path(rubric_id)))


def put(*path: Any, to: Any) -> Change:
    """A change of one value."""

    def change(source: dict[str, Any]) -> None:
        place: Any = source
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = copy.deepcopy(to)

    return change


def drop(*path: Any) -> Change:
    def change(source: dict[str, Any]) -> None:
        place: Any = source
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return change


def problems(*changes: Change) -> list[lint.Problem]:
    source = small()
    for change in changes:
        change(source)
    found = lint.check_source(source)
    as_findings(found, source)  # each can be put into words
    return found


def errors(found: list[lint.Problem]) -> list[lint.Problem]:
    return [one for one in found if CATALOGUE[one.code][0] == "error"]


class Book:
    """A rubric's workbook on disk, edited and saved by another program than the one that made
    it."""

    def __init__(self, path: Path, source: dict[str, Any] | None = None) -> None:
        self.path = path
        if source is not None:
            path.write_bytes(workbook(source))
        self.book = openpyxl.load_workbook(path)

    def heading(self, sheet: str, text: str, nth: int = 0) -> tuple[int, int]:
        cells = [
            c
            for row in self.book[sheet].iter_rows()
            for c in row
            if c.value == text and c.font.name == "黑体"
        ]
        return cells[nth].row, cells[nth].column

    def cell(self, sheet: str, heading: str, row: str | int, nth: int = 0) -> Any:
        """The cell under a heading, in the row that begins with `row`,
        or that many rows below the heading."""
        top, column = self.heading(sheet, heading, nth)
        number = (
            top + row
            if isinstance(row, int)
            else next(r for r in range(top + 1, 400) if self.book[sheet].cell(r, 1).value == row)
        )
        return self.book[sheet].cell(number, column)

    def set(self, sheet: str, heading: str, row: str | int, value: Any, nth: int = 0) -> str:
        """Type a value; gives the cell, such as 指标!E5."""
        cell = self.cell(sheet, heading, row, nth)
        cell.value = value
        return f"{sheet}!{cell.coordinate}"

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path

    def read(self) -> ExcelSource:
        return read_excel(str(self.save()))

    def findings(self) -> list[tuple[str, str]]:
        """(code, place) of everything that `rubric check` says."""
        return [(one.code, one.place) for one in findings_of(read_source(str(self.save())))]
