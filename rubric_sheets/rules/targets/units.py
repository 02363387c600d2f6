"""Which units of targets and results mean the same, and which words beside a number make of it
another figure."""

from __future__ import annotations

import re
from fractions import Fraction

from .signs import LEAST_AFTER, MOST_AFTER

SAME = {
    "百分比": "%",
    "人民币": "元",
    "㎡": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "M2": "平方米",
    "平米": "平方米",
    "平方": "平方米",
    "m³": "立方米",
    "m3": "立方米",
    "天": "日",
    "千米": "公里",
    "km": "公里",
    "千克": "公斤",
    "kg": "公斤",
    "mm": "毫米",
    "cm": "厘米",
    "m": "米",
}
# Unit → how many of the basic one
MEASURES: dict[str, tuple[int | Fraction, str]] = {
    "公里": (1000, "米"),
    "米": (1, "米"),
    "厘米": (Fraction(1, 100), "米"),
    "毫米": (Fraction(1, 1000), "米"),
    "吨": (1000, "公斤"),
    "公斤": (1, "公斤"),
    "克": (Fraction(1, 1000), "公斤"),
    "公顷": (10_000, "平方米"),
    "平方米": (1, "平方米"),
    "平方公里": (1_000_000, "平方米"),
}
_TIMES = {"十": 10, "百": 100, "千": 1000, "": 1}
_SCALES = {"亿": 10**8, "万": 10**4, "千": 1000}

_RANK = r"[第前][0-9]+[名位]"

# Of each set a target and its result may use one word only: 增长10% is not 下降10%.
_OPPOSED = (
    ("增长|增加|提高|上升|提升|增幅", "下降|降低|减少|回落|降幅|下滑|负增长"),
    ("节约|节省|结余", "超支|超出|超预算"),
    ("每天|每日", "每周|每星期", "每月", "每季度?", "每半年", "(?<!半)每年"),
    ("特等奖", "一等奖", "二等奖", "三等奖", "优秀奖|鼓励奖"),
    ("国家级", "省级", "市级", "县级|区级"),
    ("新建", "改建|扩建|改造|维修|修缮"),
)
# What is less than was aimed at: 有所提高 is not 显著提高.
_LESSER = (
    ("显著|明显|大幅", "有所|略有|略微|稍有|一定程度"),
    ("优秀", "良好|合格|一般|中等"),
    ("良好", "合格|一般|中等"),
)
# Words around a number that say that it is not exact, and how far it may be from it
_ABOUT = (
    (r"(?<=[0-9])(?:余|多|来)(?![0-9])", (Fraction(0), Fraction(1, 10))),
    (r"近(?=[0-9])|接近(?=[0-9])", (Fraction(-1, 10), Fraction(0))),
    (r"大?约|大概|左右|上下(?!级|班|水)", (Fraction(-1, 10), Fraction(1, 10))),
)


def is_rank(text: str) -> bool:
    """`前3名`, where less is better and no part of it counts."""
    return bool(re.search(_RANK, text))


def unit_of(text: str) -> str:
    """The unit behind a number, without the words that say a direction."""
    for word in (*LEAST_AFTER, *MOST_AFTER):
        if text.endswith(word):
            text = text[: -len(word)]
            break
    text = text.strip("()，,。.；;")
    return "/".join(SAME.get(part, part) for part in text.split("/"))


def scale(unit: str) -> tuple[int | Fraction, str]:
    """`万元` → (10000, 元)."""
    if unit in MEASURES:
        return MEASURES[unit]
    found = re.match(r"([十百千万]?)(亿)|([十百千]?)(万)|()(千)", unit)
    if not found:
        return 1, unit
    times, name = (part for part in found.groups() if part is not None)
    return (_SCALES["万"] if times == "万" else _TIMES[times]) * _SCALES[name], unit[found.end() :]


def same_thing(one: str, other: str) -> bool:
    """Do two units name the same, as 台 and 台（套）, 元 and 元/户? A missing unit is the
    other's."""
    if not one or not other or one == other:
        return True
    short, long = sorted((one, other), key=len)
    if long.count("(") == 1 and short in long.split("("):  # unit_of has taken the end off 台（套）
        return True
    rest = long.removeprefix(short)
    return rest != long and rest.startswith(("(", "/", "·"))


def about(text: str) -> tuple[str, tuple[Fraction, Fraction]]:
    """`近90%` → (`90%`, (−1/10, 0)): the text as if its number were exact, and by which parts of
    itself the number may be off."""
    for words, spread in _ABOUT:
        plain = re.sub(words, "", text)
        if plain != text:
            return plain, spread
    return text, (Fraction(0), Fraction(0))


def at_odds(goal: str, result: str) -> bool:
    """Do the words around the numbers say different things?"""
    for more, less in _LESSER:
        if re.search(more, goal) and not re.search(more, result) and re.search(less, result):
            return True
    for words in _OPPOSED:
        wanted = {word for word in words if re.search(word, goal)}
        said = {word for word in words if re.search(word, result)}
        if wanted and said and wanted != said:
            return True
    return False
