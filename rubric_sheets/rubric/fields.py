"""The shape of a rubric's source: every table and field, its type, its Chinese label. Checks,
TOML and Excel follow it.

Types: text, number, flag, choice, id, name (of a fact), expression, points (a number, or an
expression); texts (a list), rows (a list of
tables, `of`), numbers and formulas (name → value), values (fact → text), rule, targets, any.
"""

from __future__ import annotations

from typing import NamedTuple

from ..rules import KINDS as ALL_RULES
from ..rules import rule as rule_module
from ..rules.base import Parameter
from ..rules.lists import is_list, listed
from .statuses import STATUSES

OF_ROWS = (
    "target"  # made by the program for each row of a unit's own list, never written by an author
)
KINDS = tuple(kind for kind in ALL_RULES if kind != OF_ROWS)


class Field(NamedTuple):
    name: str
    label: str
    type: str
    required: bool = False
    choices: tuple[str, ...] = ()
    of: tuple[Field, ...] = ()
    one: str = "条"


_SIMPLE = {
    "number": "number",
    "choice": "choice",
    "text": "text",
    "fact": "name",
    "flag": "flag",
    "expression": "expression",
    "points": "points",
    "texts": "texts",
}

ZERO = ("not_applicable", "full", "none", "manual")
AUTHORS = ("case", "remark")  # of an indicator: for its author, not for who fills in
FACT_KINDS = ("amount", "count", "percent", "text", "yes_no")
ALL_KINDS = (*FACT_KINDS, "breach_count", "judged")
CONTENT = ("all", "needed")
SEVERITIES = ("error", "warning", "note")

CASE = (
    Field("facts", "填报数据", "values", True),
    Field("score", "应得分", "number"),
    Field("status", "应有状态", "choice", choices=STATUSES),
    Field("remark", "备注", "text"),
)
INDICATOR = (
    Field("id", "编号", "id", True),
    Field("levels", "各级指标", "texts", True),
    Field("weight", "分值", "number"),
    Field("weight_fact", "分值数据", "name"),
    Field("ratio", "比率", "text"),
    Field("value", "数据", "name"),
    Field("zero", "分母为零", "choice", choices=ZERO),
    Field("over_zero", "仅分母为零", "choice", choices=ZERO),
    Field("zero_text", "分母为零的说明", "text"),
    Field("applies_when", "适用条件", "expression"),
    Field("void_when", "否决条件", "expression"),
    Field("void_text", "否决说明", "text"),
    Field("group", "合并组", "text"),
    Field("own", "单位可换", "flag"),
    Field("rule", "规则", "rule", True),
    Field("standard", "评分标准", "text"),
    Field("source", "依据", "text"),
    Field("remark", "备注", "text"),
    Field("case", "用例", "rows", of=CASE, one="例"),
)
GRADE = (
    Field("name", "等次", "text", True),
    Field("min", "最低分", "number", True),
    Field("synonyms", "同义词", "texts"),
)
FACT = (
    Field("name", "数据名称", "name", True),
    Field("kind", "类型", "choice", True, FACT_KINDS),
    Field("unit", "单位", "text"),
    Field("label", "显示名称", "text"),
    Field("help", "填报说明", "text"),
    Field("signed", "可为负", "flag"),
    Field("choices", "可选值", "texts"),
    Field("sheet", "填在哪张表", "text"),
    Field("block", "小标题", "text"),
    Field("remark", "备注", "text"),
)
CHECK = (
    Field("when", "成立即有误的条件", "expression", True),
    Field("at", "指向的数据", "name", True),
    Field("severity", "程度", "choice", True, SEVERITIES),
    Field("message", "问题", "text", True),
    Field("fix", "改正办法", "text", True),
    Field("remark", "备注", "text"),
)
SHEET = (
    Field("name", "工作表", "text", True),
    Field("title", "标题", "text"),
    Field("caption", "附件号", "text"),
    Field("blocks", "保留的内容块", "texts"),
    Field("omit", "不要这张表", "flag"),
)
PROPERTIES = (
    Field("id", "编号", "id", True),
    Field("version", "版本", "text", True),
    Field("title", "名称", "text", True),
    Field("caption", "题注", "text"),
    Field("place", "地区", "text"),
    Field("year", "年度", "text"),
    Field("source", "依据", "text", True),
    Field("form", "填报表", "text", True),
    Field("content", "填报内容", "choice", choices=CONTENT),
    Field("full_marks", "满分", "number"),
    Field("scale", "折算满分", "number"),
    Field("first_year", "适用起始年度", "number"),
    Field("last_year", "适用截止年度", "number"),
)
TOP = (
    *PROPERTIES,
    Field("grades", "等次", "rows", True, of=GRADE, one="档"),
    Field("ratios", "比率", "formulas"),
    Field("groups", "合并组", "numbers"),
    Field("shares", "各级权重", "formulas"),
    Field("targets", "自设指标", "targets"),
    Field("fact", "自有数据", "rows", of=FACT, one="项"),
    Field("indicator", "指标", "rows", True, of=INDICATOR, one="条"),
    Field("check", "勾稽关系", "rows", of=CHECK, one="条"),
    Field("sheet", "填报表各页", "rows", of=SHEET, one="张"),
)

