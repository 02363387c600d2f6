"""Points that a row gives: a number, or a formula over 分值, 指标值 and facts.

指标值 is a ratio where the measure is shown in percent: 85% is 0.85 in `指标值 × 分值`.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.expressions import Node, evaluate, names, parse, renamed, texts
from ..exact.quantities import HUNDRED, NOT_APPLICABLE, plain, show
from ..exact.tokens import YES_NO
from ..exact.written import to_chinese, to_excel, with_numbers
from .base import Cells, Given, Subject, clamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

WEIGHT, MEASURE = "分值", "指标值"
SPECIAL = frozenset((WEIGHT, MEASURE))


def constant(points: str) -> Fraction | None:
    """The number, or None where the points are a formula."""
    try:
        return plain(points)
    except (ValueError, IndexError):
        return None


def facts_of(points: str) -> list[str]:
    """The facts of a formula."""
    if constant(points) is not None:
        return []
    return [name for name in names(parse(points)) if name not in SPECIAL]


def worth(points: str, given: Given) -> Fraction:
    """Within 0 and the weight. Raises ZeroDenominator."""
    number = constant(points)
    if number is not None:
        return number
    found: Fraction = evaluate(parse(points), _values(given))
    return clamp(found, given.weight)


def _values(given: Given) -> dict[str, Any]:
    x = given.x / HUNDRED if given.unit == "%" else given.x
    return {**given.values, WEIGHT: given.weight, MEASURE: x}


def worked(points: str, given: Given) -> str:
    """`0.85 × 10`."""
    return with_numbers(parse(points), _values(given))


def excel(points: str, cells: Cells) -> str:
    """The same as `worth`, for a spreadsheet."""
    number = constant(points)
    if number is not None:
        return show(number, 10)
    return f"MAX(0,MIN({cells.weight},{plain_excel(points, cells)}))"


def plain_excel(points: str, cells: Cells) -> str:
    """A formula without its limits."""
    return to_excel(renamed(parse(points), {WEIGHT: cells.weight, MEASURE: cells.measure}))


def said(points: str, subject: Subject) -> str:
    """For the 评分标准: `计5分`, `按“预算执行率 × 10”计分`."""
    number = constant(points)
    if number is None:
        node = renamed(parse(points), {MEASURE: subject.name, WEIGHT: subject.weight or WEIGHT})
        return f"按“{to_chinese(node)}”计分"
    return f"计{show(number, 10)}分" if number else "不得分"


def ending(points: Fraction, weight: Fraction) -> str:
    """For a reason: `得 3 分，扣 2 分`."""
    if points == weight:
        return f"得满分 {show(points)} 分"
    return f"得 {show(points)} 分，扣 {show(weight - points)} 分"


def where_filled(listed: Sequence[str], node: Node, text: str) -> str:
    """`text` where these facts of an expression are filled: "" while one is blank, 不适用 where
    one does not apply."""
    if not listed:
        return text
    words = texts(node)
    figures = [name for name in listed if name not in words]
    blank, none = [], []
    if figures:
        left_out = "".join(f'+IF({name}="{NOT_APPLICABLE}",1,0)' for name in figures)
        count = f"COUNT({','.join(figures)})"
        blank.append(f"{count}{left_out}<{len(figures)}")
        none.append(f"{count}<{len(figures)}")
    for name in listed:
        if name in words:
            kinds = (*YES_NO, NOT_APPLICABLE)
            answered = ",".join(f'{name}="{word}"' for word in kinds)
            is_yes_no = set(words[name]) <= set(YES_NO)
            blank.append(f"NOT(OR({answered}))" if is_yes_no else f'{name}=""')
            none.append(f'{name}="{NOT_APPLICABLE}"')
    known = f'IF({_any(none)},"{NOT_APPLICABLE}",{text})'
    return f'IF({_any(blank)},"",{known})'


def _any(tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
