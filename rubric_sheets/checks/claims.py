"""What the unit claims against what the rules give: scores, reasons, subtotals, totals,
grades, weights."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO, exact, plain
from ..exact.quantities import total as sum_of
from ..facts.model import FactSet
from ..findings.figures import Phrase
from ..findings.finding import Finding, finding
from ..places import slots
from ..places.names import SCORE_SHEET
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import weight_of
from ..rubric.statuses import ERROR, LEFT_OUT, MISSING
from ..rules import is_judged, is_outside
from ..scoring.result import Result, Scorecard
from ..scoring.sums import grade, grade_name, rescaled, signed_claims


def check(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """All findings about claims, in the order of the 评分表."""
    found: list[Finding] = []
    explained = {(f.sheet, f.cell) for f in card.findings if f.severity == "error"}
    for result in card.results:
        found += _indicator(facts, result, explained)
    return (
        found
        + _weights(rubric, facts, card)
        + _groups(facts, card)
        + _subtotals(rubric, facts, card)
        + _total(rubric, facts, card)
    )


def _indicator(facts: FactSet, result: Result, explained: set[tuple[str, str]]) -> list[Finding]:
    spec, claimed, weight = result.spec, result.claimed, result.weight
    place, name = facts.claims.place(spec["id"]), "·".join(spec["levels"][-2:])
    found = []
    typed = facts.claims.weights.get(spec["id"])
    if typed not in (weight, None) and "weight_fact" not in spec:
        found.append(
            finding(
                "weight-changed",
                *facts.claims.place(slots.weight(spec["id"])),
                name=name,
                actual=typed,
                expected=weight,
            )
        )
    if _weightless(result):
        lost = spec["weight_fact"] in facts.lost  # said already, of the name or of the whole sheet
        return (
            found
            if lost
            else [*found, finding("weight-missing", *facts.place(spec["weight_fact"]), name=name)]
        )
    if result.status == ERROR and place not in explained:
        found.append(finding("not-computable", *place, name=name, reason=result.reason))
    if isinstance(claimed, Fraction):
        return found + _claimed(result, claimed, place, name)
    if result.status == MISSING and claimed is None:
        if not is_judged(spec["rule"]):
            found.append(finding("not-scored", *place, name=name, reason=result.reason))
        elif not spec.get("group"):
            found.append(finding("not-judged", *place, name=name, weight=weight))
    return found


def _claimed(result: Result, claimed: Fraction, place: tuple[str, str], name: str) -> list[Finding]:
    """A typed score against the rule, the facts and the reason that should go with it."""
    spec, weight, found = result.spec, result.weight, []
    outside = is_outside(spec["rule"])
    if result.status == LEFT_OUT and claimed.numerator > 0:
        found.append(
            finding(
                "claim-not-applicable",
                *place,
                name=name,
                actual=claimed,
                expected="不适用",
                reason=result.reason,
            )
        )
    elif claimed.numerator < 0 or (claimed > weight and not (outside and weight == 0)):
        found.append(
            finding(
                "claim-outside",
                *place,
                name=name,
                actual=claimed,
                expected=Phrase("0—{}", (weight,)),
            )
        )
    elif result.computed is not None and claimed != result.computed:
        found.append(
            finding(
                "claim-too-high" if claimed > result.computed else "claim-too-low",
                *place,
                name=name,
                actual=claimed,
                expected=result.computed,
                reason=result.reason,
            )
        )
    elif result.status == MISSING and not is_judged(spec["rule"]):
        code = "full-without-fact" if claimed == weight else "claim-without-fact"
        found.append(finding(code, *place, name=name, actual=claimed, reason=result.reason))
    lost = claimed < weight and not result.note and not outside and not spec.get("group")
    if lost and (result.computed is None or claimed != result.computed):
        found.append(
            finding(
                "lost-without-reason",
                *place,
                name=name,
                lost=weight - claimed,
                actual=claimed,
            )
        )
    return found


def _weights(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """The unit's own list adds up to full marks; its own indicators in place of the rubric's,
    to the same sum."""
    found = []
    if "targets" in rubric:
        typed = weight_of(card.parts, [r.weight for r in card.results])
        rows = [r for r in card.results if "row" in r.spec]
        if rows and typed != plain(rubric["full_marks"]):
            place = _weight_place(rubric, facts, rows[0])
            found.append(
                finding(
                    "weights-sum",
                    *place,
                    actual=typed,
                    expected=plain(rubric["full_marks"]),
                )
            )
    own: dict[str, list[Result]] = {}
    for result in card.results:
        if result.spec.get("own"):
            own.setdefault("·".join(result.spec["levels"][:-1]), []).append(result)
    planned = {spec["id"]: spec for spec in rubric["indicators"]}
    for level, results in own.items():
        if any(map(_weightless, results)):
            continue  # what cannot be read cannot be added up
        typed = sum_of(r.weight for r in results)
        due = sum_of(plain(planned[r.spec["id"]]["weight"]) for r in results)
        place = facts.place(results[0].spec["weight_fact"])
        if typed != due:
            found.append(finding("own-weights", *place, name=level, actual=typed, expected=due))
        names = [
            _own_text(r, planned[r.spec["id"]], weights=typed == due) for r in results if r.weight
        ]
        if any(names):
            found.append(
                finding("own-indicators", *place, name=level, what=list(filter(None, names)))
            )
    return found


def _weight_place(rubric: Rubric, facts: FactSet, result: Result) -> tuple[str, str]:
    """The 分值 cell of a row of the unit's own list."""
    rows = facts.tables.get(rubric["targets"]["table"], [])
    place = rows[result.spec["row"]].places.get("分值")
    return place.address if place else facts.claims.place(result.spec["id"])


def _own_text(result: Result, planned: IndicatorSpec, *, weights: bool) -> Phrase | str:
    """What the unit made of one of the rubric's indicators; nothing where it left it alone.

    Weights that are not to be named are those whose sum is wrong: that has been said of them.
    """
    name, due = result.spec["levels"][-1], plain(planned["weight"])
    if weights and result.weight != due:
        return Phrase("{}（{} 分，原定 {} 分）", (name, result.weight, due))
    return name if result.spec["levels"] != planned["levels"] else ""


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
            if claimed != items:
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
            member.claimed is None and _weightless(member) for member in members
        )
        least.append(claimed)
        rooms.append(room)
    return sum_of(least), None if unknown else sum_of([*least, *rooms])


def _room(result: Result) -> Fraction:
    """What an item without a claim may still get: nothing where it does not apply."""
    return result.weight if result.claimed is None and result.status != LEFT_OUT else ZERO


def _weightless(result: Result) -> bool:
    """Has the unit not yet typed what it weighs?"""
    return result.status == MISSING and "weight_fact" in result.spec and not result.weight


def _total(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    claims, found = facts.claims, []
    items = _claimed_sum(card)
    if (
        claims.total is not None
        and items is not None
        and claims.total != items
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
