"""One cause, one finding; and what is false stands before what is only missing."""

from __future__ import annotations

from collections.abc import Callable

from ..facts.model import FactSet
from ..findings.finding import Finding
from ..rubric.model import Rubric
from ..rubric.once import once

ORDER = {"error": 0, "warning": 1, "note": 2}

# Within a severity: figures that cannot be, figures that contradict each other, scores that the
# rule does not give, all else, reasons that are missing, facts that are missing.
SERIOUSNESS = (
    (
        "heading-missing",
        "heading-double",
        "cell-percent",
        "sum-differs",
        "sum-part-blank",
        "total-blank",
        "totals-empty",
        "summary-differs",
        "subtotal-differs",
        "subtotal-impossible",
        "total-differs",
        "total-impossible",
        "claim-outside",
        "group-over",
        "weight-changed",
        "weights-sum",
        "own-weights",
    ),
    (
        "fact-check",
        "grade-differs",
        "claim-not-applicable",
        "claim-left-out",
        "not-computable",
        "unit-slip",
        "unit-slip-ratio",
        "unit-slip-large",
        "unit-slip-goal",
        "measure-over",
    ),
    (
        "claim-too-high",
        "claim-too-low",
        "claim-weighted-twice",
        "claim-contradicted",
        "goal-too-high",
        "goal-too-low",
        "goal-none",
    ),
    (),  # all else
    ("lost-without-reason",),
    (
        "goal-blank",
        "full-without-fact",
        "claim-without-fact",
        "weight-missing",
        "facts-missing",
        "list-unfinished",
        "not-scored",
        "rows-blank",
        "not-judged",
        "judged-missing",
        "incomplete",
    ),
)
ELSE = SERIOUSNESS.index(())
RANK = {code: rank for rank, codes in enumerate(SERIOUSNESS) for code in codes}

OF_SUMS = frozenset(
    (
        "subtotal-differs",
        "subtotal-impossible",
        "total-differs",
        "total-impossible",
        "grade-differs",
    )
)

# Their mends ask for the reason of lost points already.
ASKS_FOR_REASON = frozenset(("claim-too-low", "claim-weighted-twice"))


def rank(one: Finding) -> tuple[int, int]:
    """Errors first, and within a severity the most serious."""
    return ORDER[one.severity], RANK.get(one.code, ELSE)


def by_seriousness(rubric: Rubric) -> Callable[[Finding], tuple[int, int, int, int, str]]:
    """The most serious first, then sheet by sheet, as a person works through them."""
    sheets = _sheets(rubric)

    def key(one: Finding) -> tuple[int, int, int, int, str]:
        at = sheets.get(one.sheet, len(sheets))
        row = int(one.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or "0")
        return (*rank(one), at, row, one.cell)

    return key


@once
def _sheets(rubric: Rubric) -> dict[str, int]:
    """The sheets with facts, and how they follow one another."""
    names = dict.fromkeys(spec["sheet"] for spec in rubric["facts"].values())
    return {name: number for number, name in enumerate(names)}


def without_echoes(found: list[Finding], facts: FactSet) -> list[Finding]:
    """A score that was typed as a percentage is told as that: what follows from the small number
    that stands there, of its cell and of the sums, is no second mistake."""
    claimed = {place.address for place in facts.claims.places.values()}
    wrong = claimed & {(one.sheet, one.cell) for one in found if one.code == "cell-percent"}
    if not wrong:
        return found
    return [
        one
        for one in found
        if one.code == "cell-percent" or not ((one.sheet, one.cell) in wrong or one.code in OF_SUMS)
    ]


def merged(found: list[Finding]) -> list[Finding]:
    """The findings of one cause as one: the first is told, with all that is to be done.

    Findings without a cause are left alone. The order is kept.
    """
    told: dict[str, Finding] = {}
    for number, one in enumerate(found):
        cause = one.cause or f"#{number}"
        told[cause] = _both(told[cause], one) if cause in told else one
    return list(told.values())


def _both(one: Finding, other: Finding) -> Finding:
    """What was found first explains the rest; but an error is never told as less."""
    first, second = sorted((one, other), key=lambda each: ORDER[each.severity])
    if second.fix in first.fix or first.code in ASKS_FOR_REASON:
        return first
    return first._replace(fix=first.fix + second.fix)
