"""How points add up, over rubrics and scores made at random: the walk, the scorecard, the claims, the sheet's values and
the submission against sums done by hand, indicator by indicator."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_sheets.books.shown_values import scores
from rubric_sheets.checks.evaluation import Evaluation, evaluate
from rubric_sheets.exact.quantities import NOT_APPLICABLE, exact, plain
from rubric_sheets.export import handed_in as shown
from rubric_sheets.facts.model import Claim, FactSet
from rubric_sheets.pages.score_totals import level_weight
from rubric_sheets.rubric.load import full_marks
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.rubric.parts import parts_of
from rubric_sheets.rules.base import INSIDE

HALVES = st.integers(0, 20).map(lambda n: Fraction(n, 2))
CLAIMS = st.none() | st.just(NOT_APPLICABLE) | HALVES
KINDS = ("judged", "judged", "judged", "bonus", "penalty")


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Judged indicators, some in groups, which need not stand together; bonus and penalty; two levels."""
    indicators: list[Any] = []
    for number in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(KINDS))
        group = draw(st.sampled_from(("", "", "甲组", "乙组"))) if kind == "judged" else ""
        level = {"甲组": "投入", "乙组": "产出"}.get(group) or draw(
            st.sampled_from(("投入", "产出"))
        )
        weight = draw(st.integers(1, 20).map(lambda n: Fraction(n, 2)))
        indicators.append(
            {
                "id": f"i{number}",
                "levels": [level, f"指标{number}"],
                "weight": exact(weight),
                "standard": "",
                "rule": {"kind": kind, "fact": f"数{number}"},
                **({"group": group} if group else {}),
            }
        )
    used = {spec["group"] for spec in indicators if "group" in spec}
    groups = {name: exact(draw(st.integers(1, 30).map(lambda n: Fraction(n, 2)))) for name in used}
    grades = [
        {"name": "优", "min": "90", "synonyms": []},
        {"name": "差", "min": "0", "synonyms": []},
    ]
    made: Any = {
        "id": "made",
        "full_marks": "100",
        "grades": grades,
        "groups": groups,
        "indicators": indicators,
        "facts": {},
        "tables": {},
        "ratios": {},
        "checks": [],
        "budget": [],
    }
    made["full_marks"] = full_marks(indicators, groups, None)
    return made  # type: ignore[no-any-return]


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    rubric = draw(rubrics())
    facts = FactSet()
    for spec in rubric["indicators"]:
        claim = draw(CLAIMS)
        facts.claims.indicators[spec["id"]] = Claim(claim)
        facts.values[spec["rule"]["fact"]] = claim
    return evaluate(rubric, facts)


def by_hand(rubric: Rubric, claims: dict[str, Any]) -> dict[str, Any]:
    """All sums, one indicator after the other, groups by their names; each first level too, as (points, base, weight)."""
    sums: dict[str, Any] = {"bonus": Fraction(0), "penalty": Fraction(0), "open": 0, "levels": {}}
    points: dict[str, list[Any]] = {}
    for spec in rubric["indicators"]:
        claim, weight = claims[spec["id"]], plain(spec["weight"])
        given = min(claim, weight) if isinstance(claim, Fraction) else claim
        if spec["rule"]["kind"] == "judged":
            points.setdefault(spec.get("group", "") or spec["id"], []).append((spec, given))
            continue
        sums["open"] += given is None
        if isinstance(given, Fraction):
            sums[spec["rule"]["kind"]] += given
    for name, members in points.items():
        cap = plain(rubric["groups"].get(name, members[0][0]["weight"]))
        known = [given for _, given in members if isinstance(given, Fraction)]
        applies = [given for _, given in members if given != NOT_APPLICABLE]
        sums["open"] += not known and None in applies
        level = members[0][0]["levels"][0]
        old = sums["levels"].get(level, (0, 0, 0))
        new = (min(cap, sum(known, Fraction(0))), cap if applies else Fraction(0), cap)
        sums["levels"][level] = tuple(a + b for a, b in zip(old, new))
    for index, name in enumerate(("raw", "base", "weight")):
        sums[name] = sum((level[index] for level in sums["levels"].values()), Fraction(0))
    return sums


@settings(deadline=None, max_examples=300)
@given(evaluations())
def test_everyone_adds_up_as_by_hand(evaluation: Evaluation) -> None:
    rubric, card = evaluation.rubric, evaluation.card
    claims = {one: claim.score for one, claim in evaluation.facts.claims.indicators.items()}
    sums = by_hand(rubric, claims)
    total = None
    if sums["base"] and any(result.score is not None for result in card.results):
        points = sums["raw"] / sums["base"] * sums["weight"]
        total = max(Fraction(0), points + sums["bonus"] - sums["penalty"])
    assert (card.raw, card.base, card.bonus, card.penalty) == (
        sums["raw"], sums["base"], sums["bonus"], sums["penalty"],
    )  # fmt: skip
    assert (card.total, card.pending, card.complete) == (total, sums["open"], not sums["open"])
    _check_cells(evaluation, sums)
    assert plain(full_marks(rubric["indicators"], rubric["groups"], None)) == sums["weight"]


