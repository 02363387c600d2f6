"""The unit's own list beside fixed indicators: in the one-page form, in several projects of one
workbook, and in the 评分表 of a department. (That every live formula gives the exact score is tested with all rubrics, in
test_formulas.)"""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.authoring.files import read_rubric_file
from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_projects
from rubric_sheets.facts.json_form import apply, blank, dump
from rubric_sheets.findings.finding import InputError
from rubric_sheets.ooxml.book import Book
from rubric_sheets.pages.score_totals import level_weight
from rubric_sheets.pages.workbook_pages import pages
from rubric_sheets.places import slots
from rubric_sheets.rubric import load
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.rubric.own_figures import COUNT, FIGURES, REACHED
from rubric_sheets.scoring.result import Result, Scorecard
from rubric_sheets.scoring.scorecard import score
from rubric_sheets.tasks.score import score_book
from rubric_sheets.tasks.submit import submit

from .books import run, shift_rows, type_at
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


OWN = {
    "facts": {"收入合计": "1000", "支出合计": "950", "预算数": "1000", "预算支出": "950"},
    "tables": {
        "绩效指标": [
            {
                "一级指标": "产出指标",
                "二级指标": "数量指标",
                "三级指标": "养护里程",
                "年度指标值": "≥65公里",
                "实际完成值": "65公里",
                "分值": "40",
                "自评得分": "40",
            },
            {
                "一级指标": "效益指标",
                "三级指标": "事故数",
                "年度指标值": "≤2起",
                "实际完成值": "4起",
                "分值": "30",
                "自评得分": "15",
                "偏差原因": "雨季路滑",
            },
        ]
    },
    "claims": {"own-work": {"自评得分": "8"}},
}
ANSWERS = {"制度_制定": "是", "制度_执行": "是"}
IN_SCORES = ("own-list", "own-list-plain")


def own_data(name: str) -> dict[str, Any]:
    known = handmade(name)["facts"]
    facts = {key: value for key, value in (OWN["facts"] | ANSWERS).items() if key in known}
    return {**OWN, "rubric": name, "facts": facts}


@pytest.mark.parametrize("name", IN_SCORES)
def test_a_department_is_scored_by_its_own_targets(name: str, tmp_path: Path, capsys: Any) -> None:
    """9.5 of 10 for the rate, 12 and 8, 40 of 40 and 15 of 30."""
    assert check_source(source(name)) == []
    book = written(tmp_path / "a.xlsx", handmade(name), own_data(name))
    outcome = run(capsys, "check", book, "--json")
    codes = {one["code"] for one in outcome.json["findings"]}
    assert not codes & {"row-outside", "weights-sum", "name-lost", "sheet-missing"}
    assert outcome.json["total"] == "84.5"
    shown = {one["levels"][-1]: one["score"] for one in outcome.json["indicators"]}
    assert (shown["养护里程"], shown["事故数"]) == ("40", "15")


@pytest.mark.parametrize("name", IN_SCORES)
def test_the_list_stands_in_the_score_table_and_nowhere_else(name: str, tmp_path: Path) -> None:
    rubric, data = handmade(name), own_data(name)
    book = written(tmp_path / "a.xlsx", rubric, data)
    (reader,) = open_projects(book)
    assert reader.tables["绩效指标"].sheet == "评分表" == rubric["tables"]["绩效指标"]["sheet"]
    assert dump(rubric, reader.facts)["tables"]["绩效指标"] == data["tables"]["绩效指标"]
    found = [p for p in pages(rubric) for item in p.items if "绩效指标" in item.slot]
    assert {page.name for page in found} == {"评分表"}


def test_without_targets_the_form_keeps_its_own_list() -> None:
    assert load.load("yueyang-department")["tables"]["绩效指标"]["sheet"] == "绩效目标"


@pytest.mark.parametrize("name", IN_SCORES)
def test_a_row_that_is_inserted_is_scored_too(name: str, tmp_path: Path, capsys: Any) -> None:
    book = written(tmp_path / "a.xlsx", handmade(name), own_data(name))
    row = Book.open(book).names["绩效指标"].first_row + 1
    shift_rows(book, "评分表", row, 1)
    cells = {"C": "桥梁", "D": "≥2座", "E": 5, "F": "2座"}
    type_at(book, "评分表", {f"{column}{row}": value for column, value in cells.items()})
    outcome = run(capsys, "check", book, "--json")
    shown = {one["levels"][-1]: one["score"] for one in outcome.json["indicators"]}
    assert (shown["桥梁"], shown["事故数"]) == ("5", "15")


