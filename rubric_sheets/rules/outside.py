"""Points outside of the base, judged by the unit: what bonus and penalty share."""

from __future__ import annotations

from ..exact.quantities import NOT_APPLICABLE, ZERO, show
from . import counts
from .base import ADDED, Cells, Given, Rule, Scored, Subject, clamp
from .judged import PARAMETERS, asked, base_formula, facts, faults, limits, needed

__all__ = [
    "JUDGED",
    "PARAMETERS",
    "READS_MEASURE",
    "asked",
    "base_formula",
    "explain",
    "facts",
    "faults",
    "formula",
    "limits",
    "needed",
    "score",
    "standard",
]
READS_MEASURE = False
JUDGED = True


def told(rule: Rule) -> str:
    """How the points of its kind count, in a word."""
    return "加" if counts(rule) == ADDED else "扣"


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


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    word = told(rule)
    assert scored.points is not None
    return f"{word}分项，{word} {show(scored.points)} 分"


def standard(rule: Rule, subject: Subject) -> str:
    word = told(rule)
    guide = rule.get("guide") or f"按实际情况{word}分"
    limit = f"，最多{word}{subject.weight}分" if subject.weight else ""
    return f"{guide}{limit}，不计入分母。"
