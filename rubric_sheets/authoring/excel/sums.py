"""Sums of the weights that follow what an author types: by level, and the whole against the full
marks. A group counts once, up to its limit; what is outside of the base not at all."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from ...exact.quantities import plain, show, total
from ...rubric.fields import KINDS, word
from ...rubric.load import full_marks
from ...rubric.parts import parts_of
from ...rules import rule as rule_module
from ...rules.base import INSIDE

FOLDED = "写了各级权重：分值由程序折算，见自动写出的评分标准"


class Ranges(NamedTuple):
    """Columns and cells that the sums refer to, as absolute ranges, those of the 指标 sheet over
    the same rows. `full`: the cell of the full marks; `list_weight`: that of the unit's own list;
    `shares`: the names of levels with shares."""

    levels: tuple[str, str]
    weight: str
    kind: str
    group: str
    groups: str
    caps: str
    full: str
    list_weight: str
    shares: str


def level_sum(at: Ranges, depth: int, row: int) -> str:
    """The weight of the first or the second level that begins in `row`, counted from 1; nothing in
    rows that go on with the level of the one above."""
    columns = [area.split("$")[1] for area in at.levels]
    here, above = ([f"{column}{number}" for column in columns] for number in (row, row - 1))
    begins = f'AND({here[0]}<>"",{here[0]}<>{above[0]})'
    if depth == 2:
        begins = f'AND({here[1]}<>"",OR({here[1]}<>{above[1]},{begins}))'
    alike = [
        f"({_filled_down(area)}={_last_of(area, cell)})"
        for area, cell in zip(at.levels[:depth], here)
    ]
    return f'IF({begins},IFERROR({_weights(at, "*".join(alike))},""),"")'


def _filled_down(area: str) -> str:
    """The column with blanks, as merged cells leave them, filled from above."""
    return f'LOOKUP(ROW({area}),ROW({area})/({area}<>""),{area})'


def _last_of(area: str, cell: str) -> str:
    """What the column says in a row, or last said above it."""
    down_to = area.split(":", maxsplit=1)[0] + ":" + cell
    return f'LOOKUP(2,1/({down_to}<>""),{down_to})'


def _weights(at: Ranges, where: str) -> str:
    """The sum of weights in the rows of a condition."""
    outside = ",".join(
        f'"{word("rule", kind)}"' for kind in KINDS if rule_module(kind).COUNTS != INSIDE
    )
    inside = f"ISNA(MATCH({at.kind},{{{outside}}},0))"
    alone = f'SUMPRODUCT({where}*({at.group}="")*{inside},{at.weight})'
    members = f'(COUNTIF({at.group},{at.group})+({at.group}=""))'
    shared = f"SUMIF({at.groups},{at.group},{at.caps})/{members}"
    return f'{alone}+SUMPRODUCT({where}*({at.group}<>"")*{shared})'


def whole(at: Ranges) -> str:
    """`分值合计 95，满分 100，还差 5 分`"""
    total = f"ROUND({_weights(at, f'(ROW({at.weight})>0)')}+IFERROR(VALUE({at.list_weight}),0),6)"
    full = f'IF({at.full}="",100,VALUE({at.full}))'
    off = f"ROUND({total}-{full},6)"
    compared = f'IF({off}=0,"，相符",IF({off}>0,"，多 "&{off}&" 分","，还差 "&-({off})&" 分"))'
    told = f'"分值合计 "&{total}&"，满分 "&{full}&{compared}'
    return f'IF(COUNTA({at.shares})>0,"{FOLDED}",IFERROR({told},"分值里有不是数字的"))'


def level_values(source: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What `level_sum` gives of each indicator now; nothing where a weight is no number."""
    specs = source["indicator"]
    before: list[str] = []
    found = []
    for spec in specs:
        levels = spec["levels"]
        sums = [
            _level(source, levels[:depth])
            if len(levels) >= depth and levels[:depth] != before[:depth]
            else ""
            for depth in (1, 2)
        ]
        found.append((sums[0], sums[1]))
        before = levels
    return found


def _level(source: dict[str, Any], levels: list[str]) -> Any:
    """What counts under these levels: of a group that reaches further, the share of its members."""
    parts = parts_of(source["indicator"], source.get("groups", {}))
    under = [spec["levels"][: len(levels)] == levels for spec in source["indicator"]]
    try:
        weights = [plain(spec.get("weight", "0")) for spec in source["indicator"]]
    except (ValueError, LookupError, TypeError):
        return ""
    shares = (
        part.weight(weights) * Fraction(sum(part.of(under)), len(part.members))
        for part in parts
        if part.is_inside
    )
    return float(total(shares))


def whole_value(source: dict[str, Any]) -> str:
    """What `whole` says now."""
    if source.get("shares"):
        return FOLDED
    try:
        groups, targets = source.get("groups", {}), source.get("targets")
        weights = plain(full_marks(source["indicator"], groups, targets))
        full = plain(source.get("full_marks", "100"))
    except (ValueError, LookupError, TypeError):
        return ""
    off = weights - full
    compared = "，相符"
    if off:
        compared = f"，多 {show(off)} 分" if off > 0 else f"，还差 {show(-off)} 分"
    return f"分值合计 {show(weights)}，满分 {show(full)}{compared}"
