"""Full marks that are not 100 are folded to 100, and a rubric says which years it is for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.checks.evaluation import Evaluation, evaluate
from rubric_sheets.checks.years import spoken
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.rubric import load

from .rubrics import FOLDER, handmade

FACTS = {"预算数": "100", "预算支出": "95", "制度_制定": "是", "制度_执行": "否"}


def evaluated(year: int = 2022, **claims: Any) -> Evaluation:
    """50 of 60, 38 of 40, 12 of 20: 100 of 120."""
    rubric = handmade("folded")
    facts = blank(rubric)
    given = {"facts": {**FACTS, "评价年度": year}, "claims": {"work": {"自评得分": 50}, **claims}}
    apply(rubric, facts, given)
    return evaluate(rubric, facts)


def codes(evaluation: Evaluation) -> set[str]:
    return {one.code for one in evaluation.findings}


def test_the_total_is_out_of_100() -> None:
    card = evaluated().card
    assert (card.raw, card.base) == (100, 120)
    assert card.total == Fraction(250, 3)


def test_a_bonus_is_added_after_folding() -> None:
    assert evaluated(prize={"自评得分": 2}).card.total == Fraction(250, 3) + 2


@pytest.mark.parametrize("total", ["100", "83.33"])
def test_a_unit_may_claim_the_sum_or_the_folded_total(total: str) -> None:
    claims = {"execution": {"自评得分": 38}, "rules": {"自评得分": 12, "说明": "执行不到位"}}
    found = evaluated(**claims, prize={"自评得分": 0}, total=total, grade="良")
    assert not codes(found) & {"total-differs", "grade-differs", "total-impossible"}
    wrong = evaluated(**claims, prize={"自评得分": 0}, total=total, grade="优")
    assert "grade-differs" in codes(wrong)


def test_a_total_that_is_neither_is_told() -> None:
    claims = {"execution": {"自评得分": 38}, "rules": {"自评得分": 12, "说明": "执行不到位"}}
    found = evaluated(**claims, prize={"自评得分": 0}, total="95", grade="优")
    assert "total-differs" in codes(found)


@pytest.mark.parametrize(
    ("year", "told"), [(2020, True), (2021, False), (2023, False), (2024, True)]
)
def test_a_year_that_the_rubric_is_not_for_is_told(year: int, told: bool) -> None:
    assert ("year-outside" in codes(evaluated(year))) is told


def test_years_in_words() -> None:
    assert spoken("2021", "2023") == "2021—2023 年度"
    assert spoken("2019", "2019") == "2019 年度"
    assert spoken("2020", None) == "2020 年度起"
    assert spoken(None, "2019") == "2019 年度及以前"


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("scale", "0", "rubric-not-positive"),
        ("first_year", "21", "rubric-year"),
        ("last_year", "2021.5", "rubric-year"),
        ("last_year", "2019", "rubric-year"),
    ],
)
def test_mistakes_of_a_rubric_are_told(key: str, value: str, code: str) -> None:
    source = load.read_toml(f"{FOLDER}/folded.toml")
    assert check_source(source) == []
    source[key] = value
    assert [(one.code, one.path) for one in check_source(source)] == [(code, (key,))]
