"""The sheets of a rubric in Excel: which tables stand where, their columns, headings,
and the words read for each."""

from __future__ import annotations

from typing import Any

from ...rubric import fields
from ...rubric.fields import KINDS, Field, choice_words, target_fields, word
from ...rubric.load import form_names
from ...rubric.statuses import STATUSES
from ...rules.lists import listed
from .column import NOTES, Column, Table, words_of
from .indicator_columns import indicator_columns, row_lists

INDICATORS, DATA, CHECKLIST, OTHER, CASES, NAMES, GUIDE = (
    "指标",
    "比率与数据",
    "核查清单",
    "其他",
    "用例",
    "数据名称",
    "说明",
)
SHEETS = {
    INDICATORS: ("指标表", "指标体系"),
    DATA: ("比率", "比率和数据"),
    CHECKLIST: ("核查项",),
    OTHER: ("其它", "基本信息"),
    CASES: ("测试用例",),
}


def _points_help() -> str:
    """`逐项得分的填；按例扣分的可空`"""
    kinds: dict[str, list[str]] = {}
    for kind, parameter in row_lists():
        points = next(f for f in listed(parameter.type).FIELDS if f.name == "points")
        kinds.setdefault("填" if points.required else "可空", []).append(kind)
    return "；".join(
        f"{'、'.join(words_of('rule', tuple(of)))}的{what}" for what, of in kinds.items()
    )


def rows_named() -> str:
    """`逐项得分的核查项、按例扣分的情形`: what stands on the 核查清单."""
    return "、".join(f"{word('rule', kind)}的{p.label}" for kind, p in row_lists())


def _from_fields(
    listed: tuple[Field, ...], widths: tuple[float, ...], extra: dict[str, tuple[str, ...]]
) -> tuple[Column, ...]:
    """Columns of a plain list of tables."""
    out = []
    for field, width in zip(listed, widths):
        kind = {"number": "number", "choice": "choice", "flag": "flag", "texts": "texts"}.get(
            field.type, "text"
        )
        words = NOTES if field.name == "remark" else extra.get(field.name, ())
        choices = words_of(field.name, field.choices)
        synonyms = (*words, field.name)
        out.append(
            Column((field.name,), field.label, width, kind, synonyms, "", choices, field.required)
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
            fields.FACT, (22, 9, 8, 20, 30, 8, 20, 14, 16, 20), {"name": ("数据",), "unit": ("计量单位",), "choices": ("选项",), "help": ("数据说明",)})),
        Table("items", CHECKLIST, "核查清单", (
            Column(("id",), "指标编号", 20, synonyms=("指标", "所属指标"), required=True, help="指标的编号或名称；同上一行的可以空着"),
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
            (fields.CHECK[1], fields.CHECK[0], *fields.CHECK[2:]), (20, 60, 24, 34, 34, 20), {"when": ("条件",), "at": ("数据", "指向"), "severity": ("级别",), "message": ("提示文字",), "fix": ("办法",)})),
        Table("sheet", OTHER, "填报表各页", _from_fields(
            fields.SHEET, (20, 60, 24, 34, 34), {"name": ("表名",), "caption": ("附件", "题注"), "blocks": ("内容块", "小标题")})),
        Table("targets", OTHER, "自设指标", (
            Column(("key",), "参数", 20, required=True), Column(("value",), "参数值", 60),
        )),
        Table("case", CASES, "用例", (
            Column(("id",), "指标编号", 20, synonyms=("指标", "所属指标"), required=True, help="指标的编号或名称；同上一行的可以空着"),
            Column(("facts",), "填报数据", 90, "facts", ("数据", "facts"), "如 在职人员数=36；编制数=34；百分比只写数字", (), True),
            Column(("score",), "应得分", 9, "number", ("得分", "score"), "按规则应得的分"),
            Column(("status",), "应有状态", 13, "choice", ("状态", "status"), "没有得分时从下拉列表选", words_of("status", STATUSES)),
            Column(("remark",), "备注", 24, synonyms=NOTES),
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
    if field == "form":
        return next((id_ for id_, name in form_names().items() if text == name), text)
    return next(
        (value for value, words in choice_words(field).items() if text in (value, *words)),
        text,
    )


def choice_field(column: Column) -> str:
    """Whose words a choice column uses."""
    return "rule" if column.key == ("rule", "kind") else str(column.key[-1])


def property_choices() -> dict[str, list[str]]:
    """Property → the words that it is chosen from."""
    found = {f.name: list(words_of(f.name, f.choices)) for f in fields.PROPERTIES if f.choices}
    return {"form": list(form_names().values()), **found}


def drop_down(label: str, words: list[str]) -> dict[str, Any]:
    """XlsxWriter's options for the cell of a property."""
    return {
        "validate": "list",
        "source": words,
        "input_title": label,
        "input_message": "从下拉列表选。",
        "error_title": "填写有误",
        "error_message": "请从下拉列表中选。",
    }
