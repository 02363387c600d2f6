"""The sheets of a rubric in Excel: which tables stand where, their columns, headings,
and the words read for each."""

from __future__ import annotations

from typing import NamedTuple

from ...rubric import fields
from ...rubric.fields import (
    KINDS,
    ZERO,
    Field,
    choice_words,
    every_parameter,
    parameters,
    target_fields,
    word,
)
from ...rubric.statuses import STATUSES
from ...rules.base import Parameter
from ...rules.lists import in_cell, in_rows, listed

INDICATORS, DATA, CHECKLIST, OTHER, CASES, GUIDE = (
    "指标",
    "比率与数据",
    "核查清单",
    "其他",
    "用例",
    "说明",
)
SHEETS = {
    INDICATORS: ("指标表", "指标体系"),
    DATA: ("比率", "比率和数据"),
    CHECKLIST: ("核查项",),
    OTHER: ("其它", "基本信息"),
    CASES: ("测试用例",),
}
NOTES = ("备注", "批注", "填写说明")  # columns of the author's own
LIST = "*"  # the one column for all lists that stand in a cell
# Lists of later kinds stand there too; the heading stays, for files that have it.
LIST_HEADING = "分档／条件／等级"


class Column(NamedTuple):
    """`key` is the path inside of a row's table; `kind`: text, number, choice, flag,
    or a syntax of excel_cells."""

    key: tuple[str | int, ...]
    heading: str
    width: float
    kind: str = "text"
    synonyms: tuple[str, ...] = ()
    help: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


class Table(NamedTuple):
    name: str
    sheet: str
    title: str
    columns: tuple[Column, ...]


def _words(group: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word(group, value) for value in values)


