"""What a total can still become, as live formulas: the points that blank scores may bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..exact.quantities import NOT_APPLICABLE, show
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import Part, scale
from ..rules import is_judged
from ..rules.base import ADDED, INSIDE, TAKEN_OFF
from ..scoring.sums import rescales
from .formulas import weight_expression


def ranges(rows: list[int], column: str) -> str:
    """`I5:I9,I12`: consecutive rows written as ranges."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and parts[-1][1] == row - 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ",".join(f"{column}{a}:{column}{b}" if a != b else f"{column}{a}" for a, b in parts)


@dataclass(frozen=True, slots=True)
class Rooms:
    """`rows`: one for each indicator; `weight`, `score`: the columns; `region`: first and last
    row of the unit's own list."""

    rubric: Rubric
    parts: Sequence[Part]
    rows: list[int]
    weight: str
    score: str
    region: tuple[int, int] | None = None

    def of_side(self, side: str) -> str:
        """The room of all that counts on one side of the base; "" for none."""
        found = [self._of(part) for part in self.parts if part.counts == side]
        if self.region and side == INSIDE:
            first, last = self.region
            blank = f'({self.score}{first}:{self.score}{last}="")*1'
            found.append(f"SUMPRODUCT({blank},{self.weight}{first}:{self.weight}{last})")
        return "+".join(filter(None, found))

    def unlimited(self, side: str) -> list[str]:
        """The scores that nothing limits: while one is blank, nothing can be said."""
        return [
            f"{self.score}{row}"
            for part in self.parts
            if part.counts == side
            for row, spec in zip(part.of(self.rows), part.of(self.rubric["indicators"]))
            if self._weight(spec, row) == "0"
        ]

    def _of(self, part: Part) -> str:
        members = list(zip(part.of(self.rows), part.of(self.rubric["indicators"])))
        if part.cap is None:
            return self._blank(*members[0])
        scores, cap = ranges([row for row, _ in members], self.score), show(part.cap, 10)
        judged = [one for one in members if is_judged(one[1]["rule"])]
        room = [self._blank(*one) for one in members if not is_judged(one[1]["rule"])]
        if judged:
            own = ranges([row for row, _ in judged], self.score)
            blank = "+".join(self._blank(*one) for one in judged)
            room.append(f"IF(COUNT({own})=0,{blank},0)")
        return f"MIN({cap}-MIN({cap},SUM({scores})),{'+'.join(room)})"

    def _blank(self, row: int, spec: IndicatorSpec) -> str:
        """The weight of a score that is blank."""
        weight = self._weight(spec, row)
        return "" if weight == "0" else f'IF({self.score}{row}="",{weight},0)'

    def _weight(self, spec: IndicatorSpec, row: int) -> str:
        weight = weight_expression(spec, f"{self.weight}{row}")
        return f"MAX(0,N({weight}))" if "weight_fact" in spec else weight

    def least(self, total: str) -> str:
        """What the total comes to at least."""
        off = self.of_side(TAKEN_OFF)
        text = f"MAX(0,{total}-({off}))" if off else total
        if blank := self.unlimited(TAKEN_OFF):
            return f"IF({_any_blank(blank)},0,{text})"
        return text

    def more(self, base: str, total: str, unknown: str, short: str, bare: str = "") -> str:
        """What may come to the total; "" where that cannot be said. `unknown`: the condition
        under which the weights do not allow it, `short`: the weight still to be typed; `bare`:
        the total where more may have been taken off than there is."""
        full = scale(self.rubric)
        inside = "+".join(filter(None, (self.of_side(INSIDE), short)))
        added = self.of_side(ADDED)
        text = f"({inside})/{base}*{full}" if inside else "0"
        text += f"+{added}" if added else ""
        if bare and text != "0":
            text = f"MAX(0,{bare}+{text})-{total}"
        blank = self.unlimited(ADDED)
        conditions = [f'{total}=""', unknown, _any_blank(blank) if blank else ""]
        return f'IF({either(conditions)},"",{text})'

    def unweighed(self) -> str:
        """Does the unit still have to type weights? "" where it types none that are rescaled."""
        if not rescales(self.rubric):
            return ""
        typed: list[int] = []
        own: list[int] = []
        for part in self.parts:
            for row, spec in zip(part.of(self.rows), part.of(self.rubric["indicators"])):
                if part.is_inside and "weight_fact" in spec:
                    (own if spec.get("own") else typed).append(row)
        counts = [
            f'COUNTIF({area},"{wanted}")'
            for rows, least in ((typed, ">0"), (own, ">=0"))
            for area in filter(None, ranges(rows, self.weight).split(","))
            for wanted in (least, NOT_APPLICABLE)
        ]
        return f"{'+'.join(counts)}<{len(typed) + len(own)}"


def either(conditions: Sequence[str]) -> str:
    """Of conditions that are there, one or several."""
    found = [one for one in conditions if one]
    return found[0] if len(found) == 1 else f"OR({','.join(found)})"


def _any_blank(cells: list[str]) -> str:
    return either([f'{cell}=""' for cell in cells])
