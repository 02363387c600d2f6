"""A claim that is the rule's score, rounded as people type it, is right everywhere:
in the check, in the colours of the sheet, and in the submission."""

from __future__ import annotations

import warnings
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric_sheets.checks.evaluation import Evaluation, evaluate
from rubric_sheets.exact.quantities import agrees, exact, plain, round_half_up
from rubric_sheets.export.handed_in import note_of, totals
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.pages.formulas import differs
from rubric_sheets.rubric.load import load

DEPARTMENT = load("yueyang-department")
PROJECT = load("project")
DIFFERS = ("claim-too-high", "claim-too-low")


def evaluated(done: int, planned: int, claim: str, note: str = "") -> Evaluation:
    """The 预算执行率 of a project, of 10 points, with the unit's own score."""
    facts = blank(PROJECT)
    data: dict[str, Any] = {
        "facts": {"年度资金总额全年预算数": planned, "年度资金总额全年执行数": done},
        "claims": {"execution": {"自评得分": claim, "说明": note}},
    }
    apply(PROJECT, facts, data)
    return evaluate(PROJECT, facts)


def codes(evaluation: Evaluation) -> set[str]:
    return {one.code for one in evaluation.findings} & {
        *DIFFERS,
        "claim-rounding",
        "lost-without-reason",
    }


@pytest.mark.parametrize("places", [2, 3, 6, 14])
def test_the_exact_score_rounded_is_no_finding(places: int) -> None:
    claim = round_half_up(Fraction(20, 3), places)
    assert codes(evaluated(2, 3, str(float(claim)))) == set()


@pytest.mark.parametrize(
    ("claim", "code"),
    [("6.7", "claim-rounding"), ("6.666", "claim-rounding"), ("6.8", "claim-too-high")],
)
def test_what_is_not_the_score_is_told(claim: str, code: str) -> None:
    assert code in codes(evaluated(2, 3, claim))


@pytest.mark.parametrize(
    ("note", "fix"),
    [
        ("", "请核对；如另有扣分事由，请写明。"),
        ("无", "请核对；如另有扣分事由，请写明。"),
        ("尾款未付", "请核对所依据的数据与写明的原因“尾款未付”是否相符。"),
        ("尾款\n未付", "请核对所依据的数据与写明的原因“尾款未付”是否相符。"),
    ],
)
def test_a_reason_that_is_written_is_not_asked_for_again(note: str, fix: str) -> None:
    found = evaluated(2, 3, "4", note).findings
    assert [one.fix for one in found if one.code == "claim-too-low"] == [fix]


@given(st.fractions(0, 10, max_denominator=999), st.integers(2, 9))
def test_a_score_rounded_to_two_decimals_or_more_agrees(score: Fraction, places: int) -> None:
    assert agrees(round_half_up(score, places), score)


@given(st.fractions(0, 10, max_denominator=999), st.sampled_from((-1, 1)))
def test_a_hundredth_beside_it_does_not(score: Fraction, side: int) -> None:
    assert not agrees(round_half_up(score, 2) + Fraction(side, 100), score)


