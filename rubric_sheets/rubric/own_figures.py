"""Figures taken from lists that the unit fills in: facts that a rubric may use in its ratios and
conditions (达标率 = 自设指标达标数 / 自设指标项数). A workbook has those that its rubric uses.

There are two lists: the unit's own indicators, where the rubric scores them, and the scores of its
projects, a sheet that there is wherever a rubric uses what comes of it.
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

PROJECTS = "项目绩效"  # the table, its sheet
PROJECT, BUDGET, SPENT, SCORE = "项目名称", "全年预算数", "全年执行数", "自评得分"
TYPED = (PROJECT, BUDGET, SPENT, SCORE)  # a row with any of them is a project
PROJECT_COUNT, AVERAGE, WEIGHTED = "项目绩效项数", "项目绩效平均得分", "项目绩效加权平均得分"
OF_PROJECTS: dict[str, tuple[str, str, str]] = {
    PROJECT_COUNT: ("count", "项", "填了自评得分的项目有几个"),
    AVERAGE: ("amount", "分", "各项目自评得分的平均数"),
    WEIGHTED: ("amount", "分", "各项目自评得分按全年预算数加权的平均数"),
}
LISTED = frozenset((*FIGURES, *OF_PROJECTS))
COLUMNS: tuple[dict[str, Any], ...] = (
    {"name": "序号", "kind": "text", "span": 1},
    {"name": PROJECT, "kind": "text", "span": 3},
    {"name": BUDGET, "kind": "amount", "span": 1},
    {"name": SPENT, "kind": "amount", "span": 1},
    {"name": SCORE, "kind": "amount", "unit": "分", "span": 1},
    {"name": "备注", "kind": "text", "span": 1},
)
PROJECTS_SHEET: dict[str, Any] = {
    "name": PROJECTS,
    "title": "项目支出绩效自评得分",
    "unit": "万元、分",
    "block": [
        {
            "kind": "list",
            "table": PROJECTS,
            "title": "各项目的自评得分（照项目支出绩效自评表的总分填，有项目总表的照抄）",
            "rows": "10",
            "columns": [dict(column) for column in COLUMNS],
        },
        {"kind": "of_projects", "title": "由上表得出"},
    ],
}


def figures(source: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """As facts, all that a rubric may speak of, given its source."""
    own = FIGURES if "targets" in source else {}
    projects = OF_PROJECTS if source.get("form") != "project" else {}
    return {
        name: {
            "name": name,
            "help": text,
            "kind": kind,
            "unit": unit,
            "sheet": PROJECTS if name in OF_PROJECTS else SCORE_SHEET,
            "listed": True,
        }
        for name, (kind, unit, text) in {**own, **projects}.items()
    }


def used(source: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Those that a source speaks of."""
    spoken = repr([source.get(key) for key in ("ratios", "indicator", "check")])
    return {name: fact for name, fact in figures(source).items() if name in spoken}


def listed(facts: dict[str, Any]) -> list[str]:
    """The names of those among the facts of a rubric."""
    names = (*FIGURES, *OF_PROJECTS)
    return [name for name in names if "listed" in facts.get(name, ())]


def with_projects(form: dict[str, Any], rubric: Any) -> dict[str, Any]:
    """The form with the sheet of projects before its last one, where the rubric, or its source,
    needs it."""
    is_resolved = "tables" in rubric
    needed = PROJECTS in rubric["tables"] if is_resolved else set(OF_PROJECTS) & used(rubric).keys()
    if not needed:
        return form
    return {**form, "sheet": [*form["sheet"], PROJECTS_SHEET]}
