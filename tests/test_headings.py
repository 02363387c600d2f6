"""The columns of the 评分表 are found by what their headings mean, or what is wrong is told."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from rubric_sheets.books.read import open_projects
from rubric_sheets.places import headings, slots
from rubric_sheets.places.addresses import letters
from rubric_sheets.places.names import HEADER

from .books import RUBRIC, found, run, type_at

CLAIMS = {"staff-control": {"自评得分": 5}, "total": 92}


@pytest.fixture
def book(capsys, tmp_path: Path) -> str:
    facts, path = tmp_path / "数据.json", str(tmp_path / "评分.xlsx")
    facts.write_text(json.dumps({"claims": CLAIMS}), "utf-8")
    assert run(capsys, "new", RUBRIC, path, "--facts", str(facts)).code == 0
    return path


def heading(path: str, kind: str) -> str:
    """The address of a column's heading."""
    reader = open_projects(path)[0]
    return f"{letters(reader.columns[kind])}{reader.source.names[HEADER].first_row}"


def claim(capsys, path: str) -> object:
    return run(capsys, "facts", path, "--json").json["claims"].get("staff-control")


@pytest.mark.parametrize(
    "text",
    [
        "自评得分（分）",
        "自评\n得分",
        " 自 评 得 分 ",
        "自评得分(分)",
        "自评\u200b得分",
        "自评得分\u3000",
    ],
)
def test_a_heading_touched_by_hand_means_the_same(capsys, book: str, text: str) -> None:
    type_at(book, "评分表", {heading(book, slots.CLAIM): text})
    assert claim(capsys, book) == {"自评得分": "5"}
    codes = [one["code"] for one in run(capsys, "check", book, "--json").json["findings"]]
    assert not {"heading-missing", "heading-double"} & set(codes)


def test_a_heading_of_another_meaning_is_told(capsys, book: str) -> None:
    at = heading(book, slots.CLAIM)
    type_at(book, "评分表", {at: "打分"})
    out = run(capsys, "check", book, "--json")
    (one,) = found(out, "heading-missing")
    assert (one["sheet"], one["cell"]) == ("评分表", at)
    assert one["message"].startswith("找不到“自评得分”这一列：表头里是“打分”")
    assert out.code == 1
    assert "没有写入" in run(capsys, "score", book).out


def test_a_heading_is_named_as_on_its_form(capsys, tmp_path: Path) -> None:
    path = str(tmp_path / "项目.xlsx")
    assert run(capsys, "new", "project", path).code == 0
    at = heading(path, slots.NOTE)
    type_at(path, "评分表", {at: "其他"})
    (one,) = found(run(capsys, "check", path, "--json"), "heading-missing")
    assert one["message"].startswith("找不到“偏差原因”这一列")


def test_a_second_column_of_the_same_heading_is_told(capsys, book: str) -> None:
    first, second = heading(book, slots.CLAIM), heading(book, slots.NOTE)
    type_at(book, "评分表", {second: "自评得分（分）"})
    out = run(capsys, "check", book, "--json")
    (one,) = found(out, "heading-double")
    assert one["cell"] == second
    assert f"只读了 {first} 那一列" in one["message"]
    assert found(out, "heading-missing")
    assert claim(capsys, book) == {"自评得分": "5"}


@pytest.mark.parametrize("text", ["得分率", "自评得分说明", "自评", "（分）自评得分"])
def test_other_words_mean_other_columns(text: str) -> None:
    assert headings.column_of(text, headings.columns()) == text


def test_labels_exchanged_are_told(capsys, book: str) -> None:
    """Their values are those of each other's cell; reworded labels are nobody's."""
    places = {name: open_projects(book)[0].facts.places[name] for name in ("编制数", "在职人员数")}
    beside = {name: f"A{place.row}" for name, place in places.items()}
    type_at(
        book,
        "基本情况",
        {beside["编制数"]: "编制人数（人）", beside["在职人员数"]: "人员 编制（人）"},
    )
    (one,) = found(run(capsys, "check", book, "--json"), "label-moved")
    assert one["cell"] == places["在职人员数"].cell
    assert one["message"].startswith("这一格应是“在职人员数”，旁边写的却是“人员 编制（人）”")


def test_rows_moved_under_their_names_are_told(capsys, book: str) -> None:
    """As a library inserts a row: the cells move, the names stay where they were."""
    at = {kind: heading(book, kind) for kind in ("三级指标", slots.CLAIM)}
    wrong = openpyxl.load_workbook(book)
    wrong["评分表"].insert_rows(heading_row(at[slots.CLAIM]) + 2)
    wrong.save(book)
    told = found(run(capsys, "check", book, "--json"), "label-moved")
    assert len(told) > 10
    assert {one["sheet"] for one in told} == {"评分表"}


def heading_row(at: str) -> int:
    return int("".join(sign for sign in at if sign.isdigit()))
