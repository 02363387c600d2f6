"""The list of targets in a form whose rubric does not score it: reached or not, result beside
target, points beside weights where it has them.

Targets are read as those of a project are: `rules.target` is the one reader.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO
from ..facts.model import NOWHERE, FactSet, Row
from ..findings.finding import Finding, finding
from ..rubric.forms import goal_tables
from ..rubric.model import Rubric
from ..rules.base import Given
from ..scoring.result import is_near

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

USUAL: dict[str, Any] = {
    "mostly": "80",
    "mostly_from": "60",
    "undone": "0",
}
NO_GOAL = frozenset(("无具体指标", "无指标", "无此项", "不涉及", "无"))


def check(rubric: Rubric, facts: FactSet) -> list[Finding]:
    """One finding at most for each row; none where the rubric scores the list itself."""
    if "targets" in rubric:
        return []
    rows = [row for name in goal_tables(rubric) for row in facts.tables.get(name, ())]
    if not rows:
        return []  # reading targets takes modules that a score does without
    from ..scoring.own_list import year_of

    year = year_of(facts)
    return [one for row in rows for one in _row(row, year)]


def _row(row: Row, year: str) -> list[Finding]:
    from ..rules import target
    from ..scoring.own_list import is_filled, rule_of, text_of

    goal, result = (text_of(row.values.get(name)) for name in ("年度指标值", "实际完成值"))
    weight, points = row.values.get("分值"), row.values.get("自评得分")
    if not is_filled(row) or not goal:
        return []
    name = text_of(row.values.get("三级指标")) or goal
    if goal in NO_GOAL or result in NO_GOAL:
        if not isinstance(points, Fraction) or points <= 0:
            return []
        what = goal if goal in NO_GOAL else result
        return [finding("goal-none", *_place(row, "自评得分"), name=name, what=what, actual=points)]
    if not result:
        return [finding("goal-blank", *_place(row, "实际完成值"), name=name, goal=goal)]
    rule = rule_of(USUAL, row, year)
    judgement = target.judgement(rule)
    if judgement.share is None:
        if not isinstance(points, Fraction):
            return []  # prose beside prose, of which no points hang
        what = judgement.reason
        place = _place(row, "实际完成值")
        return [finding("target-unclear", *place, "warning", indicator=name, what=what)]
    if isinstance(weight, Fraction) and weight > 0 and isinstance(points, Fraction):
        return _points(row, rule, weight, points, name)
    if judgement.share == 1 or text_of(row.values.get("偏差原因")):
        return []
    return [finding("goal-missed", *_place(row, "实际完成值"), name=name, goal=goal, result=result)]


def _points(
    row: Row, rule: dict[str, Any], weight: Fraction, points: Fraction, name: str
) -> list[Finding]:
    """The points that a row claims against those that its target gives."""
    from ..rules import target
    from ..scoring.own_list import text_of

    given = Given(weight, ZERO, "", name, {"claim": points})
    due = target.score(rule, given).points
    if due is None or is_near(points, due):
        return []
    if points < due and text_of(row.values.get("偏差原因")):
        return []
    return [
        finding(
            "goal-too-high" if points > due else "goal-too-low",
            *_place(row, "自评得分"),
            name=name,
            goal=rule["target_shown"],
            result=rule["actual_shown"],
            actual=points,
            expected=due,
        )
    ]


def _place(row: Row, column: str) -> tuple[str, str]:
    place = row.places.get(column)
    return place.address if place else NOWHERE
