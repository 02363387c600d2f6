"""What the unit claims against what the rules give: scores, reasons, subtotals, totals, grades, weights."""

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
from ..rules import counts, is_judged, is_outside
from ..rules.base import SIGN, TAKEN_OFF
from ..scoring.result import Result, Scorecard
from ..scoring.sums import grade, grade_name


def check(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """All findings about claims, in the order of the 评分表."""
    found: list[Finding] = []
    explained = {(f.sheet, f.cell) for f in card.findings if f.severity == "error"}
    for result in card.results:
        found += _indicator(facts, result, explained)
    return (
        found
        + _weights(rubric, facts, card)
        + _groups(rubric, facts, card)
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
    if result.status == "missing" and "weight_fact" in spec and not weight:
        lost = spec["weight_fact"] in facts.lost  # said already, of the name or of the whole sheet
        return (
            found
            if lost
            else [*found, finding("weight-missing", *facts.place(spec["weight_fact"]), name=name)]
        )
    if result.status == "error" and place not in explained:
        found.append(finding("not-computable", *place, name=name, reason=result.reason))
    if isinstance(claimed, Fraction):
        return found + _claimed(result, claimed, place, name)
    if result.status == "missing" and claimed is None:
        if not is_judged(spec["rule"]):
            found.append(finding("not-scored", *place, name=name, reason=result.reason))
        elif not spec.get("group"):
            found.append(finding("not-judged", *place, name=name, weight=weight))
    return found


def _claimed(result: Result, claimed: Fraction, place: tuple[str, str], name: str) -> list[Finding]:
    """A typed score against the rule, the facts and the reason that should go with it."""
    spec, weight, found = result.spec, result.weight, []
    outside = is_outside(spec["rule"])
    if result.status == "not_applicable" and claimed.numerator > 0:
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
    elif result.status == "missing" and not is_judged(spec["rule"]):
        found.append(
            finding(
                "full-without-fact" if claimed == weight else "claim-without-fact",
                *place,
                name=name,
                actual=claimed,
                reason=result.reason,
            )
        )
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
    """The unit's own list adds up to full marks; its own indicators in place of the rubric's, to the same sum."""
    found = []
    if "targets" in rubric:
        typed = sum_of(r.weight for r in card.results)
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
        if any(r.status == "missing" and not r.weight for r in results):
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


def _groups(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    found = []
    for group, cap in rubric["groups"].items():
        members = [r for r in card.results if r.spec.get("group") == group]
        claimed = [r.claimed for r in members if isinstance(r.claimed, Fraction)]
        first = facts.claims.place(members[0].spec["id"])
        total, room = sum_of(claimed), plain(cap)
        names = [r.spec["levels"][-1] for r in members]
        if total > room:
            found.append(
                finding(
                    "group-over",
                    *first,
                    name=names,
                    actual=total,
                    expected=Phrase("不超过 {}", (room,)),
                )
            )
        elif not claimed and all(r.status == "missing" for r in members):
            found.append(finding("not-judged", *first, name=names, weight=room))
        elif claimed and total < room and not any(r.note for r in members):
            found.append(
                finding(
                    "lost-without-reason",
                    *first,
                    name=names,
                    lost=room - total,
                    actual=total,
                )
            )
    return found


def _claimed_sum(card: Scorecard, level: str = "") -> Fraction | None:
    """The sum of the claims, bonus added and penalty taken off, of a level neither; None while not all is claimed."""
    parts, missing, anything = [], False, False
    grouped = {
        r.spec["group"]
        for r in card.results
        if r.spec.get("group") and isinstance(r.claimed, Fraction)
    }
    for result in card.results:
        if level and (result.spec["levels"][0] != level or is_outside(result.spec["rule"])):
            continue
        anything = True
        if isinstance(result.claimed, Fraction):
            parts.append(
                -result.claimed if counts(result.spec["rule"]) == TAKEN_OFF else result.claimed
            )
        elif (
            result.claimed is None
            and result.spec.get("group") not in grouped
            and not is_outside(result.spec["rule"])
        ):
            missing = True
    return sum_of(parts) if anything and not missing else None


def _subtotals(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """Claimed subtotals against the claims of their items; while not all is claimed, against what they can come to."""
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
        least, most = _reach(rubric, card, level)
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


def _reach(rubric: Rubric, card: Scorecard, level: str) -> tuple[Fraction, Fraction | None]:
    """The least and the most that a level's items can come to: claims as they are, others from 0 to their weights.

    A group comes to its cap at most. No upper limit while a weight is unknown.
    """
    least: list[Fraction] = []
    rooms: list[Fraction | None] = []
    groups: dict[str, list[Result]] = {}
    for result in card.results:
        if result.spec["levels"][0] != level or is_outside(result.spec["rule"]):
            continue
        if (
            result.claimed is None
            and result.status == "missing"
            and "weight_fact" in result.spec
            and not result.weight
        ):
            rooms.append(None)
        elif result.spec.get("group"):
            groups.setdefault(result.spec["group"], []).append(result)
        elif isinstance(result.claimed, Fraction):
            least.append(result.claimed)
        else:
            rooms.append(_room(result))
    for name, members in groups.items():
        claimed, cap = (
            sum_of(m.claimed for m in members if isinstance(m.claimed, Fraction)),
            plain(rubric["groups"][name]),
        )
        least.append(min(claimed, cap))
        rooms.append(max(claimed - least[-1], min(cap - least[-1], sum_of(map(_room, members)))))
    known = [room for room in rooms if room is not None]
    return sum_of(least), sum_of([*least, *known]) if len(known) == len(rooms) else None


def _room(result: Result) -> Fraction:
    """What an item without a claim may still get: nothing where it does not apply."""
    return result.weight if result.claimed is None and result.status != "not_applicable" else ZERO


def _total(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    claims, found = facts.claims, []
    items = _claimed_sum(card)
    if (
        claims.total is not None
        and items is not None
        and claims.total != items
        and not _rescaled(rubric, card, claims.total)
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
        found.append(finding("incomplete", SCORE_SHEET, count=len(pending(card)), total=card.total))
    return found


def pending(card: Scorecard) -> set[str]:
    """What still lacks a basis; a merged weight counts once, and not at all where one of its cells is scored."""
    scored = {r.spec.get("group") for r in card.results if r.score is not None}
    open_results = [r for r in card.results if r.status in ("missing", "error")]
    groups = {group for r in open_results if (group := r.spec.get("group"))} - scored
    return {f"group:{group}" for group in groups} | {
        r.spec["id"] for r in open_results if not r.spec.get("group")
    }


def _rescaled(rubric: Rubric, card: Scorecard, total: Fraction) -> bool:
    """A claimed total may be the rescaled one; bonus and penalty are not rescaled."""
    items = _claimed_sum(card)
    if not card.base or items is None:
        return False
    outside = sum_of(
        r.claimed * SIGN[counts(r.spec["rule"])]
        for r in card.results
        if is_outside(r.spec["rule"]) and isinstance(r.claimed, Fraction)
    )
    rescaled = (items - outside) / card.base * plain(rubric["full_marks"]) + outside
    return exact(rescaled, 2) == exact(total, 2)
