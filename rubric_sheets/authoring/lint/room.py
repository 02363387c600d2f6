"""Limits of the file format: live formulas and drop-downs that a spreadsheet cannot hold."""

from __future__ import annotations

import re
from typing import Any

from ...rubric.fields import KINDS
from ...rules import rule as rule_module
from ...rules.base import Cells
from ...rules.loose import rows
from ..problems import Path, Problems

DEEPEST, LONGEST, MOST_ARGUMENTS, LONGEST_LIST = 60, 7500, 255, 255


def check_format(source: dict[str, Any], problems: Problems) -> None:
    """Every drop-down, and every formula of a rule that has the right shape."""
    for index, fact in rows(source.get("fact")):
        _choices(fact.get("choices"), ("fact", index, "choices"), problems)
    for index, spec in rows(source.get("indicator")):
        path, rule = ("indicator", index), spec.get("rule")
        if not isinstance(rule, dict) or rule.get("kind") not in KINDS or problems.at(path):
            continue
        for name in ("levels", "ranges"):
            words = [row.get("name") for _, row in rows(rule.get(name))]
            _choices(words, (*path, "rule", name), problems)
        cells = Cells("E10", "F10*100", "F10")
        _formula(rule_module(rule["kind"]).formula(rule, cells), (*path, "rule"), problems)


def _formula(formula: str, path: Path, problems: Problems) -> None:
    """`formula`: of the rule alone; what stands around it is allowed for."""
    bare = re.sub(r'"[^"]*"', '""', formula)
    if len(formula) > LONGEST:
        what = f"公式会有 {len(formula)} 个字，表格程序的上限是 8192"
        problems.add("rubric-too-much", path, what=what)
    elif (depth := _depth(bare)) > DEEPEST:
        what = f"公式会嵌套 {depth} 层，表格程序的上限是 64"
        problems.add("rubric-too-much", path, what=what)
    elif (most := _arguments(bare)) > MOST_ARGUMENTS:
        what = f"公式里一个函数会有 {most} 个参数，表格程序的上限是 255"
        problems.add("rubric-too-much", path, what=what)


def _depth(formula: str) -> int:
    depth = deepest = 0
    for sign in formula:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        deepest = max(deepest, depth)
    return deepest


def _arguments(formula: str) -> int:
    counts, most = [1], 1
    for sign in formula:
        if sign == "(":
            counts.append(1)
        elif sign == ")":
            most = max(most, counts.pop())
        elif sign == ",":
            counts[-1] += 1
    return most


def _choices(choices: Any, path: Path, problems: Problems) -> None:
    """A drop-down holds 255 signs, and its choices are told apart by commas."""
    texts = [text for text in choices if isinstance(text, str)] if isinstance(choices, list) else []
    torn = next((text for text in texts if "," in text), None)
    if torn is not None:
        what = f"“{torn}”里有英文逗号，下拉列表会把它拆成两项"
        problems.add("rubric-choices", path, what=what, suggestion="请改用中文逗号")
    elif len(",".join(texts)) > LONGEST_LIST:
        what = f"下拉列表的各项合起来有 {len(','.join(texts))} 个字，上限是 {LONGEST_LIST}"
        problems.add("rubric-choices", path, what=what, suggestion="请减少或改短")
