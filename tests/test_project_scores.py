"""The scores of projects in a department's workbook: typed, or out of the projects' workbooks."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_projects
from rubric_sheets.checks.evaluation import evaluate
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.findings.finding import InputError
from rubric_sheets.rubric.load import load
from rubric_sheets.rubric.own_figures import AVERAGE, PROJECT_COUNT, PROJECTS, WEIGHTED
from rubric_sheets.scoring.project_scores import of_projects
from rubric_sheets.tasks.project_scores import fill_projects, from_projects

from .books import run
from .rubrics import handmade

DEPARTMENT = "project-scores"
ZIYANG = Path(__file__).parent.parent / "examples" / "facts" / "ziyang-2022.json"


def row(name: str, budget: Any, points: Any) -> dict[str, Any]:
    return {"项目名称": name, "全年预算数": budget, "自评得分": points}


@pytest.mark.parametrize(
    ("rows", "count", "average", "weighted"),
    [
        ([row("甲", 30, 96), row("乙", 10, 79)], 2, "175/2", "367/4"),
        ([row("甲", 30, 96), row("乙", 10, 80), row("丙", 20, 80)], 3, "256/3", "88"),
        ([row("甲", 30, 96), row("乙", 10, "不适用")], 1, "96", "96"),
        ([row("甲", 30, 96), row("乙", 10, None)], None, None, None),
        ([row("甲", 30, 96), row("乙", None, 79)], 2, "175/2", None),
        ([row("甲", 0, 96), row("乙", 0, 79)], 2, "175/2", None),
        ([], None, None, None),
    ],
)
def test_what_comes_of_the_list(
    rows: list[dict[str, Any]], count: int | None, average: str | None, weighted: str | None
) -> None:
    rubric = handmade(DEPARTMENT)
    facts = blank(rubric)
    apply(rubric, facts, {"tables": {PROJECTS: rows}})
    expected = {PROJECT_COUNT: count, AVERAGE: average, WEIGHTED: weighted}
    assert of_projects(rubric, facts) == {
        name: None if value is None else Fraction(value) for name, value in expected.items()
    }


def project(path: Path, data: dict[str, Any]) -> str:
    path.write_bytes(workbook(load("project"), data))
    return str(path)


def test_scores_come_out_of_the_workbooks_of_projects(tmp_path: Path, capsys: Any) -> None:
    given = json.loads(ZIYANG.read_text(encoding="utf-8"))
    one = project(tmp_path / "一.xlsx", given)
    two = project(tmp_path / "二.xlsx", {"rubric": "project", "projects": [given, given]})
    book = tmp_path / "部门.xlsx"
    book.write_bytes(workbook(handmade(DEPARTMENT), {}))
    assert fill_projects(str(book), [one, two]) == 12
    reader = open_projects(str(book))[0]
    card = evaluate(reader.rubric, reader.facts).card
    assert card.figures[PROJECT_COUNT] == 3
    assert card.figures[AVERAGE] == card.figures[WEIGHTED] == 98
    assert run(capsys, "fill", str(book), "--projects", one).code == 0


def test_a_project_without_a_score_and_a_department_without_the_list_are_told(
    tmp_path: Path,
) -> None:
    empty = project(tmp_path / "空.xlsx", {})
    with pytest.raises(InputError) as told:
        from_projects([empty])
    assert [one.code for one in told.value.findings] == ["project-unscored"]
    department = tmp_path / "部门.xlsx"
    department.write_bytes(workbook(load("yueyang-department"), {}))
    with pytest.raises(InputError) as told:
        from_projects([str(department), empty])
    codes = [one.code for one in told.value.findings]
    assert codes == ["project-other-form", "project-unscored"]
    assert "部门整体支出绩效评价评分表" in str(told.value)
    with pytest.raises(InputError) as told:
        fill_projects(empty, [empty])
    assert [one.code for one in told.value.findings] == ["projects-unused"]


def test_a_list_that_is_not_filled_is_one_finding() -> None:
    rubric = handmade(DEPARTMENT)
    facts = blank(rubric)
    found = evaluate(rubric, facts).findings
    assert [one.code for one in found] == ["list-unfinished"]
    for name in ("项目绩效平均得分、按预算加权、项目个数", f"“{PROJECTS}”表"):
        assert name in found[0].message


@pytest.mark.parametrize(("points", "is_told"), [("100", False), ("0", False), ("120", True)])
def test_a_score_that_no_project_can_have(points: str, is_told: bool) -> None:
    rubric = handmade(DEPARTMENT)
    facts = blank(rubric)
    apply(rubric, facts, {"tables": {PROJECTS: [row("甲", 30, points)]}})
    found = [one for one in evaluate(rubric, facts).findings if one.code == "claim-outside"]
    assert [one.message for one in found] == (
        ["“甲”自评 120 分，超出 0—100 的范围，不能照此计分。"] if is_told else []
    )
