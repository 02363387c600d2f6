"""Points outside of the base, judged by the unit: what bonus and penalty share."""

from __future__ import annotations

from ..exact.quantities import NOT_APPLICABLE, ZERO, show
from .base import Cells, Given, Rule, Scored, Subject, clamp


def score(rule: Rule, given: Given) -> Scored:
    """Without a weight there is no upper limit."""
    claim = given.values[rule["fact"]]
    if claim == NOT_APPLICABLE:
        return Scored(None, ZERO)
    return Scored(clamp(claim, given.weight) if given.weight else max(claim, ZERO), ZERO)


def formula(rule: Rule, cells: Cells) -> str:
    name = rule["fact"]
    points = f"MIN({cells.weight},{name})" if cells.weight not in ("", "0") else name
    return (
        f'IF({name}="{NOT_APPLICABLE}","{NOT_APPLICABLE}",IF(ISNUMBER({name}),MAX(0,{points}),""))'
    )


def explain(word: str, scored: Scored) -> str:
    """`word`: 加 or 扣."""
    assert scored.points is not None
    return f"{word}分项，{word} {show(scored.points)} 分"


def standard(word: str, rule: Rule, subject: Subject) -> str:
    guide = rule.get("guide") or f"按实际情况{word}分"
    limit = f"，最多{word}{subject.weight}分" if subject.weight else ""
    return f"{guide}{limit}，不计入分母。"
