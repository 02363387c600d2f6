"""Which way a target points: ≥ ≤ =, and the words that say so."""

from __future__ import annotations

import re

from .words import NUMBER

AT_LEAST, AT_MOST, EQUAL, RANGE, DATE = "≥", "≤", "=", "区间", "日期"

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
LEAST_AFTER, MOST_AFTER = ("及以上", "以上"), ("及以下", "以下", "以内", "之内", "内")
SIGNS = sorted(_LEAST + _MOST, key=len, reverse=True)
_STRICT = r"[<>](?!=)(?<!=.)|(?<!不)(?:[大小]于(?!等于)|[高低多少]于|超过)"


def sign_of(text: str, bare: str) -> str:
    """The direction: a word right before the number, or behind it."""
    number = re.search(NUMBER, text)
    before = text[: number.start()] if number else text
    if (before.endswith("=") and not before.endswith((">=", "<="))) or (
        before.endswith("等于") and len(before) == 2
    ):
        return EQUAL
    for word in SIGNS:
        if before.startswith(word) or before.endswith(word):
            return AT_LEAST if word in _LEAST else AT_MOST
    for words, sign in ((LEAST_AFTER, AT_LEAST), (MOST_AFTER, AT_MOST)):
        if text.endswith(words) or any(f"{word}/" in text for word in words):
            return sign
    return bare


def is_strict(goal: str) -> bool:
    """`>0`, `低于10个`: the number itself is not enough."""
    return bool(re.search(_STRICT, goal)) and not re.search("及以|于或?等于", goal)
