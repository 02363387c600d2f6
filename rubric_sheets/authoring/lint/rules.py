"""Sense of each rule: bands without gaps or overlaps, points that fit the weight, conditions that end somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ...exact.intervals import Interval, parse
from ...exact.quantities import ZERO, exact, plain
from ...rubric.fields import KINDS
from ...rules import is_outside
from ...rules import rule as rule_module
from ..problems import Path, Problems
from .names import Names, may_be_negative

Edge = tuple[Fraction, int]  # a place on the line: before (0) or after (1) a number


def amount(value: Any) -> Fraction | None:
    """A number, or None for whatever the shape checks have complained of already."""
    try:
        return plain(value) if isinstance(value, str) else None
    except (ValueError, IndexError):
        return None


def rows(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The tables of a list, with their places."""
    if isinstance(value, list):
        yield from ((index, row) for index, row in enumerate(value) if isinstance(row, dict))


def check_rule(spec: dict[str, Any], path: Path, known: Names, problems: Problems) -> None:
    """One indicator's rule, whose shape may still be wrong in places."""
    rule = spec.get("rule")
    kind = rule.get("kind") if isinstance(rule, dict) else None
    if not isinstance(rule, dict) or not isinstance(kind, str) or kind not in KINDS:
        return
    weight, place = amount(spec.get("weight")), (*path, "rule")
    for name in ("every", "lose"):
        value = amount(rule.get(name))
        if value is not None and value <= 0:
            problems.add("rubric-not-positive", (*place, name), actual=rule[name])
    _measure(spec, kind, path, problems)
    if kind == "bands":
        _bands(spec, rule, place, known, problems)
    if kind == "conditions":
        _conditions(rule, (*place, "conditions"), known, problems)
    if kind == "grades":
        _words(rule.get("levels"), (*place, "levels"), problems)
    for name in ("bands", "conditions", "levels"):
        _points(rule.get(name), (*place, name), weight, problems)
    if kind == "checklist":
        _items(rule.get("items"), (*place, "items"), weight, problems)


def _measure(spec: dict[str, Any], kind: str, path: Path, problems: Problems) -> None:
    """A rule that measures needs one thing to measure; one that does not has no use for it."""
    given = [name for name in ("ratio", "value") if spec.get(name)]
    reads = rule_module(kind).READS_MEASURE
    label = rule_module(kind).LABEL
    if reads and not given:
        problems.add(
            "rubric-measure-missing",
            (*path, "ratio"),
            actual=label,
            expected="比率名称（ratio）或数据名称（value）",
            expected_excel="比率名称或数据名称",
        )
    elif len(given) == 2:
        problems.add("rubric-measure-both", (*path, "value"))
    elif given and not reads and not rule_module(kind).JUDGED:  # a judge may be shown a measure
        problems.add("rubric-measure-unused", (*path, given[0]), actual=label)


def _points(listed: Any, path: Path, weight: Fraction | None, problems: Problems) -> None:
    """Points between 0 and the weight, the best of them the weight itself."""
    best = None
    for index, row in rows(listed):
        points = amount(row.get("points"))
        if points is None:
            continue
        best = points if best is None else max(best, points)
        if points < 0:
            problems.add("rubric-points-negative", (*path, index, "points"), actual=row["points"])
        elif weight is not None and points > weight:
            problems.add(
                "rubric-points-over",
                (*path, index, "points"),
                actual=row["points"],
                expected=weight,
            )
    if best is not None and weight is not None and best < weight and not problems.at(path):
        problems.add("rubric-best-below", path, actual=best, expected=weight)


def _items(listed: Any, path: Path, weight: Fraction | None, problems: Problems) -> None:
    """The items' points make up the weight."""
    total, whole = ZERO, True
    for index, row in rows(listed):
        points = amount(row.get("points"))
        if points is None:
            whole = False
        elif points <= 0:
            problems.add("rubric-not-positive", (*path, index, "points"), actual=row["points"])
        total += points or ZERO
    if whole and weight is not None and total != weight and listed:
        problems.add("rubric-points-sum", path, actual=total, expected=weight)


def _conditions(rule: dict[str, Any], path: Path, known: Names, problems: Problems) -> None:
    last = None
    for index, row in rows(rule.get("conditions")):
        if last is not None and not last.get("when"):
            problems.add("rubric-unreachable", (*path, index))
        if row.get("when"):
            known.formula(row["when"], (*path, index, "when"), condition=True)
        last = row
    if last is not None and last.get("when"):
        problems.add("rubric-no-fallback", path)


