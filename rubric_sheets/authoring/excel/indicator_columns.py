"""The columns of the 指标 sheet: what every indicator has, what the kinds of rules ask for,
in bands that an author can fold away."""

from __future__ import annotations

from ...rubric.fields import KINDS, ZERO, every_parameter, parameters, word
from ...rules.base import Parameter
from ...rules.lists import in_cell, in_rows, listed
from .column import NOTES, SHOWN, Column, words_of

LIST = "*"  # the one column for all lists that stand in a cell
# Lists of later kinds stand there too; the heading stays, for files that have it.
LIST_HEADING = "分档／条件／等级"
SUMS = ("一级合计", "二级合计")  # live formulas beside the weights
WORDED = "自动写出的评分标准"
BASIC, SCORED, LISTS, WORDING, SPECIAL, FURTHER = (
    "指标",
    "怎样计分",
    "分档、条件等清单",
    "文字和依据",
    "例外情形",
    "其他",
)


def indicator_columns() -> tuple[Column, ...]:
    """One row per indicator: fixed columns around those of all rule kinds' parameters."""
    # A column a line, to be read as a table.
    return (
        Column(("id",), "编号", 17, synonyms=("id", "指标编号", "代码"), help="空着就按指标名称自动编；自己编的用小写字母、汉字、数字、连字符，不重复", band=BASIC),
        Column(("levels", 0), "一级指标", 9, synonyms=("一级",), required=True, help="从一级填起；单元格可以合并", band=BASIC),
        Column(("levels", 1), "二级指标", 11, synonyms=("二级",), help="没有可空", band=BASIC),
        Column(("levels", 2), "三级指标", 24, synonyms=("三级", "指标名称"), help="没有可空", band=BASIC),
        Column(("weight",), "分值", 7, "number", ("权重", "满分", "标准分", "weight"), help="加分项、扣分项可空", band=BASIC),
        Column(("shown", 1), SUMS[0], 6.5, SHOWN, band=BASIC),
        Column(("shown", 2), SUMS[1], 6.5, SHOWN, band=BASIC),
        Column(("rule", "kind"), "规则", 11, "choice", ("评分方法", "评分规则", "计分方法", "rule"), "从下拉列表选", words_of("rule", KINDS), True, SCORED),
        Column(("ratio",), "比率", 18, synonyms=("比率名称", "ratio"), help="“比率与数据”表里的比率，从下拉列表选", band=SCORED),
        Column(("value",), "数据", 14, synonyms=("指标数据", "value"), help="不算比率、直接量的数据，从下拉列表选；全部名称见“数据名称”表", band=SCORED),
        *parameter_columns(),
        Column(("shown", "standard"), WORDED, 40, SHOWN, band=WORDING),
        Column(("standard",), "评分标准", 40, synonyms=("标准文字", "standard"), help="空着就用自动写出的；要用原文的填原文", band=WORDING),
        Column(("source",), "依据", 20, synonyms=("来源", "source"), help="文件及条款", band=WORDING),
        Column(("zero",), "分母为零", 12, "choice", ("零分母", "zero"), "0/0 或不适用时", words_of("zero", ZERO), band=SPECIAL),
        Column(("over_zero",), "仅分母为零", 12, "choice", ("分母为零分子不为零", "over_zero"), "分子不为零时；空着即无法计算", words_of("over_zero", ZERO), band=SPECIAL),
        Column(("zero_text",), "分母为零的说明", 18, synonyms=("zero_text",), help="写进评分理由，如 没有新建楼堂馆所", band=SPECIAL),
        Column(("applies_when",), "适用条件", 18, synonyms=("适用", "applies_when"), help="不成立即不适用，如 专项资金数 > 0", band=SPECIAL),
        Column(("void_when",), "否决条件", 18, synonyms=("一票否决", "void_when"), help="成立即得 0 分，如 绩效目标 = 否", band=SPECIAL),
        Column(("void_text",), "否决说明", 18, synonyms=("void_text",), help="写进扣分原因，如 未设置绩效目标", band=SPECIAL),
        Column(("group",), "合并组", 11, synonyms=("组", "group"), help="合并计分的组，上限见“其他”表", band=FURTHER),
        Column(("own",), "单位可换", 9, "flag", ("单位自设", "own"), "单位可换成自己的指标的填是", band=FURTHER),
        Column(("weight_fact",), "分值数据", 14, synonyms=("weight_fact",), help="分值由单位填报时，写数据名称，分值空着", band=FURTHER),
        Column(("remark",), "备注", 20, synonyms=NOTES, help="写给自己看的，不影响评分", band=FURTHER),
    )  # fmt: skip