@pytest.fixture(scope="module")
def colour() -> Any:
    """The condition of the colour, worked out by another engine: (claim, computed) → bool."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        compiled = formulas.Parser().ast("=" + differs("G", "H", 5))[1].compile()
    order = [str(name) for name in compiled.inputs]
    return lambda claim, computed: bool(
        compiled(*({"G5": claim, "H5": computed}[name] for name in order))
    )


@pytest.mark.parametrize(
    "claim",
    ["6.67", "6.667", "6.666", "6.7", "6.76", "6.77", "6.57", "6.56", "6.5666", "7", "0", "10"],
)
def test_the_sheet_colours_what_the_check_calls_different(claim: str, colour: Any) -> None:
    told = bool(codes(evaluated(2, 3, claim)) & set(DIFFERS))
    assert colour(float(plain(claim)), 20 / 3) == told


def test_a_rounded_claim_keeps_the_reason_in_the_submission() -> None:
    for claim in ("6.67", "6.666667"):
        (result,) = [r for r in evaluated(2, 3, claim).card.results if r.spec["id"] == "execution"]
        assert note_of(result) == result.reason
        assert "2 ÷ 3 = 66.67%" in note_of(result)
    (result,) = [r for r in evaluated(2, 3, "5").card.results if r.spec["id"] == "execution"]
    assert note_of(result) == ""


def whole(done: int, planned: int, claim: Fraction, total: Fraction, grade: str) -> Evaluation:
    """A finished project: the 预算执行率 of 10 points, and a target of 90 that gives 85."""
    facts = blank(PROJECT)
    row: dict[str, Any] = {"三级指标": "培训", "年度指标值": "≥90人", "实际完成值": "85人"}
    row |= {"分值": 90, "自评得分": 85, "偏差原因": "疫情"}
    data: dict[str, Any] = {
        "facts": {"年度资金总额全年预算数": planned, "年度资金总额全年执行数": done},
        "tables": {"绩效指标": [row]},
        "claims": {
            "execution": {"自评得分": exact(claim), "说明": "年中推迟"},
            "total": exact(total),
            "grade": grade,
        },
    }
    apply(PROJECT, facts, data)
    return evaluate(PROJECT, facts)


@given(st.integers(1, 999), st.data())
def test_check_colour_and_submission_judge_alike(
    colour: Any, planned: int, data: st.DataObject
) -> None:
    """Around the border of rounding: a claim, the total and the grade."""
    done = data.draw(st.integers(0, planned))
    beside = data.draw(st.integers(-120, 120).map(lambda n: Fraction(n, 1000)))
    score = Fraction(10 * done, planned)
    claim = min(max(round_half_up(score, 2) + beside, Fraction(0)), Fraction(10))
    total = claim + 85 + data.draw(st.sampled_from((0, Fraction(1, 100), Fraction(-1, 10))))
    named = data.draw(st.sampled_from(("优", "良")))
    found = whole(done, planned, claim, total, named)
    told = {one.code for one in found.findings}
    gap = abs(claim - score)
    assert bool(told & set(DIFFERS)) == (gap >= Fraction(1, 10))
    assert ("claim-rounding" in told) == (gap < Fraction(1, 10) and not agrees(claim, score))
    if abs(gap - Fraction(1, 10)) > Fraction(1, 10**8):  # finer than what the formulas round to
        assert colour(float(claim), float(score)) == bool(told & set(DIFFERS))
    sums = {claim + 85, score + 85 if agrees(claim, score) else claim + 85}
    assert ("total-differs" in told) == (not any(agrees(total, one) for one in sums))
    grades = {"优" if one >= 90 else "良" for one in (total, score + 85, claim + 85)}
    assert ("grade-differs" in told) <= (named != ("优" if total >= 90 else "良"))
    assert named in grades or "grade-differs" in told
    errors = {"claim-too-high", "total-differs", "grade-differs"}
    assert found.has_errors == bool(told & errors)
    shown = totals(found)
    assert (shown.total, shown.grade) == (total, named)
    assert shown.raw == claim + 85


@given(st.data())
def test_a_subtotal_is_judged_as_the_total_is(data: st.DataObject) -> None:
    """Of each level of a department's form: the sum of its claims, rounded by nobody or to two
    decimals, and nothing else; the submission is refused for the same."""
    levels: dict[str, list[str]] = {}
    for spec in DEPARTMENT["indicators"]:
        levels.setdefault(spec["levels"][0], []).append(spec["id"])
    level = data.draw(st.sampled_from(sorted(levels)))
    weights = {spec["id"]: plain(str(spec["weight"])) for spec in DEPARTMENT["indicators"]}
    claims = {
        id_: round_half_up(weights[id_] * data.draw(st.fractions(0, 1, max_denominator=97)), 3)
        for id_ in levels[level]
    }
    right = sum(claims.values(), Fraction(0))
    beside = data.draw(st.integers(-12, 12).map(lambda n: Fraction(n, 1000)))
    claimed = max(right + beside, Fraction(0))
    facts = blank(DEPARTMENT)
    given: dict[str, Any] = {
        id_: {"自评得分": exact(claim), "说明": "年中推迟"} for id_, claim in claims.items()
    }
    apply(DEPARTMENT, facts, {"claims": {**given, "subtotals": {level: exact(claimed)}}})
    found = evaluate(DEPARTMENT, facts)
    told = [one for one in found.findings if one.code == "subtotal-differs"]
    assert bool(told) == (not agrees(claimed, right))
    assert not told or found.has_errors
