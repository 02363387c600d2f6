"""单位自评: the unit judges by itself and types its score, from 0 to the weight."""

from __future__ import annotations

from ..exact.quantities import NOT_APPLICABLE, show
from ..places.names import SCORE_SHEET
from .base import (
    INSIDE,
    Asked,
    Brings,
    Cells,
    Given,
    Parameter,
    Rule,
    Scored,
    Subject,
    clamp,
    needs_all,
    no_faults,
    up_to_weight,
    whole_weight,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LABEL = "单位自评"
READS_MEASURE = False
COUNTS = INSIDE
JUDGED = True
PARAMETERS = (
    Parameter(
        "fact",
        "数据名称",
        "fact",
        help="自评得分的数据名称",
        brings=Brings("judged", sheet=SCORE_SHEET),
        synonyms=("数据名称", "填报数据"),
        width=20,
    ),
    Parameter(
        "guide",
        "评分要点",
        "text",
        required=False,
        help="写给填报人的评分要点",
        synonyms=("要点",),
        width=26,
    ),
)
faults = no_faults
base_formula = whole_weight
limits = up_to_weight


needed = needs_all


def facts(rule: Rule) -> list[str]:
    return [rule["fact"]]


def asked(rule: Rule, row: dict[str, Any], spec: Any) -> Asked:
    """The cell is that of the unit's own score, beside the indicator."""
    return Asked("", help=spec["levels"][-1])


def score(rule: Rule, given: Given) -> Scored:
    claim = given.values[rule["fact"]]
    if claim == NOT_APPLICABLE:
        return Scored(None, given.weight * 0)
    return Scored(clamp(claim, given.weight), given.weight)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    assert scored.points is not None
    lost = given.weight - scored.points
    return f"单位自评 {show(scored.points)} 分" + (f"，扣 {show(lost)} 分" if lost else "（满分）")


def formula(rule: Rule, cells: Cells) -> str:
    name = rule["fact"]
    points = f'IF(ISNUMBER({name}),MAX(0,MIN({cells.weight},{name})),"")'
    return f'IF({name}="{NOT_APPLICABLE}","{NOT_APPLICABLE}",{points})'


def standard(rule: Rule, subject: Subject) -> str:
    guide = rule.get("guide") or "由单位结合实际细化为个性化指标，按完成情况自评"
    return f"{guide}，0至{subject.weight}{'' if subject.weight.endswith('分值') else '分'}。"
