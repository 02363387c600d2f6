"""A result against its target: the share of the weight that it earns, or why nobody can tell.

Source of the scoring: the notes of the national 项目支出绩效自评表 (财预〔2013〕53号 and later
yearly notices).
"""

from __future__ import annotations

import re
from fractions import Fraction

from ...exact.quantities import ZERO, plain, show
from ...records import Record
from .days import day_of
from .reading import Amount, Target, figure, same_unit, target, tidy
from .signs import AT_LEAST, AT_MOST, DATE, RANGE, is_strict, sign_of
from .units import about, at_odds, is_rank, scale
from .words import DONE, DOUBT, MOSTLY, UNDONE, UNKNOWN, grade, is_absence, is_plainly_done

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


NO_SPREAD = (ZERO, ZERO)


class Judgement(Record):
    """`kind`: the sign that was used, or 完成 基本完成 未完成 待定; `share`: the part of the
    weight, None where unknown."""

    kind: str
    share: Fraction | None
    goal: Fraction
    result: Fraction
    reason: str


def judge(goal_text: str, result_text: str, rules: dict[str, Any]) -> Judgement:
    """Compare; `rules`: bare (sign of a bare number), mostly and undone (shares in percent),
    year (of the evaluation)."""
    goal = target(goal_text, rules["bare"])
    if goal.sign == DATE:
        return _byday_of(goal, result_text, rules)
    said, spread = about(tidy(result_text)) if goal.sign else ("", NO_SPREAD)
    result = figure(said, goal) if goal.sign else None
    if result is None:
        return _by_words(goal, result_text, rules)
    value = same_unit(goal, result)
    if value is None:
        return _unclear(f"目标“{goal_text}”与完成值“{result_text}”单位不同，无法比较")
    if problem := _ambiguous(goal, result, tidy(result_text)):
        return _unclear(f"完成值“{result_text}”{problem}（目标“{goal_text}”）")
    share = reached(goal.sign, goal.low, goal.high, value)
    if any(reached(goal.sign, goal.low, goal.high, value * (1 + off)) != share for off in spread):
        return _unclear(f"完成值“{result_text}”是约数，看不出是否达到“{goal_text}”，请写准确的数")
    if value == goal.low and is_strict(tidy(goal_text)):
        return _unclear(f"完成值“{result_text}”正好等于“{goal_text}”的数，没有超出，请自评得分")
    if share < 1 and is_rank(tidy(goal_text)):
        return _unclear(
            f"完成值“{result_text}”没有达到“{goal_text}”，名次不能按比例计分，请自评得分"
        )
    return Judgement(
        goal.sign,
        share,
        goal.high if goal.sign == RANGE and value > goal.high else goal.low,
        value,
        "",
    )


def _unclear(reason: str) -> Judgement:
    return Judgement(UNKNOWN, None, ZERO, ZERO, reason)


def _ambiguous(goal: Target, result: Amount, said: str) -> str:
    """Why a number may mean something else than it says; empty for nearly all."""
    least = 2 if goal.low >= 100 else 1  # 1.2 may be 120%
    if (
        goal.unit == "%"
        and not result.unit
        and 0 < abs(result.value) <= least
        and result.value != goal.low
    ):
        return f"分不清是 {show(result.value, 10)}% 还是 {show(result.value * 100, 10)}%，请写上 %"
    if result.unit == "%" and not goal.unit and 0 < goal.high <= 1:
        return "是百分数，目标却分不清是不是，请在目标上写明 %"
    counted = tidy(goal.text).rstrip("以上下内及").endswith(("万", "千", "亿"))
    if counted and not goal.unit and not result.unit and 0 < result.value * 100 < goal.low:
        return "看不出以什么计，请写上单位"
    size, name = scale(result.unit)
    is_open = not counted and not goal.unit and name
    if is_open and size != 1 and _both(goal, result.value, size):
        return "的单位比目标的大，目标没有写单位，请在目标上写明"
    if at_odds(tidy(goal.text), said):
        return "与目标说的不是一回事，无法比较"
    sign = sign_of(said.replace("达到", ""), "")
    if {sign, goal.sign} == {AT_LEAST, AT_MOST}:
        return "与目标的方向相反，看不出实际是多少"
    return ""


