"""A parsed expression as text: for a spreadsheet, for a person, and with its figures put in."""

from __future__ import annotations

from .expressions import COMPARE, FUNCTIONS, LEVELS, texts
from .quantities import exact
from .tokens import WORDS, YES_NO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .expressions import Node


def is_blank_test(wanted: Sequence[str], node: Node) -> str:
    """For a spreadsheet: is one of these names of the expression blank, or no figure where it
    should be one? Nothing is asked of 不适用."""
    words = texts(node)
    figures = [name for name in wanted if name not in words]
    tests = [f"COUNT({','.join(figures)})<{len(figures)}"] if figures else []
    for name in wanted:
        if name in words:
            yes_no = set(words[name]) <= set(YES_NO)
            tests.append(f'NOT(OR({name}="是",{name}="否"))' if yes_no else f'{name}=""')
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


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
    if kind == "text":
        doubled = str(node[1]).replace('"', '""')
        return f'"{doubled}"'
    if kind == "neg":
        return "-" + to_excel(node[1], len(LEVELS))
    if kind == "call":
        inner = ",".join(to_excel(part) for part in node[2])
        whole = {"floor": f"INT(ROUND({inner},8))", "ceil": f"(-INT(-ROUND({inner},8)))"}
        return whole.get(node[1], f"{node[1].upper()}({inner})")
    if kind in ("and", "or"):
        first, second = to_excel(node[1]), to_excel(node[2])
        # a spreadsheet's AND looks at both sides, even where the first guards the second
        if "/" in second:
            return f"IF({first},{second},FALSE)" if kind == "and" else f"IF({first},TRUE,{second})"
        return f"{kind.upper()}({first},{second})"
    if kind in COMPARE:
        left, right = to_excel(node[1], 3), to_excel(node[2], 4)
        if "text" in (node[1][0], node[2][0]):
            return f"({left}{kind}{right})"
        text = f"ROUND({left},8){kind}0" if right == "0" else f"ROUND({left}-{right},8){kind}0"
        return text if level <= 2 else f"({text})"
    own = 3 if kind in "+-" else 4
    text = to_excel(node[1], own) + kind + to_excel(node[2], own + 1)
    return f"({text})" if level > own else text


def to_chinese(node: Node, level: int = 0) -> str:
    """The expression as a person reads it: `(三公经费 − 上年三公经费) ÷ 上年三公经费`."""
    kind = node[0]
    if kind == "num":
        return exact(node[1] * 100, 60) + "%" if node[2:] else exact(node[1], 60)
    if kind == "name":
        return str(node[1])
    if kind == "text":
        return str(node[1]) if node[1] in WORDS else f"“{node[1]}”"
    if kind == "neg":
        return "−" + to_chinese(node[1], len(LEVELS))
    if kind == "call":
        return f"{FUNCTIONS[node[1]]}({'，'.join(to_chinese(part) for part in node[2])})"
    own = next(i for i, level_signs in enumerate(LEVELS) if kind in level_signs)
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
        value = values[node[1]]
        text = value if isinstance(value, str) else exact(value, 6)
        return f"({text})" if text[0] == "-" and level else text
    if node[0] == "neg":
        return "−" + with_numbers(node[1], values, len(LEVELS))
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
