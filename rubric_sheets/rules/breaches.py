"""每出现一例扣若干分: cases counted by kind of breach; a kind that cannot occur is 不适用."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import NOT_APPLICABLE, plain, show
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
    no_faults,
    whole_weight,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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
        "lose", "每例扣分", "number", positive=True, synonyms=("每步扣分", "扣分值"), width=8
    ),
)
faults = no_faults
base_formula = whole_weight


needed = needs_all


def facts(rule: Rule) -> list[str]:
    return [case["fact"] for case in rule["cases"]]


def asked(rule: Rule, row: dict[str, Any], spec: Any) -> Asked:
    return Asked(row["text"], f"每例扣{show(plain(rule['lose']))}", help=row["text"])


def _counts(rule: Rule, values: dict[str, Any]) -> list[Fraction]:
    return [values[name] for name in facts(rule) if values[name] != NOT_APPLICABLE]


def score(rule: Rule, given: Given) -> Scored:
    counts = _counts(rule, given.values)
    if not counts:
        return Scored(None, Fraction(0))
    return Scored(
        clamp(given.weight - sum(counts) * plain(rule["lose"]), given.weight), given.weight
    )


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    lose, total, found = plain(rule["lose"]), Fraction(0), []
    for number, case in enumerate(rule["cases"]):
        count = given.values[case["fact"]]
        if count not in (NOT_APPLICABLE, 0):
            total += count
            mark = circled(number) if len(rule["cases"]) > 1 else ""
            found.append(f"{mark}“{case['text']}”{show(count)} 例")
    if not found:
        return f"未发现违规情形，得满分 {show(given.weight)} 分"
    lost = total * lose
    ending = (
        f"应扣 {show(lost)} 分，扣完为止，得 0 分"
        if lost >= given.weight
        else f"扣 {show(lost)} 分"
    )
    return f"{'、'.join(found)}，每例扣 {show(lose)} 分，{ending}"


def formula(rule: Rule, cells: Cells) -> str:
    names = facts(rule)
    listed = ",".join(names)
    left_out = "+".join(f'IF({name}="{NOT_APPLICABLE}",1,0)' for name in names)
    points = (
        f"MAX(0,MIN({cells.weight},{cells.weight}-{show(plain(rule['lose']), 10)}*SUM({listed})))"
    )
    unusable = f"OR(COUNT({listed})+{left_out}<{len(names)},MIN({listed})<0)"
    return f'IF({unusable},"",IF(COUNT({listed})=0,"{NOT_APPLICABLE}",{points}))'


def standard(rule: Rule, subject: Subject) -> str:
    lose = show(plain(rule["lose"]), 10)
    if len(rule["cases"]) == 1:
        return f"{rule['cases'][0]['text']}，每出现一例扣{lose}分，扣完为止。"
    parts = [f"{circled(i)}{case['text']}；" for i, case in enumerate(rule["cases"])]
    return "\n".join(parts) + f"\n以上情况每出现一例不符合要求的扣{lose}分，扣完为止。"
