"""All facts that a source may speak of: of its form, its own, and those that its rules bring."""

from __future__ import annotations

from typing import Any

from ...rubric.fields import FACT_KINDS, every_parameter, parameters, word
from ...rubric.own_figures import figures
from ...rules.base import Brings
from ...rules.brought import Named, named
from ...rules.loose import rows
from ..problems import Path, Problems
from .names import name_fault


def own_facts(
    source: dict[str, Any], form: dict[str, Any], tables: dict[str, Any], problems: Problems
) -> dict[str, Any]:
    """Form's facts, own ones and those that rules bring; every name checked as a defined name."""
    facts = dict(form) | figures(source)
    lower = {name.casefold(): "填报表里已有的数据" for name in facts} | {
        name.casefold(): "填报表里的表格" for name in tables
    }
    for index, fact in rows(source.get("fact")):
        name = fact.get("name")
        if _named(name, ("fact", index, "name"), lower, "自有数据", problems):
            is_sound = fact.get("kind") in FACT_KINDS  # another one has been refused
            facts[str(name)] = fact if is_sound else {**fact, "kind": "amount"}
    for index, spec in rows(source.get("indicator")):
        _rule_facts(spec, ("indicator", index, "rule"), facts, lower, problems)
        weight = spec.get("weight_fact")
        if (
            isinstance(weight, str)
            and weight not in facts
            and _named(
                weight,
                ("indicator", index, "weight_fact"),
                lower,
                f"指标“{spec.get('id')}”的分值",
                problems,
            )
        ):
            facts[weight] = {"name": weight, "kind": "amount", "rule": True}
        if spec.get("own") is True:
            _replaced(spec, ("indicator", index, "own"), facts, lower, problems)
    return facts


def _replaced(
    spec: dict[str, Any],
    path: Path,
    facts: dict[str, Any],
    lower: dict[str, str],
    problems: Problems,
) -> None:
    """The name and the weight that a unit types for an indicator of its own."""
    rule = spec.get("rule")
    for one in _names_in(rule) if isinstance(rule, dict) else ():
        if not isinstance(one.name, str) or not one.brings or one.brings.kind != "judged":
            continue
        for end, kind in (("分值", "amount"), ("名称", "text")):
            name, what = f"{one.name}_{end}", f"指标“{spec.get('id')}”的{end}"
            if _named(name, path, lower, what, problems):
                facts[name] = {"name": name, "kind": kind, "rule": True}


def _named(name: Any, path: Path, lower: dict[str, str], what: str, problems: Problems) -> bool:
    """A new fact: a possible name that nothing else has."""
    if not isinstance(name, str) or not name:
        return False
    fault = name_fault(name)
    if fault:
        problems.add("rubric-name", path, actual=name, what=fault)
    elif name.casefold() in lower:
        problems.add("rubric-name-taken", path, actual=name, expected=lower[name.casefold()])
    lower.setdefault(name.casefold(), what)
    return not fault


def _rule_facts(
    spec: dict[str, Any],
    path: Path,
    facts: dict[str, Any],
    lower: dict[str, str],
    problems: Problems,
) -> None:
    """Facts that a rule brings with it; one of the form may serve where it is of a like kind."""
    rule = spec.get("rule")
    if not isinstance(rule, dict):
        return
    for name, inside, brings, _ in _names_in(rule):
        if brings is None:
            continue  # a fact that is there already
        place = (*path, *inside)
        there = facts.get(name) if isinstance(name, str) else None
        if isinstance(there, dict) and "rule" not in there:
            kind = there.get("kind", "amount")
            if kind not in brings.like:
                what = f"填报表里同名的“{word('kind', str(kind))}”数据"
                problems.add("rubric-name-taken", place, actual=name, expected=what)
        elif _named(name, place, lower, f"指标“{spec.get('id')}”", problems):
            facts[name] = {"name": name, "kind": brings.kind, "rule": True}


def _names_in(rule: dict[str, Any]) -> list[Named]:
    """Names in the parameters of the rule's kind, then in those that only other kinds have: of a
    rule with the wrong kind it is enough to say so.
    What a name is that kinds do not agree upon counts as a figure."""
    own = parameters(rule.get("kind")) or ()
    others = []
    for name, uses in every_parameter().items():
        if name in rule and name not in [parameter.name for parameter in own]:
            kinds = {parameter.brings for _, parameter in uses}
            brings = kinds.pop() if len(kinds) == 1 else Brings("judged")
            others.append(uses[0][1]._replace(brings=brings))
    return list(named(rule, (*own, *others)))
