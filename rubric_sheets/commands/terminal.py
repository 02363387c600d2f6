"""What a person reads in the terminal: plain tables that line up although Chinese characters are
twice as wide."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from ..checks.evaluation import Evaluation
from ..checks.standing import still_possible, unfinished
from ..exact.quantities import exact, percent, show
from ..facts.model import Value
from ..findings.finding import SEVERITY, Finding
from ..rubric.statuses import LEFT_OUT

NEVER_FIRST = frozenset("，。；：、！？）》”’％,.;:)%")
LAST_NARROW = "\u2e7f"  # the signs up to here take one column, those beyond it two
LEAST_ROOM = 16  # columns: a narrower last column would be harder to read than a long line


# severity → how a terminal shows it: red, yellow, grey
COLOURS = {"error": "31;1", "warning": "33", "note": "90"}


def on_terminal() -> bool:
    """Is a person looking, and may there be colours? https://no-color.org"""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def coloured(text: str, kind: str) -> str:
    """The text as it is where no person is looking."""
    return f"\x1b[{COLOURS[kind]}m{text}\x1b[0m" if on_terminal() else text


def severity(kind: str, word: str = "") -> str:
    """`[错误]`, in its colour."""
    return coloured(f"[{word or SEVERITY[kind]}]", kind)


def columns() -> int:
    """Of the terminal; 0 where there is none, and nothing is to be wrapped."""
    if not sys.stdout.isatty():
        return 0
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return 0


def wrapped(text: str, room: int) -> list[str]:
    """Lines of at most `room` columns, of any text at least one; none begins with what belongs to
    the end of the one before."""
    lines, line = [], ""
    for char in text:
        if line and width(line + char) > room:
            end = len(line) - _taken_along(line, char, room)
            lines.append(line[:end].rstrip())
            line = line[end:]
        if line or char != " ":
            line += char
    return [*lines, line]


def _taken_along(line: str, char: str, room: int) -> int:
    """How many characters of a full line go down with one that may not begin the next."""
    kept = 0
    while (line[-kept:] + char if kept else char)[0] in NEVER_FIRST:
        kept += 1
        if kept == len(line) or width(line[-kept:] + char) > room:
            return 0
    return kept


def width(text: str) -> int:
    """Columns that the text takes."""
    # What stands in these messages: Chinese and its signs are wide, the rest is narrow.
    # `unicodedata` would know it better, for half a millisecond of every command.
    return len(text) + sum(map(LAST_NARROW.__lt__, text))


def cut(text: str, columns: int) -> str:
    """The beginning of the text that fits."""
    text = text[: columns + 1]  # more never fits, and a text from a file may be long
    if width(text) <= columns:
        return text
    while width(text) > columns - 2:
        text = text[:-1]
    return text + "…"


def filled(text: str, columns: int) -> str:
    """The text in just so many columns."""
    short = cut(text, columns)
    return short + " " * max(0, columns - width(short))


def table(rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> str:
    """Columns with two blanks between; the last one is left as it is, on a terminal wrapped under
    itself."""
    lines = []
    before = sum(widths) + 2 * (len(widths) - 1)
    room = columns() - before
    for row in rows:
        cells = [filled(text, w) if w else text for text, w in zip(row, widths)]
        if room >= LEAST_ROOM and not widths[-1]:
            first, *more = wrapped(cells[-1], room)
            cells[-1] = first
            lines.append("  ".join(cells).rstrip())
            lines += [" " * before + line for line in more]
        else:
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
        lines.append(f"{severity(one.severity)} {place}{one.message}{one.fix}")
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