def _check_cells(evaluation: Evaluation, sums: dict[str, Any]) -> None:
    """The values of the sheet's formulas: the totals, each level, and what applies of each indicator."""
    rubric, card = evaluation.rubric, evaluation.card
    cells = scores(rubric, evaluation.facts, card)
    assert cells["合计分值"] == sums["weight"]
    assert (cells["合计得分"], cells["合计适用"]) == (sums["raw"], sums["base"])
    assert cells["未完成项数"] == sums["open"]
    applicable = [cells[f"适用分值:{spec['id']}"] for spec in rubric["indicators"]]
    assert sum(applicable) == sums["base"]
    assert cells["自评总分"] == _claimed(evaluation)
    levels = dict.fromkeys(spec["levels"][0] for spec in rubric["indicators"])
    for index, level in enumerate(levels, 1):
        points, _, weight = sums["levels"].get(level, (0, 0, 0))
        assert (cells[f"小计:{index}"], cells[f"小计分值:{index}"]) == (points, weight)
        assert plain(level_weight(rubric, [level])) == weight
        assert shown.weight_under(card, (level,)) == weight


def _claimed(evaluation: Evaluation) -> Fraction | str:
    """What the unit typed, penalties taken off; nothing while it claims nothing but penalties."""
    plus: list[Fraction] = []
    minus: list[Fraction] = []
    for spec in evaluation.rubric["indicators"]:
        claim = evaluation.facts.claims.indicators[spec["id"]].score
        if isinstance(claim, Fraction):
            (minus if spec["rule"]["kind"] == "penalty" else plus).append(claim)
    return sum(plus, Fraction(0)) - sum(minus, Fraction(0)) if plus else ""


@settings(deadline=None, max_examples=300)
@given(evaluations())
def test_the_submission_adds_up_what_it_shows(evaluation: Evaluation) -> None:
    """Claims are shown as they are typed, above the weight too; what is shown can always be had."""
    rubric, card, found = evaluation.rubric, evaluation.card, shown.totals(evaluation)
    raw = base = outside = Fraction(0)
    caps = {name: plain(cap) for name, cap in rubric["groups"].items()}
    typed: dict[str, list[Fraction]] = {name: [] for name in caps}
    applies: set[str] = set()
    for result in card.results:
        claim, kind, group = result.claimed, result.spec["rule"]["kind"], result.spec.get("group")
        number = claim if isinstance(claim, Fraction) else Fraction(0)
        if kind != "judged":
            outside += number if kind == "bonus" else -number
        elif group:
            typed[group].append(number)
            applies |= {group} if claim != NOT_APPLICABLE else set()
        else:
            raw += number
            base += Fraction(0) if claim == NOT_APPLICABLE else max(result.weight, number)
    raw += sum((min(caps[name], sum(typed[name], Fraction(0))) for name in caps), Fraction(0))
    base += sum((caps[name] for name in applies), Fraction(0))
    assert (found.raw, found.base, found.outside) == (raw, base, outside)
    if found.total is not None:
        full = plain(rubric["full_marks"])
        assert found.total == max(Fraction(0), raw / base * full + outside)


@settings(deadline=None, max_examples=300)
@given(evaluations(), st.sampled_from((Fraction(-1), Fraction(-1, 2), Fraction(0), Fraction(1, 2))))
def test_a_claimed_subtotal_is_held_against_its_items(
    evaluation: Evaluation, off: Fraction
) -> None:
    """Right at the sum of the claims, and wrong beside it, where each item of the level is claimed."""
    rubric, facts = evaluation.rubric, evaluation.facts
    level = rubric["indicators"][0]["levels"][0]
    items: dict[str, list[Any]] = {}
    for spec in rubric["indicators"]:
        if spec["rule"]["kind"] == "judged" and spec["levels"][0] == level:
            claim = facts.claims.indicators[spec["id"]].score
            items.setdefault(spec.get("group", "") or spec["id"], []).append((spec, claim))
    numbers = [[c for _, c in members if isinstance(c, Fraction)] for members in items.values()]
    blank = any(
        any(claim is None for _, claim in members) and not ("group" in members[0][0] and known)
        for members, known in zip(items.values(), numbers)
    )
    due = sum((claim for known in numbers for claim in known), Fraction(0))
    facts.claims.subtotals[level] = due + off
    codes = [one.code for one in evaluate(rubric, facts).findings]
    differs = bool(items) and not blank and off != 0
    assert ("subtotal-differs" in codes) == differs


@pytest.mark.parametrize(
    ("kinds", "groups", "members"),
    [
        (("judged",) * 3, ("", "", ""), [[0], [1], [2]]),
        (("judged",) * 4, ("甲组", "", "甲组", "甲组"), [[0, 2, 3], [1]]),
        (("judged", "bonus", "penalty"), ("甲组", "甲组", "甲组"), [[0], [1], [2]]),
    ],
)
def test_the_walk(kinds: tuple[str, ...], groups: tuple[str, ...], members: list[Any]) -> None:
    """A group once, wherever its members stand; what is outside of the base never in a group."""
    specs: Any = [
        {"levels": ["甲"], "rule": {"kind": kind}, "group": group}
        for kind, group in zip(kinds, groups)
    ]
    parts = parts_of(specs, {"甲组": "5"})
    assert [part.members for part in parts] == members
    assert [part.cap for part in parts if part.counts != INSIDE] == [None] * (
        len(kinds) - kinds.count("judged")
    )
