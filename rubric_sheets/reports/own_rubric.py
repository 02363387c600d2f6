"""A rubric that nobody has published: what the report's own score table says of it, scored as
judged by the unit."""

from __future__ import annotations

from ..exact.quantities import exact
from ..exact.quantities import total as sum_of
from ..rubric.load import resolve
from ..rubric.model import Rubric
from .items import Item

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ID = "report-own"
GRADES = [
    {"name": "优", "min": "90", "synonyms": ["优秀"]},
    {"name": "良", "min": "80", "synonyms": ["良好"]},
    {"name": "中", "min": "60", "synonyms": ["合格", "一般", "及格"]},
    {"name": "差", "min": "0", "synonyms": ["不合格", "不及格"]},
]


def row_id(number: int) -> str:
    return f"item-{number + 1}"


def own_rubric(items: list[Item]) -> Rubric | None:
    """The rubric of score tables that give each item its weight, items below one merged weight as
    a group; None where the table does not say enough."""
    if len(items) < 3 or not all(one.in_table for one in items) or items[0].weight is None:
        return None
    indicators: list[dict[str, Any]] = []
    groups: dict[str, str] = {}
    for number, item in enumerate(items):
        name = item.levels[-1] if item.levels else item.name
        levels = [*(item.levels[:-1] or ("评分",)), name or f"第 {number + 1} 项"]
        spec: dict[str, Any] = {
            "id": row_id(number),
            "levels": levels,
            "standard": item.standard or "由单位自评。",
            "rule": {"kind": "judged", "fact": f"自评_{number + 1}"},
        }
        if item.weight is not None:
            spec["weight"] = exact(item.weight)
        elif indicators:
            group = indicators[-1].setdefault("group", f"合并_{number}")
            spec["group"] = group
            spec["weight"] = groups.setdefault(group, indicators[-1]["weight"])
        indicators.append(spec)
    total = exact(sum_of(one.weight for one in items if one.weight is not None))
    return resolve(
        {
            "id": ID,
            "version": "1",
            "title": "报告所附的评分表",
            "source": "取自报告；评分标准未经核对，各项按单位自评计",
            "form": "department",
            "full_marks": total,
            "grades": GRADES,
            "groups": groups,
            "indicator": indicators,
        }
    )
