"""Cases that an accountant can read: facts → ratios, scores, reasons and findings.
The files stand in `cases/`."""

from __future__ import annotations

import os
import re
import tomllib
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from rubric_sheets.checks.evaluation import Evaluation, evaluate
from rubric_sheets.exact.quantities import exact, percent
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.findings.finding import Finding
from rubric_sheets.rubric import load
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.scoring.result import Result
from rubric_sheets.scoring.sums import grade, grade_name

from .rubrics import every_rubric, handmade, handmade_ids

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases")
PENDING = (
    "facts-missing",
    "not-scored",
    "not-judged",
    "judged-missing",
    "rows-blank",
    "incomplete",
)  # of a case that gives a few facts only


# Codes and names that only the program uses: total-impossible, own_score, 违规例数_财经法规
INSIDE = re.compile(r"[a-z]{2}[-_][a-z]|[\u4e00-\u9fff]_[\u4e00-\u9fff]")


def read(name: str) -> Any:
    """A case file; decimals stay exact as texts."""
    with open(os.path.join(FOLDER, name), "rb") as file:
        return tomllib.load(file, parse_float=str)


def rubric_of(rubric_id: str) -> Rubric:
    return handmade(rubric_id) if rubric_id in handmade_ids() else load.load(rubric_id)


def evaluated(case: dict[str, Any]) -> Evaluation:
    rubric = rubric_of(case["rubric"])
    facts = blank(rubric)
    apply(rubric, facts, {key: case[key] for key in ("facts", "tables", "claims") if key in case})
    evaluation = evaluate(rubric, facts)
    for one in evaluation.findings:
        said = (one.message + one.fix).replace("rubric-sheets", "")
        assert not INSIDE.search(said), "names are those on the form"
    return evaluation


def number(value: Any) -> Fraction:
    return Fraction(Decimal(str(value)))


def matches(found: Finding, wanted: dict[str, Any]) -> bool:
    return (
        found.code == wanted["code"]
        and found.severity == wanted.get("severity", found.severity)
        and wanted.get("says", "") in found.message + found.fix
        and wanted.get("fix", "") in found.fix
        and wanted.get("message", found.message) == found.message
        and wanted.get("expected", found.expected) == found.expected
        and wanted.get("actual", found.actual) == found.actual
    )


def listed(findings: list[Finding]) -> str:
    return (
        "\n".join(f"{one.code} {one.severity} {one.message}{one.fix}" for one in findings)
        or "nothing"
    )


def check_findings(found: list[Finding], wanted: list[dict[str, Any]], *, whole: bool) -> None:
    """Each wanted finding is there; with `whole`, nothing else is."""
    rest = list(found)
    for one in wanted:
        hit = next((finding for finding in rest if matches(finding, one)), None)
        assert hit is not None, f"{one} not among:\n{listed(found)}"
        rest.remove(hit)
    assert not (whole and rest), f"not expected:\n{listed(rest)}"


def check_indicator(result: Result, wanted: dict[str, Any]) -> None:
    for key, value in wanted.items():
        actual: Any = getattr(result, key)
        if key == "ratio":
            actual = None if actual is None else percent(actual)
        elif key in ("computed", "claimed", "score", "base", "weight"):
            value = number(value)
        assert actual == value, (
            f"{result.spec['id']} {key}: {actual}, not {value} ({result.reason})"
        )


def check_indicators(evaluation: Evaluation, wanted: dict[str, Any]) -> None:
    results = {result.spec["id"]: result for result in evaluation.card.results}
    for id_, expected in wanted.items():
        check_indicator(results[id_], expected)


def check_card(evaluation: Evaluation, wanted: dict[str, Any]) -> None:
    for key, value in wanted.items():
        actual = getattr(evaluation.card, key)
        assert actual == (value if key in ("grade", "complete") else number(value)), (
            f"{key}: {actual}"
        )


# -- the real reports

REPORTS = sorted(
    name for name in os.listdir(FOLDER) if name.endswith(".toml") and "expect" in read(name)
)


@pytest.mark.parametrize("name", REPORTS)
def test_report(name: str) -> None:
    case = read(name)
    evaluation = evaluated(case)
    expect = case["expect"]
    check_indicators(evaluation, expect.get("indicators", {}))
    check_card(evaluation, expect.get("card", {}))
    if "findings" in expect:
        check_findings(evaluation.findings, expect["findings"], whole=True)


