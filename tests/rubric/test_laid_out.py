"""`rubric check` lays out the workbook that a rubric makes: every fact and indicator has its cells,
no name stands for two."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.authoring.lint.names import name_fault
from rubric_sheets.authoring.problems import as_findings
from rubric_sheets.books.create import workbook
from rubric_sheets.pages import workbook_pages
from rubric_sheets.places.slots import RESERVED, is_reserved
from rubric_sheets.rubric import load
from rubric_sheets.rubric.model import Rubric

from ..rubrics import every_rubric
from .helpers import source_of


def found(source: Any) -> list[tuple[str, tuple[Any, ...]]]:
    problems = check_source(source)
    said = as_findings(problems, source)
    return [(told.code, one.path) for told, one in zip(said, problems)]


@pytest.mark.parametrize("rubric", every_rubric(), ids=lambda rubric: rubric["id"])
def test_what_the_layout_names_itself_no_fact_may_be_called(rubric: Rubric) -> None:
    """One list holds all of them."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(rubric, {})))
    ours = set(book.defined_names) - set(rubric["facts"]) - set(rubric["tables"])
    assert ours
    assert all(map(is_reserved, ours)), [name for name in ours if not is_reserved(name)]
    assert not any(map(is_reserved, (*rubric["facts"], *rubric["tables"])))


@pytest.mark.parametrize("rubric", every_rubric(), ids=lambda rubric: rubric["id"])
def test_no_name_is_used_twice(rubric: Rubric) -> None:
    every = workbook_pages.pages(rubric)
    names = [item.name for page in every for item in page.items if item.name]
    names += [name for page in every for name in page.areas]
    assert [name for name, count in Counter(map(str.casefold, names)).items() if count > 1] == []


@pytest.mark.parametrize("name", sorted({*RESERVED, "小计_1", "总表_总分", "指标_甲"}))
def test_a_bonus_cannot_be_called_what_the_program_needs(name: str) -> None:
    source = source_of("xushui-management")
    source["indicator"][8]["rule"]["fact"] = name
    assert ("rubric-name", ("indicator", 8, "rule", "fact")) in found(source)


def test_a_workbook_that_is_there_may_have_a_name_that_a_new_one_may_not() -> None:
    assert name_fault("加分")
    assert not name_fault("加分", carried=True)
    assert name_fault("评分表头", carried=True)


def test_a_fact_of_the_form_is_no_weight_too() -> None:
    """编制数 would have its cell on 基本情况 and another one in the 评分表."""
    source = source_of("xushui-management")
    source["indicator"][0]["weight_fact"] = "编制数"
    assert found(source) == [("rubric-cell-twice", ("indicator", 0, "weight_fact"))]


def test_a_sheet_that_the_layout_forgets_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of("xushui-management")
    source["fact"] = [{"name": "网站点击数", "kind": "count"}]
    assert found(source) == []
    monkeypatch.setattr(workbook_pages, "_added", lambda rubric, form: iter(()))
    assert found(source) == [("rubric-cell-none", ("fact", 0, "name"))]


def test_a_row_that_the_layout_forgets_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of("sichuan-project")
    assert found(source) == []
    monkeypatch.setattr("rubric_sheets.pages.project_sheet.put_indicator", lambda *_: None)
    codes = found(source)
    assert ("rubric-cell-none", ("indicator", 6)) in codes
    assert {code for code, _ in codes} == {"rubric-cell-none"}


def test_members_of_a_group_need_not_stand_together(tmp_path: Path) -> None:
    """Each then has a cell for its weight; the sum counts the group once."""
    source = source_of("yueyang-department")
    first = next(i for i, one in enumerate(source["indicator"]) if one.get("group"))
    source["indicator"].append(source["indicator"].pop(first))
    assert check_source(source) == []
    rubric = load.resolve(source)
    book = openpyxl.load_workbook(io.BytesIO(workbook(rubric, {})))["评分表"]
    shown = [row[4].value for row in book.iter_rows() if row[2].value == "经济效益"]
    assert shown == [15]
