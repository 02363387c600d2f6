"""What looks wrong although it can be computed: found without any case that an author wrote."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from ...exact.expressions import COMPARE, divisions, parse
from ...exact.intervals import Interval
from ...exact.intervals import parse as interval_of
from ...exact.quantities import HUNDRED, ZERO
from ...exact.tokens import ExpressionError
from ...exact.written import to_excel
from ...rubric.fields import KINDS
from ...rules import rule as rule_module
from ...rules.loose import amount, rows
from ..problems import Path, Problems
from .names import Names

SMALL = Fraction(2)  # a limit up to here on a percentage may have been meant as a ratio
MORE = (
    "完成率",
    "执行率",
    "到位率",
    "满意度",
    "利用率",
    "及时率",
    "合格率",
    "覆盖率",
    "达标率",
    "刷卡率",
)
LESS = ("控制率", "超支", "结转率", "结余率", "负债率", "投诉率", "差错率", "事故率", "违规率")


def check_doubts(source: dict[str, Any], known: Names, problems: Problems) -> None:
    """Every indicator whose rule has the right shape."""
    for index, spec in rows(source.get("indicator")):
        path, rule = ("indicator", index), spec.get("rule")
        if problems.full:
            return
        if isinstance(rule, dict) and rule.get("kind") in KINDS and not problems.at(path):
            _indicator(spec, rule, path, known, problems)


def _indicator(
    spec: dict[str, Any], rule: dict[str, Any], path: Path, known: Names, problems: Problems
) -> None:
    module = rule_module(rule["kind"])
    if module.READS_MEASURE:
        if _is_percent(spec, known):
            _small(rule, path, problems)
        _direction(spec, rule, path, problems)
    _lose(spec, rule, path, problems)
    _words_in_order(rule, path, problems)
    _unreached(rule, path, problems)
    _settings(spec, module, path, known, problems)


def _is_percent(spec: dict[str, Any], known: Names) -> bool:
    fact = known.facts.get(str(spec.get("value")), {})
    return bool(spec.get("ratio")) or fact.get("kind") == "percent"


# -- limits


def _small(rule: dict[str, Any], path: Path, problems: Problems) -> None:
    """0.95 where 95% is meant."""
    limit = amount(rule.get("limit"))
    if limit is not None and 0 < limit <= SMALL:
        _told_small(limit, (*path, "rule", "limit"), problems)
    for name in ("bands", "pieces"):
        ends = [end for interval in _intervals(rule.get(name)) for end in _ends(interval)]
        high = max(ends, default=ZERO)
        if 0 < high <= SMALL:
            _told_small(high, (*path, "rule", name), problems)


def _told_small(limit: Fraction, path: Path, problems: Problems) -> None:
    problems.add("rubric-percent-small", path, actual=limit, expected=limit * HUNDRED)


def _intervals(value: Any) -> list[Interval]:
    return [interval_of(row["range"]) for _, row in rows(value)]


def _ends(interval: Interval) -> list[Fraction]:
    return [end for end in (interval.low, interval.high) if end is not None]


def _lose(spec: dict[str, Any], rule: dict[str, Any], path: Path, problems: Problems) -> None:
    """One step, or one case, that takes more than there is."""
    weight = amount(spec.get("weight"))
    if weight is None:
        return
    found: list[tuple[Path, Any]] = [(("lose",), rule.get("lose"))]
    if rule["kind"] == "breaches":
        found += [(("cases", i, "points"), row.get("points")) for i, row in rows(rule["cases"])]
    for place, text in found:
        points = amount(text)
        if points is not None and points > weight:
            where = (*path, "rule", *place)
            problems.add("rubric-lose-over", where, actual=points, expected=weight)


# -- directions


def _direction(spec: dict[str, Any], rule: dict[str, Any], path: Path, problems: Problems) -> None:
    """Points against what the name says: a 控制率 that loses for being low."""
    name = str(spec.get("ratio") or spec.get("value"))
    wanted = next((1 for word in MORE if word in name), 0)
    wanted = next((-1 for word in LESS if word in name), wanted)
    points = _by_measure(rule)
    if rule.get("side") in ("over", "under"):
        points = [ZERO, Fraction(1)] if rule["side"] == "under" else [Fraction(1), ZERO]
    if len(points) > 1 and not _one_hill(points):
        field = "bands" if "bands" in rule else "pieces"
        problems.add("rubric-points-order", (*path, "rule", field))
    elif wanted and len(points) > 1 and (points[-1] - points[0]) * wanted < 0:
        field = next(one for one in ("side", "bands", "pieces") if one in rule)
        what = "越高越好" if wanted > 0 else "越低越好"
        problems.add("rubric-direction", (*path, "rule", field), actual=name, what=what)


def _by_measure(rule: dict[str, Any]) -> list[Fraction]:
    """The points of the bands from the lowest up; nothing where one is a formula."""
    found: list[tuple[Fraction, Fraction]] = []
    for name in ("bands", "pieces"):
        for _, row in rows(rule.get(name)):
            points, low = amount(row.get("points")), interval_of(row["range"]).low
            if points is None:
                return []
            found.append((Fraction(-(10**12)) if low is None else low, points))
            if until := amount(row.get("until")):
                found.append((found[-1][0] + Fraction(1, 10**9), until))
    return [points for _, points in sorted(found, key=lambda one: one[0])]


def _one_hill(points: list[Fraction]) -> bool:
    """Do they rise, or fall, or rise and then fall?"""
    falls = False
    for before, after in pairwise(points):
        if after > before and falls:
            return False
        falls = falls or after < before
    return True


def _words_in_order(rule: dict[str, Any], path: Path, problems: Problems) -> None:
    """Grades from the best down, or from the worst up."""
    points = [amount(row.get("points")) for _, row in rows(rule.get("levels"))]
    known = [one for one in points if one is not None]
    falling, rising = sorted(known, reverse=True), sorted(known)
    if known not in (falling, rising):
        problems.add("rubric-points-order", (*path, "rule", "levels"))


# -- conditions


def _unreached(rule: dict[str, Any], path: Path, problems: Problems) -> None:
    """A condition whose every case one before it has taken."""
    taken: dict[str, list[Interval]] = {}
    for index, row in rows(rule.get("conditions")):
        bounds = _bounds(row.get("when"))
        if any(_covered(interval, taken.get(name, [])) for name, interval in bounds):
            problems.add("rubric-never", (*path, "rule", "conditions", index))
        if len(bounds) == 1 and " and " not in f" {row['when']} ":
            name, interval = bounds[0]
            taken.setdefault(name, []).append(interval)


def _bounds(when: Any) -> list[tuple[str, Interval]]:
    """What a condition, or each part of several that must hold together, says of a figure."""
    try:
        node = parse(when) if isinstance(when, str) else ("num", ZERO)
    except ExpressionError:
        return []
    found: list[tuple[str, Interval]] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part[0] == "and":
            waiting += part[1:]
        elif part[0] in COMPARE and part[0] != "<>" and part[2][0] == "num":
            sign, x = part[0], part[2][1]
            low = x if sign in (">", ">=", "=") else None
            high = x if sign in ("<", "<=", "=") else None
            closed = sign in (">=", "<=", "=")
            found.append((to_excel(part[1]), Interval(low, closed, high, closed)))
    return found


def _covered(one: Interval, by: list[Interval]) -> bool:
    """Does a single one of these hold all of it?"""
    return any(_inside(one, other) for other in by)


def _inside(one: Interval, other: Interval) -> bool:
    if other.low is not None:
        if one.low is None or one.low < other.low:
            return False
        if one.low == other.low and one.low_closed and not other.low_closed:
            return False
    if other.high is None:
        return True
    if one.high is None or one.high > other.high:
        return False
    return not (one.high == other.high and one.high_closed and not other.high_closed)


# -- settings


def _settings(
    spec: dict[str, Any], module: Any, path: Path, known: Names, problems: Problems
) -> None:
    """Settings that nothing can come of."""
    if spec.get("zero") and not (module.READS_MEASURE or spec.get("applies_when")):
        what = f"“{module.LABEL}”规则不看比率和数据，也没有适用条件"
        problems.add("rubric-setting-unused", (*path, "zero"), what=what)
    if spec.get("over_zero") and not (module.READS_MEASURE and _divides(spec, known)):
        problems.add("rubric-setting-unused", (*path, "over_zero"), what="所量的数不用除法")
    if spec.get("zero_text") and not (spec.get("zero") or spec.get("over_zero")):
        problems.add("rubric-setting-unused", (*path, "zero_text"), what="没有写分母为零怎样")
    if spec.get("void_text") and not spec.get("void_when"):
        problems.add("rubric-setting-unused", (*path, "void_text"), what="没有写否决条件")


def _divides(spec: dict[str, Any], known: Names) -> bool:
    text = known.ratios.get(str(spec.get("ratio")))
    try:
        return isinstance(text, str) and divisions(parse(known.spelled(text))) != []
    except ExpressionError:
        return True  # said already
