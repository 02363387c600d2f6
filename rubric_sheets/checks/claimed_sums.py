"""What the unit claims in sum against the claims of its items: groups, subtotals, total, grade."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO, agrees, exact
from ..exact.quantities import total as sum_of
from ..facts.model import FactSet
from ..findings.figures import Phrase
from ..findings.finding import Finding, finding
from ..places import slots
from ..places.names import SCORE_SHEET
from ..rubric.model import Rubric
from ..rubric.statuses import LEFT_OUT, MISSING
from ..scoring.result import Result, Scorecard
from ..scoring.sums import grade, grade_name, rescaled, signed_claims


def check(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """All findings about what is added up, in the order of the 评分表."""
    return _groups(facts, card) + _subtotals(rubric, facts, card) + _total(rubric, facts, card)


def _groups(facts: FactSet, card: Scorecard) -> list[Finding]:
    """What the members of a group claim together, against its cap."""
    found = []
    for part in card.parts:
        if part.cap is None:
            continue
        members, claims = part.of(card.results), signed_claims(part, card.results)
        place = facts.claims.place(members[0].spec["id"])
        total, room = sum_of(claims), part.cap
        names = [member.spec["levels"][-1] for member in members]
        if total > room:
            found.append(
                finding(
                    "group-over",
                    *place,
                    name=names,
                    actual=total,
                    expected=Phrase("不超过 {}", (room,)),
                )
            )
        elif not claims and all(member.status == MISSING for member in members):
            found.append(finding("not-judged", *place, name=names, weight=room))
        elif claims and total < room and not any(member.note for member in members):
            lost = room - total
            found.append(
                finding("lost-without-reason", *place, name=names, lost=lost, actual=total)
            )
    return found


def _claimed_sum(card: Scorecard, level: str = "") -> Fraction | None:
    """The sum of the claims, bonus added and penalty taken off, of a level neither;
    None while not all is claimed."""
    claims: list[Fraction] = []
    parts = [part for part in card.parts if not level or (part.is_inside and part.level == level)]
    for part in parts:
        own = signed_claims(part, card.results)
        claims += own
        if own or not part.is_inside:
            continue  # a group may be claimed in one cell
        if any(member.claimed is None for member in part.of(card.results)):
            return None
    return sum_of(claims) if parts else None


def _is_sum(typed: Fraction, items: Fraction, card: Scorecard, level: str = "") -> bool:
    """Is this the sum of the claims, or of the exact scores that they are, rounded?"""
    off = sum_of(
        result.computed - result.claimed
        for result in card.results
        if level in ("", result.spec["levels"][0])
        and isinstance(result.claimed, Fraction)
        and result.computed is not None
        and agrees(result.claimed, result.computed)
    )
    return typed == items or agrees(typed, items + off)


def _subtotals(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """Claimed subtotals against the claims of their items; while not all is claimed,
    against what they can come to."""
    found = []
    for index, level in enumerate(
        dict.fromkeys(spec["levels"][0] for spec in rubric["indicators"]), 1
    ):
        claimed = facts.claims.subtotals.get(level)
        if claimed is None:
            continue
        place = facts.claims.place(slots.subtotal(slots.SUBTOTAL_CLAIM, index))
        items = _claimed_sum(card, level)
        if items is not None:
            if not _is_sum(claimed, items, card, level):
                found.append(
                    finding(
                        "subtotal-differs",
                        *place,
                        name=level,
                        actual=claimed,
                        expected=items,
                    )
                )
            continue
        least, most = _reach(card, level)
        if claimed < least or (most is not None and claimed > most):
            found.append(_impossible(place, level, claimed, least, most))
    return found


def _impossible(
    place: tuple[str, str], level: str, claimed: Fraction, least: Fraction, most: Fraction | None
) -> Finding:
    """The limit as words of the sentence, and alone as what is expected."""
    what = Phrase("已填各项自评共 {} 分", (least,))
    expected = limit = Phrase("不少于 {}", (least,))
    if most is not None:
        what = Phrase("{}，未填各项最多再得 {} 分", (what, most - least))
        expected = Phrase("{}—{}", (least, most)) if most > least else Phrase("{}", (least,))
        limit = Phrase("为 {}", (expected,))
    return finding(
        "subtotal-impossible",
        *place,
        name=level,
        actual=claimed,
        expected=expected,
        limit=limit,
        what=what,
    )


def _reach(card: Scorecard, level: str) -> tuple[Fraction, Fraction | None]:
    """The least and the most that a level's items can come to: claims as they are,
    others from 0 to their weights.

    A group comes to its cap at most. No upper limit while a weight is unknown.
    """
    least: list[Fraction] = []
    rooms: list[Fraction] = []
    unknown = False
    for part in card.parts:
        if not part.is_inside or part.level != level:
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


def _total(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    claims, found = facts.claims, []
    items = _claimed_sum(card)
    if (
        claims.total is not None
        and items is not None
        and not _is_sum(claims.total, items, card)
        and not _is_rescaled(rubric, card, items, claims.total)
    ):
        found.append(
            finding(
                "total-differs",
                *facts.claims.place(slots.CLAIMED_TOTAL),
                actual=claims.total,
                expected=items,
            )
        )
    total = claims.total if claims.total is not None else items
    if claims.grade:
        own = grade_name(rubric, claims.grade)
        place = facts.claims.place(slots.CLAIMED_GRADE)
        if not own:
            known = [g["name"] for g in rubric["grades"]]
            found.append(finding("grade-unknown", *place, actual=claims.grade, expected=known))
        elif total is not None and own != grade(rubric, total):
            found.append(
                finding(
                    "grade-differs",
                    *place,
                    total=total,
                    actual=claims.grade,
                    expected=grade(rubric, total),
                )
            )
    if not card.complete and card.total is not None:
        found.append(finding("incomplete", SCORE_SHEET, count=card.pending, total=card.total))
    return found


def _is_rescaled(rubric: Rubric, card: Scorecard, items: Fraction, total: Fraction) -> bool:
    """A claimed total may be the rescaled one; bonus and penalty are not rescaled. `items`:
    the sum of the claims."""
    if not card.base:
        return False
    outside = sum_of(
        claim
        for part in card.parts
        if not part.is_inside
        for claim in signed_claims(part, card.results)
    )
    due = rescaled(rubric, items - outside, card.base) + outside
    return exact(due, 2) == exact(total, 2)
