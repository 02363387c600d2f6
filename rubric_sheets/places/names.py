"""Names that workbooks carry and code refers to, once each."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


SCORE_SHEET, CHECKLIST_SHEET, EXTRA_SHEET = "评分表", "核查清单", "补充数据"
FINDINGS_SHEET, RUBRIC_SHEET, META_SHEET = "校验", "指标体系", "_meta"
HEADER = "评分表头"
OWN_SCORE, OWN_NOTE = "自评得分", "其他说明"
CARRIED_SHEET = "上年带入"
GUIDE_SHEET, DASHBOARD_SHEET = "填报说明", "总览"
CONFIRMED = "已核对"
FINDINGS_AREA, FINDINGS_SUMMARY = "校验结果", "校验摘要"


HANDSHAKE = ("握手请求", "握手应答")  # of the buttons, on the hidden sheet


def row_name(indicator_id: str) -> str:
    """The defined name of an indicator's row in the 评分表: `指标_staff_control`."""
    return "指标_" + indicator_id.replace("-", "_")


MOST = 200


MARKS = frozenset({HEADER, "合计得分", "总分", "等次", "项目名称"})  # names that each project has


def suffix(project: int) -> str:
    """The ending of the names of a project, counted from 1."""
    return f"__{project}" if project > 1 else ""


def own_names(names: dict[str, Any], project: int) -> dict[str, Any]:
    """The names of one project, without their ending."""
    ending = suffix(project)
    if ending:
        return {name[: -len(ending)]: area for name, area in names.items() if name.endswith(ending)}
    return {name: area for name, area in names.items() if "__" not in name}


def present(names: dict[str, Any]) -> list[int]:
    """The projects that the workbook holds, in order. A sheet that was deleted, with its names,
    leaves a gap; a project that has lost but some of its names is still there,
    and says so when it is read."""
    found = set()
    for name in names:
        base, mark, ending = name.partition("__")
        if base not in MARKS:
            continue
        if not mark:
            found.add(1)
        elif ending.isdecimal() and 1 < int(ending) <= MOST:
            found.add(int(ending))
    return sorted(found) or [1]