@pytest.mark.parametrize("name", IN_SCORES)
def test_the_submission_shows_targets_and_results(name: str, tmp_path: Path) -> None:
    book = written(tmp_path / "a.xlsx", handmade(name), own_data(name))
    score_book(book, write=True)
    out = tmp_path / "out.xlsx"
    submit(book, str(out), force=True, overwrite=True)
    sheet = openpyxl.load_workbook(out)["评分表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (one,) = [row for row in rows if row[2] == "事故数"]
    assert one[3:8] == ["≤2起", "4起", 30, 15, "雨季路滑"]
    assert ["年度指标值", "实际完成值", "分值"] in [row[3:6] for row in rows]


def test_a_list_that_the_form_does_not_have_is_told() -> None:
    raw = source("own-list")
    raw["targets"]["table"] = "别的表"
    assert "rubric-table-unknown" in {one.code for one in check_source(raw)}


def test_a_department_is_not_several_projects() -> None:
    with pytest.raises(InputError):
        workbook(load.load("yueyang-department"), {"projects": [{}, {}]})


EXAMPLES = sorted((Path(__file__).parents[1] / "examples" / "rubrics").glob("*.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_rubrics_among_the_examples_are_right(path: Path, tmp_path: Path) -> None:
    """Every case comes out, and a workbook made of it is read without a name missing."""
    rubric = read_rubric_file(str(path))
    book = written(tmp_path / "a.xlsx", rubric, {})
    assert not open_projects(book)[0].facts.lost


def test_an_example_has_10_25_and_65_points() -> None:
    (path,) = [path for path in EXAMPLES if path.stem == "project-10-25-30-35"]
    rubric = read_rubric_file(str(path))
    points = {level: level_weight(rubric, [level]) for level in ("决策", "管理")}
    assert points == {"决策": "10", "管理": "25"}
    assert rubric["targets"]["weight"] == "65"


def figures(*rows: tuple[str, str, Any, Any]) -> Scorecard:
    """The list of these (target, result, weight, own score), scored."""
    rubric = handmade("own-figures")
    facts = blank(rubric)
    names = ("年度指标值", "实际完成值", "分值", "自评得分")
    listed = [dict(zip(names, row)) for row in rows]
    apply(rubric, facts, {"tables": {"绩效指标": listed}})
    return score(rubric, facts)


def result(card: Scorecard, id_: str) -> Result:
    return next(one for one in card.results if one.spec["id"] == id_)


def test_how_many_targets_are_reached_is_a_figure_of_the_rubric() -> None:
    """Two of three; 40 of 60 points."""
    card = figures(
        ("≥10台", "10台", 20, None), ("≥10台", "0台", 20, None), ("完成", "完成", 20, None)
    )
    assert [card.figures[name] for name in FIGURES] == [3, 2, 40, 60]
    assert result(card, "reached").score == 3
    assert result(card, "scored").score == 4 * Fraction(2, 3)


def test_a_row_that_does_not_apply_is_not_counted() -> None:
    card = figures(("≥10台", "10台", 20, None), ("≥10台", "0台", 20, "不适用"))
    assert (card.figures[COUNT], card.figures[REACHED]) == (1, 1)
    assert result(card, "reached").score == 6


@pytest.mark.parametrize("rows", [[], [("≥10台", "10台", 20, None), ("≥10台", None, 20, None)]])
def test_a_list_that_is_not_complete_gives_no_figures(rows: Any) -> None:
    card = figures(*rows)
    assert set(card.figures.values()) == {None}
    reached = result(card, "reached")
    assert reached.status == "missing"
    assert reached.reason == "单位自设的指标没有全部评分，指标达标率无法计算"


def test_figures_of_the_list_are_not_typed(tmp_path: Path, capsys: Any) -> None:
    rubric = handmade("own-figures")
    with pytest.raises(InputError):
        workbook(rubric, {"facts": {COUNT: 3}})
    rows = [{"年度指标值": "≥10台", "实际完成值": "10台", "分值": 60, "三级指标": "台数"}]
    book = written(tmp_path / "a.xlsx", rubric, {"tables": {"绩效指标": rows}})
    assert run(capsys, "score", book).code in (0, 1)
    (reader,) = open_projects(book)
    assert not reader.facts.lost
    assert COUNT not in dump(rubric, reader.facts)["facts"]
    sheet = openpyxl.load_workbook(book, data_only=True)["评分表"]
    shown = {row[0].value: row[4].value for row in sheet.iter_rows()}
    assert (shown[COUNT], shown[REACHED]) == (1, 1)


def test_a_rubric_that_does_not_use_them_has_no_such_figures() -> None:
    assert not set(FIGURES) & set(load.load("department-targets")["facts"])


def test_a_score_beside_nothing_is_told(capsys, tmp_path: Path) -> None:
    """A row with a score alone has no indicator: neither sheet nor program counts it."""
    rows = [{"三级指标": "检查", "年度指标值": "≥65次", "实际完成值": "65次", "分值": 90}]
    book = written(tmp_path / "a.xlsx", load.load("project"), {"tables": {"绩效指标": rows}})
    reader = open_projects(book)[0]
    at = reader.facts.tables["绩效指标"][3].places["自评得分"]
    type_at(book, at.sheet, {at.cell: 29})
    (one,) = [f for f in score_book(book, write=False)[0].findings if f.code == "row-claim-alone"]
    assert one.cell == at.cell
    assert f"第 {at.row} 行" in one.message
    score_cell = reader.facts.tables["绩效指标"][3].places["得分"]
    formula = Book.open(book).sheet(at.sheet).cell(score_cell.row, score_cell.column)
    assert formula is not None
    assert "COUNT(" in str(formula.formula)
