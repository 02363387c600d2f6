"""What the unit's own scores come to in sum, and what they can still come to."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO, agrees
from ..exact.quantities import total as sum_of
from ..findings.figures import Phrase
from ..findings.finding import Finding, finding
from ..rubric.statuses import LEFT_OUT
from ..scoring.result import Result, Scorecard
from ..scoring.sums import signed_claims


def claimed_sum(card: Scorecard, level: str = "") -> Fraction | None:
    """The sum of the claims, bonus added and penalty taken off, of a level neither;
    None while not all is claimed."""
    claims: list[Fraction] = []
    parts = [part for part in card.parts if not level or (part.is_inside and part.level == level)]
    for part in parts:
        own = signed_claims(part, card.results)
        claims += own
        if own or not part.is_inside:
            continue  # a group may be claimed in one cell
        if any(_is_open(member) for member in part.of(card.results)):
            return None
    total = sum_of(claims)
    if not level:
        total = max(total, ZERO)  # what is void takes off no more than there is
    return total if parts else None


def _is_open(member: Result) -> bool:
    """Is its claim still to come? What does not apply needs none."""
    return member.claimed is None and member.status != LEFT_OUT


def is_sum(typed: Fraction, items: Fraction, card: Scorecard, level: str = "") -> bool:
    """Is this the sum of the claims, or of the exact scores that they are, rounded?"""
    return typed == items or agrees(typed, items + rounded_off(card, level))


def rounded_off(card: Scorecard, level: str = "") -> Fraction:
    """What rounding took off the claims that are exact scores, rounded."""
    return sum_of(
        result.computed - result.claimed
        for result in card.results
        if level in ("", result.spec["levels"][0])
        and isinstance(result.claimed, Fraction)
        and result.computed is not None
        and agrees(result.claimed, result.computed)
    )


def impossible(
    code: str,
    place: tuple[str, str],
    claimed: Fraction,
    least: Fraction,
    most: Fraction | None,
    **more: str,
) -> Finding:
    """The limit as words of the sentence, and alone as what is expected."""
    what = Phrase("已填各项自评共 {} 分", (least,))
    expected = limit = Phrase("不少于 {}", (least,))
    if most is not None:
        what = Phrase("{}，未填各项最多再得 {} 分", (what, most - least))
        expected = Phrase("{}—{}", (least, most)) if most > least else Phrase("{}", (least,))
        limit = Phrase("为 {}", (expected,))
    return finding(
        code,
        *place,
        actual=claimed,
        expected=expected,
        limit=limit,
        what=what,
        **more,
    )


def reach(card: Scorecard, level: str = "") -> tuple[Fraction, Fraction | None]:
    """The least and the most that the items of a level can come to, or all inside the base:
    claims as they are, others from 0 to their weights.

    A group comes to its cap at most. No upper limit while a weight is unknown.
    """
    least: list[Fraction] = []
    rooms: list[Fraction] = []
    unknown = False
    for part in card.parts:
        if not part.is_inside or level not in ("", part.level):
            continue
        members, claimed = part.of(card.results), sum_of(signed_claims(part, card.results))
        room = sum_of(map(_room, members))
        if part.cap is not None:
            most = max(claimed, min(part.cap, claimed + room))
            claimed = min(claimed, part.cap)
            room = most - claimed
        unknown = unknown or any(
            member.claimed is None and member.is_weightless for member in members
        )
        least.append(claimed)
        rooms.append(room)
    return sum_of(least), None if unknown else sum_of([*least, *rooms])


def _room(result: Result) -> Fraction:
    """What an item without a claim may still get: nothing where it does not apply."""
    return result.weight if result.claimed is None and result.status != LEFT_OUT else ZERO
