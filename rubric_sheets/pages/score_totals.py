"""Totals below any score table: sum, base, bonus and penalty, total, grade, what is still open, subtotals by level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..exact.quantities import plain as number
from ..exact.quantities import show
from ..places import slots
from ..rubric.model import IndicatorSpec, Rubric
from ..rules import counts, is_judged, is_outside
from ..rules.base import ADDED, TAKEN_OFF
from ..scoring.sums import rescales
from .formulas import grade_formula
from .page import HEADING, SECTION, Page

FILLED = (
    "CDEF"  # columns of the unit's own list that make a row count: name, target, result, weight
)


@dataclass(frozen=True, slots=True)
class Letters:
    """The columns of a score table: weight, claim, computed, score, base; and how many columns the labels take."""

    weight: str
    claim: str
    computed: str
    score: str
    base: str
    labels: int

    def number(self, letter: str) -> int:
        return ord(letter) - 64


def level_weight(indicators: list[IndicatorSpec], levels: list[str]) -> str:
    """The weight of a level: groups once, bonus and penalty not at all."""
    total, groups = number("0"), set()
    for spec in indicators:
        if spec["levels"][: len(levels)] != levels or is_outside(spec["rule"]):
            continue
        if spec.get("group") in groups:
            continue
        groups.add(spec.get("group") or spec["id"])
        total += number(spec["weight"])
    return show(total)


def group_rows(rubric: Rubric, rows: Sequence[int]) -> dict[str, list[int]]:
    """The rows of each group; `rows` has one row for each indicator."""
    out: dict[str, list[int]] = {}
    for row, spec in zip(rows, rubric["indicators"]):
        if spec.get("group"):
            out.setdefault(spec["group"], []).append(row)
    return out


def is_inside(spec: IndicatorSpec) -> bool:
    return not is_outside(spec["rule"])


def ranges(rows: list[int], column: str) -> str:
    """`I5:I9,I12`: consecutive rows written as ranges."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and parts[-1][1] == row - 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ",".join(f"{column}{a}:{column}{b}" if a != b else f"{column}{a}" for a, b in parts)


def _numbered(kind: str, number: int) -> dict[str, str]:
    """Slot and defined name of one of several subtotals."""
    slot = slots.subtotal(kind, number)
    return {"slot": slot, "name": slots.defined_name(slot)}


