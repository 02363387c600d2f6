"""A rubric's own cases are run: facts in, and the score or status that the author expects must come
out."""

from __future__ import annotations

from typing import Any

from ...exact.quantities import NOT_APPLICABLE, plain
from ...facts.json_form import apply, blank
from ...facts.taking import NUMBERS
from ...findings.figures import Phrase
from ...findings.finding import InputError
from ...rubric.fields import word
from ...rubric.model import Rubric
from ...rubric.own_figures import listed
from ...rules.loose import amount, rows
from ...scoring.result import Result
from ...scoring.scorecard import score
from ..problems import Path, Problems
from .names import Names


def check_cases(
    source: dict[str, Any], known: Names, rubric: Rubric | None, problems: Problems
) -> None:
    """Names and values of every case; those of an indicator that is right itself are scored."""
    for index, spec in rows(source.get("indicator")):
        own = ("indicator", index)
        usable = rubric is not None and known.complete and not _doubtful(spec, own, problems)
        for number, case in rows(spec.get("case")):
            path = (*own, "case", number)
            if "score" not in case and "status" not in case:
                problems.add(
                    "rubric-case-empty",
                    path,
                    expected="应得分（score）或应有状态（status）",
                    expected_excel="应得分或应有状态",
                )
            elif _facts(case, path, known, problems) and usable and rubric is not None:
                _run(rubric, index, case, path, problems)


def _doubtful(spec: dict[str, Any], path: Path, problems: Problems) -> bool:
    """Whether the indicator, its ratio or its facts have an error,
    so that a wrong score would say nothing new."""
    places: list[Path] = [
        path,
        ("ratios", spec["ratio"]) if isinstance(spec.get("ratio"), str) else path,
    ]
    return any(
        problem.path[: len(place)] == place for problem in problems.spoiling() for place in places
    )


def _facts(case: dict[str, Any], path: Path, known: Names, problems: Problems) -> bool:
    """Whether every fact is known and its value fits."""
    facts, right = case.get("facts"), True
    for name, value in facts.items() if isinstance(facts, dict) else ():
        place = (*path, "facts", name)
        if not known.known(name, place):
            right = False
        elif known.complete and not _fits(known.facts[name].get("kind", "amount"), value):
            problems.add(
                "rubric-case-value",
                place,
                actual=value,
                what=_wanted(known.facts[name].get("kind", "amount")),
            )
            right = False
    return right and not problems.at(path)


def _fits(kind: str, value: Any) -> bool:
    if value == NOT_APPLICABLE:
        return True
    return (
        amount(value) is not None if kind in NUMBERS else kind != "yes_no" or value in ("是", "否")
    )


def _wanted(kind: str) -> str:
    return "数字或“不适用”" if kind in NUMBERS else "是、否或不适用"


def _alone(rubric: Rubric, index: int, given: dict[str, Any]) -> Any:
    """The rubric with one indicator. A case may give what otherwise comes of a list: then it is a
    fact like others, and there are no lists."""
    alone: dict[str, Any] = {**rubric, "indicators": [rubric["indicators"][index]]}
    if not set(listed(rubric["facts"])) & given.keys():
        return alone
    facts = {name: {**fact} for name, fact in rubric["facts"].items()}
    for fact in facts.values():
        fact.pop("listed", None)
    tables = {name: table for name, table in rubric["tables"].items() if table["totals"]}
    return {key: value for key, value in alone.items() if key != "targets"} | {
        "facts": facts,
        "tables": tables,
    }


def _run(rubric: Rubric, index: int, case: dict[str, Any], path: Path, problems: Problems) -> None:
    """Score this indicator alone."""
    try:
        alone = _alone(rubric, index, case["facts"])
        facts = blank(alone)
        apply(alone, facts, {key: case[key] for key in ("facts", "tables") if key in case})
        result = score(alone, facts).results[0]
    except InputError as problem:
        problems.add("rubric-case-failed", path, what=problem.findings[0].message)
        return
    except (ArithmeticError, LookupError, TypeError, ValueError) as problem:
        problems.add(
            "rubric-case-failed",
            path,
            what=f"测算中断（{type(problem).__name__}：{problem}）。"[:200],
        )
        return
    _compare(result, case, path, problems)


def _compare(result: Result, case: dict[str, Any], path: Path, problems: Problems) -> None:
    reason = result.reason or word("status", result.status)
    if "score" in case:
        given = result.score if result.score is not None else result.computed
        if given is None or given != plain(case["score"]):
            actual = word("status", result.status) if given is None else Phrase("{} 分", (given,))
            problems.add(
                "rubric-case-score",
                (*path, "score"),
                actual=actual,
                expected=case["score"],
                what=reason,
            )
    if "status" in case and result.status != case["status"]:
        expected = word("status", case["status"])
        problems.add(
            "rubric-case-status",
            (*path, "status"),
            actual=word("status", result.status),
            expected=expected,
            what=reason,
        )
