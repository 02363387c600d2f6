"""The 说明 sheet of a rubric's workbook: how to edit it, in the words of an office."""

from __future__ import annotations

from ...rubric.fields import KINDS, word
from ...rules import rule as rule_module
from ...rules.base import Parameter
from ...rules.lists import listed
from .columns import rows_named
from .indicator_columns import cell_lists, indicator_columns


def steps() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(title, lines) of each part."""
    return (*_EDITING, ("三、几种写法", (_NUMBERS, *_lists(), *_FORMULAS)))


def _lists() -> list[str]:
    """What each list that stands in a cell says of itself; the rule is that of its first use."""
    kinds: dict[str, str] = {}
    for kind, parameter in cell_lists():
        kinds.setdefault(parameter.type, kind)
    return [
        line.replace("{kind}", word("rule", kind))
        for type_, kind in kinds.items()
        for line in listed(type_).GUIDE
    ]


_EDITING = (
    (
        "一、怎样改",
        (
            "1. “指标”表一行一条指标。插入、删除、移动整行，调整列的次序都可以；表头文字请保留。用不到的列收起着，点表头上方的 ＋ 展开；不需要的可以删除。",
            "2. 左上角和一级合计、二级合计随填随算；浅灰的“自动写出的评分标准”由 rubric check --preview 新文件.xlsx 更新，“评分标准”里填的原文优先。",
            "3. 黄色底的单元格是还缺的内容，灰色底的单元格是所选规则用不到的内容。",
            "4. “比率与数据”写比率公式（前面不加等号），以及填报表里没有、需要单位另外填报的数据；可用的全部名称见“数据名称”表。",
            f"5. “核查清单”写{rows_named()}，用指标的编号或名称与“指标”表对应。编号空着的，程序按名称编。",
            "6. “其他”写名称、版本、依据、等次和合并组；“用例”写几个算好的例子，检查时会逐个验算。",
        ),
    ),
    (
        "二、改完之后",
        (
            "1. 保存，运行 rubric-sheets rubric check 本文件.xlsx，一次列出全部错误及其单元格。",
            "2. 没有错误后，运行 rubric-sheets new 本文件.xlsx 自评表.xlsx，生成供单位填报的工作簿。",
            "3. 需要留底比对的，运行 rubric-sheets rubric export 本文件.xlsx 指标体系.toml，内容一字不差。",
        ),
    ),
)
_NUMBERS = "百分数只写数字：100 即 100%。分值、标准、扣分按十进制精确计算，0.1 就是 0.1。"
_FORMULAS = (
    "公式：在职人员数 / 编制数；(三公经费 - 上年三公经费) / 上年三公经费。可用 + - × ÷ ( )，条件可用 = < <= > >= 且 或。公式和条件里可以写比率的名称：预算执行率 × 5、预算执行率 < 60%（百分数带 %）。",
    "用例：在职人员数=36；编制数=34。单元格里不要写以等号开头的公式，写了会报错，不会被计算。",
    "文字里本来有分号、箭头、冒号的，整段用英文双引号括起来。",
)


def guide() -> list[tuple[str, str]]:
    """(style, text) of every line: titles, then paragraphs; the rule kinds last,
    with what each needs."""
    lines = [("title", "指标体系编辑说明")]
    for title, texts in steps():
        lines.append(("section", title))
        lines += [("body", text) for text in texts]
    lines.append(("section", "四、“指标”表的各列"))
    lines += [("body", f"{c.heading}　{c.help}。") for c in indicator_columns() if c.help]
    lines.append(("section", "五、评分规则"))
    for kind in KINDS:
        module = rule_module(kind)
        needs = "；".join(map(_need, module.PARAMETERS))
        measure = "要填比率或数据；" if module.READS_MEASURE else ""
        lines.append(("body", f"{module.LABEL}　{measure}{needs}".rstrip("　；") + "。"))
    return lines


def _need(parameter: Parameter) -> str:
    """One parameter in words: its choices as they stand in the drop-down, otherwise its help."""
    text = "、".join(word(parameter.name, choice) for choice in parameter.choices) or parameter.help
    return (
        parameter.label + ("" if parameter.required else "（可空）") + (f"：{text}" if text else "")
    )
