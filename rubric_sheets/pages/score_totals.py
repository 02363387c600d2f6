"""Totals below any score table: sum, base, bonus and penalty, total, grade, what is still open,
subtotals by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..exact.quantities import NOT_APPLICABLE, plain, show
from ..exact.written import sum_of_filled
from ..places import slots
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import Part, parts_of, scale, weight_of
from ..rubric.shares import BETWEEN
from ..rules import is_judged
from ..rules import rule as rule_module
from ..rules.base import ADDED, TAKEN_OFF, Cells
from ..scoring.sums import rescales
from .formulas import certain_grade_formula, unsettled
from .page import HEADING, SECTION, Page
from .room_formulas import Rooms, either, ranges

FILLED = (
    "CDEF"  # columns of the unit's own list that make a row count: name, target, result, weight
)


@dataclass(frozen=True, slots=True)
class Letters:
    """The columns of a score table: weight, claim, computed, score, base; and how many columns the
    labels take."""

    weight: str
    claim: str
    computed: str
    score: str
    base: str
    labels: int

    def number(self, letter: str) -> int:
        return ord(letter) - 64


def level_weight(rubric: Rubric, levels: list[str]) -> str:
    """The weight of a level."""
    parts = parts_of(rubric["indicators"], rubric["groups"])
    return show(weight_of(parts, [plain(spec["weight"]) for spec in rubric["indicators"]], levels))


def level_text(rubric: Rubric, levels: Sequence[str], points: str) -> str:
    """A level with its points, and with the share that is printed of it: `数量（75%，37.5分）`."""
    share = rubric.get("printed_shares", {}).get(BETWEEN.join(levels), "")
    words = [share] if share.endswith("%") else []
    words += [f"{points}分"] if points != "0" else []
    return f"{levels[-1]}\n（{'，'.join(words)}）" if words else levels[-1]


class Totals:
    """Puts the totals on `page`. `rows`: one for each indicator; `region`: first and last row of
    the unit's own list."""

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
        self.parts = parts_of(rubric["indicators"], rubric["groups"])
        self.inside = [part for part in self.parts if part.is_inside]
        self.rooms = Rooms(rubric, self.parts, rows, letters.weight, letters.score, region)

    def side(self, counts: str) -> list[Part]:
        """What counts on one side of the base."""
        return [part for part in self.parts if part.counts == counts]

    def cells(self, letter: str, parts: list[Part]) -> str:
        """The cells of a column for these parts, as arguments of SUM; the list belongs to what is
        inside."""
        rows = sorted(row for part in parts for row in part.of(self.rows))
        found = [ranges(rows, letter)]
        if self.region and parts is self.inside:
            found.append(f"{letter}{self.region[0]}:{letter}{self.region[1]}")
        return ",".join(filter(None, found))

    def plain_sum(self, letter: str, parts: list[Part]) -> str:
        """A sum without cells is 0: `SUM()` would make Excel call the file damaged."""
        cells = self.cells(letter, parts)
        return f"SUM({cells})" if cells else "0"

    def weights(self, parts: list[Part]) -> str:
        """The sum of what they weigh: a group once, whatever its members' cells add up to."""
        text = self.plain_sum(self.at.weight, parts)
        known = [plain(spec["weight"]) for spec in self.rubric["indicators"]]
        for part in parts:
            if part.cap is not None and not part.has_one_weight(known):
                members = ranges(part.of(self.rows), self.at.weight)
                text += f"-SUM({members})+{show(part.cap, 10)}"
        return text

    def sum(self, parts: list[Part]) -> str:
        """Sum of 得分, groups cut at their caps."""
        text = self.plain_sum(self.at.score, parts)
        for part in parts:
            if part.cap is not None:
                members = ranges(part.of(self.rows), self.at.score)
                text += f"-MAX(0,SUM({members})-{show(part.cap, 10)})"
        return text

    def claimed(self, *plus: list[Part], minus: Sequence[Part] = ()) -> str:
        """The sum of the unit's own scores; empty while nothing is claimed."""
        added = ",".join(filter(None, (self.cells(self.at.claim, parts) for parts in plus)))
        if not added:
            return '""'
        off = self.cells(self.at.claim, list(minus))
        taken_off = f"-SUM({off})" if off else ""
        return sum_of_filled(added, taken_off)

    def pending(self) -> str:
        """How many indicators still lack a basis for their score."""
        parts = [self._is_pending(part) for part in self.parts]
        if self.region:
            first, last = self.region
            computed = f"{self.at.computed}{first}:{self.at.computed}{last}"
            filled = "+".join(f'({letter}{first}:{letter}{last}<>"")' for letter in FILLED)
            parts.append(f'SUMPRODUCT(({filled}>0)*(({computed}="")+({computed}="无法计算")))')
        return "+".join(parts)

    def _is_pending(self, part: Part) -> str:
        """1 or 0. A group may be scored in one cell: then the others may stay blank."""
        members = list(zip(part.of(self.rubric["indicators"]), part.of(self.rows)))
        if part.cap is None and is_judged(members[0][0]["rule"]):
            return self._is_unjudged(*members[0])
        open_ = [self._has_no_basis(*one) for one in members if not is_judged(one[0]["rule"])]
        judged = [row for spec, row in members if is_judged(spec["rule"])]
        if judged:
            blank = ",".join(f'{self.at.score}{row}=""' for row in judged)
            open_.append(f"AND(COUNT({ranges(judged, self.at.score)})=0,OR({blank}))")
        return f"IF({either(open_)},1,0)"

    def _has_no_basis(self, spec: IndicatorSpec, row: int) -> str:
        """Has the rule no score for it?"""
        at = self.at
        open_ = f'OR({at.computed}{row}="",{at.computed}{row}="无法计算")'
        if "manual" in (spec.get("zero"), spec.get("over_zero")):
            open_ = f'IF({at.computed}{row}="自评",{at.score}{row}="",{open_})'
        return open_

    def _is_unjudged(self, spec: IndicatorSpec, row: int) -> str:
        """A judge may have to fill more than the score."""
        score = f"{self.at.score}{row}"
        base = rule_module(spec["rule"]["kind"]).base_formula(spec["rule"], Cells("", ""))
        unknown = [f"NOT({base.known})"] if base else []
        unknown += unsettled(self.rubric, spec)
        if not unknown:
            return f'IF({score}="",1,0)'
        is_open = either([f'{score}=""', *unknown])
        return f'IF({score}="{NOT_APPLICABLE}",0,IF({is_open},1,0))'

    def put(self) -> None:
        """The sum, then what makes a total and a grade of it."""
        row = self.page.row
        self._sum_line()
        self._total_lines(row)

    def _sum_line(self) -> None:
        page, at, rubric = self.page, self.at, self.rubric
        row = page.row
        claimed = self.claimed(self.inside, self.side(ADDED), minus=self.side(TAKEN_OFF))
        self._frame("合计（换算前）" if rescales(rubric) else "合计")
        self._cell(at.weight, "formula.weight", "合计分值", self.weights(self.inside))
        self._claim_cell("input.weight", slots.CLAIMED_TOTAL, claimed)
        self._cell(at.score, "result.points", slots.SUM, self.sum(self.inside))
        self._cell(
            chr(ord(at.score) + 1), "result.pending", slots.PENDING, self.pending(), columns=2
        )
        self._cell(at.base, "formula.weight", "合计适用", self._base(f"{at.weight}{row}"))
        page.mark(f"{chr(ord(at.score) + 1)}{row}", f"{chr(ord(at.score) + 1)}{row}>0", "missing")
        page.next(28)

    def _base(self, weights: str) -> str:
        """What the points are out of: only what does not apply leaves the full marks. `weights`:
        the cell of their sum."""
        applies, full = self.plain_sum(self.at.base, self.inside), self.rubric["full_marks"]
        rest = f"MAX(0,{full}-({weights}-{applies}))"
        if unweighed := self.rooms.unweighed():
            return f"IF({unweighed},{rest},{applies})"
        return rest if self._weights_are_typed() else applies

    def _weights_are_typed(self) -> bool:
        return bool(self.region) or any("weight_fact" in one for one in self.rubric["indicators"])

    def _grade_line(self, row: int, claim: dict[str, Any]) -> None:
        """等次, as long as nothing that is missing could change it; `row` is that of the sum."""
        rubric, weights = self.rubric, f"{self.at.weight}{row}"
        is_off = self.rooms.unweighed()
        if not is_off and self._weights_are_typed():
            is_off = f"ROUND({weights}-{rubric['full_marks']},8)<>0"
        least = self.rooms.least(slots.TOTAL)
        grade = certain_grade_formula(rubric, slots.TOTAL, least, slots.ROOM, is_off)
        self._line(slots.GRADE, grade, "total", claim=claim)

    def _room(self, row: int, total: str) -> str:
        """What may still come to the total; `row` is that of the sum, `total` the total before
        it is cut at 0."""
        full, weights = self.rubric["full_marks"], f"{self.at.weight}{row}"
        unknown, short = self.rooms.unweighed(), ""
        if not unknown and self._weights_are_typed():
            unknown, short = f"ROUND({weights}-{full},8)>0", f"{full}-{weights}"
        bare = total if self.side(TAKEN_OFF) else ""
        return self.rooms.more(f"{self.at.base}{row}", slots.TOTAL, unknown, short, bare)

    def _total_lines(self, row: int) -> None:
        """Rescaling, what is added and taken off, total and grade; `row` is that of the sum."""
        at, rubric = self.at, self.rubric
        anything = self.cells(at.score, self.inside if self.region else self.parts)
        nothing = f"OR({at.base}{row}=0,COUNT({anything})=0)"
        rescaled = f"{at.score}{row}/{at.base}{row}*{scale(rubric)}"
        words = f"合计得分 ÷ 合计适用分值 × {scale(rubric)}"
        if rescales(rubric):
            self._rescaling(row, f'IF({nothing},"",{rescaled})')
            words = "换算得分"
        for side, label, sign in ((ADDED, "加分", " ＋ "), (TAKEN_OFF, "扣分", " − ")):
            if self.side(side):
                self._line(label, self.sum(self.side(side)), "result.points")
                words += sign + label
        extra = ("+加分" if self.side(ADDED) else "") + ("-扣分" if self.side(TAKEN_OFF) else "")
        bare = f"{rescaled}{extra}"
        total, room = f'IF({nothing},"",MAX(0,{bare}))', self._room(row, bare)
        self._line("总分", total, "result.points", f"总分（{words}）", beside=room)
        grades = {
            "name": "自评等次",
            "kind": "text",
            "choices": [grade["name"] for grade in rubric["grades"]],
        }
        self._grade_line(row, grades)

    def _rescaling(self, row: int, rescaled: str) -> None:
        """How the sum becomes a score on the scale of the full marks; `row` is that of the sum."""
        base, full = f"{self.at.base}{row}", scale(self.rubric)
        self._line("换算基数", base, "formula.weight", "合计适用分值")
        factor = f'IF({base}=0,"",{full}/{base})'
        self._line("换算系数", factor, "formula.weight", f"换算系数（{full} ÷ 合计适用分值）")
        self._line("换算得分", rescaled, "result.points", "换算得分（合计得分 × 换算系数）")

    def _cell(self, letter: str, style: str, slot: str, formula: str, **more: Any) -> None:
        """A computed cell with its defined name."""
        name = slots.defined_name(slot)
        self.page.put(self.at.number(letter), style, formula=formula, slot=slot, name=name, **more)

    def _claim_cell(self, style: str, slot: str, formula: str) -> None:
        """The unit's own figure: a sum that it may type over."""
        fact = {"name": slots.defined_name(slot), "kind": "amount"}
        self._cell(self.at.claim, style, slot, formula, fact=fact)

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
        beside: str = "",
    ) -> None:
        """One line of a computed total; `claim` gives the unit a cell of its own beside it.
        `beside`: the formula of what may still come to it."""
        page, at = self.page, self.at
        self._frame(label or slot)
        page.put(at.number(at.weight), "plain")
        if claim:
            own = claim["name"]
            page.put(at.number(at.claim), "input.text", fact=claim, name=own, slot=own)
        else:
            page.put(at.number(at.claim), "plain")
        self._cell(at.score, style, slot, formula)
        last = page.print_columns or at.number(at.base)
        after, width = at.number(at.score) + 1, last - at.number(at.score)
        if beside:
            cell = chr(ord(at.score) + 1)
            self._cell(cell, "result.room", slots.ROOM, beside, columns=width)
        else:
            page.put(after, "plain", columns=width)
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
            wanted = [part for part in self.inside if part.level == level]
            if not wanted:
                continue  # what is added and taken off has lines of its own
            self._frame(level)
            weight, claim, score = (
                slots.subtotal(kind, index)
                for kind in (slots.SUBTOTAL_WEIGHT, slots.SUBTOTAL_CLAIM, slots.SUBTOTAL)
            )
            self._cell(at.weight, "formula.weight", weight, self.weights(wanted))
            self._claim_cell("input.weight", claim, self.claimed(wanted))
            self._cell(at.score, "result.points", score, self.sum(wanted))
            page.next(22)
