"""Weights printed level by level are folded into points exactly, and shown both ways."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric_sheets.authoring.excel.read import read_excel
from rubric_sheets.authoring.excel.write import workbook as excel_form
from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.authoring.problems import as_findings
from rubric_sheets.authoring.toml_text import to_toml
from rubric_sheets.books.create import workbook
from rubric_sheets.rubric import load
from rubric_sheets.rubric.order import in_order
from rubric_sheets.rubric.shares import ShareFault, fold, folded
from rubric_sheets.tasks.submit import submit

from ..rubrics import FOLDER, handmade
from .helpers import Change, drop, put


def source() -> dict[str, Any]:
    return in_order(load.read_toml(f"{FOLDER}/two-levels.toml"))


def weights(raw: dict[str, Any]) -> dict[str, str]:
    return {one["id"]: one["weight"] for one in fold(raw)["indicator"]}


def test_each_weight_is_the_product_of_its_levels() -> None:
    """50 × 75% × 7/10 is 26.25; 效益 has no second level of its own: 30 and 20 are points."""
    assert weights(source()) == {
        "done": "26.25",
        "more": "11.25",
        "quality": "12.5",
        "benefit": "30",
        "satisfaction": "20",
        "prize": "2",
    }
    assert check_source(source()) == []


def test_both_are_shown(tmp_path: Path) -> None:
    rubric = handmade("two-levels")
    (done, *_) = rubric["indicators"]
    assert done["standard"].endswith("权重 50 × 75% × 7/10 = 26.25 分")
    assert "权重" not in rubric["indicators"][3]["standard"]
    book = tmp_path / "a.xlsx"
    book.write_bytes(workbook(rubric, {}))
    out = tmp_path / "out.xlsx"
    submit(str(book), str(out), force=True, overwrite=True)
    for path in (book, out):
        sheet = openpyxl.load_workbook(path)["评分表"]
        texts = {cell.value for row in sheet.iter_rows() for cell in row}
        assert {"产出\n（50分）", "数量\n（75%，37.5分）", "质量\n（25%，12.5分）"} <= texts
        assert 26.25 in texts


@given(st.lists(st.integers(1, 50), min_size=1, max_size=4), st.data())
def test_the_points_add_up_to_full_marks(tops: list[int], data: Any) -> None:
    """Whatever the shares are; where they do not divide evenly, that is said."""
    raw: dict[str, Any] = {"full_marks": "100", "shares": {}, "indicator": []}
    for number, share in enumerate(tops):
        raw["shares"][f"甲{number}"] = str(share)
        for inner in range(data.draw(st.integers(1, 3))):
            raw["indicator"].append(
                {
                    "id": f"a-{number}-{inner}",
                    "levels": [f"甲{number}", f"乙{inner}", "丙"],
                    "weight": str(data.draw(st.integers(1, 20))),
                    "rule": {"kind": "judged", "fact": "自评"},
                }
            )
    assert points(raw) in (100, "除不尽")


def points(raw: dict[str, Any]) -> Fraction | str:
    """All of them, or why not."""
    try:
        return sum((one.points for one in folded(raw).values()), Fraction(0))
    except ShareFault as fault:
        return "除不尽" if "除不尽" in fault.what else fault.what


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (("shares", "产出·数量"), put("shares", "产出·数量", to="70%")),
        (("shares", "产出·数量"), put("shares", "产出·数量", to="很多")),
        (("shares",), drop("shares", "产出·质量")),
        (("shares", "产业"), put("shares", "产业", to="5")),
        (("indicator", 0, "weight"), put("indicator", 1, "weight", to="4")),
        (("indicator", 1, "weight"), drop("indicator", 1, "weight")),
        (("groups",), put("groups", to={"效益": "10"})),
    ],
)
def test_mistakes_are_told(path: tuple[Any, ...], change: Change) -> None:
    raw = source()
    change(raw)
    problems = check_source(raw)
    assert ("rubric-share", path) in [(one.code, one.path) for one in problems]
    assert "请核对各级权重" in "".join(one.fix for one in as_findings(problems, raw))


def test_text_and_excel_carry_the_shares_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(excel_form(source()))
    excel = read_excel(str(path))
    assert excel.findings == []
    assert excel.source == source()
    text = tmp_path / "a.toml"
    text.write_text(to_toml(source()), encoding="utf-8")
    assert in_order(load.read_toml(str(text))) == source()


def test_a_percentage_typed_in_excel_is_one(tmp_path: Path) -> None:
    """An author types 75%, which the cell keeps as 0.75 with a format."""
    book = openpyxl.load_workbook(io.BytesIO(excel_form(source())))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in ("75%", "25%"):
                    cell.value, cell.number_format = float(str(cell.value)[:-1]) / 100, "0%"
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert read_excel(str(path)).source["shares"] == source()["shares"]
