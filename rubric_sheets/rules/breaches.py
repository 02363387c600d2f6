"""每出现一例扣若干分: cases counted by kind of breach; a kind that cannot occur is 不适用."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import NOT_APPLICABLE, ZERO, plain, show
from .base import (
    INSIDE,
    Asked,
    Brings,
    Cells,
    Given,
    Parameter,
    Rule,
    Scored,
    Subject,
    circled,
    clamp,
    needs_all,
    whole_weight,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .base import Review

LABEL = "按例扣分"
READS_MEASURE = False
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (
    Parameter(
        "cases",
        "情形",
        "cases",
        help="每种情形写名称和要求；填报时填发生的例数，没有填 0",
        brings=Brings("breach_count", like=("count",)),
    ),
    Parameter(
        "lose",
        "每例扣分",
        "number",
        required=False,
        help="各情形自己写了每例扣分的可以空着",
        positive=True,
        synonyms=("每步扣分", "扣分值"),
        width=8,
    ),
)
base_formula = whole_weight


needed = needs_all


def facts(rule: Rule) -> list[str]:
    return [case["fact"] for case in rule["cases"]]


def asked(rule: Rule, row: dict[str, Any], spec: Any) -> Asked:
    return Asked(row["text"], f"每例扣{show(_lose(rule, row))}", help=row["text"])


def faults(rule: Rule, review: Review) -> None:
    for index, case in enumerate(rule["cases"]):
        if "lose" not in rule and "points" not in case:
            place = ("cases", index, "points")
            review.add("rubric-missing", place, expected="每例扣多少分的数字")


def _lose(rule: Rule, case: dict[str, Any]) -> Fraction:
    """What a case of it loses."""
    return plain(case.get("points") or rule["lose"])


def score(rule: Rule, given: Given) -> Scored:
    counts = [(given.values[case["fact"]], _lose(rule, case)) for case in rule["cases"]]
    lost = [count * lose for count, lose in counts if count != NOT_APPLICABLE]
    if not lost:
        return Scored(None, ZERO)
    return Scored(clamp(given.weight - sum(lost, ZERO), given.weight), given.weight)


def _one_for_all(rule: Rule) -> Fraction | None:
    """What every case loses, where they are all alike."""
    found = {_lose(rule, case) for case in rule["cases"]}
    return found.pop() if len(found) == 1 else None


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    alike, lost, found = _one_for_all(rule), ZERO, []
    for number, case in enumerate(rule["cases"]):
        count = given.values[case["fact"]]
        if count not in (NOT_APPLICABLE, 0):
            lose = _lose(rule, case)
            lost += count * lose
            mark = circled(number) if len(rule["cases"]) > 1 else ""
            each = f"，每例扣 {show(lose)} 分" if alike is None else ""
            found.append(f"{mark}“{case['text']}”{show(count)} 例{each}")
    if not found:
        return f"未发现违规情形，得满分 {show(given.weight)} 分"
    ending = (
        f"应扣 {show(lost)} 分，扣完为止，得 0 分"
        if lost >= given.weight
        else f"扣 {show(lost)} 分"
    )
    each = "" if alike is None else f"，每例扣 {show(alike)} 分"
    return f"{('、' if each else '；').join(found)}{each}，{ending}"


def formula(rule: Rule, cells: Cells) -> str:
    names = facts(rule)
    listed = ",".join(names)
    left_out = "+".join(f'IF({name}="{NOT_APPLICABLE}",1,0)' for name in names)
    alike = _one_for_all(rule)
    lost = f"{show(alike or ZERO, 10)}*SUM({listed})"
    if alike is None:
        each = [f"{show(_lose(rule, one), 10)}*SUM({one['fact']})" for one in rule["cases"]]
        lost = f"({'+'.join(each)})"
    points = f"MAX(0,MIN({cells.weight},{cells.weight}-{lost}))"
    unusable = f"OR(COUNT({listed})+{left_out}<{len(names)},MIN({listed})<0)"
    return f'IF({unusable},"",IF(COUNT({listed})=0,"{NOT_APPLICABLE}",{points}))'


def standard(rule: Rule, subject: Subject) -> str:
    alike = _one_for_all(rule)
    if alike is None:
        each = [
            f"{circled(i)}{case['text']}，每出现一例扣{show(_lose(rule, case), 10)}分；"
            for i, case in enumerate(rule["cases"])
        ]
        return "\n".join(each) + "\n扣完为止。"
    lose = show(alike, 10)
    if len(rule["cases"]) == 1:
        return f"{rule['cases'][0]['text']}，每出现一例扣{lose}分，扣完为止。"
    parts = [f"{circled(i)}{case['text']}；" for i, case in enumerate(rule["cases"])]
    return "\n".join(parts) + f"\n以上情况每出现一例不符合要求的扣{lose}分，扣完为止。"