def _both(goal: Target, value: Fraction, size: Fraction | int) -> bool:
    """Does it make a difference whether a figure is taken as it stands or in full?"""
    plainly, in_full = (reached(goal.sign, goal.low, goal.high, value * n) for n in (1, size))
    return plainly != in_full


def reached(sign: str, low: Fraction, high: Fraction, value: Fraction) -> Fraction:
    """The share of the weight: ≥ B/A, ≤ A/B, = the smaller of both; never above 1 or below 0."""
    if sign == RANGE:
        if low <= value <= high:
            return Fraction(1)
        return (
            reached(AT_LEAST, low, low, value)
            if value < low
            else reached(AT_MOST, high, high, value)
        )
    if (sign == AT_LEAST and value >= low) or (sign == AT_MOST and value <= low) or value == low:
        return Fraction(1)
    if value <= 0 or low <= 0:
        return ZERO
    return min(value / low, low / value)


def _byday_of(goal: Target, result_text: str, rules: dict[str, Any]) -> Judgement:
    said = tidy(result_text)
    due, done = day_of(tidy(goal.text)), day_of(said)
    if due is None or done is None or said == tidy(goal.text) or re.search(DOUBT, said):
        return _by_words(goal, result_text, rules)
    year = int(rules.get("year") or 0)
    years = due[0] or year, done[0] or year
    if not all(years) and any((due[0], done[0])):
        return _unclear(f"看不出“{result_text}”是否晚于“{goal.text}”，请填评价年度，或都写明年份")
    if (years[1], done[1]) <= (years[0], due[1]):
        return Judgement(DONE, Fraction(1), ZERO, ZERO, f"“{result_text}”未晚于“{goal.text}”")
    return _unclear(f"“{result_text}”晚于“{goal.text}”，请自评得分并说明原因")


def _said_done(wanted: str) -> tuple[str, ...]:
    """The target's own words, as done: 已建立 for 建立."""
    return f"已{wanted}", f"已经{wanted}", f"{wanted}了", f"已{wanted}了"


def _by_words(goal: Target, result_text: str, rules: dict[str, Any]) -> Judgement:
    """完成, 基本完成, 未完成 and what people write for them;
    a result that repeats the target is done."""
    said, wanted = tidy(result_text), tidy(goal.text)
    if at_odds(wanted, said):
        return _unclear(f"完成值“{result_text}”与指标值“{goal.text}”说的不是一回事，无法比较")
    year = rules.get("year")
    undated = said.replace(f"{year}年", "") if year else said
    repeats = said == wanted or (said in _said_done(wanted) and not re.search(DOUBT, wanted))
    kind = DONE if repeats else grade(undated, wanted, tidy(rules.get("name", "")))
    if {said, wanted} <= {"是", "否"}:
        kind = DONE if said == wanted else UNDONE
    if goal.sign not in ("", DATE) and said != wanted and is_absence(said, kind):
        # nothing of 65台 is not done; nothing of 0起 is
        kind = (
            DONE
            if goal.high == 0 or (goal.sign == AT_MOST and goal.unit in ("起", "次", "件", "例"))
            else UNKNOWN
        )
    if goal.sign not in ("", DATE) and kind == DONE and not is_plainly_done(said, wanted):
        kind = UNKNOWN  # a mood is no number
    share = {
        DONE: Fraction(1),
        MOSTLY: plain(rules["mostly"]) / 100,
        UNDONE: plain(rules["undone"]) / 100,
    }.get(kind)
    reason = (
        ""
        if kind != UNKNOWN
        else f"完成值“{result_text}”看不出是否完成，请写完成、基本完成、未完成或数字"
    )
    return Judgement(kind, share, ZERO, ZERO, reason)