# What a value is called in Excel: the word shown first, then others that are read too.
# The choices of rules' parameters have their words beside them.
_ZERO: dict[str, tuple[str, ...]] = {
    "not_applicable": ("不计入分母", "不适用"),
    "full": ("得满分", "满分"),
    "none": ("不得分", "零分"),
    "manual": ("以自评为准", "自评"),
}
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "zero": _ZERO,
    "over_zero": _ZERO,
    "kind": {
        "amount": ("金额",),
        "count": ("个数", "整数", "数量"),
        "percent": ("百分比", "百分数"),
        "text": ("文字", "文本"),
        "yes_no": ("是否", "是/否"),
    },
    "content": {"all": ("全部",), "needed": ("用得着的", "需要的")},
    "severity": {"error": ("错误",), "warning": ("提示", "警告"), "note": ("说明",)},
    "status": {
        "scored": ("已评分",),
        "judged": ("单位自评", "自评"),
        "not_applicable": ("不适用", "不计入分母"),
        "missing": ("缺数据", "缺少数据"),
        "error": ("无法计算",),
    },
}


def parameters(kind: object) -> tuple[Parameter, ...] | None:
    """The parameters of a rule kind, or None for an unknown one."""
    if not isinstance(kind, str) or kind not in KINDS:
        return None
    found: tuple[Parameter, ...] = rule_module(kind).PARAMETERS
    return found


def parameter_field(parameter: Parameter) -> Field:
    """A rule's parameter as a field of the rule's table."""
    if is_list(parameter.type):
        rows = listed(parameter.type)
        of = tuple(parameter_field(field) for field in rows.FIELDS)
        label, needed = parameter.label, parameter.required
        return Field(parameter.name, label, "rows", needed, of=of, one=rows.ONE)
    kind = _SIMPLE.get(parameter.type, "any")
    return Field(parameter.name, parameter.label, kind, parameter.required, parameter.choices)


def rule_fields(kind: object) -> tuple[Field, ...]:
    """The fields of a rule's table: its kind, then its parameters in their own order."""
    own = parameters(kind) or ()
    return (Field("kind", "规则", "choice", True, KINDS), *(parameter_field(p) for p in own))


def target_fields() -> tuple[Field, ...]:
    """The fields of `[targets]`, the unit's own list of indicators."""
    return tuple(parameter_field(parameter) for parameter in rule_module(OF_ROWS).TARGET_PARAMETERS)


def every_parameter() -> dict[str, list[tuple[str, Parameter]]]:
    """Parameter name → (rule kind, parameter) of every kind that has it,
    in the order of the kinds."""
    found: dict[str, list[tuple[str, Parameter]]] = {}
    for kind in KINDS:
        for parameter in parameters(kind) or ():
            found.setdefault(parameter.name, []).append((kind, parameter))
    return found


def choice_words(field: str) -> dict[str, tuple[str, ...]]:
    """The words of each choice of a field, which may be a rule's parameter."""
    if field in WORDS:
        return WORDS[field]
    uses = every_parameter().get(field, ())
    return {value: words for _, p in uses for value, words in zip(p.choices, p.words)}


def word(field: str, value: str) -> str:
    """The Chinese word of a choice, or the value itself."""
    if field == "rule":
        return str(rule_module(value).LABEL) if value in KINDS else value
    return choice_words(field).get(value, (value,))[0]
