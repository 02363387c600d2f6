"""What scoring gives: one result per indicator, and the scorecard."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO
from ..facts.model import Claim, Value
from ..findings.finding import Finding
from ..records import Record
from ..rubric.model import IndicatorSpec
from ..rubric.parts import Part
from ..rubric.statuses import JUDGED, LEFT_OUT, MISSING, SCORED
from ..rules import is_outside
from ..rules.base import clamp
from .ratios import Measure

ROUNDING = Fraction(1, 10)  # points: from here on a claim is another score


class Result(Record):
    """One indicator. `computed` is what the rule gives, `claimed` what the unit typed,
    `score` what counts.

    `status`: one of STATUSES. `ratio`: what was measured.
    `base` is the applicable part of the weight.
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
    missing: tuple[str, ...] = ()  # the facts that its score would hang on

    @property
    def title(self) -> str:
        """Its last two levels; those that are blank leave no mark."""
        return "·".join(filter(None, self.spec["levels"][-2:]))

    @property
    def is_weightless(self) -> bool:
        """Has the unit not yet typed what it weighs?"""
        return self.status == MISSING and "weight_fact" in self.spec and not self.weight


def is_near(claimed: Fraction, computed: Fraction) -> bool:
    """Are they apart by rounding at most? Forms print rounded rates."""
    return abs(claimed - computed) < ROUNDING


class Entry(Record):
    """An indicator before it is scored, and what can become of it.
    `weight` is None while it is not known."""

    spec: IndicatorSpec
    weight: Fraction | None
    claim: Claim

    @property
    def own_score(self) -> Fraction | None:
        """The unit's own score, within bounds; none for a text,
        and none while the weight is not known."""
        if self.weight is None or not isinstance(self.claim.score, Fraction):
            return None
        if not self.weight and is_outside(self.spec["rule"]):
            return max(self.claim.score, ZERO)  # without a limit
        return clamp(self.claim.score, self.weight)

    def scored(
        self, points: Fraction, base: Fraction, reason: str, ratio: Fraction | None = None
    ) -> Result:
        """By its rule."""
        return self._result(SCORED, reason, score=points, base=base, computed=points, ratio=ratio)

    def judged(
        self, points: Fraction, base: Fraction, reason: str, ratio: Fraction | None = None
    ) -> Result:
        """By the unit, as the rule wants it."""
        return self._result(JUDGED, reason, score=points, base=base, ratio=ratio)

    def voided(self, reason: str, *, is_judged: bool) -> Result:
        """No points, whatever its rule or the unit gives."""
        base = ZERO if is_outside(self.spec["rule"]) else self.weight or ZERO
        status = JUDGED if is_judged else SCORED
        return self._result(status, reason, score=ZERO, base=base, computed=ZERO)

    def by_hand(self, reason: str) -> Result:
        """By the unit, because there is nothing for the rule to go by."""
        status = MISSING if self.own_score is None else JUDGED
        base = self.weight or ZERO
        result = self._result(status, reason, score=self.own_score, base=base)
        return result._replace(by_hand=True)

    def left_out(self, reason: str, ratio: Fraction | None = None) -> Result:
        """It does not apply and leaves the base."""
        return self._result(LEFT_OUT, reason, score=None, base=ZERO, ratio=ratio)

    def unscored(
        self,
        status: str,
        reason: str,
        ratio: Fraction | None = None,
        missing: tuple[str, ...] = (),
    ) -> Result:
        """MISSING or ERROR: the rule gives no score,
        so the unit's own counts where there is one."""
        base = self.weight or ZERO
        result = self._result(status, reason, score=self.own_score, base=base, ratio=ratio)
        return result._replace(missing=missing)

    def _result(
        self,
        status: str,
        reason: str,
        *,
        score: Fraction | None,
        base: Fraction,
        computed: Fraction | None = None,
        ratio: Fraction | None = None,
    ) -> Result:
        return Result(
            spec=self.spec,
            weight=self.weight or ZERO,
            status=status,
            ratio=ratio,
            computed=computed,
            claimed=self.claim.score,
            score=score,
            base=base,
            reason=reason,
            note=self.claim.note,
        )


class Scorecard(Record):
    """`total` = raw ÷ base × full marks + bonus − penalty.

    `measures`: by indicator, what it measures, whatever became of it.
    `parts` say how `results` add up;
    `pending` is how many of them still lack a basis for their score.
    `is_settled`: are all weights known, and do they add up? `possible`: the least and the most
    that the total can still come to; `grade` is empty while that is more than one grade.
    `progress`: how many indicators are scored, of how many.
    `figures`: what the unit's own list comes to, by the names of facts.
    """

    results: list[Result]
    parts: list[Part]
    raw: Fraction
    base: Fraction
    bonus: Fraction
    penalty: Fraction
    total: Fraction | None
    grade: str
    pending: int
    findings: list[Finding]
    measures: dict[str, Measure]
    is_settled: bool = True
    possible: tuple[Fraction, Fraction] | None = None
    progress: tuple[int, int] = (0, 0)
    figures: dict[str, Value] = {}  # noqa: RUF012 - of the unit's own list; never changed

    @property
    def complete(self) -> bool:
        return self.is_settled and not self.pending

    @property
    def room(self) -> Fraction | None:
        """How much the total can still grow; None where that cannot be said."""
        if self.possible is None or self.total is None:
            return None
        return self.possible[1] - self.total
