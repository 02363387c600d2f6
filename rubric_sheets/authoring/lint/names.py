"""Names and formulas of a rubric: what a spreadsheet and an expression can hold,
and whether every name is known."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Any

from ...exact.expressions import COMPARE, names, names_in, parse, texts
from ...exact.tokens import YES_NO, ExpressionError, unprotected
from ...places.slots import READ, is_reserved
from ...rubric.protecting import LONGEST_FORMULA, spelled
from ...rules.worth import SPECIAL
from ..problems import Path, Problems

LONGEST_NAME = 255
LARGE = 5  # times: a percentage that is more is hardly one
NUMBERS = ("amount", "count", "percent", "breach_count", "judged")
_CELL = re.compile(r"([A-Za-z]{1,3}[0-9]{1,7}|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*)\Z")
_WORDS = frozenset(("and", "or", "not", "true", "false", "abs", "min", "max"))


def name_fault(name: str, *, carried: bool = False) -> str:
    """Why a text cannot be a fact's name, or nothing. The name becomes a defined name of the
    workbook. `carried`: by a workbook that is there already, which may have a name that a new one
    would have twice."""
    if len(name) > LONGEST_NAME:
        return f"有 {len(name)} 个字，名称最长 {LONGEST_NAME} 个字"
    if name[:1].isdigit():
        return f"不能以数字开头，请在前面加一个字，如“至{name[:20]}”"
    wrong = next((char for char in name if not (char.isalpha() or char in "0123456789_.")), "")
    if wrong:
        return (
            f"含有“{wrong}”，名称里只能用文字、字母、数字和下划线" if wrong.strip() else "含有空格"
        )
    if "__" in name:
        return "含有两个相连的下划线，多个项目的名称用它区分"
    if name[:1] == ".":
        return "不能以点开头"
    if _CELL.match(name):
        return "是单元格地址的样子，表格程序不能用作名称"
    if name.casefold() in _WORDS:
        return "是公式里有专门意义的词"
    taken = name in READ or name.startswith("指标_") if carried else is_reserved(name)
    return "是程序自用的名称" if taken or name in SPECIAL else ""


class Names:
    """All facts that a rubric may speak of (name → its specification), and the ratios."""

    def __init__(
        self, facts: dict[str, Any], ratios: Any, problems: Problems, *, complete: bool = True
    ) -> None:
        self.facts = facts
        self.ratios = ratios if isinstance(ratios, dict) else {}
        self.problems = problems
        self.complete = complete  # False: the form is unknown, so no name can be called unknown

    def known(self, name: object, path: Path) -> bool:
        """Whether this is a fact; says so if it is not."""
        if isinstance(name, str) and (name in self.facts or not self.complete):
            return True
        self.problems.add(
            "rubric-fact-unknown", path, actual=name, hint=self.problems.hint(name, self.facts)
        )
        return False

    def numeric(self, name: str, path: Path) -> bool:
        kind = self.facts.get(name, {}).get("kind", "amount")
        if kind not in NUMBERS:
            self.problems.add(
                "rubric-fact-kind", path, actual=name, what="文字" if kind == "text" else "是/否"
            )
        return kind in NUMBERS

    def formula(
        self, text: Any, path: Path, *, condition: bool, also: AbstractSet[str] = frozenset()
    ) -> list[str]:
        """Check a formula; the names in it, or nothing where it cannot be read. `also`: what may
        be named besides facts."""
        if not isinstance(text, str) or not text.strip():
            return []
        shown = unprotected(text)
        try:
            if len(text) > LONGEST_FORMULA:
                raise ExpressionError(f"公式有 {len(text)} 个字，上限为 {LONGEST_FORMULA}")
            node = parse(text)
            is_condition = kind_of(node) == "condition"
            self._whole(text)
        except ExpressionError as problem:
            self.problems.add("rubric-formula", path, actual=shown, what=str(problem))
            return []
        if is_condition != condition:
            what = "这里要写条件，如 累计结余 > 0" if condition else "这里要算出一个数，不能写条件"
            self.problems.add("rubric-formula", path, actual=shown, what=what)
        self._percents(node, path)
        found, compared = [name for name in names(node) if name not in also], texts(node)
        for name in found:
            if self._ratio(name, path) or not self.known(name, path):
                continue
            if name not in compared:
                self.numeric(name, path)
            elif what := self._incomparable(name, compared[name]):
                self.problems.add("rubric-formula", path, actual=shown, what=what)
        return found

    def _percents(self, node: Any, path: Path) -> None:
        """A percentage beside a figure that it will hardly ever come to: 满意度 ≥ 95."""
        for name, number in _beside(node):
            is_percent = self.facts.get(name, {}).get("kind") == "percent"
            if (is_percent or self.is_ratio(name)) and number > LARGE:
                self.problems.add("rubric-percent-large", path, name=name, actual=number)

    def spelled(self, text: str) -> str:
        """With the formulas of the ratios that it names, in the place of their names."""
        return spelled(text, self.ratios, self.facts)

    def _whole(self, text: str) -> None:
        """With the ratios that it names written out it is still a formula. Raises
        ExpressionError; not for a ratio that comes back to itself, which is told there."""
        left = [name for name in _names_of(self.spelled(text)) if self.is_ratio(name)]
        if any(not self._circles(name) for name in left):
            what = f"把用到的比率换成公式，就超过 {LONGEST_FORMULA} 个字了"
            raise ExpressionError(what)

    def _circles(self, name: str) -> bool:
        return any(self._comes_back(name, inner) for inner in _names_of(self.ratios[name]))

    def _incomparable(self, name: str, words: list[str]) -> str:
        """Why a fact cannot be compared with these texts, or nothing."""
        fact = self.facts.get(name, {})
        kind, choices = fact.get("kind", "amount"), fact.get("choices") or words
        is_yes_no = [word in YES_NO for word in words]
        if kind in NUMBERS:
            return f"“{name}”是数，不能与文字比较"
        if kind == "yes_no" and not all(is_yes_no):
            return f"“{name}”只有“是”和“否”"
        if kind == "text" and any(is_yes_no):
            return f"“{name}”填的是文字，只填是、否的数据请把类型改为是否"
        wrong = [word for word in words if word not in choices]
        return f"“{name}”的可选值里没有“{wrong[0]}”" if wrong else ""

    def is_ratio(self, name: str) -> bool:
        """A ratio stands in formulas under its own name, unless a fact has it."""
        return name not in self.facts and name in self.ratios

    def _ratio(self, name: str, path: Path) -> bool:
        """A formula that names a ratio; says so where that leads back to itself."""
        if not self.is_ratio(name):
            return False
        if path[0] == "ratios" and self._comes_back(str(path[1]), name):
            self.problems.add("rubric-ratio-cycle", path, actual=name)
        return True

    def _comes_back(self, start: str, name: str) -> bool:
        """Whether a ratio leads back to itself."""
        waiting, seen = [name], set[str]()
        while waiting:
            one = waiting.pop()
            if one == start:
                return True
            if one in seen or one not in self.ratios or len(seen) > 100:
                continue
            seen.add(one)
            waiting += _names_of(self.ratios[one])
        return False


def _names_of(formula: Any) -> list[str]:
    if not isinstance(formula, str) or len(formula) > LONGEST_FORMULA:
        return []
    try:
        return list(names_in(formula))
    except ExpressionError:
        return []


def _beside(node: Any) -> list[tuple[str, Fraction]]:
    """(name, number) of every comparison of the two; not of a number in percent."""
    found = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, tuple) or not part:
            continue
        if part[0] in COMPARE:
            for one, other in (part[1:], part[:0:-1]):
                if one[0] == "name" and other[0] == "num" and len(other) == 2:
                    found.append((one[1], other[1]))
        waiting += part[1:] if isinstance(part[0], str) else part
    return found


def kind_of(node: Any) -> str:
    """`number` or `condition`. Raises ExpressionError where the two are mixed."""
    kind = node[0]
    if kind in ("num", "name"):
        return "number"
    if kind == "text":
        raise ExpressionError(f"“{node[1]}”是文字，只能与一个数据比较是否相同，如 制度 = 是")
    if kind in ("=", "<>") and sorted(side[0] for side in node[1:]) == ["name", "text"]:
        return "condition"
    if kind == "call" and node[1] == "if":
        test, *branches = map(kind_of, node[2])
        if test != "condition" or branches != ["number", "number"]:
            raise ExpressionError("“如果”要写条件、成立时的数、不成立时的数")
        return "number"
    parts = [kind_of(part) for part in (node[2] if kind == "call" else node[1:])]
    logical = kind in ("and", "or")
    if any((part == "condition") != logical for part in parts):
        raise ExpressionError("“且”“或”的两边应是条件" if logical else "条件不能当作数来计算")
    return "condition" if logical or kind in COMPARE else "number"


def may_be_negative(formula: str, facts: dict[str, Any]) -> bool:
    """Whether a formula can come out below 0: it subtracts, or one of its facts is signed."""
    try:
        node = parse(formula)
    except ExpressionError:
        return True
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part[0] in ("-", "neg") or (part[0] == "name" and facts.get(part[1], {}).get("signed")):
            return True
        if part[0] == "call":
            waiting += [] if part[1] == "abs" else part[2][-2 if part[1] == "if" else 0 :]
        elif part[0] not in ("num", "name", "text"):
            waiting += part[1:]
    return False
