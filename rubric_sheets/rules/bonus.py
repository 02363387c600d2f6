"""加分项: points judged by the unit, added to the total, outside of the base."""

from __future__ import annotations

from . import judged, outside
from .base import ADDED, Given, Rule, Scored, Subject

LABEL = "加分项"
READS_MEASURE = False
COUNTS = ADDED
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
    return outside.explain("加", scored)


def standard(rule: Rule, subject: Subject) -> str:
    return outside.standard("加", rule, subject)
