"""How a workbook's own rubric differs from the published one of the same id."""

from __future__ import annotations

from typing import Any

from ..findings.finding import Finding, finding
from ..rubric.compiled import load
from ..rubric.model import Rubric
from ..rubric.once import once

PARTS = {
    "grades": "等次",
    "groups": "合并组",
    "checks": "勾稽关系",
    "facts": "填报数据",
    "targets": "单位自设指标",
    "full_marks": "满分",
    "scale": "折算满分",
    "printed_shares": "各级权重",
    "first_year": "适用年度",
    "last_year": "适用年度",
}


WORDING = ("zero_text",)
TOLD = ("message", "fix")  # of a cross-check


def against_published(rubric: Rubric) -> list[Finding]:
    """One note that names what differs; nothing where no rubric of that id is published, or only
    the order of fields differs."""
    published = load(rubric["id"])
    if published is None or _scored(rubric) == _scored(published):
        return []
    own = {spec["id"]: spec for spec in _scored(rubric)["indicators"]}
    now = {spec["id"]: spec for spec in _scored(published)["indicators"]}
    names = {**now, **own}
    parts = [
        (word, [f"“{names[id_]['levels'][-1]}”" for id_ in ids])
        for word, ids in (
            ("分值或规则不同：", [i for i in own if i in now and own[i] != now[i]]),
            ("现行没有：", [i for i in own if i not in now]),
            ("现行新增：", [i for i in now if i not in own]),
        )
    ]
    ratios = [
        f"“{name}”"
        for name in rubric["ratios"]
        if published["ratios"].get(name) != rubric["ratios"][name]
    ]
    parts += [("比率不同：", ratios), ("不同的还有：", _parts(_scored(rubric), _scored(published)))]
    what = "；".join(word + "、".join(found) for word, found in parts if found)
    return [finding("rubric-differs", id=rubric["id"], what=what or "指标次序、填报表或版本不同")]


@once
def _scored(rubric: Rubric) -> dict[str, Any]:
    """Without what only words a reason or a finding: whoever carries an older wording scores the
    same."""
    worded = [
        {key: value for key, value in spec.items() if key not in WORDING}
        for spec in rubric["indicators"]
    ]
    checks = [
        {key: value for key, value in check.items() if key not in TOLD}
        for check in rubric["checks"]
    ]
    return {**rubric, "indicators": worded, "checks": checks}


def _parts(own: dict[str, Any], now: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(w for name, w in PARTS.items() if own.get(name) != now.get(name)))
