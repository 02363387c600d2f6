"""A list of targets that is all that a form scores, as a rubric of its own: workbooks score such a
list beside other indicators only, so each row becomes one that the unit judges."""

from __future__ import annotations

from fractions import Fraction

from .items import Item
from .own_rubric import own_rubric, row_id
from .part import Part
from .sightings import Sighting
from .words.clean import label

FORM = "plain"


def alone(part: Part) -> Part:
    """The same part where its rubric has indicators of its own; else what was read, with a rubric
    of its rows."""
    rows = part.rows.get("绩效指标", ())
    items = [_item(row) for row in rows if "分值" in row]
    rubric = None if part.rubric["indicators"] else own_rubric(items, FORM)
    if rubric is None:
        return part
    made = Part(rubric, part.sure)
    for name, some in part.facts.items():
        for one in some:
            made.add(name, one)
    made.items = {row_id(number): item for number, item in enumerate(items)}
    made.totals, made.grades = part.totals, part.grades
    return made


def _item(row: dict[str, Sighting]) -> Item:
    texts = {name: str(one.value) for name, one in row.items()}
    names = ("一级指标", "二级指标", "三级指标")
    levels = tuple(label(texts[name]) for name in names if name in texts)
    weight, score = (_points(row.get(name)) for name in ("分值", "自评得分"))
    told = row.get("自评得分", row["分值"])
    goal, result = texts.get("年度指标值", ""), texts.get("实际完成值", "")
    standard = f"指标值：{goal or '未写'}；完成值：{result or '未写'}。"
    reason = texts.get("偏差原因", "")
    return Item(
        levels[-1] if levels else "", levels, goal, weight, score, told.evidence, reason,
        in_table=True, has_reasons=True, as_read=told.as_read, standard=standard,
    )  # fmt: skip


def _points(one: Sighting | None) -> Fraction | None:
    return one.value if one is not None and isinstance(one.value, Fraction) else None
