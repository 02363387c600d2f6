"""What stands above the columns of a score table. Layouts write these headings, and reading finds
the columns by them; a column is known by the kind of slot that its cells have."""

from __future__ import annotations

from .slots import BASE, CLAIM, COMPUTED, MEASURE, NOTE, REASON, SCORE, WEIGHT

LEVELS = ("一级指标", "二级指标", "三级指标")

# Column → heading, from left to right
DEPARTMENT = {
    **dict(zip(LEVELS, LEVELS)),
    "评分标准": "评分标准",
    WEIGHT: "分值",
    MEASURE: "指标值",
    CLAIM: "自评得分",
    COMPUTED: "测算得分",
    SCORE: "得分",
    REASON: "扣分原因",
    NOTE: "其他说明",
    BASE: "适用分值",
}
PROJECT = {
    WEIGHT: "分值",
    MEASURE: "执行率",
    CLAIM: "自评得分",
    COMPUTED: "测算得分",
    SCORE: "得分",
    NOTE: "偏差原因",
    REASON: "扣分原因",
    BASE: "适用分值",
}
OF_OTHER_FORMS = {"偏差原因分析及改进措施": NOTE}


def columns() -> dict[str, str]:
    """Heading → column, of every form. A heading of former workbooks that is none of these names
    its column itself."""
    listed = [(text, column) for form in (PROJECT, DEPARTMENT) for column, text in form.items()]
    return {**OF_OTHER_FORMS, **dict(listed)}
