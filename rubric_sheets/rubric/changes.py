"""What is different between two rubrics, in words, for whoever fills in the newer one."""

from __future__ import annotations

from ..exact.quantities import plain, show
from .model import IndicatorSpec, Rubric

MOST = 40


def changes(old: Rubric, new: Rubric) -> list[str]:
    """One line for each indicator that came, went or weighs or is scored otherwise."""
    before = {spec["id"]: spec for spec in old["indicators"]}
    after = {spec["id"]: spec for spec in new["indicators"]}
    out = []
    if old["id"] != new["id"]:
        out.append(
            f"指标体系由“{old['title']}”（{old['id']}）改为“{new['title']}”（{new['id']}）。"
        )
    elif old["version"] != new["version"]:
        out.append(f"版本由 {old['version']} 改为 {new['version']}。")
    out += [
        f"取消：“{_name(spec)}”（{_points(spec)}）。"
        for i, spec in before.items()
        if i not in after
    ]
    out += [
        f"新增：“{_name(spec)}”（{_points(spec)}）。"
        for i, spec in after.items()
        if i not in before
    ]
    for id_, spec in after.items():
        if id_ in before:
            out += _changed(before[id_], spec)
    return out[:MOST]


def _name(spec: IndicatorSpec) -> str:
    return spec["levels"][-1]


def _points(spec: IndicatorSpec) -> str:
    return f"{show(plain(spec['weight']))} 分"


def _changed(old: IndicatorSpec, new: IndicatorSpec) -> list[str]:
    name, out = _name(new), []
    if _name(old) != name:
        out.append(f"“{_name(old)}”改称“{name}”。")
    if old["weight"] != new["weight"]:
        out.append(f"“{name}”的分值由 {_points(old)}改为 {_points(new)}。")
    if old["standard"] != new["standard"]:
        out.append(f"“{name}”的评分标准改了：{new['standard']}".replace("\n", ""))
    return out