def indicator_columns() -> tuple[Column, ...]:
    """One row per indicator: fixed columns around those of all rule kinds' parameters."""
    # A column a line, to be read as a table.
    return (
        Column(("id",), "编号", 19, synonyms=("id", "指标编号", "代码"), required=True, help="小写字母、数字、连字符，不重复"),
        Column(("levels", 0), "一级指标", 9, synonyms=("一级",), required=True, help="从一级填起；单元格可以合并"),
        Column(("levels", 1), "二级指标", 11, synonyms=("二级",), help="没有可空"),
        Column(("levels", 2), "三级指标", 24, synonyms=("三级", "指标名称"), help="没有可空"),
        Column(("weight",), "分值", 7, "number", ("权重", "满分", "标准分", "weight"), help="加分项、扣分项可空"),
        Column(("rule", "kind"), "规则", 11, "choice", ("评分方法", "评分规则", "计分方法", "rule"), "从下拉列表选", _words("rule", KINDS), True),
        Column(("ratio",), "比率", 18, synonyms=("比率名称", "ratio"), help="“比率与数据”表里的比率"),
        Column(("value",), "数据", 14, synonyms=("指标数据", "value"), help="不算比率、直接量的数据"),
        *parameter_columns(),
        Column(("zero",), "分母为零", 12, "choice", ("零分母", "zero"), "0/0 或不适用时", _words("zero", ZERO)),
        Column(("over_zero",), "仅分母为零", 12, "choice", ("分母为零分子不为零", "over_zero"), "分子不为零时；空着即无法计算", _words("over_zero", ZERO)),
        Column(("zero_text",), "分母为零的说明", 18, synonyms=("zero_text",), help="写进评分理由，如 没有新建楼堂馆所"),
        Column(("applies_when",), "适用条件", 18, synonyms=("适用", "applies_when"), help="不成立即不适用，如 专项资金数 > 0"),
        Column(("void_when",), "否决条件", 18, synonyms=("一票否决", "void_when"), help="成立即得 0 分，如 绩效目标 = 否"),
        Column(("void_text",), "否决说明", 18, synonyms=("void_text",), help="写进扣分原因，如 未设置绩效目标"),
        Column(("group",), "合并组", 11, synonyms=("组", "group"), help="合并计分的组，上限见“其他”表"),
        Column(("own",), "单位可换", 9, "flag", ("单位自设", "own"), "单位可换成自己的指标的填是"),
        Column(("weight_fact",), "分值数据", 14, synonyms=("weight_fact",), help="分值由单位填报时，写数据名称，分值空着"),
        Column(("standard",), "评分标准", 40, synonyms=("标准文字", "standard"), help="空着由规则自动写出；要用原文的填原文"),
        Column(("source",), "依据", 20, synonyms=("来源", "source"), help="文件及条款"),
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
    """A column for each parameter name, and one for all lists that stand in a cell."""
    columns: list[Column] = []
    headings = {"数据", "标准文字"}
    for name, uses in every_parameter().items():
        first = uses[0][1]
        if in_rows(first.type):
            continue
        if in_cell(first.type):
            if all(column.key != ("rule", LIST) for column in columns):
                columns.append(_list_column())
            continue
        heading = first.label if first.label not in headings else f"{first.label}（{name}）"
        headings.add(heading)
        columns.append(_parameter_column(name, heading, uses))
    return tuple(columns)


def _parameter_column(name: str, heading: str, uses: list[tuple[str, Parameter]]) -> Column:
    """The column of all parameters of one name; its look is that of the first."""
    first = uses[0][1]
    kind = _KINDS.get(first.type, "json")
    words = [word for _, p in uses for word in (p.label, *p.synonyms) if word != heading]
    rules = "、".join(word("rule", kind) for kind, _ in uses)
    help_ = f"{rules}：{first.help if kind != 'choice' else '从下拉列表选'}"
    choices = _words(name, first.choices)
    synonyms = (*dict.fromkeys(words), name)
    return Column(("rule", name), heading, first.width, kind, synonyms, help_, choices)


def _list_column() -> Column:
    lists = cell_lists()
    labels = list(dict.fromkeys(parameter.label for _, parameter in lists))
    types = list(dict.fromkeys(parameter.type for _, parameter in lists))
    words = [word for type_ in types for word in listed(type_).WORDS]
    synonyms = (*labels, *words, "/".join(labels), "、".join(labels), *types)
    help_ = "。".join(f"{word('rule', kind)}：{listed(p.type).BRIEF}" for kind, p in lists)
    return Column(("rule", LIST), LIST_HEADING, 32, "list", synonyms, help_)


def _points_help() -> str:
    """`逐项得分的填；按例扣分的可空`"""
    kinds: dict[str, list[str]] = {}
    for kind, parameter in row_lists():
        points = next(f for f in listed(parameter.type).FIELDS if f.name == "points")
        kinds.setdefault("填" if points.required else "可空", []).append(kind)
    return "；".join(
        f"{'、'.join(_words('rule', tuple(of)))}的{what}" for what, of in kinds.items()
    )


def rows_named() -> str:
    """`逐项得分的核查项和按例扣分的情形`: what stands on the 核查清单."""
    return "和".join(f"{word('rule', kind)}的{p.label}" for kind, p in row_lists())


def _from_fields(
    listed: tuple[Field, ...], widths: tuple[float, ...], extra: dict[str, tuple[str, ...]]
) -> tuple[Column, ...]:
    """Columns of a plain list of tables."""
    out = []
    for field, width in zip(listed, widths):
        kind = {"number": "number", "choice": "choice", "flag": "flag", "texts": "texts"}.get(
            field.type, "text"
        )
        choices = _words(field.name, field.choices)
        out.append(
            Column(
                (field.name,),
                field.label,
                width,
                kind,
                (*extra.get(field.name, ()), field.name),
                "",
                choices,
                field.required,
            )
        )
    return tuple(out)


def tables() -> dict[str, Table]:
    """All tables, by name."""
    # A column a line, to be read as a table.
    found = (
        Table("indicator", INDICATORS, "指标", indicator_columns()),
        Table("ratios", DATA, "比率", (
            Column(("name",), "比率名称", 24, synonyms=("比率",), required=True, help="指标里引用的名称"),
            Column(("formula",), "公式", 46, synonyms=("计算公式",), required=True, help="用数据名称写，前面不加等号，如 在职人员数 / 编制数"),
        )),
        Table("fact", DATA, "自有数据", _from_fields(
            fields.FACT, (22, 9, 8, 20, 30, 8, 20), {"name": ("数据",), "unit": ("计量单位",), "choices": ("选项",), "help": ("数据说明",)})),
        Table("items", CHECKLIST, "核查清单", (
            Column(("id",), "指标编号", 20, synonyms=("指标", "所属指标"), required=True, help="同上一行的可以空着"),
            Column(("fact",), "名称", 26, synonyms=("核查项", "数据名称", "fact"), required=True, help="填报数据的名称，不重复"),
            Column(("text",), "内容", 62, synonyms=("核查内容", "要求", "情形", "text"), required=True, help="写给填报人看的要求"),
            Column(("points",), "分值", 8, "number", ("得分", "满分", "points"), _points_help()),
        )),
        Table("properties", OTHER, "基本信息", (
            Column(("key",), "项", 20, synonyms=("项目",), required=True), Column(("value",), "值", 60, synonyms=("填写内容",)),
        )),
        Table("grades", OTHER, "等次", _from_fields(fields.GRADE, (20, 60, 24), {"name": ("等级",), "min": ("下限", "起点分")})),
        Table("groups", OTHER, "合并组", (
            Column(("name",), "合并组", 20, synonyms=("组名",), required=True), Column(("cap",), "上限", 60, "number", ("组上限", "分值"), "", (), True),
        )),
        Table("shares", OTHER, "各级权重", (
            Column(("name",), "级别", 20, synonyms=("各级指标名称",), required=True), Column(("share",), "权重", 60, "share", synonyms=("占比",), required=True),
        )),
        Table("check", OTHER, "勾稽关系", _from_fields(
            (fields.CHECK[1], fields.CHECK[0], *fields.CHECK[2:]), (20, 60, 24, 34, 34), {"when": ("条件",), "at": ("数据", "指向"), "severity": ("级别",), "message": ("提示文字",), "fix": ("办法",)})),
        Table("targets", OTHER, "自设指标", (
            Column(("key",), "参数", 20, required=True), Column(("value",), "参数值", 60),
        )),
        Table("case", CASES, "用例", (
            Column(("id",), "指标编号", 20, synonyms=("指标", "所属指标"), required=True, help="同上一行的可以空着"),
            Column(("facts",), "填报数据", 90, "facts", ("数据", "facts"), "如 在职人员数=36；编制数=34；百分比只写数字", (), True),
            Column(("score",), "应得分", 9, "number", ("得分", "score"), "按规则应得的分"),
            Column(("status",), "应有状态", 13, "choice", ("状态", "status"), "没有得分时从下拉列表选", _words("status", STATUSES)),
        )),
    )  # fmt: skip
    return {table.name: table for table in found}


PROPERTY_WORDS = {
    "title": ("标题", "指标体系名称"),
    "source": ("来源", "出处"),
    "form": ("版式", "填报表版式"),
    "full_marks": ("总分",),
}


def property_of(text: str) -> Field | None:
    """The property that a word means."""
    return next(
        (
            f
            for f in fields.PROPERTIES
            if text in (f.label, f.name, *PROPERTY_WORDS.get(f.name, ()))
        ),
        None,
    )


def target_of(text: str) -> Field | None:
    """The parameter of the unit's own list that a word means."""
    return next((f for f in target_fields() if text in (f.label, f.name)), None)


def choice_of(field: str, text: str) -> str:
    """The value that a word stands for; the word itself where there is none."""
    if field == "rule":
        return next((kind for kind in KINDS if text in (kind, word("rule", kind))), text)
    return next(
        (value for value, words in choice_words(field).items() if text in (value, *words)),
        text,
    )


def choice_field(column: Column) -> str:
    """Whose words a choice column uses."""
    return "rule" if column.key == ("rule", "kind") else str(column.key[-1])
