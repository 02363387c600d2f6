"""What is missing, told once: facts once for each sheet and at the cells to be filled, not once for
each indicator that waits for them; what the unit has to judge in one line; the rows of its own list
that lack the same in one line."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import show
from ..exact.quantities import total as sum_of
from ..facts.model import NOWHERE, FactSet, Place
from ..findings.finding import Finding, finding
from ..rubric.model import Rubric
from ..rubric.own_figures import LISTED, OF_PROJECTS, PROJECTS
from ..rubric.statuses import MISSING
from ..rules import is_judged
from ..scoring.result import Result, Scorecard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

CODES = frozenset(("full-without-fact", "claim-without-fact", "not-scored"))
CELLS, QUESTIONS, ITEMS = 8, 3, 6  # named; of the rest the number is told


def together(
    rubric: Rubric, facts: FactSet, card: Scorecard, found: list[Finding]
) -> list[Finding]:
    """`found`, with one finding for all indicators that wait for facts of one sheet, and for all
    rows that lack the same cells. An indicator that waits alone keeps its own."""
    names = Names(card)
    waiting = _waiting(rubric, facts, card, found)
    rows, lists = _rows(card, found), _of_lists(rubric, facts, card, found)
    alike = [*waiting.values(), *rows.values(), *lists.values(), _spoilt(facts, card)]
    causes = {result.spec["id"] for results in alike for result in results}
    rest = [one for one in found if one.code not in CODES or one.cause not in causes]
    told = [_told(facts, names, sheet, results) for sheet, results in waiting.items()]
    told += [_told_rows(rubric, facts, names, results) for results in rows.values()]
    told += [_told_list(facts, names, table, results) for table, results in lists.items()]
    return rest + told + _unjudged(facts, names, card)


def _spoilt(facts: FactSet, card: Scorecard) -> list[Result]:
    """Those whose every missing fact has a finding of its own: it cannot be read, or is lost."""
    return [one for one in card.results if one.missing and not _blank(facts, one)]


def _blank(facts: FactSet, result: Result) -> list[str]:
    """Which of its missing facts are not filled."""
    return [name for name in result.missing if name not in facts.invalid | facts.lost]


def _told_to_wait(
    facts: FactSet, card: Scorecard, found: list[Finding]
) -> list[tuple[Result, list[str]]]:
    """The indicators of which it is told that they wait, with the facts that are not filled."""
    told = {one.cause for one in found if one.code in CODES}
    results = [one for one in card.results if one.spec["id"] in told]
    return [(one, names) for one in results if (names := _blank(facts, one))]


class Names:
    """The names of indicators, with their second level where the name alone is another's too."""

    def __init__(self, card: Scorecard) -> None:
        self.seen: dict[str, int] = {}
        for result in card.results:
            name = result.spec["levels"][-1]
            self.seen[name] = self.seen.get(name, 0) + 1

    def of(self, result: Result) -> str:
        name = result.spec["levels"][-1]
        return name if self.seen[name] == 1 else result.title


def _rows(card: Scorecard, found: list[Finding]) -> dict[tuple[str, ...], list[Result]]:
    """The blank cells → the rows of the unit's own list that lack just these, where they are
    several."""
    told = {one.cause for one in found if one.code in CODES}
    rows: dict[tuple[str, ...], list[Result]] = {}
    for result in card.results:
        if "row" in result.spec and result.missing and result.spec["id"] in told:
            rows.setdefault(result.missing, []).append(result)
    return {blank: results for blank, results in rows.items() if len(results) > 1}


def _of_lists(
    rubric: Rubric, facts: FactSet, card: Scorecard, found: list[Finding]
) -> dict[str, list[Result]]:
    """A table that the unit has not filled → the indicators that wait for what comes of it."""
    tables: dict[str, list[Result]] = {}
    for result, names in _told_to_wait(facts, card, found):
        if set(names) <= card.figures.keys():
            table = PROJECTS if names[0] in OF_PROJECTS else rubric["targets"]["table"]
            tables.setdefault(table, []).append(result)
    return tables


