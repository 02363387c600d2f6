"""Totals of tables that nobody designed for us: rows and columns against what they add up.

Parts may be nested, and a total may stand above or below its parts: it is wrong only if no way to
read the table makes it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..reading.document import Document
from ..sentences.statement import Statement, near, spread, stated, verdict
from ..sightings import of_cell
from ..words import synonyms
from ..words.clean import cleaned, label
from ..words.numbers import AMOUNT, BARE, COUNT
from . import funds, relations, scores
from .causes import Check, one_cause
from .figures import CODE, Block, Figure, blocks
from .kinds import is_summed

NO_SUMS = re.compile(r"年度$|完成值|指标值|目标")
TOTAL = re.compile(r"(?:合计|总计|小计)$")
NESTED = re.compile(r"^(?:其中|#)")
LEVELS = (
    re.compile(r"^[一二三四五六七八九十]+、"),
    re.compile(r"^\([一二三四五六七八九十]+\)"),
    re.compile(r"^[0-9]+[.、](?![0-9])"),
    re.compile(r"^\([0-9]+\)"),
)
LEAST = 2  # parts of a total
MANY = 50  # totals of a column: of more of them only the rows beside them are added up
Line = tuple[str, Figure]


def read(document: Document) -> list[Statement]:
    """All that the figures of tables claim of each other, but those of forms and score tables."""
    found: list[Statement] = []
    for table in document.tables:
        if scores.read(table) is not None or funds.rows(table):
            continue
        made: list[Check] = []
        for block in blocks(table):
            made += relations.read(block) + _columns(block) + _rows(block)
        found += one_cause(made)
    return found


def _columns(block: Block) -> list[Check]:
    """The total rows of each column."""
    found: list[Check] = []
    for column, heads in block.heads.items():
        if not is_summed(heads) or NO_SUMS.search("".join(heads[-1:])):
            continue
        lines = [
            (cleaned(row[column].name).text, row[column]) for row in block.rows if column in row
        ]
        found += _accounts(lines)
        totals = [at for at, (name, _) in enumerate(lines) if _is_total(name)]
        for number, at in enumerate(totals):
            if lines[at][1].number.kind in (BARE, AMOUNT, COUNT):
                found += _told(lines[at][1], _below_or_above(lines, totals, number))
    return found


def _accounts(lines: list[Line]) -> list[Check]:
    """Accounts against those that their codes put below them: 201 against 20101, 20102 …"""
    found: list[Check] = []
    for at, (name, figure) in enumerate(lines):
        code = CODE.match(name)
        if code is None:
            continue
        below: list[tuple[int, Figure]] = []
        for each, other in lines[at + 1 :]:
            if not each.startswith(code[0]):
                break
            below.append((_level(each), other))
        least = min((level for level, _ in below), default=0)
        one = _sum(figure, [other for level, other in below if level == least], least=1)
        found += [one] if one is not None else []
    return found


def _is_total(name: str) -> bool:
    words = set(map(label, synonyms.data()["score"]["total"]))
    return label(name) in words or bool(TOTAL.search(label(name)))


def _told(figure: Figure, ways: Iterator[list[Figure]]) -> list[Check]:
    """The total beside the first way to add it up; beside another one if that is right."""
    first: list[Check] = []
    for way in ways:
        one = _sum(figure, way)
        if one is not None and not one.is_wrong:
            return [one]
        first = first or ([one] if one is not None else [])
    return first


def _sum(figure: Figure, parts: list[Figure], least: int = LEAST) -> Check | None:
    claim = figure.number
    numbers = [one.number for one in parts]
    if len(parts) < least or any(one.kind != claim.kind for one in numbers):
        return None
    if claim.kind == COUNT and any(one.unit != claim.unit for one in numbers):
        return None
    value, room = spread(numbers)
    how = " + ".join(one.text for one in numbers[:12]) + (" + …" if numbers[12:] else "")
    holds = verdict(claim, value, room)
    text = f"{how} = {near(value, claim)}"
    made = stated("sum", of_cell(figure.cell), claim, value, holds, text)
    made = made._replace(others=tuple(of_cell(one.cell) for one in parts))
    return Check(made, claim, tuple(numbers), "sum")


def _below_or_above(lines: list[Line], totals: list[int], number: int) -> Iterator[list[Figure]]:
    """Every way to read what a total row adds up, the likeliest first; none where its label tells
    too little."""
    at = totals[number]
    name = lines[at][0]
    before = totals[number - 1] if number else -1
    after = totals[number + 1] if number + 1 < len(totals) else len(lines)
    above, below = lines[before + 1 : at], lines[at + 1 : after]
    is_bare = label(name) in set(map(label, synonyms.data()["score"]["total"])) | {"小计"}
    beside = [some for some in ([above, below] if above else [below]) if some]
    given = [some for some in beside if is_bare or _alike(name, some)]
    if not is_bare and not given:
        return
    for some in given:
        yield from _nestings(some)
    if (given or number) and number < MANY:
        for some in _further(lines, totals[:number], at):
            yield from _nestings(some)


def _further(lines: list[Line], totals: list[int], at: int) -> Iterator[list[Line]]:
    """All rows above but totals, only the totals, the last total and what follows it; all below."""
    others = [lines[number] for number in totals]
    known = set(totals)
    yield [line for number, line in enumerate(lines[:at]) if number not in known]
    yield others
    yield [*others[-1:], *lines[totals[-1] + 1 if totals else 0 : at]]
    yield lines[at + 1 :]


def _alike(name: str, lines: list[Line]) -> bool:
    """`收入合计` adds up what is called income: else the rows beside it may be anything."""
    groups = synonyms.data()["alike"]
    words = next((some for word, some in groups.items() if word in name), None)
    levels = [_level(each) for each, _ in lines]
    least = min(levels)
    highest = [each for (each, _), level in zip(lines, levels) if level == least]
    outer = [each for each in highest if not NESTED.match(each)]
    return words is not None and all(any(word in each for word in words) for each in outer)


def _nestings(lines: list[Line]) -> Iterator[list[Figure]]:
    """All rows; those of the highest numbering, which tells for itself; without one, those that do
    not begin with 其中, those not behind them either, and those that nothing stands below."""
    if not lines:
        return
    levels = [_level(name) for name, _ in lines]
    least = min(levels)
    highest = [figure for (_, figure), own in zip(lines, levels) if own == least]
    is_numbered = least < len(LEVELS) and len(highest) >= LEAST
    if is_numbered and len(highest) < len(lines):
        yield highest
    yield [figure for _, figure in lines]
    outer = [figure for name, figure in lines if not NESTED.match(name)]
    if is_numbered or len(outer) == len(lines):
        return
    yield outer
    yield list(_until_level(lines))


def _level(name: str) -> int:
    """Which numbering a label bears, or how long its code is; without one it is the deepest."""
    if code := CODE.match(name):
        return len(code[0]) // 2
    return next((n for n, one in enumerate(LEVELS) if one.match(name)), len(LEVELS))


def _until_level(lines: list[Line]) -> Iterator[Figure]:
    """Rows behind 其中 are its further parts, until a number of the level above."""
    level = None
    for name, figure in lines:
        if NESTED.match(name):
            level = level if level is not None else len(LEVELS)
            continue
        own = _level(name)
        if level is not None and own == len(LEVELS):
            continue
        level = None
        yield figure


def _rows(block: Block) -> list[Check]:
    """Columns of totals, by the way that most rows bear out."""
    found: list[Check] = []
    summed = [at for at in sorted(block.heads) if is_summed(block.heads[at])]
    totals = [at for at in summed if TOTAL.search("".join(block.heads[at][-1:]))]
    for at in totals:
        best: list[Check] = []
        for columns in _ways(block, summed, totals, at):
            made = _across(block, at, columns)
            if _right(made) > _right(best):
                best = made
        if _right(best) >= LEAST and _right(best) * 2 > len(best):
            found += best
    return found


def _right(made: list[Check]) -> int:
    return sum(not one.is_wrong for one in made)


def _ways(block: Block, summed: list[int], totals: list[int], at: int) -> Iterator[list[int]]:
    """The columns that a total column may add up: those that follow, those before, other totals,
    and of each those that are no part of another."""
    after = min((one for one in totals if one > at), default=max(summed) + 1)
    before = max((one for one in totals if one < at), default=-1)
    plain = [one for one in summed if one not in totals]
    others = [one for one in totals if one != at]
    for some in (
        [one for one in plain if at < one < after],
        [one for one in plain if before < one < at],
        [one for one in plain if one > at],
        [one for one in plain if one < at],
        others,
    ):
        yield some
        yield [one for one in some if not any(map(NESTED.match, block.heads[one]))]
    own = block.heads[at][:-1]
    grouped = [one for one in plain if own and block.heads[one][: len(own)] == own]
    yield grouped
    yield [*others, *(one for one in plain if len(block.heads[one]) <= len(block.heads[at]))]


def _across(block: Block, at: int, columns: list[int]) -> list[Check]:
    made = []
    for row in block.rows:
        parts = [row[column] for column in columns if column in row]
        if at in row and sum(bool(one.number.value) for one in parts) >= LEAST:
            one = _sum(row[at], parts)
            if one is not None:
                made.append(one)
    return made
