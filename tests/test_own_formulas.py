"""The template's own totals are known however a program writes them; all else is the unit's own
and stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubric_sheets.books import own_formulas
from rubric_sheets.books.read import open_projects
from rubric_sheets.ooxml import shared_formulas

from .books import cell, found, new, run, type_at

SHEET = "收支表"
PARTS = [(8, 3), (8, 4), (8, 5)]


@pytest.mark.parametrize(
    "formula",
    [
        'IF(COUNT(C8,D8,E8)=0,"",SUM(C8,D8,E8))',
        'IF(COUNT(C8:E8)=0,"",SUM(C8:E8))',
        'if( count($C$8:E8) = 0 ; "" ; sum(C8;D8;E8))',
        "IF(COUNT('收支表'!C8:E8)=0,\"\",SUM('收支表'!C8:E8))",
    ],
)
def test_a_sum_is_the_templates_however_it_is_written(formula: str) -> None:
    assert own_formulas.is_sum_of(formula, "", SHEET, PARTS)


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "SUM(C8:E8)-100",
        'IF(COUNT(C8:E8)=0,"",SUM(C8:E8)-100)',
        'IF(COUNT(C8:E8)=0,"",SUM(C8:F8))',
        'IF(COUNT(C8:D8)=0,"",SUM(C8:D8))',
        'IF(COUNT(C8:E8)=0,"",SUM(C8:E8))*2',
        'IF(COUNT(C8:E8)=0,"",SUM(C8:E8,E8))',
        "IF(COUNT(C8:E8)=0,0,SUM(C8:E8))",
        'IF(COUNT(C8:E8)=0,"",SUM(C8:D8)-SUM(E8))',
        'IF(COUNT(C8:XFD1048576)=0,"",SUM(C8:XFD1048576))',
        "IF(COUNT(",
    ],
)
def test_all_else_is_the_units_own(formula: str) -> None:
    assert not own_formulas.is_sum_of(formula, "", SHEET, PARTS)


@pytest.mark.parametrize(
    ("formula", "rows", "cols", "moved"),
    [
        ("C8+D8-100", 1, 0, "C9+D9-100"),
        ("$C8+C$8+$C$8", 2, 1, "$C10+D$8+$C$8"),
        ("SUM('附表 A1'!B2:B4)&\"B2\"", 1, 0, "SUM('附表 A1'!B3:B5)&\"B2\""),
        ("LOG10(A1)", 1, 0, "LOG10(A2)"),
        ("A1", -1, 0, "#REF!"),
    ],
)
def test_a_filled_down_formula_means_its_text_moved(
    formula: str, rows: int, cols: int, moved: str
) -> None:
    assert shared_formulas.moved(formula, rows, cols) == moved


def test_a_units_own_total_that_begins_like_the_templates_stays_and_is_compared(
    capsys, tmp_path: Path
) -> None:
    rows = [{"机构名称": "甲", "上年结转": "200", "其他收入": "50"}]
    path = new(tmp_path / "甲.xlsx", {"tables": {"机构收入": rows}})
    place = open_projects(path)[0].facts.tables["机构收入"][0].places["收入合计"]
    own = cell(path, tuple(place)).formula + "-100"
    type_at(path, SHEET, {place.cell: (own, 150)})
    (one,) = found(run(capsys, "check", path, "--json"), "sum-differs")
    assert one["cell"] == place.cell
    assert run(capsys, "score", path).code == 1
    left = cell(path, tuple(place))
    assert (left.formula, left.text) == (own, "150")
