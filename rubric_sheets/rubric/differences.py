"""How a workbook's own rubric differs from the published one of the same id."""

from __future__ import annotations

from ..findings import Finding, finding
from .compiled import load
from .model import Rubric


def against_published(rubric: Rubric) -> list[Finding]:
    """One note that names the indicators, or nothing where no rubric of that id is published."""
    published = load(rubric["id"])
    if published is None:
        return []
    own = {spec["id"]: spec for spec in rubric["indicators"]}
    now = {spec["id"]: spec for spec in published["indicators"]}
    names = {**now, **own}
    parts = [
        (word, [f"“{names[id_]['levels'][-1]}”" for id_ in ids])
        for word, ids in (
            ("分值或规则不同：", [i for i in own if i in now and own[i] != now[i]]),
            ("现行没有：", [i for i in own if i not in now]),
            ("现行新增：", [i for i in now if i not in own]),
        )
    ]
    ratios = [f"“{name}”" for name in rubric["ratios"] if published["ratios"].get(name) != rubric["ratios"][name]]
    parts.append(("比率不同：", ratios))
    what = "；".join(word + "、".join(found) for word, found in parts if found) or "填报表或版本不同"
    return [finding("rubric-differs", id=rubric["id"], what=what)]
