"""指标值对照完成值: one indicator of the unit's own list,
its target and result as people type them.

reached → full; otherwise ≥: weight × B/A, ≤: weight × A/B, =: the smaller of both. A result in
words: 完成 full, 基本完成 a share that the unit may set within a band, 未完成 the rest of the band.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from ..exact.quantities import ZERO, percent, plain, show
from .base import (
    INSIDE,
    Cells,
    Given,
    Parameter,
    Rule,
    Scored,
    Subject,
    asks_nothing,
    needs_all,
    no_faults,
    whole_weight,
)
from .targets.judging import Judgement, judge
from .targets.reading import target
from .targets.signs import AT_LEAST, AT_MOST, EQUAL, RANGE
from .targets.units import is_rank
from .targets.words import DONE, MOSTLY, UNDONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LABEL = "对照指标值"
READS_MEASURE = False
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (
    Parameter("target", "年度指标值", "text"),
    Parameter("actual", "实际完成值", "text"),
    Parameter("bare", "不写方向的数按", "choice", choices=("≥", "≤", "=")),
    Parameter("mostly", "基本完成得分率", "number"),
    Parameter("mostly_from", "基本完成下限", "number"),
    Parameter("undone", "未完成得分率", "number"),
)
TARGET_PARAMETERS = (
    Parameter("table", "指标表", "text"),
    Parameter("weight", "指标表总分值", "number"),
    Parameter("mostly", "基本完成得分率", "number", help="“基本完成”默认得分，占分值的百分数"),
    Parameter(
        "mostly_from",
        "基本完成下限",
        "number",
        help="“基本完成”最低可自评到的百分数（含）；再低归入未完成",
    ),
    Parameter("undone", "未完成得分率", "number", help="“未完成”默认得分，占分值的百分数"),
    Parameter("bare", "不写方向的数按", "choice", required=False, choices=("≥", "≤", "=")),
    Parameter(
        "bare_cost", "成本指标不写方向的数按", "choice", required=False, choices=("≥", "≤", "=")
    ),
    Parameter(
        "less",
        "越少越好的词",
        "text",
        required=False,
        help="指标名称或二级指标里有这些词的，不写方向的数是越少越好；用顿号隔开",
    ),
)

_WAYS = {AT_LEAST: "不低于", AT_MOST: "不高于", EQUAL: "等于"}

asked = asks_nothing
faults = no_faults
base_formula = whole_weight


needed = needs_all


def facts(rule: Rule) -> list[str]:
    return []


def _texts(rule: Rule) -> tuple[str, str]:
    """Target and result as their cells show them: `96%`, where formulas see 0.96."""
    return rule.get("target_shown") or rule["target"], rule.get("actual_shown") or rule["actual"]


SETTINGS = (
    "bare",
    "mostly",
    "undone",
    "year",
    "name",
)  # what a judgement hangs on beside the texts


def judgement(rule: Rule) -> Judgement:
    return _judged(*_texts(rule), *map(rule.get, SETTINGS))


@lru_cache(maxsize=1 << 11)  # asked several times of each row: for its score, its reason, its cells
def _judged(goal: str, result: str, *settings: Any) -> Judgement:
    given = zip(SETTINGS, settings)
    return judge(goal, result, {name: value for name, value in given if value is not None})


def _band(rule: Rule, kind: str, weight: Fraction) -> tuple[Fraction, Fraction]:
    """The points that a unit may give itself for a result in words,
    both ends included but for 未完成's upper one."""
    mostly, floor = weight * plain(rule["mostly"]) / 100, weight * plain(rule["mostly_from"]) / 100
    return (floor, mostly) if kind == MOSTLY else (ZERO, floor)


def allows(rule: Rule, weight: Fraction, claim: Fraction) -> bool:
    """Whether the unit's own score lies within the band of its result in words."""
    kind = judgement(rule).kind
    if kind not in (MOSTLY, UNDONE):
        return False
    low, high = _band(rule, kind, weight)
    return low <= claim <= high if kind == MOSTLY else low <= claim < high


