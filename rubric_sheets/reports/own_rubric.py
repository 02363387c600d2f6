"""A rubric that nobody has published: what the report's own score table says of it, scored as
judged by the unit."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import exact, plain
from ..exact.quantities import total as sum_of
from ..rubric.load import published_source, resolve
from ..rubric.model import Rubric
from .items import Item

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ID = "report-own"
FULL = Fraction(100)
GRADES = [
    {"name": "优", "min": "90", "synonyms": ["优秀"]},
    {"name": "良", "min": "80", "synonyms": ["良好"]},
    {"name": "中", "min": "60", "synonyms": ["合格", "一般", "及格"]},
    {"name": "差", "min": "0", "synonyms": ["不合格", "不及格"]},
]


def with_shares(rubric: Rubric, execution: Fraction | None, targets: Fraction) -> Rubric:
    """A rubric of targets with the weight that a form gives its rate of spending: one that scores
    none has 100 for its targets."""
    fixed = [spec for spec in rubric["indicators"] if spec["id"] == "execution"]
    if "targets" not in rubric or len(fixed) != 1 or len(rubric["indicators"]) != 1:
        return rubric
    usual = plain(fixed[0]["weight"])
    share = Fraction(0) if execution is None and targets == FULL else execution
    if share is None or share == usual or not 0 <= share < FULL:
        return rubric
    source = published_source(rubric["id"])
    source["targets"]["weight"] = exact(FULL - share)
    source["indicator"][0]["weight"] = exact(share)
    source["indicator"][0].pop("case", None)
    if not share:
        source["indicator"] = []
    return resolve(source)


def row_id(number: int) -> str:
    return f"item-{number + 1}"


def own_rubric(items: list[Item], form: str = "department") -> Rubric | None:
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
            "form": form,
            "full_marks": total,
            "grades": GRADES,
            "groups": groups,
            "indicator": indicators,
        }
    )