@pytest.mark.parametrize("name", [name for name in REPORTS if "claimed" in read(name)["expect"]])
def test_claims_alone_give_the_claimed_total_and_grade(name: str) -> None:
    """A workbook that holds the unit's own scores and nothing else shows the report's own
    result."""
    case = read(name)
    evaluation = evaluated({"rubric": case["rubric"], "claims": case["claims"]})
    rubric, card, wanted = evaluation.rubric, evaluation.card, case["expect"]["claimed"]
    assert card.total is not None
    assert (exact(card.total, 2), card.grade) == (str(wanted["total"]), wanted["grade"])
    assert evaluation.facts.claims.total == number(case["claims"]["total"])
    assert (
        grade_name(rubric, case["claims"]["grade"])
        == grade(rubric, evaluation.facts.claims.total)
        == wanted["grade"]
    )
    codes = {finding.code for finding in evaluation.findings}
    assert not codes & {"total-differs", "grade-differs", "grade-unknown", "subtotal-differs"}


WHAT_IFS = [
    (name, index) for name in REPORTS for index in range(len(read(name).get("what_if", ())))
]


@pytest.mark.parametrize(("name", "index"), WHAT_IFS)
def test_what_if(name: str, index: int) -> None:
    case = read(name)
    change = case["what_if"][index]
    facts = {**case.get("facts", {}), **change.get("facts", {})}
    claims = {**case.get("claims", {}), **change.get("claims", {})}
    evaluation = evaluated({**case, "facts": facts, "claims": claims})
    check_indicators(evaluation, change.get("indicators", {}))
    check_card(evaluation, change.get("card", {}))
    check_findings(evaluation.findings, change.get("finds", []), whole=False)


# -- the small cases inside of each rubric


def own_cases() -> list[Any]:
    found = []
    for rubric_id in load.published():
        source = load.complete(load.read_toml(load.source_path(rubric_id)))
        for indicator in source["indicator"]:
            for number_, case in enumerate(indicator.get("case", ()), 1):
                found.append(
                    pytest.param(
                        rubric_id, indicator, case, id=f"{rubric_id}-{indicator['id']}-{number_}"
                    )
                )
    return found


@pytest.mark.parametrize(("rubric_id", "indicator", "case"), own_cases())
def test_case_of_a_rubric(rubric_id: str, indicator: dict[str, Any], case: dict[str, Any]) -> None:
    rubric = load.load(rubric_id)
    facts = blank(rubric)
    given = {key: case[key] for key in ("facts", "tables", "claims") if key in case}
    if "claim" in case:
        given["claims"] = {indicator["id"]: {"自评得分": case["claim"]}}
    apply(rubric, facts, given)
    result = next(
        r for r in evaluate(rubric, facts).card.results if r.spec["id"] == indicator["id"]
    )
    assert set(case) & {"score", "status", "ratio", "reason"}, "a case expects something"
    if "score" in case:
        assert result.score == number(case["score"]), result.reason
        assert result.status == case.get("status", result.status)
    else:
        assert result.score is None
    check_indicator(result, {key: case[key] for key in ("status", "reason") if key in case})


# -- cross-checks and messages, each found and each left alone


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["title"]) for case in read("checks.toml")["case"]]
)
def test_check(case: dict[str, Any]) -> None:
    """`finds` is everything that is found, but for what merely is not filled in yet;
    `finds = []` leaves it alone."""
    evaluation = evaluated({"rubric": "yueyang-department", **case})
    wanted = {one["code"] for one in case["finds"]}
    found = [one for one in evaluation.findings if one.code not in PENDING or one.code in wanted]
    check_findings(found, case["finds"], whole=True)
    check_indicators(evaluation, case.get("indicators", {}))
    check_card(evaluation, case.get("card", {}))


def test_every_cross_check_of_every_form_is_covered() -> None:
    """Each [[check]] of a form is found by one of the cases."""
    messages = [
        finding.message
        for case in read("checks.toml")["case"]
        for finding in evaluated({"rubric": "yueyang-department", **case}).findings
        if finding.code == "fact-check"
    ]
    unseen = {
        check["when"]
        for rubric in every_rubric()
        for check in rubric["checks"]
        if not any(message.startswith(check["message"].split("{")[0]) for message in messages)
    }
    assert not unseen