def score(rule: Rule, given: Given) -> Scored:
    found = judgement(rule)
    if found.share is None:
        return Scored(None, given.weight, (("target-unclear", {"what": found.reason}),))
    claim = given.values.get("claim")
    if isinstance(claim, Fraction) and allows(rule, given.weight, claim):
        return Scored(claim, given.weight)
    return Scored(given.weight * found.share, given.weight)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    found = judgement(rule)
    if scored.points is None:
        return found.reason
    pair = "指标值“{}”，完成值“{}”".format(*_texts(rule)) + _direction(rule, found)
    if scored.points == given.weight:
        how = found.reason or _reached(rule, found)
        return f"{pair}，{how}，得满分 {show(given.weight)} 分"
    points, lost = show(scored.points), show(given.weight - scored.points)
    if found.kind in (MOSTLY, UNDONE):
        low, high = _band(rule, found.kind, given.weight)
        allowed = f"可得 {show(low)}—{show(high)} 分，得 {points} 分"
        return f"{pair}，属“{found.kind}”，{allowed}，扣 {lost} 分"
    if not found.share:
        return f"{pair}，未达到，得 {points} 分，扣 {lost} 分"
    top, bottom = sorted((found.result, found.goal))
    share = percent(found.share)
    division = f"{show(top, 10)} ÷ {show(bottom, 10)} = {share}"
    worked = f"{show(given.weight)} 分 × {share} = {points} 分"
    return f"{pair}，未达到：{division}，{worked}，扣 {lost} 分"


def _reached(rule: Rule, found: Judgement) -> str:
    """How a target was reached: a number reaches it or goes beyond, all else is done."""
    if found.kind == RANGE:
        return "在指标值之内"
    if found.kind not in _WAYS:
        return "已完成"
    if found.result == found.goal:
        return "达到指标值"
    if is_rank(_texts(rule)[0]):
        return "好于指标值"
    return "未超过指标值" if found.kind == AT_MOST else "超过指标值"


def _direction(rule: Rule, found: Judgement) -> str:
    """Which way a number without a sign was taken."""
    if found.kind not in _WAYS or target(_texts(rule)[0], "").sign:
        return ""
    return f"（指标值没有写方向，按{_WAYS[found.kind]}核对）"


def formula(rule: Rule, cells: Cells) -> str:
    """For a row of the list. Its parsed target stands beside it: kind, goal and result; `x` names
    these three cells and that of the unit's own score, in this order, as `N12,O12,P12,H12`."""
    kind, goal, result, claim = cells.x.split(",")
    weight, floor = cells.weight, f"{cells.weight}*{show(plain(rule['mostly_from']) / 100, 10)}"
    mostly, undone = (
        f"{cells.weight}*{show(plain(rule[key]) / 100, 10)}" for key in ("mostly", "undone")
    )
    least = (
        f"IF({result}>={goal},{weight},IF(OR({result}<=0,{goal}<=0),0,{weight}*{result}/{goal}))"
    )
    most = f"IF({result}<={goal},{weight},IF(OR({result}<=0,{goal}<=0),0,{weight}*{goal}/{result}))"
    inside = f"AND(ISNUMBER({claim}),ROUND({claim}-{floor},8)>=0,ROUND({claim}-{mostly},8)<=0)"
    below = f"AND(ISNUMBER({claim}),{claim}>=0,ROUND({claim}-{floor},8)<0)"
    text = '"无法计算"'
    for name, points in (
        ("≥", least),
        ("≤", most),
        ("=", f"IF({result}<={goal},{least},{most})"),
        (DONE, weight),
        (MOSTLY, f"IF({inside},{claim},{mostly})"),
        (UNDONE, f"IF({below},{claim},{undone})"),
    ):
        text = f'IF({kind}="{name}",{points},{text})'
    return text


def standard(rule: Rule, subject: Subject) -> str:
    return (
        f"达到指标值得满分；未达到的，≥按完成值÷指标值、≤按指标值÷完成值、=按两者较小比例计分；"
        f"定性指标完成得满分，基本完成得{show(plain(rule['mostly_from']))}%—{show(plain(rule['mostly']))}%，"
        f"未完成低于{show(plain(rule['mostly_from']))}%。"
    )
