"""What both score tables have below their indicators: totals, grade, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..checks.evaluation import Evaluation
from ..exact.quantities import plain, show
from ..pages.page import LABEL, SIGNATURE, Page
from ..places import slots
from ..rubric.load import form_of
from ..rubric.model import Rubric
from ..rubric.parts import scale
from . import handed_in
from .draft import shown
from .plain_look import figure


class Columns:
    """Where the totals stand: the labels' width, then weight, score and the rest of the row."""

    def __init__(self, labels: int, last: int) -> None:
        self.labels, self.weight, self.score, self.note, self.last = (
            labels,
            labels + 1,
            labels + 2,
            labels + 3,
            last,
        )


def put_totals(
    page: Page, evaluation: Evaluation, values: dict[str, Any], at: Columns, draft: str
) -> None:
    """合计 where it is not the total already, 总分 and 评价等次."""
    found = handed_in.totals(evaluation)
    total, grade = shown(evaluation, draft=bool(draft))
    full = plain(scale(evaluation.rubric))
    if found.base != full or found.outside or found.weight != full:
        base = f"适用分值 {show(found.base)} 分" if found.base != found.weight else ""
        raw = "" if found.total is None else found.raw
        _line(page, values, at, "合　计", found.weight, raw, base)
    _line(page, values, at, "总　分", full, total, _how(found, full) if not draft else "")
    page.put(1, "level", "评价等次", columns=at.labels, role=LABEL)
    page.put(at.weight, "plain", grade, columns=at.last - at.labels)
    page.next(26)


def _how(found: handed_in.Totals, full: Fraction) -> str:
    """How the total comes about, where it is no plain sum."""
    if not found.rescaled or found.total is None:
        return ""
    text = f"{show(found.raw)} ÷ {show(found.base)} × {show(full)}"
    if not found.outside:
        return text
    sign = "＋" if found.outside > 0 else "－"
    return f"{text} {sign} {show(abs(found.outside))}"


def _line(
    page: Page, values: dict[str, Any], at: Columns, label: str, weight: Any, score: Any, note: str
) -> None:
    page.put(1, "level", label, columns=at.labels, role=LABEL)
    for column, value in ((at.weight, weight), (at.score, score)):
        slot = slots.handed_in(page.row, column)
        values[slot] = value
        page.put(column, figure(value), slot=slot)
    page.put(at.note, "text", note, columns=at.last - at.note + 1)
    page.next(26)


def put_signatures(page: Page, rubric: Rubric, left: int, last: int) -> None:
    """The lines that the form has below its first sheet, two in a row."""
    blocks = [
        block
        for sheet in form_of(rubric)["sheet"]
        for block in sheet["block"]
        if block["kind"] == "signatures"
    ]
    page.next(8)
    put_in_pairs(page, blocks[0]["lines"] if blocks else (), left, last)


def put_in_pairs(page: Page, lines: Sequence[str], left: int, last: int) -> None:
    """Two lines in a row; the first takes the columns up to `left`,
    the second those up to `last`."""
    for index, line in enumerate(lines):
        column, columns = (left + 1, last - left) if index % 2 else (1, left)
        page.put(column, "sign", line, columns=columns, role=SIGNATURE)
        if index % 2:
            page.next(28)
    if len(lines) % 2:
        page.next(28)
