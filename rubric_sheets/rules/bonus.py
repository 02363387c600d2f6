"""加分项: points judged by the unit, added to the total, outside of the base."""

from __future__ import annotations

from ..quantities import NOT_APPLICABLE, ZERO, show
from . import judged
from .base import Cells, Given, Rule, Scored, Subject, clamp

LABEL = "加分项"
READS_MEASURE = False
PARAMETERS = judged.PARAMETERS
facts = judged.facts


def score(rule: Rule, given: Given) -> Scored:
    """Without a weight there is no upper limit."""
    claim = given.values[rule["fact"]]
    if claim == NOT_APPLICABLE:
        return Scored(None, ZERO)
    return Scored(clamp(claim, given.weight) if given.weight else max(claim, ZERO), ZERO)


def formula(rule: Rule, cells: Cells) -> str:
    name = rule["fact"]
    points = f"MIN({cells.weight},{name})" if cells.weight not in ("", "0") else name
    return f'IF({name}="{NOT_APPLICABLE}","{NOT_APPLICABLE}",IF(ISNUMBER({name}),MAX(0,{points}),""))'


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    assert scored.points is not None
    return f"加分项，加 {show(scored.points)} 分"


def standard(rule: Rule, subject: Subject) -> str:
    guide = rule.get("guide") or "按实际情况加分"
    limit = f"，最多加{subject.weight}分" if subject.weight else ""
    return f"{guide}{limit}，不计入分母。"
