"""What a person reads at the end of an audit."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..audit.opinions import Written
    from ..audit.run import Done

SHOWN = 5  # of the same units twice: the rest stands in the summary


def report(summary: dict[str, Any], done: Done, made: list[str], store: str) -> str:
    """A few lines: how many, what came out, what to look at first, where it stands."""
    counts = f"共 {summary['inputs']} 份，能用 {summary['usable']} 份"
    if summary["unusable"]:
        counts += f"，读不了 {summary['unusable']} 份（原因见汇总表）"
    kept = done.inputs - done.judged
    lines = [counts + (f"；{kept} 份没有变化，沿用上次的结果。" if kept else "。")]
    if summary["mean_total"] is not None:
        claimed = summary["mean_claimed"]
        beside = f"，自评平均 {claimed}" if claimed is not None else ""
        lines.append(f"测算总分平均 {summary['mean_total']}{beside}。")
    lines.append(
        f"错误 {summary['errors']} 条，提示 {summary['warnings']} 条，说明 {summary['notes']} 条。"
    )
    for twice in summary["duplicates"][:SHOWN]:
        whose = "".join((twice["unit"], f"“{twice['project']}”" if twice["project"] else ""))
        same = "，内容相同" if twice["same"] else ""
        lines.append(
            f"重复：{whose} {twice['year']} 年有 {len(twice['files'])} 份{same}："
            f"{'、'.join(twice['files'][:SHOWN])}{'……' if len(twice['files']) > SHOWN else ''}。"
        )
    if len(summary["duplicates"]) > SHOWN:
        lines.append(f"另有 {len(summary['duplicates']) - SHOWN} 组重复，见汇总表。")
    lines.append(f"已生成 {'、'.join(made)}；数据库 {store} 可用 rubric-sheets query 查询。")
    return "\n".join(lines)


def opinions_made(written: Written, folder: str) -> str:
    """How many, where, and which ones stand beside what somebody else wrote."""
    kept = f"，{written.kept} 份没有变化" if written.kept else ""
    lines = [f"审核意见 {written.made + written.kept} 份在 {folder}{kept}。"]
    for there, instead in written.beside[:SHOWN]:
        lines.append(f"“{there}”有人改过，或不是本程序写的，没有动；这一份写在“{instead}”。")
    if len(written.beside) > SHOWN:
        lines.append(f"另有 {len(written.beside) - SHOWN} 份也是这样。")
    return "\n".join(lines)


def second_opinion(verified: dict[str, Any]) -> str:
    """How many formulas another engine computed, and what came of it."""
    failed = f"，{verified['failed']} 册没有读成" if verified["failed"] else ""
    rest = "；见汇总表“第二意见”" if verified["differs"] + verified["unable"] else ""
    return (
        f"第二意见（{verified['engine']}）：{verified['books']} 册、{verified['cells']} 个公式，"
        f"一致 {verified['same']}，只差末位舍入 {verified['rounded']}，"
        f"不一致 {verified['differs']}，算不出 {verified['unable']}{failed}{rest}。"
    )
