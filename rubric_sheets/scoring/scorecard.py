"""From facts and claims to a scorecard: one result per indicator, each with its reason,
and an honest total."""

from __future__ import annotations

from fractions import Fraction

from ..exact.expressions import divisions, parse
from ..exact.quantities import NOT_APPLICABLE, ZERO, plain, show
from ..exact.quantities import total as sum_of
from ..exact.written import to_chinese
from ..facts.model import Claim, FactSet, Value
from ..findings.finding import Finding, finding
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.own_figures import PROJECTS
from ..rubric.parts import parts_of, weight_of
from ..rubric.statuses import ERROR, LEFT_OUT, MISSING, OK
from ..rules import is_outside, own_score
from ..rules import rule as rule_module
from ..rules.base import ADDED, TAKEN_OFF, Given, Scored
from .groups import with_groups
from .outlook import certain_grade, possible, progress
from .ratios import (
    NO_MEASURE,
    Measure,
    condition,
    fact_measure,
    lacking,
    lookup,
    ratio,
    sign_of,
    unit_of,
)
from .result import Entry, Result, Scorecard
from .sums import base_of, is_pending, raw_of, rescaled, rescales, whole_base

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NO_CLAIM = Claim()


class _Scorer:
    """Scores indicator by indicator; `findings` and `measures` gather what comes up on the way."""

    def __init__(self, rubric: Rubric, facts: FactSet) -> None:
        self.rubric, self.facts = rubric, facts
        self.findings: list[Finding] = []
        self.ratios: dict[str, Measure] = {}
        self.measures: dict[str, Measure] = {}  # by indicator, for those that have one
        self.figures: dict[str, Value] = {}
        self.unweighed = 0  # how many indicators inside the base still wait for their weight

    def results(self) -> list[Result]:
        """All indicators of the rubric, then the filled rows of the unit's own list."""
        own: list[Result] = []
        if "targets" in self.rubric:
            from .own_list import figures_of, own_indicators

            own = [self.own_indicator(*row) for row in own_indicators(self.rubric, self.facts)]
            self.figures = figures_of(self.rubric, own)
        if PROJECTS in self.rubric["tables"]:
            from .project_scores import of_projects

            self.figures = {**self.figures, **of_projects(self.rubric, self.facts)}
        self.facts = self.facts.having(self.figures)
        return [*(self.indicator(spec) for spec in self.rubric["indicators"]), *own]

    def indicator(self, planned: IndicatorSpec) -> Result:
        spec, weight = self.named(planned), self.weight(planned)
        claim = self.facts.claims.indicators.get(spec["id"], NO_CLAIM)
        measure = self.measure(spec)
        if "weight_fact" in spec and not weight and not is_outside(spec["rule"]):
            self.unweighed += 1
        if not isinstance(weight, Fraction):
            return self.without_weight(Entry(spec, None, claim), weight)
        entry, rule = Entry(spec, weight, claim), rule_module(spec["rule"]["kind"])
        if when := spec.get("applies_when"):
            applies = condition(when, self.facts)
            if applies.status != OK:
                return self.without_measure(entry, applies)
        if when := spec.get("void_when"):
            void = condition(when, self.facts)
            if void.status == OK:
                return entry.voided(void_reason(spec), is_judged=rule.JUDGED)
            if void.status != LEFT_OUT:
                return entry.unscored(void.status, void.text, missing=void.missing)
        if rule.READS_MEASURE and measure.status != OK:
            return self.without_measure(entry, measure)
        values, missing, _ = lookup(rule.facts(spec["rule"]), self.facts)
        known = {name: None if name in missing else value for name, value in values.items()}
        given = self.given(spec, weight, measure, values)
        needed = rule.needed(spec["rule"], known, given.x)
        lost = tuple(name for name in missing if name in needed)
        if lost:
            return entry.unscored(MISSING, self.missing_text(spec, lost), missing=lost)
        given = given._replace(values={name: values[name] for name in needed})
        return self.by_rule(entry, rule, given, measure.value)

    def own_indicator(self, spec: IndicatorSpec, claim: Claim, blank: tuple[str, ...]) -> Result:
        """One row of the unit's own list; `blank`: names of its cells that are not filled."""
        weight = plain(spec["weight"])
        entry = Entry(spec, weight, claim)
        if isinstance(claim.score, str) and claim.score == NOT_APPLICABLE:
            return entry.left_out("单位填为不适用，不计入分母")
        if blank:
            return entry.unscored(MISSING, f"缺少{'、'.join(blank)}，未评分", missing=blank)
        given = Given(weight, ZERO, "", spec["levels"][-1], {"claim": claim.score})
        return self.by_rule(entry, rule_module("target"), given)

    def named(self, spec: IndicatorSpec) -> IndicatorSpec:
        """With the name that the unit gave to an indicator of its own."""
        if "name_fact" not in spec:
            return spec
        name = str(self.facts.values.get(spec["name_fact"]) or spec["levels"][-1])
        return {**spec, "levels": [*spec["levels"][:-1], name]}

    def weight(self, spec: IndicatorSpec) -> Value:
        """The rubric's weight, or the one that the unit typed;
        不适用 for a row that it does not use, None while missing."""
        if "weight_fact" not in spec:
            return plain(spec["weight"])
        name = spec["weight_fact"]
        weight = self.facts.values.get(name)
        if name in self.facts.invalid or (isinstance(weight, Fraction) and weight < 0):
            return None
        return NOT_APPLICABLE if weight == 0 and "name_fact" in spec else weight

    def measure(self, spec: IndicatorSpec) -> Measure:
        """What the indicator measures; a ratio is computed once,
        however many indicators share it."""
        if "ratio" in spec:
            name = spec["ratio"]
            if name not in self.ratios:
                self.ratios[name] = ratio(name, self.rubric["ratios"][name]["formula"], self.facts)
            measure = self.ratios[name]
        elif "value" in spec:
            measure = fact_measure(self.rubric, spec["value"], self.facts)
        else:
            return NO_MEASURE
        if measure.top == 0 and "zero" in spec and self.has_plain_divisions(spec):
            measure = measure._replace(status=LEFT_OUT)
        self.measures[spec["id"]] = measure
        return measure

    def has_plain_divisions(self, spec: IndicatorSpec) -> bool:
        """Can the sheet tell a 0/0 inside of its measure from another division by zero?"""
        text = self.rubric["ratios"][spec["ratio"]]["formula"] if "ratio" in spec else ""
        return bool(text) and divisions(parse(text)) is not None

    def given(
        self, spec: IndicatorSpec, weight: Fraction, measure: Measure, values: dict[str, Any]
    ) -> Given:
        """What the rule is given."""
        sign, x = sign_of(self.rubric, spec), measure.value or ZERO
        return Given(
            weight=weight,
            x=x * 100 if sign == "%" else x,
            unit=sign or unit_of(self.rubric, spec),
            text=measure.text or spec["levels"][-1],
            values=values,
        )

    def by_rule(
        self, entry: Entry, rule: Any, given: Given, measured: Fraction | None = None
    ) -> Result:
        """What the rule makes of it; `measured` is shown beside it."""
        spec = entry.spec
        scored: Scored = rule.score(spec["rule"], given)
        for code, params in scored.warnings:
            place = self.facts.claims.place(spec["id"])
            self.findings.append(finding(code, *place, indicator=spec["levels"][-1], **params))
        if scored.points is None and not scored.warnings:
            return entry.left_out("不适用", measured)
        if scored.points is None:
            return entry.unscored(ERROR, rule.explain(spec["rule"], given, scored), measured)
        reason = rule.explain(spec["rule"], given, scored)
        if spec.get("group") and rule.JUDGED:
            reason = f"单位自评 {show(scored.points)} 分"  # what it loses, the group tells
        become = entry.judged if rule.JUDGED else entry.scored
        return become(scored.points, scored.base, reason, measured)

    def without_measure(self, entry: Entry, measure: Measure) -> Result:
        """不适用, 0/0 or x/0: the rubric says whether that is full marks, none, the unit's own
        score, or no item at all."""
        weight, zero = entry.weight or ZERO, entry.spec.get("zero")
        if measure.status == ERROR and measure.top is not None:
            zero = entry.spec.get("over_zero")
        if measure.status != LEFT_OUT and not (zero and measure.top is not None):
            return entry.unscored(measure.status, measure.text, missing=measure.missing)
        text = measure.text
        if zero:
            text = entry.spec.get("zero_text", text)
        if zero == "full":
            return entry.scored(weight, weight, f"{text}，按规定得满分 {show(weight)} 分")
        if zero == "none":
            return entry.scored(ZERO, weight, f"{text}，按规定得 0 分")
        if zero == "manual":
            return entry.by_hand(f"{text}，以单位自评为准")
        return entry.left_out(f"{text}，不计入分母")

    def without_weight(self, entry: Entry, weight: Value) -> Result:
        """`weight`: what stands in its place."""
        if weight == NOT_APPLICABLE:
            return entry.left_out("适用分值填为不适用，不计入分母")
        return entry.unscored(MISSING, "缺少适用分值，未评分")

    def missing_text(self, spec: IndicatorSpec, missing: tuple[str, ...]) -> str:
        if own_score(spec["rule"]) in missing:
            return "单位尚未填写自评得分"
        return f"{lacking(missing, self.facts)}，未评分"