def _words(levels: Any, path: Path, problems: Problems) -> None:
    """No word may stand for two levels."""
    seen: dict[str, int] = {}
    for index, row in rows(levels):
        synonyms = row.get("synonyms")
        for word in (row.get("name"), *(synonyms if isinstance(synonyms, list) else ())):
            if isinstance(word, str) and word in seen:
                problems.add(
                    "rubric-duplicate",
                    (*path, index),
                    actual=word,
                    expected=f"第 {seen[word] + 1} 级",
                )
            elif isinstance(word, str):
                seen[word] = index


def _bands(
    spec: dict[str, Any], rule: dict[str, Any], path: Path, known: Names, problems: Problems
) -> None:
    """Intervals that can be read, and that cover every possible value once."""
    bands: list[tuple[int, Interval]] = []
    readable = True
    for index, row in rows(rule.get("bands")):
        text = row.get("range")
        if not isinstance(text, str) or not text:
            readable = False
            continue
        try:
            bands.append((index, parse(text)))
        except ValueError as problem:
            readable = False
            problems.add(
                "rubric-band-range",
                (*path, "bands", index, "range"),
                actual=text,
                what=str(problem),
            )
    if bands:
        _cover(bands, (*path, "bands"), spec, known, problems, outer=readable)


def _edges(interval: Interval) -> tuple[Edge | None, Edge | None]:
    low = None if interval.low is None else (interval.low, 0 if interval.low_closed else 1)
    high = None if interval.high is None else (interval.high, 1 if interval.high_closed else 0)
    return low, high


def _cover(
    bands: list[tuple[int, Interval]],
    path: Path,
    spec: dict[str, Any],
    known: Names,
    problems: Problems,
    *,
    outer: bool,
) -> None:
    """Gaps and overlaps. `outer` False: a band could not be read, so that what is not covered may be its part."""
    ordered = sorted(
        ((*_edges(interval), index) for index, interval in bands),
        key=lambda b: (b[0] is not None, b[0] or (ZERO, 0)),
    )
    first, reach, holder = ordered[0][0], ordered[0][1], ordered[0][2]
    if outer and first is not None and not (first == (ZERO, 0) and not _negative(spec, known)):
        problems.add("rubric-band-gap", path, actual=_stretch(None, first))
    for low, high, index in ordered[1:]:
        if reach is None or low is None or low < reach:
            both = _smaller(reach, high)
            what = f"第 {min(holder, index) + 1} 档和第 {max(holder, index) + 1} 档"
            problems.add(
                "rubric-band-overlap",
                (*path, index, "range"),
                actual=_stretch(low, both),
                what=what,
            )
        elif low > reach and outer:
            problems.add("rubric-band-gap", path, actual=_stretch(reach, low))
        if reach is not None and (high is None or high > reach):
            reach, holder = high, index
    if outer and reach is not None:
        percent = (
            known.facts.get(str(spec.get("value")), {}).get("kind") == "percent" or "ratio" in spec
        )
        whole = percent and reach >= (Fraction(100), 1)
        problems.add(
            "rubric-band-top" if whole else "rubric-band-gap", path, actual=_stretch(reach, None)
        )


def _negative(spec: dict[str, Any], known: Names) -> bool:
    formula = (
        known.ratios.get(spec["ratio"]) if isinstance(spec.get("ratio"), str) else spec.get("value")
    )
    if isinstance(formula, dict):
        formula = formula.get("formula")
    return isinstance(formula, str) and may_be_negative(
        formula, known.facts
    )  # an unknown one has been named


def _smaller(one: Edge | None, other: Edge | None) -> Edge | None:
    return other if one is None else one if other is None else min(one, other)


def _stretch(low: Edge | None, high: Edge | None) -> str:
    """`[80,85)`."""
    left = "(" if low is None else f"{'[' if low[1] == 0 else '('}{exact(low[0])}"
    right = ")" if high is None else f"{exact(high[0])}{']' if high[1] == 1 else ')'}"
    return f"{left},{right}"


def weighted(spec: dict[str, Any]) -> bool:
    """Whether the indicator's weight counts towards full marks."""
    rule = spec.get("rule")
    if not isinstance(rule, dict) or rule.get("kind") not in KINDS:
        return True
    return not is_outside(rule)
