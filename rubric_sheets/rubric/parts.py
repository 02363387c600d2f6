"""How the points of a rubric add up: what counts once, inside of the base or outside of it.

Whoever adds up weights, scores, claims or cells walks these parts. An indicator counts by itself;
the members of a group count together, once, up to the group's cap. A bonus or a penalty counts
outside of the base, each by itself.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import plain, total
from ..records import Record
from ..rules import counts
from ..rules.base import INSIDE
from .model import IndicatorSpec, Rubric

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeVar

    Item = TypeVar("Item")


class Part(Record):
    """What counts once. `members`: where its indicators stand among all; `cap`: of a group,
    None of a single one."""

    levels: list[str]
    counts: str
    members: list[int]
    cap: Fraction | None = None

    @property
    def level(self) -> str:
        """The first level, under which it is added up."""
        return self.levels[0]

    @property
    def is_inside(self) -> bool:
        return self.counts == INSIDE

    def of(self, items: Sequence[Item]) -> list[Item]:
        """Its own of a list that has one item for each indicator: results, rows, weights."""
        return [items[index] for index in self.members]

    def has_one_weight(self, weights: Sequence[Fraction]) -> bool:
        """Do all members weigh what the group does, and stand together? Then one figure stands
        for all of them."""
        together = self.members[-1] - self.members[0] == len(self.members) - 1
        return self.cap is not None and together and all(w == self.cap for w in self.of(weights))

    def weight(self, weights: Sequence[Fraction]) -> Fraction:
        """`weights`: one for each indicator."""
        return weights[self.members[0]] if self.cap is None else self.cap


def scale(rubric: Rubric) -> str:
    """What the total is out of: the full marks, unless the rubric folds them (满分 120 → 100)."""
    return rubric.get("scale") or rubric["full_marks"]


def walk(
    indicators: Iterable[tuple[list[str], str, str]], caps: Mapping[str, Fraction]
) -> list[Part]:
    """Parts in the order of their first indicators, given (levels, group or "",
    how it counts) of each."""
    parts: list[Part] = []
    groups: dict[str, Part] = {}
    for index, (levels, group, how) in enumerate(indicators):
        if group in groups and how == INSIDE:
            groups[group].members.append(index)
            continue
        is_group = group and how == INSIDE
        part = Part(levels, how, [index], caps.get(group) if is_group else None)
        parts.append(part)
        if is_group:
            groups[group] = part
    return parts


def parts_of(specs: Iterable[IndicatorSpec], groups: dict[str, str]) -> list[Part]:
    """The parts of a rubric's indicators; `groups`: their caps by name."""
    caps = {name: plain(cap) for name, cap in groups.items()}
    marks = ((spec["levels"], spec.get("group", ""), counts(spec["rule"])) for spec in specs)
    return walk(marks, caps)


def weight_of(
    parts: Iterable[Part], weights: Sequence[Fraction], levels: Sequence[str] = ()
) -> Fraction:
    """What weighs in the base, in all or under these levels. `weights`: one for each indicator."""
    depth, wanted = len(levels), list(levels)
    inside = (part for part in parts if part.is_inside and part.levels[:depth] == wanted)
    return total(part.weight(weights) for part in inside)
