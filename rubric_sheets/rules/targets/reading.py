"""Targets and results as people type them: `≥65台`, `不超过5300元/户`, `15期以上`, `12月31日前`,
`100百分比`, `5~10`, a bare text.

Source of the scoring: the notes of the national 项目支出绩效自评表 (财预〔2013〕53号 and later
yearly notices).
"""

from __future__ import annotations

import re
from fractions import Fraction

from ...exact.quantities import ZERO, plain
from ...records import Record
from .days import is_day
from .signs import AT_MOST, DATE, EQUAL, RANGE, SIGNS, sign_of
from .units import is_rank, same_thing, scale, unit_of
from .words import DOUBT, NUMBER

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
_YEAR = r"(?:19|20)[0-9]{2}年(?!.*[0-9])"
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


def tidy(text: str) -> str:
    """Half-width signs, no blanks."""
    return "".join(text.translate(_FULL_WIDTH).split())


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
        for word in SIGNS:
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
    if is_day(cleaned):
        return Target(DATE, ZERO, ZERO, "", text)
    between = re.match(_BOX, cleaned) or re.match(_RANGE, cleaned)
    if between and not re.search(_ENDLESS, cleaned):
        low, high = plain(between[1]), plain(between[2])
        if low <= high:
            return Target(RANGE, low, high, unit_of("".join(between.groups()[2:])), text)
    found = None if cleaned.startswith(("[", "(")) else amount(cleaned)
    if found is None or re.search(_YEAR, cleaned):
        return Target("", ZERO, ZERO, "", text)
    if is_rank(cleaned):
        return Target(AT_MOST, found.value, found.value, found.unit, text)
    sign = sign_of(cleaned, bare if found.value else EQUAL)
    if not scale(found.unit)[1]:  # 5万, a mere number
        found = Amount(found.value * scale(found.unit)[0], "")
    return Target(sign, found.value, found.value, found.unit, text)


def same_unit(goal: Target, result: Amount) -> Fraction | None:
    """The result in the goal's unit; None where the units have nothing to do with each other."""
    if goal.unit == result.unit or not result.unit:
        return result.value
    (ours, mine), (theirs, other) = scale(goal.unit), scale(result.unit)
    return result.value * theirs / ours if same_thing(mine, other) else None
