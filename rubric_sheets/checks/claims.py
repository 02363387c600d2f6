"""What the unit claims for each indicator against what the rule gives: scores, reasons, weights."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import BLANK_WORDS, HUNDRED, NOT_APPLICABLE, agrees, plain
from ..exact.quantities import total as sum_of
from ..facts.model import FactSet
from ..findings.figures import Phrase
from ..findings.finding import Finding, finding
from ..places import slots
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import weight_of
from ..rubric.statuses import ERROR, LEFT_OUT, MISSING
from ..rules import is_judged, is_outside
from ..scoring.own_list import is_filled
from ..scoring.result import Result, Scorecard, is_near

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Notes that say that there is nothing to be scored. In a project's list the same words may mean
# that there is no deviation.
NOT_CONCERNED = frozenset(
    ("不涉及", "不涉及此项", "不涉及该项", "无此项", "无此项工作", "无具体指标")
)

MOST_SHOWN = 40  # signs of a reason


def check(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """All findings about claims and weights, in the order of the 评分表."""
    found: list[Finding] = []
    explained = {(f.sheet, f.cell) for f in card.findings if f.severity == "error"}
    for result in card.results:
        found += _indicator(facts, result, explained)
    return found + _weights(rubric, facts, card)


def _indicator(facts: FactSet, result: Result, explained: set[tuple[str, str]]) -> list[Finding]:
    spec, claimed, weight = result.spec, result.claimed, result.weight
    place, name = facts.claims.place(spec["id"]), result.title
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
    if result.is_weightless:
        if spec["weight_fact"] in facts.lost:  # said already, of the name or of the whole sheet
            return found
        return [*found, finding("weight-missing", *facts.place(spec["weight_fact"]), name=name)]
    if result.status == ERROR and place not in explained:
        found.append(finding("not-computable", *place, name=name, reason=result.reason))
    if isinstance(claimed, Fraction):
        return found + _claimed(result, claimed, place, name)
    if claimed == NOT_APPLICABLE and result.status != LEFT_OUT and not is_judged(spec["rule"]):
        left_out = finding("claim-left-out", *place, name=name, reason=result.reason)
        return [*found, left_out._replace(cause=spec["id"])]
    if result.status == MISSING and claimed is None and not is_judged(spec["rule"]):
        told = finding("not-scored", *place, name=name, reason=result.reason)
        found.append(told._replace(cause=spec["id"]))
    return found


def _claimed(result: Result, claimed: Fraction, place: tuple[str, str], name: str) -> list[Finding]:
    """A typed score against the rule, the facts and the reason that should go with it."""
    spec = result.spec
    found = [one._replace(cause=spec["id"]) for one in _wrong(result, claimed, place, name)]
    if claimed >= result.weight or result.note or is_outside(spec["rule"]) or spec.get("group"):
        return found
    if result.computed is None or not is_near(claimed, result.computed):
        lost = result.weight - claimed
        found.append(finding("lost-without-reason", *place, name=name, lost=lost, actual=claimed))
    return [one._replace(cause=spec["id"]) for one in found]


def _wrong(result: Result, claimed: Fraction, place: tuple[str, str], name: str) -> list[Finding]:
    """What is wrong with a typed score: one finding, or none."""
    spec, weight, computed, reason = result.spec, result.weight, result.computed, result.reason
    if result.status == LEFT_OUT and claimed.numerator > 0:
        return [
            finding(
                "claim-not-applicable",
                *place,
                name=name,
                actual=claimed,
                expected=NOT_APPLICABLE,
                reason=reason,
            )
        ]
    is_unlimited = is_outside(spec["rule"]) and weight == 0
    if claimed.numerator < 0 or (claimed > weight and not is_unlimited):
        limits = Phrase("0—{}", (weight,))
        return [finding("claim-outside", *place, name=name, actual=claimed, expected=limits)]
    if computed is not None and not agrees(claimed, computed):
        return [_difference(result, claimed, computed, place, name)]
    if claimed.numerator > 0 and "row" not in spec and _says_nothing_there(result.note):
        note = result.note
        return [finding("claim-contradicted", *place, name=name, note=note, actual=claimed)]
    if result.status == MISSING:
        code = "full-without-fact" if claimed == weight else "claim-without-fact"
        return [finding(code, *place, name=name, actual=claimed, reason=reason)]
    return []


def _says_nothing_there(note: str) -> bool:
    return note.strip("。．.，, ；;") in NOT_CONCERNED


def _difference(
    result: Result, claimed: Fraction, computed: Fraction, place: tuple[str, str], name: str
) -> Finding:
    """The message about a claim that the rule does not give."""
    if claimed and agrees(claimed, computed * result.weight / HUNDRED):
        return finding(
            "claim-weighted-twice",
            *place,
            name=name,
            actual=claimed,
            expected=computed,
            weight=result.weight,
            reason=result.reason,
        )
    given: dict[str, Any] = {
        "name": name,
        "actual": claimed,
        "expected": computed,
        "reason": result.reason,
    }
    if is_near(claimed, computed):
        return finding("claim-rounding", *place, **given)
    if claimed > computed:
        return finding("claim-too-high", *place, **given)
    return finding("claim-too-low", *place, ask=_ask(result.note), **given)


def _ask(note: str) -> Phrase:
    """A reason that the unit has written is not asked for again."""
    if not note.strip() or note.strip() in BLANK_WORDS:
        return Phrase("；如另有扣分事由，请写明", ())
    shown = note if len(note) <= MOST_SHOWN else note[:MOST_SHOWN] + "……"
    return Phrase("所依据的数据与写明的原因“{}”是否相符", (shown,))


def _weights(rubric: Rubric, facts: FactSet, card: Scorecard) -> list[Finding]:
    """The unit's own list adds up to full marks; its own indicators in place of the rubric's,
    to the same sum."""
    found = []
    if "targets" in rubric:
        typed = weight_of(card.parts, [r.weight for r in card.results])
        found += _alone(rubric, facts)
        rows = [r for r in card.results if "row" in r.spec]
        full = plain(rubric["full_marks"])
        blank = any("分值" in row.missing for row in rows)  # told already, and may be what lacks
        if rows and (typed > full if blank else typed != full):
            place = _weight_place(rubric, facts, rows[0])
            found.append(
                finding(
                    "weights-sum",
                    *place,
                    actual=typed,
                    expected=full,
                )
            )
    own: dict[str, list[Result]] = {}
    for result in card.results:
        if result.spec.get("own"):
            own.setdefault("·".join(filter(None, result.spec["levels"][:-1])), []).append(result)
    planned = {spec["id"]: spec for spec in rubric["indicators"]}
    for level, results in own.items():
        if any(result.is_weightless for result in results):
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


def _alone(rubric: Rubric, facts: FactSet) -> list[Finding]:
    """Rows of the unit's own list with a score beside nothing: no indicator is there to have it."""
    return [
        finding("row-claim-alone", *row.places["自评得分"].address, row=row.places["自评得分"].row)
        for row in facts.tables.get(rubric["targets"]["table"], ())
        if row.values.get("自评得分") is not None and not is_filled(row) and row.places
    ]


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
