"""逐项得分: each item that holds earns its points; an item that does not apply leaves the base."""

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
    Part,
    Rule,
    Scored,
    Subject,
    circled,
    needs_all,
    no_faults,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LABEL = "逐项得分"
READS_MEASURE = False
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (
    Parameter(
        "items",
        "核查项",
        "items",
        help="每项写名称、内容和分值；填报时选 是/否/不适用",
        brings=Brings("yes_no", like=("yes_no",)),
    ),
)
faults = no_faults


needed = needs_all


def facts(rule: Rule) -> list[str]:
    return [item["fact"] for item in rule["items"]]


def asked(rule: Rule, row: dict[str, Any], spec: Any) -> Asked:
    points = row["points"]
    return Asked(row["text"], show(plain(points)), help=row["text"], points=points)


def score(rule: Rule, given: Given) -> Scored:
    base = points = Fraction(0)
    for item in rule["items"]:
        answer, worth = given.values[item["fact"]], plain(item["points"])
        if answer != NOT_APPLICABLE:
            base += worth
            points += worth if answer == "是" else 0
    return Scored(points if base else None, base)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    lost, left_out = [], []
    for number, item in enumerate(rule["items"]):
        answer = given.values[item["fact"]]
        if answer == "否":
            lost.append(
                f"{circled(number)}“{item['text']}”不符合，扣 {show(plain(item['points']))} 分"
            )
        elif answer == NOT_APPLICABLE:
            left_out.append(circled(number))
    note = f"；{''.join(left_out)}不适用，不计入分母" if left_out else ""
    if not lost:
        return f"各项均符合，得 {show(scored.base)} 分{note}"
    return "；".join(lost) + note


def _answered(names: list[str]) -> str:
    """True in the sheet when every item has one of the three answers."""
    parts = [f'OR({name}="是",{name}="否",{name}="{NOT_APPLICABLE}")' for name in names]
    return f"AND({','.join(parts)})"


def formula(rule: Rule, cells: Cells) -> str:
    names = facts(rule)
    points = "+".join(
        f'IF({item["fact"]}="是",{show(plain(item["points"]), 10)},0)' for item in rule["items"]
    )
    none_applies = "AND({})".format(",".join(f'{name}="{NOT_APPLICABLE}"' for name in names))
    return f'IF({_answered(names)},IF({none_applies},"{NOT_APPLICABLE}",{points}),"")'


def base_formula(rule: Rule, cells: Cells) -> Part | None:
    """Items that do not apply leave the weight, as soon as all are answered."""
    parts = [
        f'IF({item["fact"]}="{NOT_APPLICABLE}",0,{show(plain(item["points"]), 10)})'
        for item in rule["items"]
    ]
    return Part(_answered(facts(rule)), "+".join(parts))


def standard(rule: Rule, subject: Subject) -> str:
    parts = [
        f"{circled(i)}{item['text']}，{show(plain(item['points']), 10)}分"
        for i, item in enumerate(rule["items"])
    ]
    return "；\n".join(parts) + "。"
