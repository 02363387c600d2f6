"""From facts and claims to a scorecard: one result per indicator, each with its reason, and an honest total."""

from __future__ import annotations

from fractions import Fraction

from ..exact.expressions import evaluate, names_in, parse
from ..exact.quantities import NOT_APPLICABLE, ZERO, plain, show
from ..exact.quantities import total as sum_of
from ..facts.model import Claim, FactSet, Value
from ..findings.finding import Finding, finding
from ..rubric.model import IndicatorSpec, Rubric
from ..rules import counts, is_judged
from ..rules import rule as rule_module
from ..rules.base import ADDED, INSIDE, TAKEN_OFF, Given, Scored, clamp
from .ratios import LEFT_OUT, MISSING, OK, Measure, lacking, lookup, ratio
from .result import Result, Scorecard
from .sums import grade, grade_name, in_scored_group, sums

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


APPLIES = Measure(OK)
NO_CLAIM = Claim()


class _Scorer:
    def __init__(self, rubric: Rubric, facts: FactSet) -> None:
        self.rubric, self.facts = rubric, facts
        self.findings: list[Finding] = []
        self.ratios: dict[str, Measure] = {}
        self.measures: dict[str, Measure] = {}  # by indicator, for those that have one

    def weight(self, spec: IndicatorSpec) -> Value:
        """The rubric's weight, or the one that the unit typed; None while it is missing."""
        if "weight_fact" not in spec:
            return plain(spec["weight"])
        name = spec["weight_fact"]
        value = self.facts.values.get(name)
        known = name not in self.facts.invalid and not (isinstance(value, Fraction) and value < 0)
        return value if known else None

    def measure(self, spec: IndicatorSpec) -> tuple[Measure, str]:
        """The indicator's measure and its unit; value facts of kind percent are ratios too."""
        if "ratio" in spec:
            name = spec["ratio"]
            if name not in self.ratios:
                self.ratios[name] = ratio(name, self.rubric["ratios"][name]["formula"], self.facts)
            return self.ratios[name], "%"
        if "value" not in spec:
            return APPLIES, ""
        name = spec["value"]
        unit = "%" if self.rubric["facts"][name]["kind"] == "percent" else ""
        measure = ratio(name, name, self.facts)
        if measure.status == OK:
            shown = (
                show(measure.value * 100) + "%"
                if unit
                else show(measure.value) + self.rubric["facts"][name]["unit"]
            )
            measure = measure._replace(text=f"{name} {shown}")
        return measure, unit

    def applies(self, spec: IndicatorSpec) -> Measure:
        """Whether the indicator's own condition holds."""
        when = spec.get("applies_when")
        if not when:
            return APPLIES
        values, missing, left_out = lookup(names_in(when), self.facts)
        if left_out:
            return Measure(LEFT_OUT, text=f"“{'”“'.join(values)}”填为不适用")
        if missing:
            return Measure(MISSING, text=f"{lacking(missing, self.facts)}，未评分", missing=missing)
        if evaluate(parse(when), values):
            return APPLIES
        return Measure(
            LEFT_OUT,
            text="、".join(
                f"{n}为 {show(v)}" for n, v in values.items() if isinstance(v, Fraction)
            ),
        )

    def row(self, spec: IndicatorSpec, claim: Claim, blank: tuple[str, ...]) -> Result:
        """One row of the unit's own list."""
        weight, (claimed, note) = plain(spec["weight"]), claim
        if claimed == NOT_APPLICABLE:
            return Result(
                spec,
                weight,
                "not_applicable",
                None,
                None,
                claimed,
                None,
                ZERO,
                "单位填为不适用，不计入分母",
                note,
            )
        if blank:
            reason = f"缺少{'、'.join(blank)}，未评分"
            return Result(
                spec,
                weight,
                "missing",
                None,
                None,
                claimed,
                _claim_score(claimed, weight),
                weight,
                reason,
                note,
            )
        given = Given(weight, ZERO, "", spec["levels"][-1], {"claim": claimed})
        return self.by_rule(spec, rule_module("target"), given, None, claimed, note)

    def result(self, spec: IndicatorSpec) -> Result:
        weight = self.weight(spec)
        if "name_fact" in spec:
            name = str(self.facts.values.get(spec["name_fact"]) or spec["levels"][-1])
            spec = {**spec, "levels": [*spec["levels"][:-1], name]}
            if weight == 0:
                weight = NOT_APPLICABLE  # a row that the unit does not use
        claimed, note = self.facts.claims.indicators.get(spec["id"], NO_CLAIM)
        measure, unit = self.measure(spec)
        measured = "ratio" in spec or "value" in spec
        if measured:
            self.measures[spec["id"]] = measure
        if not isinstance(weight, Fraction):
            status = "not_applicable" if weight == NOT_APPLICABLE else "missing"
            reason = (
                "适用分值填为不适用，不计入分母"
                if weight == NOT_APPLICABLE
                else f"缺少“{spec['weight_fact']}”，未评分"
            )
            return Result(spec, ZERO, status, None, None, claimed, None, ZERO, reason, note)
        module = rule_module(spec["rule"]["kind"])
        for_show = measure.value if measure.status == OK and measured else None
        if not module.READS_MEASURE:
            measure = measure._replace(status=OK) if measure.text else APPLIES
        applies = self.applies(spec)
        if applies.status != OK:
            measure = applies
        shown = for_show if measure.status == OK else None
        if measure.status == OK:
            values, missing, _ = lookup(module.facts(spec["rule"]), self.facts)
            if missing:
                measure = Measure(MISSING, text=self.missing_text(spec, missing), missing=missing)
            else:
                x = measure.value * 100 if unit == "%" else measure.value
                given = Given(weight, x, unit, measure.text or spec["levels"][-1], values)
                return self.by_rule(spec, module, given, shown, claimed, note)
        if measure.status == LEFT_OUT:
            return self.by_zero(spec, weight, measure, claimed, note)
        status = "missing" if measure.status == MISSING else "error"
        return Result(
            spec,
            weight,
            status,
            None,
            None,
            claimed,
            _claim_score(claimed, weight),
            weight,
            measure.text,
            note,
        )

    def missing_text(self, spec: IndicatorSpec, missing: tuple[str, ...]) -> str:
        if is_judged(spec["rule"]):
            return "单位尚未填写自评得分"
        return f"{lacking(missing, self.facts)}，未评分"

    def by_rule(
        self,
        spec: IndicatorSpec,
        module: Any,
        given: Given,
        shown: Fraction | None,
        claimed: Value,
        note: str,
    ) -> Result:
        scored: Scored = module.score(spec["rule"], given)
        reason = (
            module.explain(spec["rule"], given, scored)
            if scored.points is not None or scored.warnings
            else "不适用"
        )
        if spec.get("group") and scored.points is not None:
            reason = (
                f"单位自评 {show(scored.points)} 分（与同组各项合计不超过 {show(given.weight)} 分）"
            )
        for code, params in scored.warnings:
            place = self.facts.claims.place(spec["id"])
            self.findings.append(
                finding(code, *place, indicator="·".join(spec["levels"][-1:]), **params)
            )
        if scored.points is None:
            status = "error" if scored.warnings else "not_applicable"
            score = _claim_score(claimed, given.weight) if scored.warnings else None
            return Result(
                spec, given.weight, status, shown, None, claimed, score, scored.base, reason, note
            )
        if module.JUDGED:
            base = scored.base if module.COUNTS == INSIDE else ZERO
            return Result(
                spec,
                given.weight,
                "judged",
                shown,
                None,
                claimed,
                scored.points,
                base,
                reason,
                note,
            )
        return Result(
            spec,
            given.weight,
            "scored",
            shown,
            scored.points,
            claimed,
            scored.points,
            scored.base,
            reason,
            note,
        )

    def by_zero(
        self, spec: IndicatorSpec, weight: Fraction, measure: Measure, claimed: Value, note: str
    ) -> Result:
        """0/0 or 不适用: the rubric says whether that is full marks, no item at all, or the unit's own score."""
        policy = spec.get("zero", "not_applicable")
        if policy == "full":
            reason = f"{measure.text}，按规定得满分 {show(weight)} 分"
            return Result(
                spec, weight, "scored", None, weight, claimed, weight, weight, reason, note
            )
        if policy == "manual":
            score = _claim_score(claimed, weight)
            reason = f"{measure.text}，以单位自评为准"
            return Result(
                spec,
                weight,
                "missing" if score is None else "judged",
                None,
                None,
                claimed,
                score,
                weight,
                reason,
                note,
                True,
            )
        return Result(
            spec,
            weight,
            "not_applicable",
            None,
            None,
            claimed,
            None,
            ZERO,
            f"{measure.text}，不计入分母",
            note,
        )


