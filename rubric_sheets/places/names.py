"""Names that workbooks carry and code refers to, once each."""

from __future__ import annotations

SCORE_SHEET, CHECKLIST_SHEET, EXTRA_SHEET = "评分表", "核查清单", "补充数据"
FINDINGS_SHEET, RUBRIC_SHEET, META_SHEET = "校验", "指标体系", "_meta"
HEADER = "评分表头"
OWN_SCORE, OWN_NOTE = "自评得分", "其他说明"
FINDINGS_AREA, FINDINGS_SUMMARY = "校验结果", "校验摘要"


# Headings of other forms for the same column
SAME_COLUMN = {"执行率": "指标值", "偏差原因": OWN_NOTE, "偏差原因分析及改进措施": OWN_NOTE}


def row_name(indicator_id: str) -> str:
    """The defined name of an indicator's row in the 评分表: `指标_staff_control`."""
    return "指标_" + indicator_id.replace("-", "_")