def void_reason(spec: IndicatorSpec) -> str:
    """Why an indicator has no points whatever its rule gives."""
    text = spec.get("void_text") or to_chinese(parse(spec["void_when"]))
    return f"{text}，按规定得 0 分"


def score(rubric: Rubric, facts: FactSet) -> Scorecard:
    """Score all indicators; the total is rescaled to full marks over the weights that apply."""
    scorer = _Scorer(rubric, facts)
    results = scorer.results()
    parts = parts_of((result.spec for result in results), rubric["groups"])
    results = with_groups(parts, results)
    weight = weight_of(parts, [result.weight for result in results])
    is_settled = weight == plain(rubric["full_marks"])
    if rescales(rubric):
        is_settled = not scorer.unweighed
    applicable = sum_of(base_of(part, results) for part in parts)
    raw, base = (
        raw_of(parts, results),
        whole_base(rubric, weight, applicable, is_settled=is_settled),
    )
    bonus, penalty = raw_of(parts, results, ADDED), raw_of(parts, results, TAKEN_OFF)
    bounds = possible(
        rubric,
        parts,
        results,
        points=raw,
        base=base,
        outside=bonus - penalty,
        is_settled=is_settled,
    )
    total = None
    if base and any(result.score is not None for result in results):
        total = max(ZERO, rescaled(rubric, raw, base) + bonus - penalty)
    return Scorecard(
        results=results,
        parts=parts,
        raw=raw,
        base=base,
        bonus=bonus,
        penalty=penalty,
        total=total,
        grade="" if total is None or not is_settled else certain_grade(rubric, bounds),
        pending=sum(is_pending(part, results) for part in parts),
        findings=scorer.findings,
        measures=scorer.measures,
        is_settled=is_settled,
        possible=None if total is None else bounds,
        progress=progress(parts, results),
        figures=scorer.figures,
    )