def _claim_score(claimed: Value, weight: Fraction) -> Fraction | None:
    return clamp(claimed, weight) if isinstance(claimed, Fraction) else None


def score(rubric: Rubric, facts: FactSet) -> Scorecard:
    """Score all indicators; the total is rescaled to full marks over the weights that apply."""
    scorer = _Scorer(rubric, facts)
    results = [scorer.result(spec) for spec in rubric["indicators"]]
    if "targets" in rubric:
        from .own_list import indicators

        results += [scorer.row(*row) for row in indicators(rubric, facts)]
    raw, base, subtotals = sums(rubric, results)
    bonus = sum_of(r.score for r in results if r.score and counts(r.spec["rule"]) == ADDED)
    penalty = sum_of(r.score for r in results if r.score and counts(r.spec["rule"]) == TAKEN_OFF)
    full = plain(rubric["full_marks"])
    anything = any(r.score is not None for r in results)
    total = max(ZERO, raw / base * full + bonus - penalty) if base and anything else None
    unscored = [
        r for r in results if r.status in ("missing", "error") and not in_scored_group(r, results)
    ]
    own = grade(rubric, total)
    findings, measures = scorer.findings, scorer.measures
    return Scorecard(
        results, raw, base, bonus, penalty, total, own, not unscored, findings, subtotals, measures
    )


__all__ = ["NOT_APPLICABLE", "Result", "Scorecard", "grade", "grade_name", "score"]
