"""按比例得分: the weight times the rate, never more than the weight."""

from __future__ import annotations

from ..exact.quantities import HUNDRED, show
from .base import (
    INSIDE,
    WARN_OVER,
    Cells,
    Given,
    Rule,
    Scored,
    Subject,
    asks_nothing,
    clamp,
    needs_all,
    no_faults,
    over_warning,
    whole_weight,
)

LABEL = "按比例得分"
READS_MEASURE = True
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (WARN_OVER,)
asked = asks_nothing
faults = no_faults
base_formula = whole_weight


needed = needs_all


def facts(rule: Rule) -> list[str]:
    return []


def score(rule: Rule, given: Given) -> Scored:
    warnings = over_warning(rule, given)
    return Scored(clamp(given.weight * given.x / HUNDRED, given.weight), given.weight, warnings)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    assert scored.points is not None
    if scored.points == given.weight:
        return f"{given.text}，得满分 {show(given.weight)} 分"
    sign = "%" if given.unit == "%" else ""
    return (
        f"{given.text}，{show(given.weight)} 分 × {show(given.x)}{sign} = "
        f"{show(scored.points)} 分，"
        f"扣 {show(given.weight - scored.points)} 分"
    )


def formula(rule: Rule, cells: Cells) -> str:
    return f"MAX(0,MIN({cells.weight},{cells.weight}*{cells.x}/100))"


def standard(rule: Rule, subject: Subject) -> str:
    return f"得分={subject.weight}分×{subject.name}，最高{subject.weight}分。"
