"""Formulas over fact names, as rubrics write them: parse, evaluate exactly,
translate for a spreadsheet.

    三公经费 - 上年三公经费        (累计结余 <= 上年结转) and 累计结余 > 0        max(a, b)

Operators: + - * / ( ) = <> < <= > >= and or, functions abs min max; Chinese signs × ÷ ≤ ≥ （ ） 且
或 and the functions' Chinese names are read too. A comparison cannot follow a comparison: `1 < a <
5` is a mistake, not a truth. A parsed expression is a tuple: ("num", Fraction) | ("name", str) |
(operator, left, right) | ("neg", x) | ("call", f, args).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from .quantities import exact, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Node = tuple[Any, ...]
else:
    Node = tuple


_SIGNS = {ord(a): b for a, b in zip("×÷（）－−＋＝＜＞，．／＊", "*/()--+=<>,./*")} | {
    ord("≤"): "<=",
    ord("≦"): "<=",
    ord("≥"): ">=",
    ord("≧"): ">=",
    ord("≠"): "<>",
    ord("且"): " and ",
    ord("或"): " or ",
}
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "<>", "<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "/"),
)
FUNCTIONS = {"abs": "绝对值", "min": "较小值", "max": "较大值"}
_FUNCTION_WORDS = {word: name for name, chinese in FUNCTIONS.items() for word in (name, chinese)}
LONGEST = 400  # signs and names: a longer formula is no formula that a person wrote
_PUNCTUATION = frozenset("+-*/()=<>,")
_COMPARE = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


class ExpressionError(ValueError):
    """The text is no expression; the message says, in Chinese, what is wrong with it."""


class ZeroDenominator(ArithmeticError):
    """A division by zero; `numerator` tells 0/0 from x/0,
    `bottom` is the part of the expression that is zero."""

    def __init__(self, numerator: Fraction, bottom: Node) -> None:
        super().__init__("分母为零")
        self.numerator, self.bottom = numerator, bottom


def tokens(text: str) -> list[str]:
    """Split into names, numbers and signs; names may be Chinese, with digits and underscores."""
    out: list[str] = []
    word = ""
    for char in text.translate(_SIGNS) + " ":
        if char.isalnum() or char in "_.%“”":
            word += char
            continue
        if word:
            out.append(word)
            word = ""
        if char in _PUNCTUATION:
            if out and out[-1] in ("<", ">") and char in "=>" and out[-1] + char in _COMPARE:
                out[-1] += char
            else:
                out.append(char)
        elif not char.isspace():
            raise ExpressionError(f"不认识的符号“{char}”")
    return out


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
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
        if level == len(_LEVELS):
            return self.unary()
        node = self.binary(level + 1)
        while self.peek() in _LEVELS[level]:
            node = (self.take(), node, self.binary(level + 1))
            if node[0] in _COMPARE and self.peek() in _COMPARE:
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
        if token == "(":
            node = self.binary(0)
            self.take(")")
            return node
        if token[0].isdigit():
            try:
                return ("num", plain(token[:-1]) / 100 if token[-1] == "%" else plain(token))
            except ValueError:
                raise ExpressionError(f"“{token}”不是数字，名称也不能以数字开头") from None
        if token in _FUNCTION_WORDS and self.peek() == "(":
            return self.call(_FUNCTION_WORDS[token])
        if token in _PUNCTUATION or token in ("and", "or") or token in _COMPARE:
            raise ExpressionError(f"“{token}”前面缺少名称或数字")
        return ("name", token)

    def call(self, function: str) -> Node:
        self.take("(")
        arguments = [self.binary(0)]
        while self.peek() == ",":
            self.take()
            arguments.append(self.binary(0))
        self.take(")")
        if function == "abs" and len(arguments) > 1:
            raise ExpressionError(f"“{FUNCTIONS[function]}”只能有一个参数")
        return ("call", function, tuple(arguments))


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


def evaluate(node: Node, values: Any) -> Any:
    """The exact value (Fraction, or bool for a condition);
    `values[name]` must give a Fraction for every name."""
    kind = node[0]
    if kind == "num":
        return node[1]
    if kind == "name":
        return values[node[1]]
    if kind == "neg":
        return -evaluate(node[1], values)
    if kind == "call":
        arguments = [evaluate(part, values) for part in node[2]]
        if node[1] == "abs":
            return abs(arguments[0])
        return min(arguments) if node[1] == "min" else max(arguments)
    left = evaluate(node[1], values)
    if kind == "and":
        return left and evaluate(node[2], values)
    if kind == "or":
        return left or evaluate(node[2], values)
    right = evaluate(node[2], values)
    if kind in _COMPARE:
        return _COMPARE[kind](left, right)
    if kind == "/":
        if right == 0:
            raise ZeroDenominator(left, node[2])
        return left / right
    if kind == "*":
        return left * right
    return left + right if kind == "+" else left - right


def sum_of_filled(cells: str, off: str = "") -> str:
    """The spreadsheet's sum of cells, blank while nothing is filled; `off`: what is taken off."""
    return f'IF(COUNT({cells})=0,"",SUM({cells}){off})'


