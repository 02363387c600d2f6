"""Columns that follow from others in the same row: differences, rates, completion, shares.

What is claimed is wrong only if it follows from no columns that its head can mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from ..sentences.statement import NO, Range, near, stated, verdict
from ..sightings import of_cell
from ..words.clean import label
from ..words.numbers import Mention
from ..words.synonyms import data
from .causes import RULES, SIGNED, Check, signed
from .figures import Block, Figure, share
from .kinds import DERIVED, is_summed, kinds

Row = dict[int, Figure]
Pair = tuple[Figure, Figure]
MOST = 8  # totals whose shares a column may give
HOW = {
    "difference": "{0} − {1}",
    "growth": "({0} − {1}) ÷ {1}",
    "quotient": "{0} ÷ {1}",
}


def read(block: Block) -> list[Check]:
    """All that the rows of a block claim to follow."""
    found: list[Check] = []
    for row in block.rows:
        for column, figure in row.items():
            names = kinds(block.heads.get(column, ()))
            if "change" in names:
                found += _told(figure, list(_years(block, row, column)), "difference")
            elif "rate" in names:
                found += _told(figure, list(_years(block, row, column)), "growth")
            elif "completion" in names:
                found += _told(figure, list(_plans(block, row, column)), "quotient")
    for column, heads in block.heads.items():
        if "share" in kinds(heads):
            found += _shares(block, column)
    return found


def _told(figure: Figure, pairs: list[Pair], rule: str) -> list[Check]:
    """The claim beside what the nearest pair gives; beside another pair if that is right."""
    claim = figure.number if rule == "difference" else share(figure)
    made: list[Check] = []
    for pair in pairs:
        first, second = (one.number for one in pair)
        given = RULES[rule]((first, second))
        if given is None or (rule == "difference" and first.kind != claim.kind):
            continue
        value, room = signed(claim, given) if rule in SIGNED else given
        holds = _verdict(figure, claim, value, room)
        how = f"{HOW[rule].format(first.text, second.text)} = {near(value, claim)}"
        kind = "change" if rule in SIGNED else "percent"
        one = stated(kind, of_cell(figure.cell), claim, value, holds, how)
        one = one._replace(others=tuple(of_cell(each.cell) for each in pair))
        made.append(Check(one, claim, (first, second), rule))
    return next(([one] for one in made if not one.is_wrong), made[:1])


def _verdict(figure: Figure, claim: Mention, value: Fraction, room: Range) -> str:
    holds = verdict(claim, value, room)
    if holds == NO and figure.number.kind != claim.kind:  # a bare 0.95 for 95%
        larger = claim._replace(value=claim.value * 100, step=claim.step * 100)
        return verdict(larger, value, room)
    return holds


def _left(block: Block, row: Row, column: int) -> list[tuple[Figure, frozenset[str]]]:
    """The plain figures of a row, those nearest to the left of a column first."""
    order = sorted(row, key=lambda at: (at > column, abs(column - at)))
    given = [(row[at], kinds(block.heads.get(at, ()))) for at in order if at != column]
    return [(one, names) for one, names in given if not names & DERIVED]


def _years(block: Block, row: Row, column: int) -> Iterator[Pair]:
    """Pairs of this year and the last, both budgets or both not; then spending and its budget."""
    given = _left(block, row, column)
    for (now, names), (before, others) in product(given, given):
        if ("plan" in names) == ("plan" in others) and _follows(names, others):
            yield now, before
    yield from _plans(block, row, column)


def _follows(names: frozenset[str], others: frozenset[str]) -> bool:
    if "before" in names or "now" in others:
        return False
    later, former = ([int(name) for name in some if name.isdigit()] for some in (names, others))
    if later and former:
        return max(later) == max(former) + 1
    return "now" in names and "before" in others


def _plans(block: Block, row: Row, column: int) -> Iterator[Pair]:
    """Pairs of what was done and what was planned for it."""
    given = _left(block, row, column)
    for (done, names), (plan, others) in product(given, given):
        is_same = not (names ^ others) & {"before", "now"}
        years = [{name for name in some if name.isdigit()} for some in (names, others)]
        is_plan = "plan" in others and "plan" not in names and "done" in names
        if is_plan and is_same and (years[0] == years[1] or not all(years)):
            yield done, plan


def _shares(block: Block, column: int) -> list[Check]:
    """A column of shares: of the total row, in the column that most of them fit."""
    best: list[Check] = []
    for at in sorted(block.heads, key=lambda one: (one > column, abs(column - one))):
        heads = block.heads[at]
        if at == column or not is_summed(heads):
            continue
        for total in _totals(block, at)[:MOST]:
            made = _of_total(block, column, at, total)
            if _right(made) > _right(best):
                best = made
            if made and _right(made) == len(made):
                return made
    return best if _right(best) * 2 > len(best) else []


def _right(made: list[Check]) -> int:
    return sum(not one.is_wrong for one in made)


def _totals(block: Block, column: int) -> list[Figure]:
    """What shares may be shares of, the whole before its parts, the last before the first."""
    words = set(map(label, data()["score"]["total"]))
    whole: list[Figure] = []
    parts: list[Figure] = []
    added = Fraction(0)
    for row in reversed(block.rows):
        figure = row.get(column)
        if figure is None or not figure.number.value:
            continue
        name = label(figure.name)
        if name in words:
            whole.append(figure)
        elif name.endswith(("合计", "总计", "小计")) or row is block.rows[0]:
            parts.append(figure)
        if name not in words:
            added += figure.number.value
    right = [one._replace(number=one.number._replace(value=added)) for one in whole[:1] if added]
    return [*whole, *parts, *right]  # the whole itself may be typed wrongly


def _of_total(block: Block, column: int, at: int, total: Figure) -> list[Check]:
    made: list[Check] = []
    for row in block.rows:
        if column in row and at in row and row[at].number.kind == total.number.kind:
            own = total if row[at].cell is total.cell else row[at]
            made += _told(row[column], [(own, total)], "quotient")
    return made
