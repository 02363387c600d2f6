"""The unit's own total and grade against the scores that it claims, and what is still open."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO, agrees, plain
from ..exact.quantities import total as sum_of
from ..facts.model import FactSet
from ..findings.figures import Phrase
from ..findings.finding import Finding, finding
from ..places import slots
from ..places.names import SCORE_SHEET
from ..rubric.model import Rubric
from ..rubric.parts import scale
from ..rubric.statuses import LEFT_OUT
from ..rules.base import TAKEN_OFF
from ..scoring.result import Scorecard, is_near
from ..scoring.sums import grade, grade_name, rescaled, signed_claims
from . import standing
from .reach import claimed_sum, impossible, is_sum, reach, rounded_off


def check(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """All findings about the total and the grade."""
    found = _total(rubric, facts, card) + _grade(rubric, facts, card)
    if card.total is not None and _is_open(card):
        found.append(finding("incomplete", SCORE_SHEET, what=_open(card), total=card.total))
    return found


def _is_open(card: Scorecard) -> bool:
    """Are scores missing? Weights that do not add up have been told of already, and so has each
    score without a basis."""
    done, of = card.progress
    has_list = any("row" in result.spec for result in card.results)
    return done < of or not (card.is_settled or has_list)


def _open(card: Scorecard) -> Phrase:
    """What is missing for a total that can stand."""
    words = filter(None, (standing.unfinished(card), standing.still_possible(card)))
    return Phrase("，".join(words), ())


def _total(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """A claimed total against the sum of the claims; while not all is claimed, against what
    they can come to."""
    total, place = facts.claims.total, facts.claims.place(slots.CLAIMED_TOTAL)
    if total is None:
        return []
    items = claimed_sum(card)
    if items is None:
        return _out_of_reach(rubric, card, total, place)
    if is_sum(total, items, card) or _is_rescaled(rubric, card, total):
        return []
    return [finding("total-differs", *place, actual=total, expected=items)]


def _claims_of(card: Scorecard, *, is_inside: bool) -> Fraction:
    """The claims inside of the base, or bonus claimed with penalty taken off."""
    return sum_of(
        claim
        for part in card.parts
        if part.is_inside is is_inside
        for claim in signed_claims(part, card.results)
    )


def _outside(card: Scorecard) -> Fraction:
    return _claims_of(card, is_inside=False)


def _rescaled(rubric: Rubric, card: Scorecard, more: Fraction = ZERO) -> Fraction:
    """The claims, and `more` beside them, on the scale of the total: bonus and penalty are not
    rescaled, and take off no more than there is."""
    points = _claims_of(card, is_inside=True) + more
    return max(ZERO, rescaled(rubric, points, card.base) + _outside(card))


def _is_rescaled(rubric: Rubric, card: Scorecard, total: Fraction) -> bool:
    """A claimed total may be the rescaled one."""
    if not card.base or card.base == plain(scale(rubric)):
        return False
    return any(agrees(total, _rescaled(rubric, card, one)) for one in (ZERO, rounded_off(card)))


def _out_of_reach(
    rubric: Rubric, card: Scorecard, total: Fraction, place: tuple[str, str]
) -> list[Finding]:
    """A total that the items cannot come to, plain or rescaled, whatever is still to be typed."""
    least, most = reach(card)
    low, high = _outside_reach(card)
    top = None if most is None or high is None else max(ZERO, most + high)
    bottom = None if low is None else least + low
    limits = [(ZERO if bottom is None else max(ZERO, bottom), top)]
    if card.base and card.base != plain(scale(rubric)):
        wide = None
        if most is not None and high is not None:
            wide = max(ZERO, rescaled(rubric, most, card.base) + high)
        small = ZERO if low is None else rescaled(rubric, least, card.base) + low
        limits.append((max(ZERO, small), wide))
    if any(_is_within(total, *limit) for limit in limits):
        return []
    return [impossible("total-impossible", place, total, *limits[0])]


def _is_within(total: Fraction, least: Fraction, most: Fraction | None) -> bool:
    """Rounded scores may add up to a little more or less."""
    if total < least:
        return is_near(total, least)
    return most is None or total <= most or is_near(total, most)


def _outside_reach(card: Scorecard) -> tuple[Fraction | None, Fraction | None]:
    """What bonus and penalty come to at least and at most; None where nothing limits what is
    still blank."""
    claimed = _outside(card)
    low: Fraction | None = claimed
    high: Fraction | None = claimed
    for part in card.parts:
        member = card.results[part.members[0]]
        if part.is_inside or member.claimed is not None or member.status == LEFT_OUT:
            continue
        if part.counts == TAKEN_OFF:
            low = None if low is None or not member.weight else low - member.weight
        else:
            high = None if high is None or not member.weight else high + member.weight
    return low, high


def _grade(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """A claimed grade against the total that is claimed, as it stands or rescaled."""
    claims = facts.claims
    if not claims.grade:
        return []
    own, place = grade_name(rubric, claims.grade), claims.place(slots.CLAIMED_GRADE)
    if not own:
        known = [g["name"] for g in rubric["grades"]]
        return [finding("grade-unknown", *place, actual=claims.grade, expected=known)]
    items = claimed_sum(card)
    total = items if claims.total is None else claims.total
    if total is None or own in _grades(rubric, card, total, items):
        return []
    due = grade(rubric, _folded(rubric, card, total, items))
    return [finding("grade-differs", *place, total=total, actual=claims.grade, expected=due)]


def _folded(rubric: Rubric, card: Scorecard, total: Fraction, items: Fraction | None) -> Fraction:
    """On the scale of the grades a claimed total that is the plain sum of marks that are folded."""
    is_plain = items is not None and is_sum(total, items, card)
    if "scale" not in rubric or not is_plain or not card.base:
        return total
    return _rescaled(rubric, card)


def _grades(rubric: Rubric, card: Scorecard, total: Fraction, items: Fraction | None) -> set[str]:
    """The grades that go with a total: of a sum that is still to be rescaled, that of the
    rescaled one; of a rounded one, that of the exact one too."""
    found = {grade(rubric, _folded(rubric, card, total, items))}
    adds_up = items is not None and is_sum(total, items, card)
    if items is not None and adds_up and card.base:
        found.add(grade(rubric, _rescaled(rubric, card)))
    rounded = card.total is not None and adds_up and is_near(total, card.total)
    if card.total is not None and (rounded or agrees(total, card.total)):
        found.add(grade(rubric, card.total))
    return found
