"""Sense of each rule: its measure, its numbers, its lists, and whatever else its kind looks at."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...exact.intervals import RANK
from ...rubric.fields import KINDS
from ...rules import is_outside
from ...rules import rule as rule_module
from ...rules.brought import named
from ...rules.lists import is_list, listed
from ...rules.loose import amount
from ...rules.worth import SPECIAL, WEIGHT, constant
from ..problems import Path, Problems
from .names import Names, may_be_negative


class Review:
    """What a kind and its lists may ask about an indicator,
    and where they tell what is wrong with its rule."""

    def __init__(self, spec: dict[str, Any], path: Path, known: Names, problems: Problems) -> None:
        self.spec, self.path, self.known, self.problems = spec, path, known, problems
        self.weight: Fraction | None = amount(spec.get("weight"))

    def add(self, code: str, path: Path, **params: Any) -> None:
        self.problems.add(code, (*self.path, *path), **params)

    def wrong(self, path: Path) -> bool:
        return self.problems.at((*self.path, *path))

    def condition(self, text: Any, path: Path) -> None:
        self.known.formula(text, (*self.path, *path), condition=True)

    def points(self, text: Any, path: Path) -> None:
        if not isinstance(text, str) or constant(text) is not None:
            return
        special = SPECIAL if self.spec.get("ratio") or self.spec.get("value") else {WEIGHT}
        self.known.formula(text, (*self.path, *path), condition=False, also=special)

    def is_percent(self) -> bool:
        value = self.known.facts.get(str(self.spec.get("value")), {})
        return "ratio" in self.spec or value.get("kind") == "percent"

    def counted_from(self) -> int | None:
        value = self.known.facts.get(str(self.spec.get("value")), {})
        if "ratio" in self.spec or value.get("kind") != "count" or value.get("signed"):
            return None
        return 1 if value.get("unit") == RANK else 0

    def may_be_negative(self) -> bool:
        formula = self.spec.get("value")
        if isinstance(self.spec.get("ratio"), str):
            formula = self.known.ratios.get(self.spec["ratio"])
        if isinstance(formula, dict):
            formula = formula.get("formula")
        # an unknown one has been named
        if not isinstance(formula, str):
            return False
        return may_be_negative(self.known.spelled(formula), self.known.facts)


def check_rule(spec: dict[str, Any], path: Path, known: Names, problems: Problems) -> None:
    """One indicator's rule, whose shape may still be wrong in places."""
    rule = spec.get("rule")
    kind = rule.get("kind") if isinstance(rule, dict) else None
    if not isinstance(rule, dict) or not isinstance(kind, str) or kind not in KINDS:
        return
    module, review = rule_module(kind), Review(spec, (*path, "rule"), known, problems)
    for parameter in module.PARAMETERS:
        value = amount(rule.get(parameter.name))
        if parameter.positive and value is not None and value <= 0:
            review.add("rubric-not-positive", (parameter.name,), actual=rule[parameter.name])
    _measure(spec, module, path, problems)
    for parameter in module.PARAMETERS:
        if is_list(parameter.type):
            listed(parameter.type).faults(parameter.name, rule.get(parameter.name), review)
    for one in named(rule, module.PARAMETERS):
        if one.brings is None and isinstance(one.name, str):
            known.known(one.name, (*review.path, *one.path))
    if review.wrong(()):
        return  # what follows relies on a right shape
    module.faults(rule, review)
    for name in module.facts(rule):
        if not known.is_ratio(name):
            known.known(name, review.path)


def _measure(spec: dict[str, Any], module: Any, path: Path, problems: Problems) -> None:
    """A rule that measures needs one thing to measure; one that does not has no use for it."""
    given = [name for name in ("ratio", "value") if spec.get(name)]
    if module.READS_MEASURE and not given:
        problems.add(
            "rubric-measure-missing",
            (*path, "ratio"),
            actual=module.LABEL,
            expected="比率名称（ratio）或数据名称（value）",
            expected_excel="比率名称或数据名称",
        )
    elif len(given) == 2:
        problems.add("rubric-measure-both", (*path, "value"))
    elif given and not module.READS_MEASURE and not module.JUDGED:
        # a judge may be shown a measure
        problems.add("rubric-measure-unused", (*path, given[0]), actual=module.LABEL)


def weighted(spec: dict[str, Any]) -> bool:
    """Whether the indicator's weight counts towards full marks."""
    rule = spec.get("rule")
    if not isinstance(rule, dict) or rule.get("kind") not in KINDS:
        return True
    return not is_outside(rule)
