"""扣分项: points judged by the unit, taken from the total, outside of the base."""

from __future__ import annotations

from . import judged, outside
from .base import TAKEN_OFF, Given, Rule, Scored, Subject

LABEL = "扣分项"
READS_MEASURE = False
COUNTS = TAKEN_OFF
JUDGED = True
PARAMETERS = judged.PARAMETERS
facts = judged.facts
needed = judged.needed
asked = judged.asked
faults = judged.faults
score = outside.score
formula = outside.formula
base_formula = judged.base_formula
limits = judged.limits


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    return outside.explain("扣", scored)


def standard(rule: Rule, subject: Subject) -> str:
    return outside.standard("扣", rule, subject)
