"""扣分项: points judged by the unit, taken from the total, outside of the base."""

from __future__ import annotations

from ..quantities import show
from . import judged
from .base import Given, Rule, Scored, Subject

LABEL = "扣分项"
READS_MEASURE = False
PARAMETERS = judged.PARAMETERS
facts = judged.facts
score = judged.score
formula = judged.formula


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    assert scored.points is not None
    return f"扣分项，扣 {show(scored.points)} 分"


def standard(rule: Rule, subject: Subject) -> str:
    guide = rule.get("guide") or "按实际情况扣分"
    return f"{guide}，最多扣{subject.weight}分，不计入分母。"
