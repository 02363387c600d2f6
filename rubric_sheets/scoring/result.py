"""What scoring gives: one result per indicator, and the scorecard."""

from __future__ import annotations

from fractions import Fraction

from ..facts.model import Value
from ..findings.finding import Finding
from ..records import Record
from ..rubric.model import IndicatorSpec
from .ratios import Measure


class Result(Record):
    """One indicator. `computed` is what the rule gives, `claimed` what the unit typed, `score` what counts.

    status: scored, judged, not_applicable, missing or error. `base` is the applicable part of the weight.
    """

    spec: IndicatorSpec
    weight: Fraction
    status: str
    ratio: Fraction | None
    computed: Fraction | None
    claimed: Value
    score: Fraction | None
    base: Fraction
    reason: str
    note: str
    by_hand: bool = False  # the rubric leaves this case to the unit's own score


class Scorecard(Record):
    """`measures`: what the 指标值 of each indicator came to, whatever became of the indicator. `total` = raw ÷ base × full marks + bonus − penalty; `complete` is False while an indicator has no computed score."""

    results: list[Result]
    raw: Fraction
    base: Fraction
    bonus: Fraction
    penalty: Fraction
    total: Fraction | None
    grade: str
    complete: bool
    findings: list[Finding]
    subtotals: dict[str, tuple[Fraction, Fraction]]
    measures: dict[str, Measure]
