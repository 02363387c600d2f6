"""Fixed indicators beside the unit's own list: in the one-page form, in several projects of one
workbook. (That every live formula gives the exact score is tested with all rubrics, in
test_formulas.)"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_projects
from rubric_sheets.facts.json_form import dump
from rubric_sheets.findings.finding import InputError
from rubric_sheets.pages.workbook_pages import pages
from rubric_sheets.places import slots
from rubric_sheets.rubric import load
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.tasks.score import score_book
from rubric_sheets.tasks.submit import submit

from .generate import Maker
from .rubrics import FOLDER, handmade

FIXED = "project-fixed"


def source(name: str = FIXED) -> dict[str, Any]:
    return load.read_toml(f"{FOLDER}/{name}.toml")


def written(path: Path, rubric: Rubric, data: dict[str, Any]) -> str:
    path.write_bytes(workbook(rubric, data))
    return str(path)


def test_any_number_of_fixed_indicators_may_stand_beside_the_list() -> None:
    assert check_source(source()) == []


@pytest.mark.parametrize("seed", range(3))
def test_what_is_given_is_what_is_read(seed: int, tmp_path: Path) -> None:
    """Facts, rows and scores of every project, of every kind of rule."""
    rubric = handmade(FIXED)
    parts = [Maker(rubric, f"{seed} {number}").data() for number in range(2)]
    book = written(tmp_path / "a.xlsx", rubric, {"rubric": FIXED, "projects": parts})
    readers = open_projects(book)
    assert len(readers) == 2
    for given, reader in zip(parts, readers):
        assert not reader.facts.lost
        alone = written(tmp_path / "b.xlsx", rubric, given)
        (single,) = open_projects(alone)
        assert dump(rubric, reader.facts) == dump(rubric, single.facts)
        shown = dump(rubric, reader.facts)["claims"]
        for id_, claim in given["claims"].items():
            if isinstance(claim, dict):
                assert shown[id_]["自评得分"] == claim["自评得分"]


def test_the_ratio_of_the_funds_stands_beside_them_and_the_others_in_rows_of_their_own() -> None:
    rubric = handmade(FIXED)
    page = next(page for page in pages(rubric) if page.name == "评分表")
    kinds = {item.slot: item.block.kind for item in page.items if item.slot and item.block}
    for spec in rubric["indicators"]:
        where = "funds" if spec["id"] == "execution" else "scores"
        assert kinds[slots.claim(spec["id"])] == kinds[slots.score(spec["id"])] == where
    levels = [item for item in page.items if item.style == "level"]
    assert any(item.text.startswith("管理\n（26分）") and item.rows == 3 for item in levels)


def test_without_a_ratio_of_the_funds_nothing_stands_beside_them(tmp_path: Path) -> None:
    raw = source()
    raw["indicator"] = [one for one in raw["indicator"] if one["id"] != "execution"]
    del raw["ratios"]["预算执行率"]
    raw["targets"]["weight"] = "50"
    assert check_source(raw) == []
    rubric = load.resolve(raw)
    data = Maker(rubric, "x").data()
    book = written(tmp_path / "a.xlsx", rubric, data)
    assert not open_projects(book)[0].facts.lost
    score_book(book, write=True)
    submit(book, str(tmp_path / "out.xlsx"), force=True, overwrite=True)


def test_a_group_whose_members_weigh_less_than_the_whole_has_a_figure_for_each(
    tmp_path: Path,
) -> None:
    """6 and 5 points, 9 together: the sum of the weights counts 9."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(handmade(FIXED), {})))["评分表"]
    column = {row[2].value: row[5].value for row in book.iter_rows() if row[2].value}
    assert (column["就业"], column["减排"]) == (6, 5)


def test_the_submission_has_every_indicator(tmp_path: Path) -> None:
    rubric = handmade(FIXED)
    data = Maker(rubric, "submission").data()
    data["claims"]["decision"] = {"自评得分": "2", "说明": "程序不全"}
    book = written(tmp_path / "a.xlsx", rubric, data)
    score_book(book, write=True)
    out = tmp_path / "out.xlsx"
    submit(book, str(out), force=True, overwrite=True)
    sheet = openpyxl.load_workbook(out)["评分表"]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for spec in rubric["indicators"]:
        name = spec["levels"][-1]
        assert name in texts or spec["id"] == "execution" or spec.get("own"), name
    assert {"程序不全", "决策\n（10分）", "管理\n（26分）"} <= texts


def test_a_department_is_not_several_projects() -> None:
    with pytest.raises(InputError):
        workbook(load.load("yueyang-department"), {"projects": [{}, {}]})
