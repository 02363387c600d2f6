"""Targets and results as people type them: `≥65台`, `不超过5300元/户`, `15期以上`, `12月31日前`, `100百分比`, `5~10`, a bare text.

Source of the scoring: the notes of the national 项目支出绩效自评表 (财预〔2013〕53号 and later yearly notices).
"""

from __future__ import annotations

import re
from fractions import Fraction

from .quantities import ZERO, plain
from .records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

AT_LEAST, AT_MOST, EQUAL, RANGE, DATE = "≥", "≤", "=", "区间", "日期"
DONE, MOSTLY, UNDONE, UNKNOWN = "完成", "基本完成", "未完成", "待定"

_FULL_WIDTH = {ord(a): b for a, b in zip("０１２３４５６７８９．，＞＜＝≧≦％～－—–（）：", "0123456789.,><=≥≤%~---():")}
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\s*[^\d\s~至到-]*\s*(?:~|-|至|到)\s*(\d+(?:\.\d+)?)\s*([^\d]*)$")
_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})[日号])?")
_LEAST = ("≥", ">=", "=>", ">", "大于等于", "不少于", "不低于", "不小于", "至少", "高于", "大于", "超过", "达到", "达")
_MOST = ("≤", "<=", "=<", "<", "小于等于", "不超过", "不高于", "不大于", "不多于", "控制在", "低于", "小于", "少于")
_LEAST_AFTER, _MOST_AFTER = ("以上", "及以上"), ("以下", "及以下", "以内", "之内", "内")
_BEFORE_DAY = ("前", "之前", "以前", "前完成", "前完工", "底", "底前", "内", "")
_UNITS = {"百分比": "%", "％": "%", "人民币": "元"}
_FACTORS = {"亿元": 10**8, "万元": 10**4, "千元": 10**3, "元": 1, "万人": 10**4, "人": 1, "人次": 1, "万人次": 10**4}
_NOT = ("未", "没有", "无法", "不达", "不合格", "较差")
_PARTLY = ("基本", "部分", "大部", "较好", "正在", "接近")
_WELL = (
    "完成",
    "达成",
    "达标",
    "达到",
    "合格",
    "实现",
    "落实",
    "符合",
    "已",
    "是",
    "良好",
    "优",
    "好",
    "明显",
    "有效",
    "显著",
    "满意",
    "无",
)


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
    """`kind`: the sign that was used, or 完成 基本完成 未完成 待定; `share`: the part of the weight, None where unknown."""

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
    return _UNITS.get(text, text)


def amount(text: str) -> Amount | None:
    """The one number of a text such as `65台`, `约90万元`, `100%`; None where there is none or more than one."""
    cleaned = tidy(text)
    found = _NUMBER.findall(cleaned)
    if len(found) != 1:
        return None
    at = cleaned.index(found[0])
    before, after = cleaned[:at], cleaned[at + len(found[0]) :]
    if len(before) > 6 or len(after) > 8:
        return None  # a sentence with a number in it is no figure
    return Amount(plain(found[0].replace(",", "")), unit_of(after))


def target(text: str, bare: str) -> Target:
    """Read a target; `bare` is the sign of a number without any."""
    cleaned = tidy(text)
    if _is_day(cleaned):
        return Target(DATE, ZERO, _day(cleaned) or ZERO, "", text)
    between = _RANGE.match(cleaned)
    if between:
        low, high = plain(between[1]), plain(between[2])
        if low <= high:
            return Target(RANGE, low, high, unit_of(between[3]), text)
    found = amount(cleaned)
    if found is None:
        return Target("", ZERO, ZERO, "", text)
    return Target(_sign(cleaned, bare if found.value else EQUAL), found.value, found.value, found.unit, text)


def _sign(text: str, bare: str) -> str:
    if text.startswith(("=", "等于")):
        return EQUAL
    for word in _LEAST + _MOST:
        if text.startswith(word) and not (word in ("=>", "=<") and text.startswith("=")):
            return AT_LEAST if word in _LEAST else AT_MOST
    for words, sign in ((_LEAST_AFTER, AT_LEAST), (_MOST_AFTER, AT_MOST)):
        if text.endswith(words) or any(f"{word}/" in text for word in words):
            return sign
    return bare


