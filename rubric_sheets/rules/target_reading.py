"""Targets and results as people type them: `≥65台`, `不超过5300元/户`, `15期以上`, `12月31日前`,
`100百分比`, `5~10`, a bare text.

Source of the scoring: the notes of the national 项目支出绩效自评表 (财预〔2013〕53号 and later
yearly notices).
"""

from __future__ import annotations

import re
from fractions import Fraction

from ..exact.quantities import ZERO, plain, show
from ..records import Record
from .target_units import MEASURES, RANK, SAME, at_odds, is_strict, same_thing
from .target_words import (
    DONE,
    DOUBT,
    MOSTLY,
    NUMBER,
    UNDONE,
    UNKNOWN,
    grade,
    is_absence,
    is_plainly_done,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

AT_LEAST, AT_MOST, EQUAL, RANGE, DATE = "≥", "≤", "=", "区间", "日期"

_FULL_WIDTH = {
    ord(a): b
    for a, b in zip(
        "０１２３４５６７８９．，＞＜＝≧≦％～－—–（）：［］",
        "0123456789.,><=≥≤%~---():[]",
        strict=True,
    )
}
# Patterns are texts: `re` compiles the few that a list of figures needs, and keeps them.
_PLAIN = r"-?[0-9]+(?:\.[0-9]+)?"
_ENDLESS = r"[0-9.,]{36}"  # longer than any figure
_RANGE = rf"({_PLAIN})\s*[^0-9\s~至到-]*\s*(?:~|-|至|到)\s*([0-9]+(?:\.[0-9]+)?)\s*([^0-9]*)$"
_BOX = rf"\[({_PLAIN})%?,({_PLAIN})(%?)\]([^0-9]*)$"
_DAY = (
    r"(?:([0-9]{4})年)?([0-9]{1,2})月(?:([0-9]{1,2})[日号]?)?"
    r"|([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})日?"
)
_LEAST = (
    "≥",
    ">=",
    "=>",
    ">",
    "大于等于",
    "不少于",
    "不低于",
    "不小于",
    "至少",
    "高于",
    "大于",
    "超过",
    "达到",
    "达",
)
_MOST = (
    "≤",
    "<=",
    "=<",
    "<",
    "小于等于",
    "不超过",
    "不高于",
    "不大于",
    "不多于",
    "控制在",
    "低于",
    "小于",
    "少于",
)
_LEAST_AFTER, _MOST_AFTER = ("及以上", "以上"), ("及以下", "以下", "以内", "之内", "内")
_SIGNS = sorted(_LEAST + _MOST, key=len, reverse=True)
_BEFORE_DAY = r"[底末]?(?:之?前|以前|之?内)?(?:完成|完工|竣工)?"
_YEAR = r"(?:19|20)[0-9]{2}年(?!.*[0-9])"
_TIMES = {"十": 10, "百": 100, "千": 1000, "": 1}
_SCALES = {"亿": 10**8, "万": 10**4, "千": 1000}

_BREAK = r"[,。;；、()]"
_GOT = r"(?:完成|实际|实现|达到|达|采购|到位)(?:了|数|值|率|为|是|:)*$"
_AIM = r"(?:目标|指标|任务|标准|计划|年初)(?:值|数|为|是|的|:)*$"
_NEAR = 10  # characters behind a number in which its unit ends


class Amount(Record):
    """A number with its unit, as typed."""

    value: Fraction
    unit: str


class Target(Record):
    """`sign`: ≥ ≤ = 区间 日期, or "" for a text that holds no number to compare."""

    sign: str
    low: Fraction
    high: Fraction
    unit: str
    text: str


class Judgement(Record):
    """`kind`: the sign that was used, or 完成 基本完成 未完成 待定; `share`: the part of the
    weight, None where unknown."""

    kind: str
    share: Fraction | None
    goal: Fraction
    result: Fraction
    reason: str


def tidy(text: str) -> str:
    """Half-width signs, no blanks."""
    return "".join(text.translate(_FULL_WIDTH).split())


def unit_of(text: str) -> str:
    """The unit behind a number, without the words that say a direction."""
    for word in (*_LEAST_AFTER, *_MOST_AFTER):
        if text.endswith(word):
            text = text[: -len(word)]
            break
    text = text.strip("()，,。.；;")
    return SAME.get(text, text)


def amount(text: str) -> Amount | None:
    """The one number of a text such as `65台`, `约90万元`, `100%`;
    None where there is none or more than one."""
    cleaned = tidy(text)
    found = re.findall(NUMBER, cleaned)
    if len(found) != 1 or re.search(_ENDLESS, cleaned):
        return None
    at = cleaned.index(found[0])
    before, after = cleaned[:at], cleaned[at + len(found[0]) :]
    if len(before) > 6 or len(after) > 8:
        return None  # a sentence with a number in it is no figure
    return Amount(plain(found[0].replace(",", "")), unit_of(after))


def figure(text: str, goal: Target) -> Amount | None:
    """The number that a result plainly gives: `60台`, `计划65台，完成60台`;
    None where it might be another one."""
    cleaned = tidy(text)
    one, bare = amount(cleaned), cleaned
    if one is not None:
        for word in _SIGNS:
            if word in cleaned:
                bare = cleaned.replace(word, "")
                break
        at = re.search(NUMBER, bare)
        if not re.search(DOUBT, bare) and not (at and re.search(_AIM, bare[: at.start()])):
            return one
    if re.search(_ENDLESS, cleaned):
        return None
    found, last = set(), 0
    for match in re.finditer(NUMBER, cleaned):
        before = re.split(_BREAK, cleaned[last : match.start()])[-1]
        behind = cleaned[match.end() : match.end() + _NEAR]  # not the whole rest, each time
        after = re.split(rf"{_BREAK}|[0-9]", behind)[0]
        last = match.end()
        got = Amount(plain(match[0].replace(",", "")), unit_of(after))
        plainly = (
            re.search(_GOT, before)
            and not re.search(DOUBT, before.replace("仅", "") + after)
            and "中" not in after
        )
        if plainly and len(after) <= 8 and same_unit(goal, got) is not None:
            found.add(got)
    return found.pop() if len(found) == 1 else None


def target(text: str, bare: str) -> Target:
    """Read a target; `bare` is the sign of a number without any."""
    cleaned = tidy(text)
    if _is_day(cleaned):
        return Target(DATE, ZERO, ZERO, "", text)
    between = re.match(_BOX, cleaned) or re.match(_RANGE, cleaned)
    if between and not re.search(_ENDLESS, cleaned):
        low, high = plain(between[1]), plain(between[2])
        if low <= high:
            return Target(RANGE, low, high, unit_of("".join(between.groups()[2:])), text)
    found = None if cleaned.startswith(("[", "(")) else amount(cleaned)
    if found is None or re.search(_YEAR, cleaned):
        return Target("", ZERO, ZERO, "", text)
    if re.search(RANK, cleaned):
        return Target(AT_MOST, found.value, found.value, found.unit, text)
    sign = _sign(cleaned, bare if found.value else EQUAL)
    if not _scale(found.unit)[1]:  # 5万, a mere number
        found = Amount(found.value * _scale(found.unit)[0], "")
    return Target(sign, found.value, found.value, found.unit, text)


def _sign(text: str, bare: str) -> str:
    """The direction: a word right before the number, or behind it."""
    number = re.search(NUMBER, text)
    before = text[: number.start()] if number else text
    if (before.endswith("=") and not before.endswith((">=", "<="))) or (
        before.endswith("等于") and len(before) == 2
    ):
        return EQUAL
    for word in _SIGNS:
        if before.startswith(word) or before.endswith(word):
            return AT_LEAST if word in _LEAST else AT_MOST
    for words, sign in ((_LEAST_AFTER, AT_LEAST), (_MOST_AFTER, AT_MOST)):
        if text.endswith(words) or any(f"{word}/" in text for word in words):
            return sign
    return bare


def _is_day(text: str) -> bool:
    match = re.search(_DAY, text)
    return bool(match) and bool(re.fullmatch(_BEFORE_DAY, text[match.end() :]))  # type: ignore[union-attr]


def _day(text: str) -> tuple[int, int] | None:
    """(year or 0, month and day as one number, 31 where only the month is given);
    None without just one date."""
    found = list(re.finditer(_DAY, text))
    if len(found) != 1:
        return None
    year, month, day, *other = found[0].groups()
    if other[0]:
        year, month, day = other
    return int(year or 0), int(month) * 100 + int(day or 31)


def _scale(unit: str) -> tuple[int | Fraction, str]:
    """`万元` → (10000, 元)."""
    if unit in MEASURES:
        return MEASURES[unit]
    found = re.match(r"([十百千万]?)(亿)|([十百千]?)(万)|()(千)", unit)
    if not found:
        return 1, unit
    times, name = (part for part in found.groups() if part is not None)
    return (_SCALES["万"] if times == "万" else _TIMES[times]) * _SCALES[name], unit[found.end() :]


def same_unit(goal: Target, result: Amount) -> Fraction | None:
    """The result in the goal's unit; None where the units have nothing to do with each other."""
    if goal.unit == result.unit or not result.unit:
        return result.value
    (ours, mine), (theirs, other) = _scale(goal.unit), _scale(result.unit)
    return result.value * theirs / ours if same_thing(mine, other) else None


def judge(goal_text: str, result_text: str, rules: dict[str, Any]) -> Judgement:
    """Compare; `rules`: bare (sign of a bare number), mostly and undone (shares in percent),
    year (of the evaluation)."""
    goal = target(goal_text, rules["bare"])
    if goal.sign == DATE:
        return _by_day(goal, result_text, rules)
    result = figure(result_text, goal) if goal.sign else None
    if result is None:
        return _by_words(goal, result_text, rules)
    value = same_unit(goal, result)
    if value is None:
        return _unclear(f"目标“{goal_text}”与完成值“{result_text}”单位不同，无法比较")
    if problem := _ambiguous(goal, result, tidy(result_text)):
        return _unclear(f"完成值“{result_text}”{problem}（目标“{goal_text}”）")
    share = reached(goal.sign, goal.low, goal.high, value)
    if value == goal.low and is_strict(tidy(goal_text)):
        return _unclear(f"完成值“{result_text}”正好等于“{goal_text}”的数，没有超出，请自评得分")
    if share < 1 and re.search(RANK, tidy(goal_text)):
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
    if at_odds(tidy(goal.text), said):
        return "与目标说的不是一回事，无法比较"
    sign = _sign(said.replace("达到", ""), "")
    if {sign, goal.sign} == {AT_LEAST, AT_MOST}:
        return "与目标的方向相反，看不出实际是多少"
    return ""


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


def _by_day(goal: Target, result_text: str, rules: dict[str, Any]) -> Judgement:
    said = tidy(result_text)
    due, done = _day(tidy(goal.text)), _day(said)
    if due is None or done is None or said == tidy(goal.text) or re.search(DOUBT, said):
        return _by_words(goal, result_text, rules)
    year = int(rules.get("year") or 0)
    years = due[0] or year, done[0] or year
    if not all(years) and any((due[0], done[0])):
        return _unclear(f"看不出“{result_text}”是否晚于“{goal.text}”，请填评价年度，或都写明年份")
    if (years[1], done[1]) <= (years[0], due[1]):
        return Judgement(DONE, Fraction(1), ZERO, ZERO, f"“{result_text}”未晚于“{goal.text}”")
    return _unclear(f"“{result_text}”晚于“{goal.text}”，请自评得分并说明原因")


def _by_words(goal: Target, result_text: str, rules: dict[str, Any]) -> Judgement:
    """完成, 基本完成, 未完成 and what people write for them;
    a result that repeats the target is done."""
    said, wanted = tidy(result_text), tidy(goal.text)
    if at_odds(wanted, said):
        return _unclear(f"完成值“{result_text}”与指标值“{goal.text}”说的不是一回事，无法比较")
    year = rules.get("year")
    undated = said.replace(f"{year}年", "") if year else said
    kind = DONE if said == wanted else grade(undated, wanted, tidy(rules.get("name", "")))
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
