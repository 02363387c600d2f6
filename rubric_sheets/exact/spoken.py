"""Intervals as officials say them → in brackets: `≥90` → `[90,)`, `低于60` → `(,60)`, `第1-3名` →
`[1,3]`.

以上、以下、以内 hold their end, as the civil code says; 超过、高于、低于、不足、不满 do not. Of a
range from one number to another nobody knows whether its ends belong to it, unless （含） says so
of one end, or they are ranks.
"""

from __future__ import annotations

import re

_LONGEST = 40  # signs: a longer text is no interval
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_UNIT = r"(?:个百分点|个|分|天|名|次|项|倍)?"
_IN, _OUT = r"\(含(?:本数)?\)", r"\(不含(?:本数)?\)"
_HALF = str.maketrans("＞＜＝", "><=")
_SIGN = {"≥": "[{},)", ">=": "[{},)", ">": "({},)", "≤": "(,{}]", "<=": "(,{}]", "<": "(,{})"}
_BEFORE = {
    "不低于|不少于|不小于|大于等于|大于或等于|至少|达到": "[{},)",
    "超过|高于|大于|多于": "({},)",
    "不超过|不高于|不大于|不多于|小于等于|小于或等于|至多": "(,{}]",
    "低于|小于|少于|不足|不满|未达到": "(,{})",
    "等于": "[{0},{0}]",
}
_AFTER = {
    f"{_OUT}(?:及)?以上|以上{_OUT}": "({},)",
    f"(?:{_IN})?(?:及)?以上(?:{_IN})?": "[{},)",
    f"{_OUT}(?:及)?(?:以下|以内)|(?:以下|以内){_OUT}": "(,{})",
    f"(?:{_IN})?(?:及)?(?:以下|以内)(?:{_IN})?": "(,{}]",
}
_RANKS = re.compile(rf"第({_NUMBER})(?:名?[-—~～至到]第?({_NUMBER}))?名")
_RANGE = re.compile(
    rf"({_NUMBER}){_UNIT}({_IN}|{_OUT})?[-—~～至到]({_NUMBER}){_UNIT}({_IN}|{_OUT})?"
)


def in_brackets(text: str, cleaned: str) -> str:
    """`cleaned`: the text without blanks and percent signs. Raises ValueError with a Chinese
    explanation, which gives the interval to be written where the text leaves one open."""
    said = cleaned.translate(_HALF)
    if len(said) <= _LONGEST:
        if ranks := _RANKS.fullmatch(said):
            return f"[{ranks[1]},{ranks[2] or ranks[1]}]"
        if last := re.fullmatch(rf"第({_NUMBER})名及?(?:以后|以下)", said):
            return f"[{last[1]},)"
        if first := re.fullmatch(rf"前({_NUMBER})名?|第({_NUMBER})名及?(?:以前|以上)", said):
            return f"[1,{first[1] or first[2]}]"
        if one := _one_end(said):
            return one
        if both := _RANGE.fullmatch(said):
            return _both_ends(text, both)
    raise ValueError(f"区间“{text}”应写成 [80,90) 的样子：方括号含端点，圆括号不含")


def _one_end(said: str) -> str:
    """`≥90`, `不低于90`, `90以上`; "" for another text."""
    for words, shape in (*_SIGN.items(), *_BEFORE.items()):
        if found := re.fullmatch(rf"(?:{words})({_NUMBER}){_UNIT}", said):
            return shape.format(found[1])
    for words, shape in _AFTER.items():
        if found := re.fullmatch(rf"({_NUMBER}){_UNIT}(?:{words})", said):
            return shape.format(found[1])
    return ""


def _both_ends(text: str, found: re.Match[str]) -> str:
    """`80（含）—90`: where one end is told, the other is the opposite."""
    low, first, high, second = found.groups()
    told = [None if one is None else "不" not in one for one in (first, second)]
    if told == [None, None]:
        raise ValueError(
            f"区间“{text}”没有说两端含不含：含下端的写 [{low},{high})，含上端的写 ({low},{high}]，"
            f"都含的写 [{low},{high}]"
        )
    in_low = not told[1] if told[0] is None else told[0]
    in_high = not told[0] if told[1] is None else told[1]
    return f"{'[' if in_low else '('}{low},{high}{']' if in_high else ')'}"
