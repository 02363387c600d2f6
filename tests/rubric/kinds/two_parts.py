"""两部分: an amount paid and a yes, each with its part of the weight; a part may not apply.

A kind that uses what the one shown to contributors does not: facts on two sheets, a fact of the form, words of a
choice, a part of the weight, a fault between its parameters.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import NOT_APPLICABLE, ZERO, exact, plain, show
from ..places.names import EXTRA_SHEET
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
    needs_all,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .base import Review

LABEL = "两部分"
READS_MEASURE = False
COUNTS = INSIDE
JUDGED = False
needed = needs_all
PARAMETERS = (
    Parameter("paid", "已付", "fact", brings=Brings("amount", sheet=EXTRA_SHEET)),
    Parameter("due", "应付", "fact"),
    Parameter("done", "办结", "fact", brings=Brings("yes_no")),
    Parameter("first", "付款分", "number", positive=True),
    Parameter(
        "even", "付足", "choice", choices=("full", "half"), words=(("全数",), ("一半", "半数"))
    ),
)


def facts(rule: Rule) -> list[str]:
    return [rule["paid"], rule["due"], rule["done"]]


def asked(rule: Rule, row: dict[str, Any], spec: Any) -> Asked:
    return Asked("事项已办结", show(plain(spec["weight"]) - plain(rule["first"])), help="按合同")


def faults(rule: Rule, review: Review) -> None:
    first = plain(rule["first"])
    if review.weight is not None and first > review.weight:
        weight = exact(review.weight)
        review.add("rubric-points-over", ("first",), actual=rule["first"], expected=weight)


def _wanted(rule: Rule) -> Fraction:
    return Fraction(1) if rule["even"] == "full" else Fraction(1, 2)


def score(rule: Rule, given: Given) -> Scored:
    paid, due, done = (given.values[name] for name in facts(rule))
    first = plain(rule["first"])
    base = points = ZERO
    if NOT_APPLICABLE not in (paid, due):
        base += first
        points += first if paid >= due * _wanted(rule) else ZERO
    if done != NOT_APPLICABLE:
        base += given.weight - first
        points += given.weight - first if done == "是" else ZERO
    return Scored(points if base else None, base)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    assert scored.points is not None
    return f"两部分共得 {show(scored.points)} 分"


def _parts(rule: Rule, cells: Cells) -> tuple[str, str, str]:
    """Whether all is answered; the part of each half that applies."""
    paid, due, done = facts(rule)
    first = show(plain(rule["first"]), 10)
    answered = ",".join(f'OR(ISNUMBER({n}),{n}="{NOT_APPLICABLE}")' for n in (paid, due))
    one = f'IF(OR({paid}="{NOT_APPLICABLE}",{due}="{NOT_APPLICABLE}"),0,{first})'
    two = f'IF({done}="{NOT_APPLICABLE}",0,{cells.weight}-{first})'
    return f'AND({answered},{done}<>"")', one, two


def formula(rule: Rule, cells: Cells) -> str:
    paid, due, done = facts(rule)
    answered, one, two = _parts(rule, cells)
    enough = f"ROUND({paid}-{due}*{show(_wanted(rule), 10)},8)>=0"
    points = f'IF({one}=0,0,IF({enough},{one},0))+IF({done}="是",{two},0)'
    return f'IF({answered},IF({one}+{two}=0,"{NOT_APPLICABLE}",{points}),"")'


def base_formula(rule: Rule, cells: Cells) -> Part | None:
    answered, one, two = _parts(rule, cells)
    return Part(answered, f"{one}+{two}")


def standard(rule: Rule, subject: Subject) -> str:
    return f"付足得{rule['first']}分，办结得其余分值，共{subject.weight}分。"
