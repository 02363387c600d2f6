"""Formulas over fact names, as rubrics write them: parse, evaluate exactly,
translate for a spreadsheet.

    三公经费 - 上年三公经费        (累计结余 <= 上年结转) and 累计结余 > 0        max(a, b)

Operators: + - * / ( ) = <> < <= > >= and or, and the functions of FUNCTIONS; how they may be
written is the matter of `tokens`. A comparison cannot follow a comparison: `1 < a < 5` is a
mistake, not a truth. A fact in words is compared with a text: `制度 = 是`. A parsed expression is a
tuple: ("num", Fraction), written in percent ("num", Fraction, "%") | ("name", str) | ("text", str)
| (operator, left, right) | ("neg", x) | ("call", f, args). `× 100%` changes nothing and is left
out.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from .quantities import plain
from .tokens import ExpressionError, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    Node = tuple[Any, ...]
else:
    Node = tuple


LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "<>", "<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "/"),
)
FUNCTIONS = {
    "abs": "绝对值",
    "min": "较小值",
    "max": "较大值",
    "sum": "合计",
    "average": "平均",
    "if": "如果",
    "floor": "取整",
    "ceil": "进整",
}
_SAME = {
    "最小值": "min",
    "最大值": "max",
    "求和": "sum",
    "平均值": "average",
    "平均数": "average",
    "若": "if",
    "int": "floor",
    "rounddown": "floor",
    "ceiling": "ceil",
}
_FUNCTION_WORDS = {
    **{word: name for name, chinese in FUNCTIONS.items() for word in (name, chinese)},
    **_SAME,
}
_OPERATORS = {"AND": "and", "OR": "or"}
_ARGUMENTS = {"abs": 1, "floor": 1, "ceil": 1, "if": 3}
_INSTEAD = {
    "and": "几个条件都要成立的，写“甲 > 0 且 乙 > 0”",
    "or": "几个条件有一个成立即可的，写“甲 > 0 或 乙 > 0”",
    "not": "条件不成立的，写相反的条件，如 ≠、<",
    "round": "得分不四舍五入，要舍去尾数的写“取整”",
    "roundup": "要进位的写“进整”",
}
LONGEST = 400  # signs and names: a longer formula is no formula that a person wrote
_PUNCTUATION = frozenset("+-*/()=<>,|")
_WHOLE = ("num", Fraction(1), "%")
COMPARE = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


class ZeroDenominator(ArithmeticError):
    """A division by zero; `numerator` tells 0/0 from x/0,
    `bottom` is the part of the expression that is zero."""

    def __init__(self, numerator: Fraction, bottom: Node) -> None:
        super().__init__("分母为零")
        self.numerator, self.bottom = numerator, bottom


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = [_OPERATORS.get(token, token) for token in tokens(text)]
        if len(self.tokens) > LONGEST:
            raise ExpressionError("公式过长")
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        if not token:
            raise ExpressionError("公式不完整")
        if wanted and token != wanted:
            raise ExpressionError(f"“{token}”处应为“{wanted}”")
        self.at += 1
        return token

    def binary(self, level: int) -> Node:
        if level == len(LEVELS):
            return self.unary()
        node = self.binary(level + 1)
        while self.peek() in LEVELS[level]:
            node = _without_one((self.take(), node, self.binary(level + 1)))
            if node[0] in COMPARE and self.peek() in COMPARE:
                raise ExpressionError("比较不能连写，两个条件之间请写“且”")
        return node

    def unary(self) -> Node:
        self.depth += 1
        if self.depth > 50:
            raise ExpressionError("公式嵌套过深")
        if self.peek() == "-":
            self.take()
            node: Node = ("neg", self.unary())
        else:
            node = self.atom()
        self.depth -= 1
        return node

    def atom(self) -> Node:
        token = self.take()
        if token[0] in '"`':
            return ("text" if token[0] == '"' else "name", token[1:])
        if token == "(":
            node = self.binary(0)
            self.take(")")
            return node
        if token == "|":
            node = self.binary(0)
            self.take("|")
            return ("call", "abs", (node,))
        if token[0].isdigit():
            try:
                if token[-1] == "%":
                    return ("num", plain(token[:-1]) / 100, "%")
                return ("num", plain(token))
            except ValueError:
                raise ExpressionError(f"“{token}”不是数字，名称也不能以数字开头") from None
        if self.peek() == "(" and token.isalnum():
            return self.call(_function(token))
        if token in _PUNCTUATION or token in ("and", "or") or token in COMPARE:
            raise ExpressionError(f"“{token}”前面缺少名称或数字")
        return ("name", token)

    def call(self, function: str) -> Node:
        self.take("(")
        arguments = [self.binary(0)]
        while self.peek() == ",":
            self.take()
            arguments.append(self.binary(0))
        self.take(")")
        wanted = _ARGUMENTS.get(function, len(arguments))
        if len(arguments) != wanted:
            number = "只能有一个参数" if wanted == 1 else "要写条件、成立时的数、不成立时的数"
            raise ExpressionError(f"“{FUNCTIONS[function]}”{number}")
        return ("call", function, tuple(arguments))


def _without_one(node: Node) -> Node:
    """× 100% only says that the result is shown in percent."""
    if node[0] == "*" and _WHOLE in node[1:]:
        other: Node = node[1] if node[2] == _WHOLE else node[2]
        return other
    return node


def _function(word: str) -> str:
    """The function that a word means. Raises ExpressionError with the words to use."""
    found = _FUNCTION_WORDS.get(word.casefold())
    if found is None:
        usable = "、".join(FUNCTIONS.values())
        instead = _INSTEAD.get(word.casefold(), f"可用的有{usable}；相乘要写“×”")
        raise ExpressionError(f"没有“{word}”这个函数，{instead}")
    return found


@lru_cache(maxsize=1 << 12)  # the expressions of a rubric are evaluated for every workbook
def parse(text: str) -> Node:
    """Raises ExpressionError."""
    parser = _Parser(text)
    node = parser.binary(0)
    if parser.peek():
        raise ExpressionError(f"“{parser.peek()}”处多余，或前面缺少运算符")
    return node


def names(node: Node) -> list[str]:
    """Every name in it, once each, in order of appearance."""
    found: dict[str, None] = {}

    def walk(part: Any) -> None:
        if isinstance(part, tuple):
            if len(part) == 2 and part[0] == "name":
                found[part[1]] = None
            else:
                for inner in part[1:] if part and isinstance(part[0], str) else part:
                    walk(inner)

    walk(node)
    return list(found)


@lru_cache(maxsize=1 << 12)
def names_in(text: str) -> tuple[str, ...]:
    """Every name of an expression, as `names`. Raises ExpressionError."""
    return tuple(names(parse(text)))


def texts(node: Node) -> dict[str, list[str]]:
    """The facts that are compared with texts, and those texts."""
    found: dict[str, list[str]] = {}
    waiting: list[Any] = [node]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, tuple) or not part:
            continue
        sides = part[1:] if part[0] in ("=", "<>") else ()
        words = [side[1] for side in sides if side[0] == "text"]
        if words:
            for side in sides:
                if side[0] == "name":
                    found.setdefault(side[1], []).extend(words)
            continue
        waiting += part[1:] if isinstance(part[0], str) else part
    return found


@lru_cache(maxsize=1 << 12)
def texts_in(text: str) -> tuple[str, ...]:
    """The facts that an expression compares with texts, as `texts`. Raises ExpressionError."""
    return tuple(texts(parse(text)))


def divisions(node: Node) -> list[tuple[Node, Node]] | None:
    """(top, bottom) of every division, in the order in which they are evaluated; None where one
    hangs on a condition."""
    found: list[tuple[Node, Node]] = []
    if node[0] in ("num", "name", "text"):
        return found
    for part in node[2] if node[0] == "call" else node[1:]:
        inner = divisions(part)
        if inner is None:
            return None
        found += inner
    if node[0] in ("and", "or") or node[:2] == ("call", "if"):
        return None if found else found
    if node[0] == "/":
        found.append((node[1], node[2]))
    return found


def renamed(node: Node, to: dict[str, str]) -> Node:
    """With other names in the place of some."""
    if node[0] == "name":
        return ("name", to.get(node[1], node[1]))
    if node[0] == "call":
        return (*node[:2], tuple(renamed(part, to) for part in node[2]))
    return tuple(renamed(part, to) if isinstance(part, tuple) else part for part in node)


def evaluate(node: Node, values: Any) -> Any:
    """The exact value (Fraction, or bool for a condition);
    `values[name]` must give a Fraction for every name."""
    kind = node[0]
    if kind in ("num", "text"):
        return node[1]
    if kind == "name":
        return values[node[1]]
    if kind == "neg":
        return -evaluate(node[1], values)
    if kind == "call":
        return _called(node[1], node[2], values)
    left = evaluate(node[1], values)
    if kind == "and":
        return left and evaluate(node[2], values)
    if kind == "or":
        return left or evaluate(node[2], values)
    right = evaluate(node[2], values)
    if kind in COMPARE:
        if isinstance(left, str) and isinstance(right, str):
            left, right = left.casefold(), right.casefold()  # a spreadsheet knows no capitals
        return COMPARE[kind](left, right)
    if kind == "/":
        if right == 0:
            raise ZeroDenominator(left, node[2])
        return left / right
    if kind == "*":
        return left * right
    return left + right if kind == "+" else left - right


def _called(function: str, arguments: Sequence[Node], values: Any) -> Any:
    """Of 如果 only the branch that counts is evaluated, as a spreadsheet does."""
    if function == "if":
        return evaluate(arguments[1 if evaluate(arguments[0], values) else 2], values)
    given = [evaluate(part, values) for part in arguments]
    if function in ("abs", "floor", "ceil"):
        x = given[0]
        if function == "abs":
            return abs(x)
        return Fraction(x.numerator // x.denominator if function == "floor" else -(-x // 1))
    if function in ("min", "max"):
        return min(given) if function == "min" else max(given)
    added = sum(given, Fraction(0))
    return added / len(given) if function == "average" else added
