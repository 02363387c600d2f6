"""The layouts in which provinces print the form of a project: one description each."""

from __future__ import annotations

from dataclasses import dataclass

from ..documents import Block
from .project import Money, Project, Target, shown

FUNDS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
PARTS = ("其中：当年财政拨款", "上年结转资金", "其他资金")
FULL = (
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
    "偏差原因分析及改进措施",
)  # fmt: skip
FILLED = ("first", "second", "name", "goal", "done", "weight", "score", "reason")


@dataclass(frozen=True)
class Layout:
    """`heads` and `fields`: the columns of targets; `side`: what stands in a first column of all
    rows; `unit`: of the money; `apart`: are money and targets two tables?"""

    title: str
    heads: tuple[str, ...] = FULL
    fields: tuple[str, ...] = FILLED
    side: str = "绩效指标"
    funds: tuple[str, ...] = FUNDS
    parts: tuple[str, ...] = PARTS
    whole: str = "年度资金总额"
    unit: str = "万元"
    apart: bool = False
    has_weights: bool = False  # in the labels of the first level
    total: str = "总分"
    note: str = ""
    name: str = "项目名称"
    blank: str = ""  # where there is nothing to say


LAYOUTS = (
    Layout("国家式样"),
    Layout("两张表，没有侧栏", side="", apart=True),
    Layout(
        "性质、值、单位分列",
        heads=("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重",
               "得分", "未完成原因分析"),
        fields=("first", "second", "name", "sign", "value", "unit", "bare", "weight", "score", "reason"),
        funds=("年初预算", "调整后预算数", "预算执行数", "权重", "预算执行率", "得分"),
        parts=("其中：财政资金", "财政专户管理资金", "单位资金"),
        whole="总额", total="合计", blank="/", side="绩效指标（90分）",
    ),
    Layout(
        "分值写在一级指标里",
        heads=("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "自评得分", "备注"),
        has_weights=True, side="", total="合计",
    ),
    Layout(
        "分值在指标值之前",
        heads=("一级指标", "二级指标", "三级指标", "分值", "年初目标值", "全年完成值", "实得分",
               "未完成原因分析"),
        fields=("first", "second", "name", "weight", "goal", "done", "score", "reason"),
        total="总计", side="绩效指标",
    ),
    Layout("以元填写", unit="元", side="绩\\n效\\n指\\n标"),
    Layout(
        "没有二级指标",
        heads=("一级指标", "指标名称", "目标值", "完成情况", "标准分", "得分", "偏差原因"),
        fields=("first", "name", "goal", "done", "weight", "score", "reason"),
        side="",
    ),
    Layout(
        "计划值、实际值",
        heads=("一级指标", "二级指标", "三级指标", "计划值", "实际值", "权重", "自评分", "偏差原因"),
        funds=("年初预算", "全年预算", "执行数", "分值", "执行率", "得分"),
        parts=("其中：本年财政拨款", "上年结转", "其他资金"), blank="—", side="绩 效 指 标",
    ),
    Layout(
        "部门整体的式样",
        name="部门名称", whole="支出总额", parts=("其中：基本支出", "项目支出", "其他支出"),
        funds=("年初预算", "全年预算", "执行数", "分值", "执行率", "得分"),
        heads=("一级指标", "二级指标", "三级指标", "年度指标值", "全年完成值", "分值", "得分",
               "未完成原因和改进措施"),
    ),
    Layout("下面有注", note="注：1.得分一档最高不能超过该指标分值上限。2.定量指标完成的，得满分。"),
    Layout("字间有空格", heads=tuple("\u3000".join(h) if len(h) == 2 else h for h in FULL),
           whole="年度资金总额：", side="绩  效  指  标", total="总  分"),
    Layout(
        "没有偏差原因栏",
        heads=FULL[:-1], fields=FILLED[:-1], side="", apart=True, total="合  计",
    ),
)  # fmt: skip


def blocks(layout: Layout, given: Project, year: int = 2022) -> list[Block]:
    """The form as a report has it."""
    kind = "部门整体支出" if layout.name != "项目名称" else "项目支出"
    upper, lower = _funds(layout, given), _targets(layout, given)
    wide = max(len(row.split("|")) for row in [*upper, *lower])
    head = _head(layout, given)
    aims = [
        "年度总体目标 | 预期目标 | < | < | 实际完成情况",
        "^ | 按计划完成全部建设任务。 | < | < | 建设任务全部完成。",
    ]
    out: list[Block] = [f"{kind}绩效自评表", f"（{year}年度）"]
    if layout.apart:
        out += [_even([*head, *upper]), _even(lower)]
    else:
        out += [_even([*head, *upper, *aims, *lower], wide)]
    return [*out, layout.note] if layout.note else out


def _head(layout: Layout, given: Project) -> list[str]:
    return [
        f"{layout.name} | {given.name}",
        f"主管部门 | {given.place} | < | 实施单位 | {given.place}下属中心",
    ]


def _even(rows: list[str], wide: int = 0) -> list[str]:
    """Rows of one width: the last cell of a short one is merged to the right."""
    wide = wide or max(len(row.split("|")) for row in rows)
    return [row + " | <" * (wide - len(row.split("|"))) for row in rows]


def _funds(layout: Layout, given: Project) -> list[str]:
    blank = layout.blank
    rows = [f"项目资金（{layout.unit}） |  | " + " | ".join(layout.funds)]
    figures = (*_amounts(layout, given.total), "10", given.rate, given.execution)
    rows.append(f"^ | {layout.whole} | " + " | ".join(figures))
    for label, part in zip(layout.parts, given.parts):
        figures = (*_amounts(layout, part), blank, blank, blank)
        rows.append(f"^ | {label} | " + " | ".join(figures))
    return rows


def _amounts(layout: Layout, money: Money) -> tuple[str, ...]:
    times = 10_000 if layout.unit == "元" else 1
    return tuple(shown(one * times) for one in (money.planned, money.granted, money.spent))


def _targets(layout: Layout, given: Project) -> list[str]:
    side = [layout.side] if layout.side else []
    rows = [" | ".join([*side, *layout.heads])]
    before: Target | None = None
    for one in given.targets:
        cells = ["^"] if side else []
        for name in layout.fields:
            is_same = before is not None and getattr(before, name, "") == getattr(one, name, "")
            is_merged = name in ("first", "second") and is_same
            cells.append("^" if is_merged else _cell(layout, given, one, name))
        rows.append(" | ".join(cells))
        before = one
    wide = len(side) + len(layout.heads)
    tail = len(layout.fields) - 1 - layout.fields.index("score")
    at_weight = len(side) + layout.fields.index("weight")
    at_score = len(side) + layout.fields.index("score")
    last = [layout.total] + ["<"] * (wide - 1)
    last[at_weight], last[at_score] = "100", given.sum
    for at in range(at_weight + 1, at_score):
        last[at] = ""
    if tail:
        last[at_score + 1] = ""
    return [*rows, " | ".join(last)]


def _cell(layout: Layout, given: Project, one: Target, name: str) -> str:
    if name == "first":
        weights = sum(each.weight for each in given.targets if each.first == one.first)
        return f"{one.first}（{weights}分）" if layout.has_weights else one.first
    values = {
        "goal": f"{one.sign}{shown(one.value)}{one.unit}",
        "done": f"{shown(one.done)}{one.unit}",
        "bare": shown(one.done),
        "value": shown(one.value),
        "weight": shown(one.weight),
        "reason": one.reason,
    }
    return values.get(name) or str(getattr(one, name, ""))
