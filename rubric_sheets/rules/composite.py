"""组合计分: parts of different kinds inside of one indicator, each a formula with its limit.

A part whose limit is below 0 takes off. A part with a fact that does not apply leaves the weight.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.expressions import ZeroDenominator, evaluate, parse
from ..exact.quantities import NOT_APPLICABLE, ZERO, plain, show
from ..exact.written import to_chinese
from .base import (
    INSIDE,
    Cells,
    Given,
    Parameter,
    Part,
    Rule,
    Scored,
    Subject,
    asks_nothing,
    circled,
    clamp,
    needs_all,
    no_faults,
)
from .worth import WEIGHT, facts_of, plain_excel, where_filled, worked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Row = dict[str, Any]

LABEL = "组合计分"
READS_MEASURE = False
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (
    Parameter(
        "parts", "部分", "parts", help="每部分写名称、最多得多少分（倒扣写负数）和得分的公式"
    ),
)
asked = asks_nothing
faults = no_faults
needed = needs_all


def facts(rule: Rule) -> list[str]:
    return list(dict.fromkeys(name for row in rule["parts"] for name in facts_of(row["points"])))


def _applies(row: Row, given: Given) -> bool:
    return all(given.values[name] != NOT_APPLICABLE for name in facts_of(row["points"]))


def _points(row: Row, given: Given) -> Fraction:
    """Within 0 and the part's limit, on either side. Raises ZeroDenominator."""
    most = plain(row["most"])
    found: Fraction = evaluate(parse(row["points"]), {**given.values, WEIGHT: given.weight})
    return min(max(found, min(most, ZERO)), max(most, ZERO))


def score(rule: Rule, given: Given) -> Scored:
    rows = [row for row in rule["parts"] if _applies(row, given)]
    base = sum((max(plain(row["most"]), ZERO) for row in rows), ZERO)
    if not base:
        return Scored(None, ZERO)
    try:
        total = sum((_points(row, given) for row in rows), ZERO)
    except ZeroDenominator:
        told = {"name": given.text, "reason": "分母为 0"}
        return Scored(None, given.weight, (("not-computable", told),))
    return Scored(clamp(total, base), base)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    if scored.points is None:
        return f"{given.text}的分母为 0，无法计算" if scored.base else "所需数据填为不适用"
    found = []
    for number, row in enumerate(rule["parts"]):
        name = f"{circled(number)}{row['text']}"
        if not _applies(row, given):
            found.append(f"{name}不适用，不计入分母")
            continue
        points, sign = _points(row, given), "扣" if plain(row["most"]) < 0 else "得"
        how = f" {worked(row['points'], given)}，" if facts_of(row["points"]) else ""
        found.append(f"{name}{how}{sign} {show(abs(points))} 分")
    return f"{'；'.join(found)}。共得 {show(scored.points)} 分"


def _filled(rule: Rule) -> str:
    """True in the sheet once every fact is filled or does not apply; "" where there are none."""
    tests = []
    for row in rule["parts"]:
        names = facts_of(row["points"])
        if names:
            tests.append(f'{where_filled(names, parse(row["points"]), "1")}=""')
    return f"NOT(OR({','.join(tests)}))" if tests else "TRUE"


def _none_applies(row: Row) -> str:
    """True in the sheet where a fact of the part does not apply; "" where it has none."""
    tests = [f'{name}="{NOT_APPLICABLE}"' for name in facts_of(row["points"])]
    if len(tests) < 2:
        return "".join(tests)
    return f"OR({','.join(tests)})"


def _where_it_applies(row: Row, text: str) -> str:
    none = _none_applies(row)
    return f"IF({none},0,{text})" if none else text


def _base(rule: Rule) -> str:
    given = [row for row in rule["parts"] if plain(row["most"]) > 0]
    return "+".join(_where_it_applies(row, show(plain(row["most"]), 10)) for row in given)


def formula(rule: Rule, cells: Cells) -> str:
    parts = []
    for row in rule["parts"]:
        most = plain(row["most"])
        low, high = show(min(most, ZERO), 10), show(max(most, ZERO), 10)
        inner = f"MAX({low},MIN({high},{plain_excel(row['points'], cells)}))"
        parts.append(_where_it_applies(row, inner))
    base, total = _base(rule), "+".join(parts)
    text = f"MAX(0,MIN({base},{total}))"
    text = f'IFERROR({text},"无法计算")' if "/" in text else text
    return f'IF({_filled(rule)},IF({base}=0,"{NOT_APPLICABLE}",{text}),"")'


def base_formula(rule: Rule, cells: Cells) -> Part | None:
    """Parts that do not apply leave the weight, as soon as all facts are filled and the points
    can be computed."""
    text = formula(rule, cells)
    return Part(f"ISNUMBER({text})", _base(rule))


def standard(rule: Rule, subject: Subject) -> str:
    parts = []
    for number, row in enumerate(rule["parts"]):
        most = plain(row["most"])
        limit = f"最多{'扣' if most < 0 else '得'}{show(abs(most), 10)}分"
        formula_text = to_chinese(parse(row["points"]))
        parts.append(f"{circled(number)}{row['text']}：{formula_text}，{limit}")
    return "；\n".join(parts) + "。"
