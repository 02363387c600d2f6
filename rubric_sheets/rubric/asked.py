"""What a unit is asked to fill in, sheet by sheet: behind 已填, 应填 and the next empty cell."""

from __future__ import annotations

from ..places.names import SCORE_SHEET, row_name
from ..records import Record
from ..rules import is_judged, own_score
from .model import Rubric
from .parts import parts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .model import FactSpec

# A row of the unit's own list is begun once one of these is filled, and then wants all of them
OF_ROWS = ("三级指标", "年度指标值", "实际完成值", "分值", "自评得分")
MOST = 200  # arguments that a function of every spreadsheet program takes


class Asked(Record):
    """One thing to fill in. `target`: the defined name that leads to it; `fact` or `claims`: its
    cell, or the cells of which one is enough (ids of indicators)."""

    label: str
    target: str
    fact: str = ""
    claims: tuple[str, ...] = ()


def asked(rubric: Rubric) -> dict[str, list[Asked]]:
    """Sheet, as the form calls it → what is to be filled in there, in the order of the form."""
    found: dict[str, list[Asked]] = {}
    judged = {own_score(spec["rule"]) for spec in rubric["indicators"]}
    tables = {
        column["name"]: name
        for name, table in rubric["tables"].items()
        if table["totals"]
        for column in table["columns"]
    }
    for name, fact in rubric["facts"].items():
        if name not in judged and is_typed(fact):
            label, target = fact.get("label", name), tables.get(name, name)
            found.setdefault(fact["sheet"], []).append(Asked(label, target, fact=name))
    scores = found.pop(SCORE_SHEET, [])
    found[SCORE_SHEET] = [*scores, *_claims(rubric)]
    return {sheet: items[:MOST] for sheet, items in found.items()}


def is_typed(fact: FactSpec) -> bool:
    """Neither computed nor given with a default that may stay."""
    return not any(key in fact for key in ("sum", "formula", "listed", "default"))


def _claims(rubric: Rubric) -> list[Asked]:
    """自评得分 of each indicator; of a group that is judged, one is enough."""
    found = []
    specs = rubric["indicators"]
    for part in parts_of(specs, rubric["groups"]):
        members = part.of(specs)
        together = part.cap is not None and is_judged(members[0]["rule"])
        for group in [members] if together else [[one] for one in members]:
            first = group[0]
            ids = tuple(one["id"] for one in group)
            target = own_score(first["rule"]) or row_name(first["id"])
            found.append(Asked(first["levels"][-1], target, claims=ids))
    return found


def own_list(rubric: Rubric) -> str:
    """The table of the unit's own indicators; "" where it has none that is scored."""
    return str(rubric.get("targets", {}).get("table", ""))


def first_levels(rubric: Rubric) -> list[str]:
    """The first levels of what counts in the base, with those that the unit's own list may have."""
    specs = rubric["indicators"]
    inside = [part.level for part in parts_of(specs, rubric["groups"]) if part.is_inside]
    columns = rubric["tables"][own_list(rubric)]["columns"] if own_list(rubric) else []
    own = next((one.get("choices", []) for one in columns if one["name"] == "一级指标"), [])
    return list(dict.fromkeys([*inside, *own]))


def second_levels(rubric: Rubric) -> list[tuple[str, str]]:
    """(first, second) level of what counts in the base; of an indicator that has but one level,
    its own name twice."""
    specs = rubric["indicators"]
    inside = [part.levels for part in parts_of(specs, rubric["groups"]) if part.is_inside]
    return list(dict.fromkeys((levels[0], levels[:2][-1]) for levels in inside))
