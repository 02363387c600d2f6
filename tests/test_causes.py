"""One cause is one finding, and the most serious stands first."""

from __future__ import annotations

from rubric_sheets.checks import causes
from rubric_sheets.checks.evaluation import evaluate
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.findings.catalogue import CATALOGUE
from rubric_sheets.findings.finding import Finding
from rubric_sheets.rubric import load


def made(code: str, severity: str = "warning", fix: str = "", cause: str = "") -> Finding:
    return Finding(code, severity, f"{code}。", fix, cause=cause)


def test_ranked_codes_are_in_the_catalogue_once() -> None:
    codes = [code for rank in causes.SERIOUSNESS for code in rank]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(CATALOGUE)


def test_one_cause_keeps_the_first_and_all_mends() -> None:
    found = [made("a", fix="请甲。", cause="x"), made("b"), made("c", fix="请乙。", cause="x")]
    assert [(one.code, one.fix) for one in causes.merged(found)] == [
        ("a", "请甲。请乙。"),
        ("b", ""),
    ]


def test_the_same_mend_is_not_told_twice() -> None:
    found = [made("a", fix="请甲。", cause="x"), made("c", fix="请甲。", cause="x")]
    assert [one.fix for one in causes.merged(found)] == ["请甲。"]


def test_an_error_is_never_told_as_a_warning() -> None:
    found = [made("a", cause="x"), made("c", severity="error", cause="x")]
    assert [(one.code, one.severity) for one in causes.merged(found)] == [("c", "error")]


def test_a_wrong_score_stands_before_facts_that_are_missing() -> None:
    rubric = load.load("yueyang-department")
    facts = blank(rubric)
    claims = {"asset-use": {"自评得分": 2}, "official-card": {"自评得分": 1}}
    given = {"固定资产": "191.09", "在用固定资产": "191.09"}
    apply(rubric, facts, {"facts": given, "claims": claims})
    codes = [one.code for one in evaluate(rubric, facts).findings]
    assert codes[0] == "claim-too-low"
    assert codes.index("claim-too-low") < codes.index("facts-missing")
    assert "lost-without-reason" not in codes
