"""One form of a report: its rubric and all that was read for it, in the form of FACTS.json."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import exact
from ..facts.json_form import apply, blank
from ..facts.model import FactSet, Place
from ..findings.finding import InputError
from ..places import slots
from ..rubric.model import Rubric
from .items import Item
from .sightings import Sighting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHEET = "报告"


class Part:
    """What was read for one rubric. `facts`: by name, the first is the one that counts; `rows`:
    by table, cells by column; `goals`: the department's own targets."""

    def __init__(self, rubric: Rubric, sure: Fraction) -> None:
        self.rubric = rubric
        self.sure = sure
        self.facts: dict[str, list[Sighting]] = {}
        self.rows: dict[str, list[dict[str, Sighting]]] = {}
        self.items: dict[str, Item] = {}  # by indicator
        self.totals: list[Sighting] = []
        self.grades: list[Sighting] = []
        self.subtotals: dict[str, Sighting] = {}
        self.is_scored = True  # is the rubric that of the report, or only a form for its facts?
        self.is_partial = False  # rows may have been left out in reading
        self.rate: Sighting | None = None  # 执行率, as the form of a project prints it
        self.has_own_money = False  # is the total made of other parts than those of the form?
        self.doubted: set[str] = set()  # facts whose places contradict each other

    def add(self, name: str, one: Sighting) -> None:
        if name in self.rubric["facts"]:
            self.facts.setdefault(name, []).append(one)

    def data(self) -> dict[str, Any]:
        """FACTS.json."""
        facts = {
            name: plain(found[0].value)
            for name, found in self.facts.items()
            if name not in self.doubted
        }
        tables = {
            name: [{column: plain(one.value) for column, one in row.items()} for row in rows]
            for name, rows in self.rows.items()
            if name not in self.doubted
        }
        claims: dict[str, Any] = {}
        for id_, item in self.items.items():
            if item.score is not None and id_ not in self.doubted:
                claims[id_] = {"自评得分": exact(item.score)}
                if item.note:
                    claims[id_]["说明"] = item.note
        if self.totals and "total" not in self.doubted:
            claims["total"] = plain(self.totals[0].value)
        if self.grades and "grade" not in self.doubted:
            claims["grade"] = self.grades[0].value
        if self.subtotals and "subtotals" not in self.doubted:
            claims["subtotals"] = {k: plain(one.value) for k, one in self.subtotals.items()}
        return {"rubric": self.rubric["id"], "facts": facts, "tables": tables, "claims": claims}

    def fact_set(self) -> FactSet:
        """The facts as scoring wants them; those that do not fit are left out."""
        facts, data = blank(self.rubric), self.data()
        try:
            apply(self.rubric, facts, data)
        except InputError:
            facts = self._one_by_one(data)
        self._place(facts)
        return facts

    def _one_by_one(self, data: dict[str, Any]) -> FactSet:
        """Whatever of it can be taken."""
        facts = blank(self.rubric)
        for group in ("tables", "facts", "claims"):
            for name, value in data[group].items():
                try:
                    apply(self.rubric, facts, {group: {name: value}})
                except InputError:
                    self.doubted.add(name)
        return facts

    def _place(self, facts: FactSet) -> None:
        for name, found in self.facts.items():
            facts.places[name] = place(found[0])
        for name, rows in self.rows.items():
            for line, row in zip(facts.tables.get(name, ()), rows):
                line.places.update({column: place(one) for column, one in row.items()})
        claims = facts.claims
        for id_, item in self.items.items():
            claims.places[id_] = place(item)
            if item.weight is not None and not self._is_grouped(id_):
                claims.weights[id_] = item.weight
                claims.places[slots.weight(id_)] = place(item)
        if self.totals:
            claims.places[slots.CLAIMED_TOTAL] = place(self.totals[0])
        if self.grades:
            claims.places[slots.CLAIMED_GRADE] = place(self.grades[0])
        levels = list(dict.fromkeys(spec["levels"][0] for spec in self.rubric["indicators"]))
        for level, one in self.subtotals.items():
            slot = slots.subtotal(slots.SUBTOTAL_CLAIM, levels.index(level) + 1)
            claims.places[slot] = place(one)

    def _is_grouped(self, id_: str) -> bool:
        return any(spec["id"] == id_ and spec.get("group") for spec in self.rubric["indicators"])

    def evidence(self) -> dict[str, list[Sighting | Item]]:
        """By place, as findings name it, what stands there."""
        found: dict[str, list[Sighting | Item]] = {}
        given: list[Sighting | Item] = [one for some in self.facts.values() for one in some]
        given += [one for rows in self.rows.values() for row in rows for one in row.values()]
        given += [*self.items.values(), *self.totals, *self.grades, *self.subtotals.values()]
        for one in given:
            found.setdefault(where(one), []).append(one)
        return found


def where(one: Sighting | Item) -> str:
    """The place of a sighting in words; in a paragraph, with the words themselves."""
    spot = one.evidence.spot
    return str(spot) if spot.table or spot.sheet else f"{spot}“{one.evidence.shown}”"


def place(one: Sighting | Item) -> Place:
    """The place of a sighting, to be found again by its words."""
    return Spotted(SHEET, 0, 0).at(where(one))


class Spotted(Place):
    """A Place whose cell is said in words."""

    words = ""

    def at(self, words: str) -> Spotted:
        self.words = words
        return self

    @property
    def cell(self) -> str:
        return self.words


def plain(value: Fraction | str) -> str:
    """A value as FACTS.json writes it."""
    return exact(value, 40) if isinstance(value, Fraction) else value