def _is_day(text: str) -> bool:
    match = _DAY.search(text)
    return bool(match) and text[match.end() :] in _BEFORE_DAY  # type: ignore[union-attr]


def _day(text: str) -> Fraction | None:
    """Month and day as one number, 31 where only the month is given; the year counts where both sides have one."""
    match = _DAY.search(text)
    return Fraction(int(match[2]) * 100 + int(match[3] or 31)) if match else None


def same_unit(goal: Target, result: Amount) -> Fraction | None:
    """The result in the goal's unit; None where the units have nothing to do with each other."""
    if goal.unit == result.unit or not goal.unit or not result.unit:
        return result.value
    if goal.unit in _FACTORS and result.unit in _FACTORS:
        return result.value * _FACTORS[result.unit] / _FACTORS[goal.unit]
    short, long = sorted((goal.unit, result.unit), key=len)
    return result.value if long.startswith(short) else None


def judge(goal_text: str, result_text: str, rules: dict[str, Any]) -> Judgement:
    """Compare; `rules`: bare (sign of a bare number), mostly and undone (shares in percent)."""
    goal = target(goal_text, rules["bare"])
    if goal.sign == DATE:
        return _by_day(goal, result_text, rules)
    result = amount(result_text)
    if not goal.sign or result is None:
        return _by_words(goal_text, result_text, rules)
    value = same_unit(goal, result)
    if value is None:
        reason = f"目标“{goal_text}”与完成值“{result_text}”单位不同，无法比较"
        return Judgement(UNKNOWN, None, ZERO, ZERO, reason)
    share = reached(goal.sign, goal.low, goal.high, value)
    return Judgement(goal.sign, share, goal.high if goal.sign == RANGE and value > goal.high else goal.low, value, "")


def reached(sign: str, low: Fraction, high: Fraction, value: Fraction) -> Fraction:
    """The share of the weight: ≥ B/A, ≤ A/B, = the smaller of both; never above 1 or below 0."""
    if sign == RANGE:
        if low <= value <= high:
            return Fraction(1)
        return reached(AT_LEAST, low, low, value) if value < low else reached(AT_MOST, high, high, value)
    if (sign == AT_LEAST and value >= low) or (sign == AT_MOST and value <= low) or value == low:
        return Fraction(1)
    if value <= 0 or low <= 0:
        return ZERO
    return min(value / low, low / value)


def _by_day(goal: Target, result_text: str, rules: dict[str, Any]) -> Judgement:
    day = _day(tidy(result_text))
    if day is None:
        return _by_words(goal.text, result_text, rules)
    years = [m[1] for m in (_DAY.search(tidy(goal.text)), _DAY.search(tidy(result_text))) if m and m[1]]
    late = day > goal.high if len(years) < 2 or years[0] == years[1] else years[1] > years[0]
    if not late:
        return Judgement(DONE, Fraction(1), ZERO, ZERO, f"“{result_text}”未晚于“{goal.text}”")
    return Judgement(UNKNOWN, None, ZERO, ZERO, f"“{result_text}”晚于“{goal.text}”，请自评得分并说明原因")


def _by_words(goal_text: str, result_text: str, rules: dict[str, Any]) -> Judgement:
    """完成, 基本完成, 未完成 and what people write for them; a result that repeats the target is done."""
    said = tidy(result_text)
    kind = DONE if said == tidy(goal_text) else grade(said)
    share = {DONE: Fraction(1), MOSTLY: plain(rules["mostly"]) / 100, UNDONE: plain(rules["undone"]) / 100}.get(kind)
    reason = "" if kind != UNKNOWN else f"完成值“{result_text}”看不出是否完成，请写完成、基本完成、未完成或数字"
    return Judgement(kind, share, ZERO, ZERO, reason)


def grade(said: str) -> str:
    """Which of the three grades a short statement means."""
    if said.startswith(_NOT) or "未完成" in said or "未达" in said:
        return UNDONE
    if any(word in said for word in _PARTLY):
        return MOSTLY
    return DONE if any(word in said for word in _WELL) else UNKNOWN
