"""What is different between two rubrics, in sentences for whoever fills in the newer one."""

from __future__ import annotations

from ..exact.quantities import plain, show
from ..rubric.model import Rubric
from .compare import ADDED, REMOVED, Difference, compare

MOST = 40


def changes(old: Rubric, new: Rubric) -> list[str]:
    """One line for each indicator that came, went or weighs or is scored otherwise."""
    out = []
    if old["id"] != new["id"]:
        out.append(
            f"指标体系由“{old['title']}”（{old['id']}）改为“{new['title']}”（{new['id']}）。"
        )
    elif old["version"] != new["version"]:
        out.append(f"版本由 {old['version']} 改为 {new['version']}。")
    marked = {REMOVED: "取消", ADDED: "新增"}
    found = compare(old, new).indicators
    for mark, word in marked.items():
        out += [
            f"{word}：“{_last(name)}”（{_points(_weight(told, mark))}）。"
            for _, name, what, told in found
            if what == mark
        ]
    for _, name, what, told in found:
        if what not in marked:
            out += _changed(_last(name), {one.field: one for one in told})
    return out[:MOST]


def _last(name: str) -> str:
    """The indicator's own name after those of its levels."""
    return name.rsplit("·", maxsplit=1)[-1]


def _weight(told: list[Difference], mark: str) -> str:
    one = next(one for one in told if one.field == "weight")
    return str(one.before if mark == REMOVED else one.after)


def _points(text: str | None) -> str:
    return f"{show(plain(text or '0'))} 分"


def _changed(name: str, told: dict[str, Difference]) -> list[str]:
    out = []
    if (levels := told.get("levels")) and _last(levels.before or "") != name:
        out.append(f"“{_last(levels.before or '')}”改称“{name}”。")
    if weight := told.get("weight"):
        out.append(f"“{name}”的分值由 {_points(weight.before)}改为 {_points(weight.after)}。")
    if standard := told.get("standard"):
        out.append(f"“{name}”的评分标准改了：{standard.after}".replace("\n", ""))
    return out
