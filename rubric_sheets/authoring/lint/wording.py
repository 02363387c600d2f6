"""The bureau's own wording beside the rule: a number of the rule that the text does not have is
another rule."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from ...exact.quantities import plain, show
from ...rubric.fields import KINDS
from ...rubric.load import fact_spec, worded
from ...rules.loose import rows
from ..problems import Problems
from .names import Names

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
HALF = str.maketrans("０１２３４５６７８９．", "0123456789.")
CHINESE = {sign: str(number) for number, sign in enumerate("一二三四五六七八九十", 1)} | {"两": "2"}
UNITS = "个名项分例天次条档倍成%"
SPELLED = re.compile(rf"[一二两三四五六七八九十](?=[{UNITS}])")
SAID_OTHERWISE = frozenset(map(Fraction, (0, 1, 100)))  # 不得分, 每一个百分点, 全部完成


def check_wording(source: dict[str, Any], known: Names, problems: Problems) -> None:
    """Every indicator with a text of its own and a sound rule."""
    facts = {}
    for name, fact in known.facts.items():
        facts[name] = fact if "unit" in fact or "kind" not in fact else fact_spec(fact, "")
    for index, spec in rows(source.get("indicator")):
        text, rule = spec.get("standard"), spec.get("rule")
        path = ("indicator", index)
        if not isinstance(text, str) or not isinstance(rule, dict) or rule.get("kind") not in KINDS:
            continue
        if not problems.at(path):
            missing = numbers(worded(spec, facts)) - numbers(text) - SAID_OTHERWISE
            if missing:
                told = "、".join(show(number, 10) for number in sorted(missing))
                problems.add("rubric-wording", (*path, "standard"), actual=told)


def numbers(text: str) -> set[Fraction]:
    """Every number of a text, those among them that are spelled before a unit."""
    plain_text = text.translate(HALF)
    spelled = {plain(CHINESE[sign]) for sign in SPELLED.findall(plain_text)}
    return {plain(found) for found in NUMBER.findall(plain_text)} | spelled
