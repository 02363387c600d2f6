"""Forms as a rubric uses them: where the unit's own list of indicators stands and is scored.

A one-page form has the list on its page. Other forms have room for it in the 评分表, below the
rubric's own indicators, once a rubric scores it (`[targets]`); a list of the same name that such a
form has elsewhere is then there, and nowhere else.
"""

from __future__ import annotations

from .own_figures import PROJECTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .model import Rubric

TARGETS = "targets"  # a block of the form: the unit's own list, scored row by row
SCORED = "scored"  # such a block of a form that takes it into the 评分表
IN_SCORES = "scores"  # `page` of a rubric whose list stands there


def lists(form: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The tables that are the unit's own list: those that the form always has, and those that it
    takes in where a rubric scores them."""
    blocks = (block for sheet in form["sheet"] for block in sheet["block"])
    always = [block["table"] for block in blocks if block["kind"] == TARGETS]
    return always, [form[SCORED]["table"]] if SCORED in form else []


def arranged(form: dict[str, Any], targets: Any) -> dict[str, Any]:
    """The form for a rubric with this `[targets]`, or None; without what it does not use."""
    block = form.get(SCORED)
    plain = {key: value for key, value in form.items() if key != SCORED}
    if block is None or not isinstance(targets, dict) or targets.get("table") != block["table"]:
        return plain
    sheets = [
        {**sheet, "block": [one for one in sheet["block"] if one.get("table") != block["table"]]}
        for sheet in form["sheet"]
    ]
    return {**form, "sheet": sheets}


GOAL_COLUMNS = frozenset(("三级指标", "年度指标值", "实际完成值", "分值", "自评得分"))


def goal_tables(rubric: Rubric) -> list[str]:
    """The names of the tables that are lists of targets, whether the rubric scores them or not."""
    return [
        table["name"]
        for table in rubric["tables"].values()
        if {column["name"] for column in table["columns"]} >= GOAL_COLUMNS
    ]


def judged_lists(rubric: Rubric) -> list[str]:
    """The names of the lists that a score or a check hangs on; the others are texts alone."""
    return [*goal_tables(rubric), *(name for name in rubric["tables"] if name == PROJECTS)]


def is_one_page(rubric: Rubric) -> bool:
    """Is it a form with funds, goals and the unit's own list on one page?"""
    return "targets" in rubric and rubric.get("page") != IN_SCORES


def holds_projects(rubric: Rubric) -> bool:
    """May one workbook hold several of it, with an overview of all?"""
    return is_one_page(rubric) and all(
        name in rubric["facts"]
        for name in ("项目名称", "年度资金总额全年预算数", "年度资金总额全年执行数")
    )
