"""按例减分: points counted by cases, taken from the total outside of the base."""

from __future__ import annotations

from . import counted
from .base import TAKEN_OFF, Given, Rule, Scored, Subject, needs_all, no_faults, whole_weight

LABEL = "按例减分"
READS_MEASURE = False
COUNTS = TAKEN_OFF
JUDGED = False
PARAMETERS = counted.PARAMETERS
facts = counted.facts
needed = needs_all
asked = counted.asked
faults = no_faults
score = counted.score
formula = counted.formula
base_formula = whole_weight


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    return counted.explain("扣", rule, given, scored)


def standard(rule: Rule, subject: Subject) -> str:
    return counted.standard("扣", rule, subject)