_KINDS = {"number": "number", "choice": "choice", "flag": "flag", "text": "text", "fact": "text"}


def cell_lists() -> list[tuple[str, Parameter]]:
    """(rule kind, parameter) of every list that stands in one cell: they share a column."""
    return [
        (kind, parameter)
        for kind in KINDS
        for parameter in parameters(kind) or ()
        if in_cell(parameter.type)
    ]


def row_lists() -> list[tuple[str, Parameter]]:
    """(rule kind, parameter) of every list whose rows stand on the 核查清单."""
    return [
        (kind, parameter)
        for kind in KINDS
        for parameter in parameters(kind) or ()
        if in_rows(parameter.type)
    ]


def list_parameter(kind: object) -> Parameter:
    """A kind's parameter that stands in the list column;
    the first of all lists where it has none."""
    own = (p for p in parameters(kind) or () if in_cell(p.type))
    return next(own, cell_lists()[0][1])


def parameter_columns() -> tuple[Column, ...]:
    """A column for each parameter name, and one for all lists that stand in a cell; those before
    and after it have a band each, named after the kinds that ask for them."""
    columns: list[Column] = []
    headings, band = {"数据", "标准文字"}, ""
    for name, uses in every_parameter().items():
        first = uses[0][1]
        if in_rows(first.type):
            continue
        if in_cell(first.type):
            if all(column.key != ("rule", LIST) for column in columns):
                columns.append(_list_column())
                band = ""
            continue
        band = band or _band(uses)
        heading = first.label if first.label not in headings else f"{first.label}（{name}）"
        headings.add(heading)
        columns.append(_parameter_column(name, heading, uses)._replace(band=band))
    return tuple(columns)


def _parameter_column(name: str, heading: str, uses: list[tuple[str, Parameter]]) -> Column:
    """The column of all parameters of one name; its look is that of the first."""
    first = uses[0][1]
    kind = _KINDS.get(first.type, "json")
    words = [word for _, p in uses for word in (p.label, *p.synonyms) if word != heading]
    rules = "、".join(word("rule", kind) for kind, _ in uses)
    help_ = f"{rules}：{first.help if kind != 'choice' else '从下拉列表选'}"
    choices = words_of(name, first.choices)
    synonyms = (*dict.fromkeys(words), name)
    return Column(("rule", name), heading, first.width, kind, synonyms, help_, choices)


def _band(uses: list[tuple[str, Parameter]]) -> str:
    """`按点扣分等`"""
    return "、".join(word("rule", kind) for kind, _ in uses[:2]) + ("等" if len(uses) != 2 else "")


def _list_column() -> Column:
    lists = cell_lists()
    labels = list(dict.fromkeys(parameter.label for _, parameter in lists))
    types = list(dict.fromkeys(parameter.type for _, parameter in lists))
    words = [word for type_ in types for word in listed(type_).WORDS]
    synonyms = (*labels, *words, "/".join(labels), "、".join(labels), *types)
    help_ = "。".join(f"{word('rule', kind)}：{listed(p.type).BRIEF}" for kind, p in lists)
    return Column(("rule", LIST), LIST_HEADING, 32, "list", synonyms, help_, band=LISTS)
