"""One wrong figure of a form is told once: a score that breaks the total, a weight that breaks its
level and the whole, an amount that breaks its sum, its rate and the score of the rate."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import plain
from ..findings.finding import Finding
from .part import Part, where
from .sentences.statement import NO, Statement
from .sightings import Evidence
from .tables.funds import TOTAL
from .told import Told

SCORES = ("claim-outside", "claim-too-high", "claim-too-low")
NEAR = Fraction(2, 100)


def of_findings(part: Part, found: list[Finding]) -> list[Finding]:
    """Spending beyond the budget is told of the amounts, not of their ratio again; where weights
    do not add up, nobody is told that one of them would give more points."""
    codes = {f.code for f in found}
    is_told = any(f.code == "fact-check" and "全年执行数" in f.message for f in found)
    left = {"measure-over"} if is_told else set()
    rows = [row for some in part.rows.values() for row in some]
    spots = {where(one) for row in rows for one in row.values()}
    doubted = spots if "weights-sum" in codes else set()
    return [
        f
        for f in found
        if f.code not in left and not (f.code == "claim-too-low" and f.cell in doubted)
    ]


def of_part(told: list[Told], part: Part, statements: list[Statement]) -> list[Told]:
    """The findings of one form without those that follow from another."""
    return _of_spending(_of_total(told), part, statements)


def of_weights(told: list[Told]) -> list[Told]:
    """Weights that break their level are told there."""
    codes = {one.finding.code for one in told}
    left = {"weights-sum"} if "report-level-weight" in codes else set()
    return [one for one in told if one.finding.code not in left]


def _of_total(told: list[Told]) -> list[Told]:
    """A total that would be right with the one score that is wrong."""
    total = next((one for one in told if one.finding.code == "total-differs"), None)
    scores = [one for one in told if one.finding.code in SCORES]
    if total is None or len(scores) != 1:
        return told
    gap = _number(total.finding.expected) - _number(total.finding.actual)
    one = scores[0].finding
    is_outside = one.code == "claim-outside"
    excess = gap if is_outside else _number(one.actual) - _number(one.expected)
    if abs(gap - excess) > NEAR or (is_outside and gap <= 0):
        return told
    both = scores[0]._replace(evidence=(*scores[0].evidence, *total.evidence[:1]))
    return [both if each is scores[0] else each for each in told if each is not total]


def _number(text: str) -> Fraction:
    try:
        return plain(text)
    except ValueError:
        return Fraction(0)


def _of_spending(told: list[Told], part: Part, statements: list[Statement]) -> list[Told]:
    """Of amounts that break their own sum or rate nothing else is told."""
    wrong = {each for one in statements if one.holds == NO for each in (one.evidence, *one.others)}
    given = {
        one.evidence
        for name in ("全年预算数", "全年执行数")
        for one in part.facts.get(TOTAL + name, ())[:1]
    }
    if not wrong & given:
        return told
    item = part.items.get("execution")
    is_typed = item is not None and _is_of_typed_rate(part, item.score)
    return [one for one in told if not _follows(one, item.evidence if is_typed and item else None)]


def _follows(one: Told, score: Evidence | None) -> bool:
    code = one.finding.code
    if code in ("fact-check", "measure-over"):
        return "全年执行数" in one.finding.message or code == "measure-over"
    return code in SCORES and score is not None and score in one.evidence


def _is_of_typed_rate(part: Part, score: Fraction | None) -> bool:
    """Does the score follow from the rate that the form prints?"""
    rate = part.rate.value if part.rate is not None else None
    specs = [one for one in part.rubric["indicators"] if one["id"] == "execution"]
    if not isinstance(rate, Fraction) or score is None or not specs:
        return False
    due = min(rate, Fraction(100)) / 100 * plain(specs[0]["weight"])
    return abs(due - score) <= NEAR
