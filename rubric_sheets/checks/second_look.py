"""Rows of a list of targets that score, and yet ask for a second look: a result that repeats its
target or has no number, and one far beyond its target."""

from __future__ import annotations

from ..exact.quantities import ZERO
from ..facts.model import NOWHERE, FactSet, Row, row_id
from ..findings.figures import Percent
from ..findings.finding import Finding, finding
from ..rubric.forms import goal_tables
from ..rubric.model import Rubric
from ..rules import target
from ..rules.targets.hints import IN_WORDS, REPEATED, beyond, says_no_number
from ..rules.targets.signs import AT_LEAST
from ..scoring.own_list import rule_of, text_of, year_of
from .own_goals import USUAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def check(rubric: Rubric, facts: FactSet) -> list[Finding]:
    """One finding at most for each row."""
    targets: Any = rubric.get("targets", {})
    year, found = year_of(facts), []
    for table in goal_tables(rubric):
        is_scored = table == targets.get("table")
        for index, row in enumerate(facts.tables.get(table, ())):
            cause = row_id(index) if is_scored else ""
            told = _row(row, targets if is_scored else USUAL, year)
            found += [one._replace(cause=cause) for one in told]
    return found


def _row(row: Row, targets: dict[str, Any], year: str) -> list[Finding]:
    goal, result = (text_of(row.values.get(name)) for name in ("年度指标值", "实际完成值"))
    place = row.places.get("实际完成值")
    given = {
        "name": text_of(row.values.get("三级指标")) or goal,
        "goal": goal,
        "result": result,
    }
    at = place.address if place else NOWHERE
    what = says_no_number(goal, result)
    if what == REPEATED:
        return [finding("target-repeated", *at, name=given["name"], result=result)]
    if what == IN_WORDS:
        return [finding("target-in-words", *at, **given)]
    rule = rule_of(targets, row, year)
    if not goal or not result or text_of(row.values.get("偏差原因")):
        return []
    judged = target.judgement(rule)
    by = beyond(judged.goal, judged.result) if judged.kind == AT_LEAST else ZERO
    return [finding("target-beyond", *at, by=Percent(by), **given)] if by else []
