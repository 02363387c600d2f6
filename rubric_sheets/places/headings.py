"""What stands above the columns of a score table. Layouts write these headings, and reading finds
the columns by them; a column is known by the kind of slot that its cells have."""

from __future__ import annotations

from functools import lru_cache

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
# With the unit's own list below, whose columns have these meanings in brackets
TOGETHER = {
    **DEPARTMENT,
    "评分标准": "评分标准（年度指标值）",
    MEASURE: "指标值（实际完成值）",
    NOTE: "其他说明（偏差原因）",
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


def printed(is_project: bool) -> dict[str, str]:
    """Column → its heading on such a form."""
    return {**DEPARTMENT, **PROJECT} if is_project else DEPARTMENT


@lru_cache(maxsize=1)
def columns() -> dict[str, str]:
    """Heading → column, of every form. A heading of former workbooks that is none of these names
    its column itself."""
    listed = [(text, column) for form in (PROJECT, DEPARTMENT) for column, text in form.items()]
    return {**OF_OTHER_FORMS, **dict(listed)}


def column_of(text: str, listed: dict[str, str]) -> str:
    """The column that a heading means: blanks, line breaks, wide signs and a unit in brackets do
    not count. `listed`: `columns()`."""
    if text in listed:
        return listed[text]
    plain = meaning(text)
    return next((column for heading, column in listed.items() if meaning(heading) == plain), text)


@lru_cache(maxsize=1 << 8)  # the headings of the forms, again and again
def meaning(text: str) -> str:
    """`自评 得分（分）` → `自评得分`."""
    from unicodedata import category, normalize

    plain = normalize("NFKC", text)
    if " " in plain or not plain.isprintable():  # a blank is the only white space that is printable
        plain = "".join(sign for sign in plain if not sign.isspace() and category(sign) != "Cf")
    head, bracket, unit = plain.partition("(")
    return head if bracket and unit.endswith(")") else plain