class Totals:
    """Puts the totals on `page`. `rows`: one for each indicator; `region`: first and last row of the unit's own list."""

    def __init__(
        self,
        page: Page,
        rubric: Rubric,
        rows: list[int],
        letters: Letters,
        region: tuple[int, int] | None = None,
    ) -> None:
        self.page, self.rubric, self.rows = page, rubric, rows
        self.at, self.region = letters, region
        self.groups = group_rows(rubric, rows)

    def cells(self, letter: str, wanted: Callable[[IndicatorSpec], bool]) -> str:
        """The cells of a column for some indicators, as arguments of SUM; the list belongs to what is inside."""
        parts = [
            ranges(
                [row for row, spec in zip(self.rows, self.rubric["indicators"]) if wanted(spec)],
                letter,
            )
        ]
        if self.region and wanted is is_inside:
            parts.append(f"{letter}{self.region[0]}:{letter}{self.region[1]}")
        return ",".join(part for part in parts if part)

    def plain_sum(self, letter: str, wanted: Callable[[IndicatorSpec], bool]) -> str:
        """A sum without cells is 0: `SUM()` would make Excel call the file damaged."""
        cells = self.cells(letter, wanted)
        return f"SUM({cells})" if cells else "0"

    def sum(self, wanted: Callable[[IndicatorSpec], bool]) -> str:
        """Sum of 得分 over some indicators, groups cut at their caps."""
        cells = self.cells(self.at.score, wanted)
        text = f"SUM({cells})" if cells else "0"
        for group, members in self.groups.items():
            spec = next(s for s in self.rubric["indicators"] if s.get("group") == group)
            if wanted(spec):
                cap = show(number(self.rubric["groups"][group]), 10)
                text += f"-MAX(0,SUM({ranges(members, self.at.score)})-{cap})"
        return text

    def claimed(self, wanted: Callable[[IndicatorSpec], bool]) -> str:
        """The sum of the unit's own scores, penalties taken off; empty while nothing is claimed."""
        plus = self.cells(self.at.claim, wanted)
        bonus = (
            self.cells(self.at.claim, lambda spec: counts(spec["rule"]) == ADDED)
            if wanted is is_inside
            else ""
        )
        minus = (
            self.cells(self.at.claim, lambda spec: counts(spec["rule"]) == TAKEN_OFF)
            if wanted is is_inside
            else ""
        )
        plus = ",".join(part for part in (plus, bonus) if part)
        if not plus:
            return '""'
        return f'IF(COUNT({plus})=0,"",SUM({plus}){f"-SUM({minus})" if minus else ""})'

    def pending(self) -> str:
        """How many indicators still lack a basis for their score."""
        parts, at = [], self.at
        for row, spec in zip(self.rows, self.rubric["indicators"]):
            rows = self.groups.get(spec.get("group", ""), [row])
            if row != rows[0]:
                continue
            if is_judged(spec["rule"]):
                blank = ",".join(f'{at.score}{r}=""' for r in rows)
                parts.append(f"IF(AND(COUNT({ranges(rows, at.score)})=0,OR({blank})),1,0)")
                continue
            open_ = f'OR({at.computed}{row}="",{at.computed}{row}="无法计算")'
            if spec.get("zero") == "manual":
                open_ = f'IF({at.computed}{row}="自评",{at.score}{row}="",{open_})'
            parts.append(f"IF({open_},1,0)")
        if self.region:
            first, last = self.region
            computed = f"{at.computed}{first}:{at.computed}{last}"
            filled = "+".join(f'({letter}{first}:{letter}{last}<>"")' for letter in FILLED)
            parts.append(f'SUMPRODUCT(({filled}>0)*(({computed}="")+({computed}="无法计算")))')
        return "+".join(parts)

    def put(self) -> None:
        page, at, rubric = self.page, self.at, self.rubric
        row = page.row
        self._frame("合计（换算前）" if rescales(rubric) else "合计")
        page.put(at.number(at.weight), "formula.weight", formula=self.plain_sum(at.weight, is_inside),
                 slot="合计分值", name="合计分值")  # fmt: skip
        page.put(at.number(at.claim), "input.weight", formula=self.claimed(is_inside),
                 fact={"name": "自评总分", "kind": "amount"}, name="自评总分", slot="自评总分")  # fmt: skip
        page.put(
            at.number(at.score),
            "result.points",
            formula=self.sum(is_inside),
            slot="合计得分",
            name="合计得分",
        )
        page.put(
            at.number(at.score) + 1,
            "result.pending",
            formula=self.pending(),
            slot="未完成项数",
            name="未完成项数",
            columns=2,
        )
        page.put(
            at.number(at.base),
            "formula.weight",
            formula=self.plain_sum(at.base, is_inside),
            slot="合计适用",
            name="合计适用",
        )
        page.mark(f"{chr(ord(at.score) + 1)}{row}", f"{chr(ord(at.score) + 1)}{row}>0", "missing")
        page.next(28)
        nothing = (
            f"COUNT({self.cells(at.score, is_inside if self.region else lambda spec: True)})=0"
        )
        nothing, rescaled = (
            f"OR({at.base}{row}=0,{nothing})",
            f"{at.score}{row}/{at.base}{row}*{rubric['full_marks']}",
        )
        words = f"合计得分 ÷ 合计适用分值 × {rubric['full_marks']}"
        if rescales(rubric):
            self._rescaling(row, f'IF({nothing},"",{rescaled})')
            words = "换算得分"
        for side, label, sign in ((ADDED, "加分", " ＋ "), (TAKEN_OFF, "扣分", " − ")):
            if self._has(side):
                self._line(label, self.sum(self._counting(side)), "result.points")
                words += sign + label
        extra = ("+加分" if self._has(ADDED) else "") + ("-扣分" if self._has(TAKEN_OFF) else "")
        total = f'IF({nothing},"",MAX(0,{rescaled}{extra}))'
        self._line("总分", total, "result.points", f"总分（{words}）")
        grades = {
            "name": "自评等次",
            "kind": "text",
            "choices": [grade["name"] for grade in rubric["grades"]],
        }
        self._line("等次", grade_formula(rubric, "总分"), "total", claim=grades)

    def _rescaling(self, row: int, rescaled: str) -> None:
        """How the sum becomes a score on the scale of the full marks; `row` is that of the sum."""
        base, full = f"{self.at.base}{row}", self.rubric["full_marks"]
        self._line("换算基数", base, "formula.weight", "合计适用分值")
        factor = f'IF({base}=0,"",{full}/{base})'
        self._line("换算系数", factor, "formula.weight", f"换算系数（{full} ÷ 合计适用分值）")
        self._line("换算得分", rescaled, "result.points", "换算得分（合计得分 × 换算系数）")

    def _counting(self, side: str) -> Callable[[IndicatorSpec], bool]:
        """Asks whether an indicator counts on this side of the base."""
        return lambda spec: counts(spec["rule"]) == side

    def _has(self, side: str) -> bool:
        return any(counts(spec["rule"]) == side for spec in self.rubric["indicators"])

    def _frame(self, label: str) -> None:
        """The label, and empty cells up to the claim and the score."""
        used = {self.at.number(letter) for letter in (self.at.weight, self.at.claim, self.at.score)}
        self.page.put(1, "sum", label, columns=self.at.labels)
        for column in range(self.at.labels + 1, self.at.number(self.at.score)):
            if column not in used:
                self.page.put(column, "plain")

    def _line(
        self,
        slot: str,
        formula: str,
        style: str,
        label: str = "",
        claim: dict[str, Any] | None = None,
    ) -> None:
        """One line of a computed total; `claim` gives the unit a cell of its own beside it."""
        page, at = self.page, self.at
        self._frame(label or slot)
        page.put(at.number(at.weight), "plain")
        if claim:
            page.put(
                at.number(at.claim),
                "input.text",
                fact=claim,
                name=claim["name"],
                slot=claim["name"],
            )
        else:
            page.put(at.number(at.claim), "plain")
        page.put(at.number(at.score), style, formula=formula, slot=slot, name=slot)
        last = page.print_columns or at.number(at.base)
        page.put(at.number(at.score) + 1, "plain", columns=last - at.number(at.score))
        page.next(28)

    def subtotals(self) -> None:
        """一级指标小计: claimed and computed side by side."""
        page, at, indicators = self.page, self.at, self.rubric["indicators"]
        page.next(10)
        page.put(1, "section", "一级指标小计", columns=at.number(at.base), role=SECTION)
        page.next(24)
        heads = {at.weight: "分值", at.claim: "自评小计", at.score: "得分"}
        page.put(1, "header", "一级指标", columns=at.labels, role=HEADING)
        for column in range(at.labels + 1, at.number(at.score) + 1):
            page.put(column, "header", heads.get(chr(column + 64), ""), role=HEADING)
        page.next(24)
        for index, level in enumerate(dict.fromkeys(spec["levels"][0] for spec in indicators), 1):

            def wanted(spec: IndicatorSpec, level: str = level) -> bool:
                return spec["levels"][0] == level and is_inside(spec)

            self._frame(level)
            own = _numbered(slots.SUBTOTAL_CLAIM, index)
            page.put(at.number(at.weight), "formula.weight", formula=self.plain_sum(at.weight, wanted),
                     **_numbered(slots.SUBTOTAL_WEIGHT, index))  # fmt: skip
            page.put(at.number(at.claim), "input.weight", formula=self.claimed(wanted), **own,
                     fact={"name": own["name"], "kind": "amount"})  # fmt: skip
            page.put(
                at.number(at.score),
                "result.points",
                formula=self.sum(wanted),
                **_numbered(slots.SUBTOTAL, index),
            )
            page.next(22)