def to_excel(node: Node, level: int = 0) -> str:
    """The same expression for a spreadsheet, over defined names;
    comparisons are guarded against binary dust."""
    kind = node[0]
    if kind == "num":
        return exact(node[1], 60)
    if kind == "name":
        return str(node[1])
    if kind == "neg":
        return "-" + to_excel(node[1], len(_LEVELS))
    if kind == "call":
        return f"{node[1].upper()}({','.join(to_excel(part) for part in node[2])})"
    if kind in ("and", "or"):
        first, second = to_excel(node[1]), to_excel(node[2])
        # a spreadsheet's AND looks at both sides, even where the first guards the second
        if "/" in second:
            return f"IF({first},{second},FALSE)" if kind == "and" else f"IF({first},TRUE,{second})"
        return f"{kind.upper()}({first},{second})"
    if kind in _COMPARE:
        left, right = to_excel(node[1], 3), to_excel(node[2], 4)
        text = f"ROUND({left},8){kind}0" if right == "0" else f"ROUND({left}-{right},8){kind}0"
        return text if level <= 2 else f"({text})"
    own = 3 if kind in "+-" else 4
    text = to_excel(node[1], own) + kind + to_excel(node[2], own + 1)
    return f"({text})" if level > own else text


def to_chinese(node: Node, level: int = 0) -> str:
    """The expression as a person reads it: `(三公经费 − 上年三公经费) ÷ 上年三公经费`."""
    kind = node[0]
    if kind in ("num", "name"):
        return exact(node[1], 60) if kind == "num" else str(node[1])
    if kind == "neg":
        return "−" + to_chinese(node[1], len(_LEVELS))
    if kind == "call":
        return f"{FUNCTIONS[node[1]]}({'，'.join(to_chinese(part) for part in node[2])})"
    own = next(i for i, level_signs in enumerate(_LEVELS) if kind in level_signs)
    sign = {
        "*": "×",
        "/": "÷",
        "-": "−",
        "<=": "≤",
        ">=": "≥",
        "<>": "≠",
        "and": "且",
        "or": "或",
    }.get(kind, kind)
    text = f"{to_chinese(node[1], own)} {sign} {to_chinese(node[2], own + 1)}"
    return f"({text})" if level > own else text


def with_numbers(node: Node, values: Any, level: int = 0) -> str:
    """The expression with its figures put in: `(0.527 − 1.2098) ÷ 1.2098`."""
    if node[0] == "name":
        text = exact(values[node[1]], 6)
        return f"({text})" if text[0] == "-" and level else text
    if node[0] == "neg":
        return "−" + with_numbers(node[1], values, len(_LEVELS))
    if node[0] == "call":
        return f"{FUNCTIONS[node[1]]}({'，'.join(with_numbers(part, values) for part in node[2])})"
    if node[0] in ("+", "-", "*", "/"):
        own = 3 if node[0] in "+-" else 4
        sign = {"*": "×", "/": "÷", "-": "−"}.get(node[0], "+")
        text = (
            f"{with_numbers(node[1], values, own)} {sign} {with_numbers(node[2], values, own + 1)}"
        )
        return f"({text})" if level > own else text
    return to_chinese(node, level)
