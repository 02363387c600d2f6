"""依次判断: the first condition that holds gives its points;
the last may be without a condition."""

from __future__ import annotations

from ..exact.expressions import ZeroDenominator, evaluate, names_in, parse
from ..exact.quantities import NOT_APPLICABLE
from ..exact.written import to_chinese, to_excel, with_numbers
from .base import (
    INSIDE,
    Cells,
    Given,
    Parameter,
    Rule,
    Scored,
    Subject,
    asks_nothing,
    no_faults,
    whole_weight,
)
from .worth import constant, ending, excel, facts_of, said, where_filled, worked, worth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

LABEL = "依次判断"
READS_MEASURE = False
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (
    Parameter(
        "conditions", "条件", "conditions", help="自上而下第一条成立的得分；最后一条可不写条件"
    ),
)


asked = asks_nothing
faults = no_faults
base_formula = whole_weight


def facts(rule: Rule) -> list[str]:
    found: dict[str, None] = {}
    for condition in rule["conditions"]:
        if condition.get("when"):
            found.update(dict.fromkeys(names_in(condition["when"])))
        found.update(dict.fromkeys(facts_of(condition["points"])))
    return list(found)


def needed(rule: Rule, known: dict[str, Any], x: Fraction) -> list[str]:
    """The facts that it asks for before a condition holds. `known`: those that are filled."""
    asked_for: dict[str, None] = {}
    for condition in rule["conditions"]:
        when, points = condition.get("when"), facts_of(condition["points"])
        wanted = names_in(when or "0")
        asked_for.update(dict.fromkeys(wanted))
        if any(known.get(name) in (None, "", NOT_APPLICABLE) for name in wanted):
            break
        try:
            if not when or evaluate(parse(when), known):
                asked_for.update(dict.fromkeys(points))
                break
        except ZeroDenominator:
            break
    return list(asked_for)


def _first(rule: Rule, values: dict[str, Any]) -> dict[str, str] | None:
    return next(
        (c for c in rule["conditions"] if not c.get("when") or evaluate(parse(c["when"]), values)),
        None,
    )


def score(rule: Rule, given: Given) -> Scored:
    if NOT_APPLICABLE in given.values.values():
        return Scored(None, given.weight * 0)
    try:
        first = _first(rule, given.values)
        if first is not None:
            return Scored(worth(first["points"], given), given.weight)
    except ZeroDenominator:
        return Scored(
            None, given.weight, (("not-computable", {"name": given.text, "reason": "分母为 0"}),)
        )
    return Scored(None, given.weight, (("no-band", {"what": _shown(rule, given)}),))


def _shown(rule: Rule, given: Given) -> str:
    return "，".join(
        f"{name} {with_numbers(('name', name), given.values)}" for name in given.values
    )


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    if NOT_APPLICABLE in given.values.values():
        return "所需数据填为不适用"
    shown = _shown(rule, given)
    try:
        first = _first(rule, given.values)
    except ZeroDenominator:
        return f"{shown}，分母为 0，无法计算"
    if first is None:
        return f"{shown}，没有一条成立"
    if scored.points is None:
        return f"{shown}，分母为 0，无法计算"
    text = first.get("text") or (
        to_chinese(parse(first["when"])) if first.get("when") else "不符合以上各条"
    )
    how = "" if constant(first["points"]) is not None else f"，{_worked(first['points'], given)}"
    return f"{shown}，{text}{how}，{ending(scored.points, given.weight)}"


def _worked(points: str, given: Given) -> str:
    return f"{to_chinese(parse(points))} = {worked(points, given)}"


def formula(rule: Rule, cells: Cells) -> str:
    """Each condition asks for the facts that those before it did not ask for."""
    asked_for: set[str] = set()
    fresh: list[list[str]] = []
    for condition in rule["conditions"]:
        names = names_in(condition.get("when") or "0")
        fresh.append([name for name in names if name not in asked_for])
        asked_for.update(names)
    text = '"无法计算"'
    for condition, names in reversed([*zip(rule["conditions"], fresh)]):
        points, when = _points(condition["points"], cells), condition.get("when")
        if not when:
            text = points
            continue
        test = parse(when)
        text = where_filled(names, test, f"IF({to_excel(test)},{points},{text})")
    return f'IFERROR({text},"无法计算")' if "/" in text else text


def _points(points: str, cells: Cells) -> str:
    """A formula asks for its own facts where it counts."""
    text = excel(points, cells)
    names = facts_of(points)
    return where_filled(names, parse(points), text) if names else text


def standard(rule: Rule, subject: Subject) -> str:
    parts = []
    for condition in rule["conditions"]:
        text = condition.get("text") or (
            to_chinese(parse(condition["when"])) if condition.get("when") else "其余情况"
        )
        parts.append(f"{text}，{said(condition['points'], subject)}")
    return "；".join(parts) + "。"
