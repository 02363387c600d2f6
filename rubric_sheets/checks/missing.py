"""Facts that are missing, told once for each sheet and at the cells to be filled, not once for each
indicator that waits for them."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import show
from ..facts.model import NOWHERE, FactSet, Place
from ..findings.finding import Finding, finding
from ..rubric.model import Rubric
from ..scoring.result import Result, Scorecard

CODES = frozenset(("full-without-fact", "claim-without-fact", "not-scored"))
CELLS, ITEMS = 8, 6  # named; of the rest the number is told


def by_sheet(
    rubric: Rubric, facts: FactSet, card: Scorecard, found: list[Finding]
) -> list[Finding]:
    """`found`, with one finding for all indicators that wait for facts of one sheet. An indicator
    that waits alone keeps its own."""
    waiting = _waiting(rubric, facts, card, found)
    causes = {result.spec["id"] for results in waiting.values() for result in results}
    rest = [one for one in found if one.code not in CODES or one.cause not in causes]
    return rest + [_told(facts, sheet, results) for sheet, results in waiting.items()]


def _waiting(
    rubric: Rubric, facts: FactSet, card: Scorecard, found: list[Finding]
) -> dict[str, list[Result]]:
    """Sheet → the indicators that wait for cells of it, where they are several."""
    told = {one.cause for one in found if one.code in CODES}
    sheets: dict[str, list[Result]] = {}
    for result in card.results:
        names = result.missing
        if result.spec["id"] not in told or not names or (facts.invalid | facts.lost) & {*names}:
            continue
        if names[0] in rubric["facts"]:
            place = facts.places.get(names[0])
            sheet = place.sheet if place else rubric["facts"][names[0]]["sheet"]
            sheets.setdefault(sheet, []).append(result)
    return {sheet: results for sheet, results in sheets.items() if len(results) > 1}


def _told(facts: FactSet, sheet: str, results: list[Result]) -> Finding:
    names = list(dict.fromkeys(name for result in results for name in result.missing))
    places = [place for name in names if (place := facts.places.get(name))]
    first = min((place for place in places if place.sheet == sheet), default=None)
    return finding(
        "facts-missing",
        *(first.address if first else NOWHERE),
        on=sheet,
        count=len(names),
        cells=_listed(_runs(places, sheet) or names, CELLS),
        items=_listed([_item(result) for result in results], ITEMS),
    )


def _runs(places: list[Place], sheet: str) -> list[str]:
    """`H5—H24`, `收支表!F16`: cells one below the other as one, those of `sheet` first."""
    runs: list[list[Place]] = []
    for place in sorted(places, key=lambda one: (one.sheet != sheet, one[0], one[2], one[1])):
        above = place._replace(row=place.row - 1)
        if runs and runs[-1][-1] == above:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [
        ("" if run[0].sheet == sheet else f"{run[0].sheet}!")
        + "—".join(dict.fromkeys((run[0].cell, run[-1].cell)))
        for run in runs
    ]


def _item(result: Result) -> str:
    """`支付进度（自评 2 分，未写扣分原因）`."""
    claimed, name = result.claimed, result.spec["levels"][-1]
    if not isinstance(claimed, Fraction):
        return name
    if claimed == result.weight:
        return f"{name}（自评满分 {show(claimed)} 分）"
    return f"{name}（自评 {show(claimed)} 分{'' if result.note else '，未写扣分原因'}）"


def _listed(texts: list[str], most: int) -> str:
    rest = f"等 {len(texts)} 项" if len(texts) > most else ""
    return "、".join(texts[:most]) + rest
