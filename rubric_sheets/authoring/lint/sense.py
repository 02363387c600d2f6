"""Sense of a rubric as a whole: ids, levels, weights, groups, grades, ratios, cross-checks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...exact.expressions import parse
from ...exact.quantities import HUNDRED, ZERO
from ...exact.tokens import ExpressionError
from ...findings.figures import Phrase
from ...rubric.fields import KINDS, word
from ...rubric.parts import walk
from ...rules import rule as rule_module
from ...rules.base import ADDED, INSIDE
from ...rules.loose import amount, rows
from ..problems import Path, Problems
from .names import Names
from .rules import check_rule, weighted

YEARS = range(1990, 2101)


def check_sense(source: dict[str, Any], known: Names, problems: Problems) -> None:
    """Whatever can be said although single fields may be wrong."""
    ids: dict[str, int] = {}
    for index, spec in rows(source.get("indicator")):
        if problems.full:
            return
        path = ("indicator", index)
        _same(spec.get("id"), ids, index, (*path, "id"), "第 {} 条指标", problems)
        _indicator(spec, path, source, known, problems)
    _weights(source, problems)
    _years(source, problems)
    _groups(source, problems)
    check_grades(source.get("grades"), ("grades",), problems)
    _ratios(source, known, problems)
    for index, check in rows(source.get("check")):
        known.formula(check.get("when"), ("check", index, "when"), condition=True)
        if check.get("at"):
            known.known(check["at"], ("check", index, "at"))


def _same(
    value: Any, seen: dict[str, int], index: int, path: Path, other: str, problems: Problems
) -> None:
    if isinstance(value, str) and value in seen:
        problems.add("rubric-duplicate", path, actual=value, expected=other.format(seen[value] + 1))
    elif isinstance(value, str):
        seen[value] = index


def _indicator(
    spec: dict[str, Any], path: Path, source: dict[str, Any], known: Names, problems: Problems
) -> None:
    weight = amount(spec.get("weight"))
    if weight is not None and weight <= 0:
        problems.add("rubric-not-positive", (*path, "weight"), actual=spec["weight"])
    if "weight" in spec and "weight_fact" in spec:
        problems.add("rubric-weight-both", (*path, "weight_fact"))
    elif "weight" not in spec and "weight_fact" not in spec and weighted(spec):
        problems.add("rubric-missing", (*path, "weight"), expected="数字")
    rule, own = spec.get("rule"), _ownable()
    if spec.get("own") is True and not (
        isinstance(rule, dict) and rule.get("kind") in own and "weight" in spec
    ):
        labels = [word("rule", kind) for kind in own]
        both = [f"{label}（{kind}）" for label, kind in zip(labels, own)]
        expected, in_excel = "、".join(both), "、".join(labels)
        problems.add("rubric-own", (*path, "own"), expected=expected, expected_excel=in_excel)
    ratios = source.get("ratios") if isinstance(source.get("ratios"), dict) else {}
    ratio = spec.get("ratio")
    if isinstance(ratio, str) and ratio and ratio not in (ratios or {}):
        problems.add(
            "rubric-ratio-unknown",
            (*path, "ratio"),
            actual=ratio,
            hint=problems.hint(ratio, ratios or {}),
        )
    for field in ("value", "weight_fact"):
        if (
            isinstance(spec.get(field), str)
            and spec[field]
            and known.known(spec[field], (*path, field))
        ):
            known.numeric(spec[field], (*path, field))
    for field in ("applies_when", "void_when"):
        known.formula(spec.get(field), (*path, field), condition=True)
    groups = source.get("groups") if isinstance(source.get("groups"), dict) else {}
    group = spec.get("group")
    if isinstance(group, str) and group and group not in (groups or {}):
        problems.add(
            "rubric-group-unknown",
            (*path, "group"),
            actual=group,
            hint=problems.hint(group, groups or {}),
        )
    check_rule(spec, path, known, problems)


def _ownable() -> list[str]:
    """The kinds whose indicator a unit may put its own in place of: it judges them itself,
    inside of the base."""
    modules = ((kind, rule_module(kind)) for kind in KINDS)
    return [kind for kind, module in modules if module.JUDGED and module.COUNTS == INSIDE]


def _years(source: dict[str, Any], problems: Problems) -> None:
    """Years that a rubric is for, and the full marks that its total is folded to."""
    if (marks := amount(source.get("scale"))) is not None and marks <= 0:
        problems.add("rubric-not-positive", ("scale",), actual=source["scale"])
    found = {key: amount(source.get(key)) for key in ("first_year", "last_year")}
    for key, year in found.items():
        if year is not None and not (year.denominator == 1 and year in YEARS):
            problems.add("rubric-year", (key,), actual=source[key], expected="年份")
    first, last = found.values()
    if first is not None and last is not None and first > last:
        expected = f"{source['first_year']} 或以后的年份"
        problems.add("rubric-year", ("last_year",), actual=source["last_year"], expected=expected)


def _weights(source: dict[str, Any], problems: Problems) -> None:
    """Weights add up to full marks: a group once, bonus and penalty not.
    Nothing is said while one is unknown."""
    specs = [spec for _, spec in rows(source.get("indicator"))]
    typed = any("weight_fact" in spec for spec in specs)
    wanted = amount(source.get("full_marks")) if "full_marks" in source else HUNDRED
    if typed and "full_marks" not in source:
        problems.add(
            "rubric-missing", ("full_marks",), expected="数字（分值由单位填报时须写明满分）"
        )
    if wanted is not None and wanted <= 0:
        problems.add("rubric-not-positive", ("full_marks",), actual=source["full_marks"])
    if typed or wanted is None or wanted <= 0 or not specs:
        return
    total = _sum_of_weights(source, specs)
    if total is not None and total != wanted:
        gap = Phrase("多 {} 分" if total > wanted else "少 {} 分", (abs(total - wanted),))
        problems.add(
            "rubric-weight-sum",
            ("indicator",),
            actual=total,
            expected=wanted,
            what=gap,
            name="满分（full_marks）",
            name_excel="满分",
        )


def _sum_of_weights(source: dict[str, Any], specs: list[dict[str, Any]]) -> Fraction | None:
    """None while one that counts is unknown, or the group that it counts in."""
    groups, targets = source.get("groups"), source.get("targets")
    caps = {name: amount(cap) for name, cap in groups.items()} if isinstance(groups, dict) else {}
    known = {name: cap for name, cap in caps.items() if cap is not None}
    names = [str(spec.get("group") or "") for spec in specs]
    if not known.keys() >= {name for name in names if name}:
        return None
    counts = [INSIDE if weighted(spec) else ADDED for spec in specs]
    parts = walk((([""], name, how) for name, how in zip(names, counts)), known)
    single = [part for part in parts if part.is_inside and part.cap is None]
    due = [spec.get("weight") for part in single for spec in part.of(specs)]
    due += [targets.get("weight")] if isinstance(targets, dict) else []
    weights = [amount(text) for text in due] + list(caps.values())
    counted = [weight for weight in weights if weight is not None]
    return sum(counted, ZERO) if len(counted) == len(weights) else None


def _groups(source: dict[str, Any], problems: Problems) -> None:
    """A cap that its members can reach, and that none of them exceeds."""
    groups = source.get("groups")
    for name, text in groups.items() if isinstance(groups, dict) else ():
        cap = amount(text)
        members = [
            amount(spec.get("weight"))
            for _, spec in rows(source.get("indicator"))
            if spec.get("group") == name
        ]
        if not members:
            problems.add("rubric-group-empty", ("groups", name), actual=name)
        if cap is None or None in members:
            continue
        weights = [weight for weight in members if weight is not None]
        if cap <= 0:
            problems.add("rubric-not-positive", ("groups", name), actual=text)
        elif members and sum(weights, ZERO) < cap:
            problems.add(
                "rubric-group-cap",
                ("groups", name),
                actual=text,
                expected=sum(weights, ZERO),
                what="大于各成员分值之和",
            )
        elif members and max(weights) > cap:
            problems.add(
                "rubric-group-cap",
                ("groups", name),
                actual=text,
                expected=max(weights),
                what="小于其中一个成员的分值",
            )


def check_grades(grades: Any, path: Path, problems: Problems) -> None:
    """From the best down to 0, no word twice."""
    seen: dict[str, int] = {}
    last: Fraction | None = None
    lowest: tuple[Fraction, int] | None = None
    for index, grade in rows(grades):
        synonyms = grade.get("synonyms")
        for text in (grade.get("name"), *(synonyms if isinstance(synonyms, list) else ())):
            _same(text, seen, index, (*path, index), "第 {} 档", problems)
        least = amount(grade.get("min"))
        if least is None:
            continue
        if last is not None and least >= last:
            problems.add(
                "rubric-grades-order",
                (*path, index, "min"),
                actual=grade["min"],
                expected=last,
            )
        if least > HUNDRED or least < 0:
            problems.add("rubric-grades-range", (*path, index, "min"), actual=grade["min"])
        last = least
        lowest = (least, index) if lowest is None else min(lowest, (least, index))
    if lowest is not None and lowest[0] > 0:
        problems.add("rubric-grades-zero", (*path, lowest[1], "min"), actual=lowest[0])


def _ratios(source: dict[str, Any], known: Names, problems: Problems) -> None:
    ratios = source.get("ratios")
    used = {
        spec.get("ratio")
        for _, spec in rows(source.get("indicator"))
        if isinstance(spec.get("ratio"), str)
    }
    for name, formula in ratios.items() if isinstance(ratios, dict) else ():
        known.formula(formula, ("ratios", name), condition=False)
        if _is_times_hundred(formula):
            problems.add("rubric-percent-hundred", ("ratios", name))
        if name not in used and not _is_spoken_of(name, source):
            problems.add("rubric-ratio-unused", ("ratios", name), actual=name)


def _is_times_hundred(formula: Any) -> bool:
    """Is all of it taken times 100, not 100%?"""
    try:
        node = parse(formula) if isinstance(formula, str) else ("num", ZERO)
    except ExpressionError:
        return False
    return node[0] == "*" and any(side == ("num", HUNDRED) for side in node[1:])


def _is_spoken_of(name: str, source: dict[str, Any]) -> bool:
    """In a formula or a condition, or in another ratio."""
    fields = ("rule", "applies_when", "void_when")
    texts = [spec.get(field) for _, spec in rows(source.get("indicator")) for field in fields]
    texts += [check.get("when") for _, check in rows(source.get("check"))]
    texts += [text for other, text in source["ratios"].items() if other != name]
    return name in repr(texts)
