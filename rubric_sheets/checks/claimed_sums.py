"""What the unit claims in sum against the claims of its items: groups and subtotals."""

from __future__ import annotations

from ..exact.quantities import total as sum_of
from ..facts.model import FactSet
from ..findings.figures import Phrase
from ..findings.finding import Finding, finding
from ..places import slots
from ..rubric.model import Rubric
from ..scoring.result import Scorecard
from ..scoring.sums import signed_claims
from .reach import claimed_sum, impossible, is_sum, reach


def check(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """All findings about what is added up, in the order of the 评分表."""
    return _groups(facts, card) + _subtotals(rubric, facts, card)


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
        elif claims and total < room and not any(member.note for member in members):
            lost = room - total
            found.append(
                finding("lost-without-reason", *place, name=names, lost=lost, actual=total)
            )
    return found


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
        items = claimed_sum(card, level)
        if items is not None:
            if not is_sum(claimed, items, card, level):
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
        least, most = reach(card, level)
        if claimed < least or (most is not None and claimed > most):
            found.append(impossible("subtotal-impossible", place, claimed, least, most, name=level))
    return found
