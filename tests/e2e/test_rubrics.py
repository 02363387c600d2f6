"""Every published rubric and every real case: a click gives what the command line gives for the
same facts."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_book as read_file
from rubric_sheets.rubric.load import published
from rubric_sheets.tasks.score import score_book
from tests.generate import Maker

from .conftest import ROOT
from .sheets import differing, in_file, on_screen

CASES = [
    *sorted((ROOT / "examples" / "facts").glob("*.json")),
    *sorted((ROOT / "tests" / "cases").glob("*-20*.toml")),
]


def compare(
    rubric_id: str, facts: dict[str, Any], open_book: Any, click: Any, folder: Path
) -> None:
    content = workbook(find(rubric_id), facts)
    live, filed = folder / "界面.xlsx", folder / "命令行.xlsx"
    live.write_bytes(content)
    filed.write_bytes(content)
    book = open_book(live)
    done = click(book, "calculate")
    assert (done.returncode, done.stderr) == (0, "")
    score_book(str(filed), write=True)
    assert differing(on_screen(book), in_file(filed)) == []


def usable(rubric_id: str, seed: int, folder: Path) -> dict[str, Any]:
    """Random data without a figure that the program refuses (a share of 900%) and a sheet's formula
    takes."""
    rubric, path = find(rubric_id), folder / "试.xlsx"
    for number in range(50):
        data: dict[str, Any] = Maker(rubric, f"click {seed}.{number}").data()
        path.write_bytes(workbook(rubric, data))
        if not read_file(str(path)).facts.invalid:
            return data
    raise AssertionError("50 sets of data, none usable")


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("rubric_id", published())
def test_every_rubric(
    rubric_id: str, seed: int, open_book: Any, click: Any, tmp_path: Path
) -> None:
    compare(rubric_id, usable(rubric_id, seed, tmp_path), open_book, click, tmp_path)


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_every_real_case(case: Path, open_book: Any, click: Any, tmp_path: Path) -> None:
    if case.suffix == ".json":
        facts = json.loads(case.read_text("utf-8"))
    else:
        with open(case, "rb") as file:
            facts = tomllib.load(file, parse_float=str)
    given = {key: facts[key] for key in ("facts", "tables", "claims") if key in facts}
    compare(facts["rubric"], given, open_book, click, tmp_path)


def test_the_scores_of_projects(open_book: Any, click: Any, tmp_path: Path) -> None:
    """The list of projects is read where the figures that come of it are scored."""
    rows = [
        {"项目名称": "甲", "全年预算数": "30", "全年执行数": "30", "自评得分": "96"},
        {"项目名称": "乙", "全年预算数": "10", "全年执行数": "9", "自评得分": "79"},
    ]
    path = str(ROOT / "examples" / "rubrics" / "department-projects.toml")
    compare(path, {"tables": {"项目绩效": rows}}, open_book, click, tmp_path)
    assert (
        read_file(str(tmp_path / "命令行.xlsx")).facts.tables["项目绩效"][0].values["自评得分"]
        == 96
    )
