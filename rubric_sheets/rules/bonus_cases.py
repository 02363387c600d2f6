"""按例加分: points counted by cases, added to the total outside of the base."""

from __future__ import annotations

from . import counted
from .base import ADDED, Given, Rule, Scored, Subject, needs_all, no_faults, whole_weight

LABEL = "按例加分"
READS_MEASURE = False
COUNTS = ADDED
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
    return counted.explain("加", rule, given, scored)


def standard(rule: Rule, subject: Subject) -> str:
    return counted.standard("加", rule, subject)
