"""Points outside of the base, counted by cases up to a limit: what the kinds share that add and
that take off."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import NOT_APPLICABLE, ZERO, plain, show
from .base import Asked, Brings, Cells, Given, Parameter, Rule, Scored, Subject, circled
from .base import needs_all as needed
from .base import no_faults as faults
from .base import whole_weight as base_formula
from .outside import told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "JUDGED",
    "PARAMETERS",
    "READS_MEASURE",
    "asked",
    "base_formula",
    "explain",
    "facts",
    "faults",
    "formula",
    "needed",
    "score",
    "standard",
]
READS_MEASURE = False
JUDGED = False
PARAMETERS = (
    Parameter(
        "awards",
        "加减分情形",
        "awards",
        help="每种情形写名称、要求和每例分数；分值是上限，不写即不封顶",
        brings=Brings("breach_count", like=("count",)),
    ),
)


def facts(rule: Rule) -> list[str]:
    return [row["fact"] for row in rule["awards"]]


def asked(rule: Rule, row: dict[str, Any], spec: Any) -> Asked:
    return Asked(row["text"], f"每例{show(plain(row['points']))}", help=row["text"])


def score(rule: Rule, given: Given) -> Scored:
    counts = [(given.values[row["fact"]], plain(row["points"])) for row in rule["awards"]]
    counted = [count * points for count, points in counts if count != NOT_APPLICABLE]
    if not counted:
        return Scored(None, ZERO)
    total = sum(counted, ZERO)
    return Scored(min(total, given.weight) if given.weight else total, ZERO)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    word = told(rule)
    if scored.points is None:
        return "各情形均填为不适用"
    found, total = [], Fraction(0)
    for number, row in enumerate(rule["awards"]):
        count, points = given.values[row["fact"]], plain(row["points"])
        if count not in (NOT_APPLICABLE, 0):
            total += count * points
            mark = circled(number) if len(rule["awards"]) > 1 else ""
            found.append(f"{mark}“{row['text']}”{show(count)} 例，每例{word} {show(points)} 分")
    if not found:
        return f"没有发生，{word} 0 分"
    limit = f"，最多{word} {show(given.weight)} 分" if total > scored.points else ""
    return f"{'；'.join(found)}{limit}，{word} {show(scored.points)} 分"


def formula(rule: Rule, cells: Cells) -> str:
    names = facts(rule)
    listed = ",".join(names)
    left_out = "+".join(f'IF({name}="{NOT_APPLICABLE}",1,0)' for name in names)
    rows = [(row["fact"], show(plain(row["points"]), 10)) for row in rule["awards"]]
    points = "+".join(f"SUM({name})*{worth}" for name, worth in rows)
    if cells.weight not in ("", "0"):
        points = f"MIN({cells.weight},{points})"
    unusable = f"OR(COUNT({listed})+{left_out}<{len(names)},MIN({listed})<0)"
    return f'IF({unusable},"",IF(COUNT({listed})=0,"{NOT_APPLICABLE}",{points}))'


def standard(rule: Rule, subject: Subject) -> str:
    word = told(rule)
    parts = [
        f"{circled(index)}{row['text']}，每例{word}{show(plain(row['points']), 10)}分"
        for index, row in enumerate(rule["awards"])
    ]
    limit = f"；最多{word}{subject.weight}分" if subject.weight else ""
    return f"{'；'.join(parts)}{limit}，不计入分母。"