def _told_list(facts: FactSet, names: Names, table: str, results: list[Result]) -> Finding:
    cells = (cell for row in facts.tables.get(table, ()) for cell in row.places.values())
    place = next(cells, None)
    items = [names.of(result) for result in results]
    return finding(
        "list-unfinished",
        *(place.address if place else NOWHERE),
        table=table,
        items=_listed(items, ITEMS),
    )


def _told_rows(rubric: Rubric, facts: FactSet, names: Names, results: list[Result]) -> Finding:
    table, blank = rubric["targets"]["table"], results[0].missing
    row = facts.tables[table][results[0].spec["row"]]
    place = row.places.get(blank[0])
    items = [names.of(result) for result in results]
    return finding(
        "rows-blank",
        *(place.address if place else facts.claims.place(results[0].spec["id"])),
        table=table,
        count=len(results),
        what=list(blank),
        items=_listed(items, ITEMS),
    )


def _open(names: Names, card: Scorecard) -> Iterator[tuple[str, str, Fraction]]:
    """(id, name, the most that may be typed) of all that the unit has to judge and has not: a
    group, whose judged members may be judged in one cell, counts as one."""
    for part in card.parts:
        judged = [one for one in part.of(card.results) if is_judged(one.spec["rule"])]
        if not judged or judged[0].is_weightless:
            continue
        if all(one.status == MISSING and one.claimed is None for one in judged):
            most = sum_of(one.weight for one in judged)
            name = "、".join(names.of(one) for one in judged)
            yield judged[0].spec["id"], name, most if part.cap is None else min(part.cap, most)


def _unjudged(facts: FactSet, names: Names, card: Scorecard) -> list[Finding]:
    found = list(_open(names, card))
    if not found:
        return []
    place = facts.claims.place(found[0][0])
    if len(found) == 1:
        return [finding("not-judged", *place, name=found[0][1], weight=found[0][2])]
    items = "；".join(f"{name}（0—{show(most)}）" for _, name, most in found)
    return [finding("judged-missing", *place, count=len(found), items=items)]


def _waiting(
    rubric: Rubric, facts: FactSet, card: Scorecard, found: list[Finding]
) -> dict[str, list[Result]]:
    """Sheet → the indicators that wait for cells of it, where they are several."""
    sheets: dict[str, list[Result]] = {}
    for result, lacking in _told_to_wait(facts, card, found):
        names = [name for name in lacking if name not in card.figures]
        if names and names[0] in rubric["facts"]:
            place = facts.places.get(names[0])
            sheet = place.sheet if place else rubric["facts"][names[0]]["sheet"]
            sheets.setdefault(sheet, []).append(result)
    return {sheet: results for sheet, results in sheets.items() if len(results) > 1}


def _told(facts: FactSet, names: Names, sheet: str, results: list[Result]) -> Finding:
    blank = (name for one in results for name in _blank(facts, one))
    lost = list(dict.fromkeys(name for name in blank if name not in LISTED))
    places = [place for name in lost if (place := facts.places.get(name))]
    titles = [facts.titles.get(name, name) for name in lost]
    first = min((place for place in places if place.sheet == sheet), default=None)
    return finding(
        "facts-missing",
        *(first.address if first else NOWHERE),
        on=sheet,
        count=len(lost),
        cells=_listed(_runs(places, sheet), CELLS) if places else _quoted(titles),
        items=_listed([_item(names.of(result), result) for result in results], ITEMS),
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


def _item(name: str, result: Result) -> str:
    """`支付进度（自评 2 分，未写扣分原因）`."""
    claimed = result.claimed
    if not isinstance(claimed, Fraction):
        return name
    if claimed == result.weight:
        return f"{name}（自评满分 {show(claimed)} 分）"
    return f"{name}（自评 {show(claimed)} 分{'' if result.note else '，未写扣分原因'}）"


def _quoted(titles: list[str]) -> str:
    rest = f"等 {len(titles)} 项" if len(titles) > QUESTIONS else ""
    return "".join(f"“{title}”" for title in titles[:QUESTIONS]) + rest


def _listed(texts: list[str], most: int) -> str:
    rest = f"等 {len(texts)} 项" if len(texts) > most else ""
    return "、".join(texts[:most]) + rest
