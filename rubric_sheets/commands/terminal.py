"""What a person reads in the terminal: plain tables that line up although Chinese characters are
twice as wide."""

from __future__ import annotations

from collections.abc import Sequence

from ..checks.evaluation import Evaluation
from ..checks.standing import still_possible, unfinished
from ..exact.quantities import exact, percent, show
from ..facts.model import Value
from ..findings.finding import SEVERITY, Finding
from ..rubric.statuses import LEFT_OUT


def width(text: str) -> int:
    """Columns that the text takes."""
    # What stands in these messages: Chinese and its signs are wide, the rest is narrow.
    # `unicodedata` would know it better, for half a millisecond of every command.
    return sum(2 if char > "\u2e7f" else 1 for char in text)


def cut(text: str, columns: int) -> str:
    """The beginning of the text that fits."""
    text = text[: columns + 1]  # more never fits, and a text from a file may be long
    if width(text) <= columns:
        return text
    while width(text) > columns - 2:
        text = text[:-1]
    return text + "…"


def table(rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> str:
    """Columns with two blanks between; the last one is left as it is."""
    lines = []
    for row in rows:
        cells = [
            cut(text, w) + " " * max(0, w - width(cut(text, w))) if w else text
            for text, w in zip(row, widths)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _shown(value: Value) -> str:
    """A score, or what stands in its place."""
    if value is None:
        return ""
    return value if isinstance(value, str) else show(value)


def scorecard(evaluation: Evaluation) -> str:
    """The score table of one workbook."""
    rows: list[tuple[str, ...]] = [("指标", "分值", "指标值", "自评", "测算", "得分", "说明")]
    for result in evaluation.card.results:
        ratio = "" if result.ratio is None else percent(result.ratio)
        if (
            "value" in result.spec
            and evaluation.rubric["facts"][result.spec["value"]]["kind"] != "percent"
            and result.ratio is not None
        ):
            ratio = show(result.ratio)
        score = "不适用" if result.status == LEFT_OUT else _shown(result.score)
        claimed = _shown(result.claimed)
        computed = "" if result.computed is None else show(result.computed)
        rows.append(
            (
                result.spec["levels"][-1],
                exact(result.weight),
                ratio,
                claimed,
                computed,
                score,
                result.reason,
            )
        )
    return table(rows, (30, 4, 9, 6, 6, 6, 0))


def findings(found: list[Finding]) -> str:
    """One finding a line: severity, place, what is wrong, what to do."""
    lines = []
    for one in found:
        place = f"{one.place}　" if one.place else ""
        lines.append(f"[{SEVERITY[one.severity]}] {place}{one.message}{one.fix}")
    return "\n".join(lines)


def totals(evaluation: Evaluation) -> str:
    card = evaluation.card
    total = "尚无" if card.total is None else show(card.total)
    extra = (f"，加分 {show(card.bonus)}" if card.bonus else "") + (
        f"，扣分 {show(card.penalty)}" if card.penalty else ""
    )
    claims = evaluation.facts.claims
    claimed = (
        f"　自评 {show(claims.total)} {claims.grade}".rstrip() if claims.total is not None else ""
    )
    why = "，".join(filter(None, (unfinished(card), still_possible(card))))
    state = "" if card.complete else f"　未完成：{why}"
    return (
        f"合计得分 {show(card.raw)} ÷ 适用分值 {show(card.base)}{extra}　"
        f"总分 {total}　等次 {card.grade or '—'}{claimed}{state}"
    )
