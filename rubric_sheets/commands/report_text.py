"""A checked report in the terminal."""

from __future__ import annotations

from collections import Counter

from ..exact.quantities import show
from ..findings.finding import SEVERITY
from ..reports.output import Result
from ..reports.told import Told
from .terminal import cut

QUOTE = 60  # columns of a quote
VERDICTS = {
    "yes": "相符",
    "rounded": "舍入相符",
    "truncated": "截尾",
    "no": "不符",
    "unknown": "无法判断",
}


def shown(result: Result) -> str:
    """Rubric, claims, how many statements were recomputed, and each finding with its quotes."""
    parts = [f"{result.path}　{_rubric(result)}", _claims(result), _statements(result)]
    lines = "\n".join(filter(None, parts))
    told = "\n".join(_told(one) for one in result.told)
    counts = "，".join(
        f"{SEVERITY[name]} {result.count(name)} 条" for name in ("error", "warning", "note")
    )
    return "\n\n".join(filter(None, (lines, told, f"{counts}。报告没有改动。")))


def _rubric(result: Result) -> str:
    if not result.report.is_known:
        return "没有认出指标体系"
    names = list(dict.fromkeys(one.part.rubric["title"] for one in result.judged))
    sure = min(100, int(result.main.part.sure * 100))
    return f"{'、'.join(names)}（{result.main.part.rubric['id']}，把握 {sure}%）"


def _claims(result: Result) -> str:
    part, card = result.main.part, result.main.card
    total = f"自评总分 {part.totals[0].words}" if part.totals else "没有自评总分"
    grade = f"，{part.grades[0].value}" if part.grades else ""
    computed = ""
    if card.total and result.report.is_known:  # 0 is what nothing could be scored by
        computed = f"；按可核的数据测算 {show(card.total)} 分"
    facts = sum(len(one.part.facts) for one in result.judged)
    scores = sum(
        len(one.part.items) + len(one.part.rows.get("绩效指标", ())) for one in result.judged
    )
    return f"{total}{grade}{computed}。读到数据 {facts} 项、得分 {scores} 项。"


def _statements(result: Result) -> str:
    counts = Counter(one.holds for one in result.statements)
    if not counts:
        return ""
    told = "，".join(f"{VERDICTS[key]} {counts[key]}" for key in VERDICTS if counts[key])
    return f"复算了 {len(result.statements)} 句：{told}。"


def _told(one: Told) -> str:
    f = one.finding
    quotes = [f"    {each.spot}：{cut(each.shown, QUOTE)}" for each in one.evidence[:4]]
    return "\n".join([f"[{SEVERITY[f.severity]}] {f.message}{f.fix}", *quotes])
