"""A statement: what a report claims, and whether it follows from its own other figures.

A claim is wrong only if no values inside the rounding intervals of its inputs can give it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...exact.quantities import exact, round_half_up, show
from ...records import Record
from ..sightings import Evidence
from ..words.numbers import MONEY, Mention

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

YES, ROUNDED, TRUNCATED, NO, UNKNOWN = "yes", "rounded", "truncated", "no", "unknown"
Range = tuple[Fraction, Fraction]


class Statement(Record):
    """`severity`: how bad it is where it does not hold; `others`: what it was compared with."""

    kind: str
    evidence: Evidence
    claimed: str
    exact: str
    holds: str
    how: str = ""  # the arithmetic, in words
    due: str = ""  # what should stand there, as it is printed
    severity: str = "error"
    others: tuple[Evidence, ...] = ()
    at: int = -1  # where the claimed figure stands in its passage
    uses: tuple[int, ...] = ()  # and the figures that it follows from

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            **self.evidence.as_json(),
            "claimed": self.claimed,
            "exact": self.exact,
            "holds": self.holds,
            "how": self.how,
        }


def stated(
    kind: str,
    evidence: Evidence,
    claim: Mention,
    value: Fraction,
    holds: str,
    how: str,
    severity: str = "error",
) -> Statement:
    """A statement about one printed figure."""
    due = shown(rounded(value, claim.step), claim)
    exact_ = shown(value, claim)
    made = Statement(kind, evidence, claim.text, exact_, holds, how, due, severity)
    return made._replace(at=claim.start)


def added(
    kind: str,
    evidence: Evidence,
    claim: Mention,
    parts: Sequence[Mention],
    holds: str = "",
    severity: str = "error",
) -> Statement:
    """A total against its parts. `holds`: where that is not the verdict on their sum."""
    value, room = spread(parts)
    how = " + ".join(one.text for one in parts) + f" = {near(value, claim)}"
    holds = holds or verdict(claim, value, room)
    return stated(kind, evidence, claim, value, holds, how, severity)


def verdict(claim: Mention, value: Fraction, room: Range) -> str:
    """Does a printed figure stand for `value`, which its inputs leave anywhere in `room`?"""
    step, printed = claim.step, claim.value
    if rounded(value, step) == printed:
        return YES
    low, high = room
    if low < high and low <= printed + step / 2 and printed - step / 2 <= high:
        return ROUNDED
    if cut(value, step) == printed:
        return TRUNCATED
    ends = sorted((printed, printed + (step if printed >= 0 else -step)))
    if low < ends[1] and ends[0] <= high:
        return TRUNCATED
    return NO


def rounded(value: Fraction, step: Fraction) -> Fraction:
    """To whole steps, half away from zero."""
    return round_half_up(value / step, 0) * step


def cut(value: Fraction, step: Fraction) -> Fraction:
    """To whole steps, towards zero."""
    whole = abs(value) // step
    return whole * step if value >= 0 else -whole * step


def spread(parts: Sequence[Mention], signs: Sequence[int] = ()) -> tuple[Fraction, Range]:
    """The sum of mentions, and what it may be within their roundings."""
    signs = signs or [1] * len(parts)
    value = low = high = Fraction(0)
    for sign, part in zip(signs, parts):
        least, most = part.around()
        value += sign * part.value
        low += min(sign * least, sign * most)
        high += max(sign * least, sign * most)
    return value, (low, high)


def quotient(top: Mention, bottom: Mention, times: int = 100) -> tuple[Fraction, Range] | None:
    """top ÷ bottom × `times`, and its room; None where the divisor may be zero."""
    return divided((top.value, top.around()), (bottom.value, bottom.around()), times)


def divided(
    top: tuple[Fraction, Range], bottom: tuple[Fraction, Range], times: int = 100
) -> tuple[Fraction, Range] | None:
    """The quotient of two ranges."""
    low, high = bottom[1]
    if bottom[0] == 0 or low <= 0 <= high:
        return None
    ends = [a / b * times for a in top[1] for b in (low, high)]
    return top[0] / bottom[0] * times, (min(ends), max(ends))


def near(value: Fraction, one: Mention) -> str:
    """As `shown`, to four decimals: for people."""
    scale = MONEY.get(one.unit, Fraction(1))
    return show(value / scale, 4) + one.unit


def shown(value: Fraction, one: Mention) -> str:
    """A value in the unit in which a mention is printed, exact or to ten decimals."""
    scale = MONEY.get(one.unit, Fraction(1))
    return exact(value / scale) + one.unit
