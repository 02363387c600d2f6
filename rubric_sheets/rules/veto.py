"""一票否决: under any of its conditions the indicator's weight is taken from the total, which so
comes to nothing."""

from __future__ import annotations

from ..exact.expressions import ZeroDenominator, evaluate, names_in, parse
from ..exact.quantities import NOT_APPLICABLE, ZERO, show
from ..exact.written import to_chinese, to_excel
from .base import (
    TAKEN_OFF,
    Cells,
    Given,
    Parameter,
    Rule,
    Scored,
    Subject,
    asks_nothing,
    whole_weight,
)
from .worth import where_filled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

    from .base import Review

LABEL = "一票否决"
READS_MEASURE = False
COUNTS = TAKEN_OFF
JUDGED = False
PARAMETERS = (
    Parameter("vetoes", "否决情形", "vetoes", help="每种写条件和说明；分值是从总分里扣去的分"),
)
asked = asks_nothing
base_formula = whole_weight


def facts(rule: Rule) -> list[str]:
    return list(dict.fromkeys(name for row in rule["vetoes"] for name in names_in(row["when"])))


def faults(rule: Rule, review: Review) -> None:
    """Without a weight there is nothing to take off."""
    if review.weight is None:
        review.add("rubric-missing", ("vetoes",), expected="分值：满分加上最多的加分")


def needed(rule: Rule, known: dict[str, Any], x: Fraction) -> list[str]:
    """Once one condition holds nothing else is asked."""
    holding = next((row for row in rule["vetoes"] if _holds(row, known)), None)
    return list(names_in(holding["when"])) if holding else list(known)


def _holds(row: dict[str, Any], known: dict[str, Any]) -> bool | None:
    """None where its denominator is 0; a condition whose facts do not apply does not hold, and one
    whose facts are not there has not been looked at."""
    values = [known.get(name) for name in names_in(row["when"])]
    if any(value in (None, NOT_APPLICABLE) for value in values):
        return False
    try:
        return bool(evaluate(parse(row["when"]), known))
    except ZeroDenominator:
        return None


def _holding(rule: Rule, given: Given) -> list[dict[str, Any]]:
    return [row for row in rule["vetoes"] if _holds(row, given.values)]


def score(rule: Rule, given: Given) -> Scored:
    if _holding(rule, given):
        return Scored(given.weight, ZERO)
    if any(_holds(row, given.values) is None for row in rule["vetoes"]):
        told = {"name": given.text, "reason": "分母为 0"}
        return Scored(None, ZERO, (("not-computable", told),))
    return Scored(ZERO, ZERO)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    if scored.points is None:
        return f"{given.text}的分母为 0，无法判断"
    texts = [str(row["text"]) for row in _holding(rule, given)]
    if not texts:
        return "没有否决情形，扣 0 分"
    return f"{'、'.join(texts)}，一票否决，从总分里扣 {show(scored.points)} 分"


def formula(rule: Rule, cells: Cells) -> str:
    tests = []
    for row in rule["vetoes"]:
        node = parse(row["when"])
        text = where_filled(names_in(row["when"]), node, f"IF({to_excel(node)},1,0)")
        tests.append(f'IFERROR({text},"无法计算")' if "/" in text else text)
    holds, blank, broken = (
        f"OR({','.join(f'{test}={wanted}' for test in tests)})"
        for wanted in ("1", '""', '"无法计算"')
    )
    text = f'IF({blank},"",0)'
    if any("/" in test for test in tests):
        text = f'IF({blank},"",IF({broken},"无法计算",0))'
    return f"IF({holds},{cells.weight},{text})"


def standard(rule: Rule, subject: Subject) -> str:
    parts = [f"{row['text']}（{to_chinese(parse(row['when']))}）" for row in rule["vetoes"]]
    return f"{'；'.join(parts)}：有其中一种的，一票否决，扣{subject.weight}分，总分扣完为止。"
