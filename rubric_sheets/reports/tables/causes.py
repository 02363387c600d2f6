"""One wrong figure breaks every sum and rate that it stands in. It is told once, if another figure
in its place would mend them all; else each is told by itself."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ...records import Record
from ..sentences.statement import NO, Range, Statement, divided, rounded, spread, verdict
from ..sightings import Evidence
from ..words.numbers import Mention

Given = tuple[Fraction, Range]
Numbers = tuple[Mention, ...]


class Check(Record):
    """A statement of a table with its figures: `claim`, and what it follows from by `rule`, in the
    order of the statement's `others`."""

    statement: Statement
    claim: Mention
    inputs: Numbers
    rule: str

    @property
    def is_wrong(self) -> bool:
        return self.statement.holds == NO

    @property
    def cells(self) -> tuple[Evidence, ...]:
        return (self.statement.evidence, *self.statement.others)


def total(given: Numbers) -> Given | None:
    return spread(given)


def difference(given: Numbers) -> Given | None:
    return spread(given, (1, -1))


def quotient(given: Numbers) -> Given | None:
    top, bottom = given
    return divided((top.value, top.around()), (bottom.value, bottom.around()))


def growth(given: Numbers) -> Given | None:
    before = given[1]
    return divided(spread(given, (1, -1)), (before.value, before.around()))


RULES: dict[str, Callable[[Numbers], Given | None]] = {
    "sum": total,
    "difference": difference,
    "quotient": quotient,
    "growth": growth,
}
SIGNED = ("difference", "growth")  # a decrease may be printed without its sign


def signed(claim: Mention, given: Given) -> Given:
    """A change as its claim is printed."""
    value, room = given
    sign = 1 if claim.value * value >= 0 else -1
    ends = sorted((room[0] * sign, room[1] * sign))
    return value * sign, (ends[0], ends[1])


def one_cause(checks: list[Check]) -> list[Statement]:
    """What the checks say, a common cause once with all that speaks against it."""
    kept = [one.statement for one in checks if not one.is_wrong]
    wrong = [one for one in checks if one.is_wrong]
    while group := _largest(wrong):
        first = group[0].statement
        others = [cell for one in group for cell in reversed(one.cells) if cell != first.evidence]
        kept.append(first._replace(others=tuple(dict.fromkeys([*first.others, *others]))))
        wrong = [one for one in wrong if one not in group]
    return kept + [one.statement for one in wrong]


def _largest(wrong: list[Check]) -> list[Check]:
    """The most checks that one figure would mend, two at least; sums come first."""
    groups: dict[Evidence, list[Check]] = {}
    for check in sorted(wrong, key=lambda one: list(RULES).index(one.rule)):
        for cell in dict.fromkeys(check.cells):
            groups.setdefault(cell, []).append(check)
    by_size = sorted(groups.items(), key=lambda item: -len(item[1]))
    return next((some for cell, some in by_size if len(some) > 1 and _mends(cell, some)), [])


def _mends(cell: Evidence, group: list[Check]) -> bool:
    return any(all(_fits(one, cell, value) for one in group) for value in _solved(group[0], cell))


def _solved(check: Check, cell: Evidence) -> list[Fraction]:
    """What the cell would have to hold for its first check to be right."""
    at = check.cells.index(cell)
    claim, inputs = check.claim, check.inputs
    if at == 0:
        given = RULES[check.rule](inputs)
        return [] if given is None else [signed(claim, given)[0]]
    wanted = [claim.value, -claim.value] if check.rule in SIGNED else [claim.value]
    values = [one for value in wanted if (one := _input(check, at - 1, value)) is not None]
    return [rounded(value, inputs[at - 1].step) for value in values]


def _input(check: Check, at: int, wanted: Fraction) -> Fraction | None:
    if check.rule == "sum":
        rest = [one.value for number, one in enumerate(check.inputs) if number != at]
        return wanted - sum(rest, Fraction(0))
    first, second = (one.value for one in check.inputs)
    share = wanted / 100
    if check.rule == "difference":
        return second + wanted if at == 0 else first - wanted
    if check.rule == "quotient":
        other = None if not share else first / share
        return second * share if at == 0 else other
    other = None if share == -1 else first / (1 + share)
    return second * (1 + share) if at == 0 else other


def _fits(check: Check, cell: Evidence, value: Fraction) -> bool:
    """Is a check right with another value in a cell?"""
    numbers = [
        one._replace(value=value) if each == cell else one
        for each, one in zip(check.cells, (check.claim, *check.inputs))
    ]
    claim, inputs = numbers[0], tuple(numbers[1:])
    given = RULES[check.rule](inputs)
    if given is None:
        return False
    return verdict(claim, *(signed(claim, given) if check.rule in SIGNED else given)) != NO
