"""Figures taken from the unit's own list of indicators: facts that a rubric may use in its ratios
and conditions (达标率 = 自设指标达标数 / 自设指标项数). A workbook has those that its rubric uses.
"""

from __future__ import annotations

from ..places.names import SCORE_SHEET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

COUNT, REACHED, POINTS, WEIGHTS = "自设指标项数", "自设指标达标数", "自设指标得分", "自设指标分值"
FIGURES: dict[str, tuple[str, str, str]] = {  # name → kind, unit, what it is
    COUNT: ("count", "项", "单位自设的指标共有几项，不适用的不计"),
    REACHED: ("count", "项", "其中得满分的有几项"),
    POINTS: ("amount", "分", "各项得分之和"),
    WEIGHTS: ("amount", "分", "各项分值之和，不适用的不计"),
}


def figures() -> dict[str, dict[str, Any]]:
    """All of them, as facts."""
    return {
        name: {
            "name": name,
            "help": text,
            "kind": kind,
            "unit": unit,
            "sheet": SCORE_SHEET,
            "listed": True,
        }
        for name, (kind, unit, text) in FIGURES.items()
    }


def used(source: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Those that a source speaks of; none where the unit has no list of its own."""
    if "targets" not in source:
        return {}
    spoken = repr([source.get(key) for key in ("ratios", "indicator", "check")])
    return {name: fact for name, fact in figures().items() if name in spoken}


def listed(facts: dict[str, Any]) -> list[str]:
    """The names of those among the facts of a rubric."""
    return [name for name in FIGURES if "listed" in facts.get(name, ())]
