"""Totals and parts: `支出277.14万元，其中基本支出63.81万元，项目支出213.33万元`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from functools import cache
from itertools import pairwise

from ..words.numbers import AMOUNT, COUNT, SYMBOL, Mention
from .data import pattern, words
from .encoded import Sentence
from .slips import is_slip
from .statement import NO, ROUNDED, UNKNOWN, YES, Statement, added, spread, verdict
from .window import Figure, figures

MOST_PARTS = 40
ALONE = re.compile(r"(?:^|[,;。％])(?:合计|共计|总计)(?:为|是|约)?$")  # a total of its own
TWO, FIGURES = 2, 4
NEAR = 20  # the gap of a slip of the pen is less than 1/NEAR of the total


class Parts:
    """A total and what follows its marker."""

    def __init__(self, sentence: Sentence, total: int, start: int) -> None:
        self.sentence, self.total = sentence, total
        self.marker = start
        self.at: list[int] = []  # positions of the parts
        self.is_open = False  # 等, 主要
        self.has_steps = False  # changes of the parts stand between them
        self._collect(start)

    def up_to(self, count: int) -> Parts:
        """With the first parts alone."""
        other = copy(self)
        other.at = self.at[:count]
        return other

    @property
    def is_exact(self) -> bool:
        given = (self.claim, *self.numbers)
        return bool(self.at) and not any(one.is_vague for one in given)

    @property
    def claim(self) -> Mention:
        return self.sentence.at(self.total)

    @property
    def numbers(self) -> list[Mention]:
        return [self.sentence.at(at) for at in self.at]

    def _collect(self, start: int) -> None:
        sentence, claim = self.sentence, self.claim
        depth = sentence.depth(start)
        code = sentence.code
        last = start
        for at in sentence.all(SYMBOL[claim.kind], start)[:MOST_PARTS]:
            one = sentence.at(at)
            between = pattern("sums", "rate_between").sub("", code[last:at])
            if self.at and pattern("sums", "step").search(between):
                self.has_steps = True
                last = at + 1
                continue
            if sentence.depth(at) < depth or pattern("sums", "not_part").search(between):
                break
            if ALONE.search(between):
                break
            if sentence.depth(at) > depth or not _alike(claim, one):
                continue
            if pattern("sums", "total_like").search(sentence.label(at)) or one.is_vague:
                self.is_open = True
                break
            self.at.append(at)
            last = at + 1
        tail = code[last : last + 2]
        first = code[start : self.at[0]] if self.at else ""
        marked = pattern("sums", "open_end")
        self.is_open = self.is_open or tail.startswith("等") or bool(marked.search(first))


def _alike(total: Mention, part: Mention) -> bool:
    return total.kind == AMOUNT or total.unit == part.unit


@cache
def _marker() -> re.Pattern[str]:
    marker = words()["sums"]["marker"]
    few = r"[^＄＃％＊＠。;]{0,14}?"
    return re.compile(rf"(?P<t>[＄＃])(?:,?{few}％)?{few}(?:{marker})")


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """The enumerations of a sentence, each against its total."""
    found = []
    at = 0
    while match := _marker().search(sentence.code, at):
        at = match.start() + 1
        ways = [Parts(sentence, total, match.end()) for total in _wholes(sentence, match)]
        ways = [one for one in ways if one.is_exact]
        told = [_statement(one) for one in ways]
        right = [one for one in told if one is not None and one.holds not in (NO, UNKNOWN)]
        found += right[:1] or [one for one in told[:1] if one is not None]
    return found + _by_kind(sentence, before) + _above(sentence, before)


def _wholes(sentence: Sentence, match: re.Match[str]) -> list[int]:
    """The figures that the parts may make up, the likeliest first: the nearest one that is neither
    a change (`同比增加530.5万元，其中…`) nor what is compared with."""
    at = match.start("t")
    alike = sentence.all(sentence.code[at], 0, at + 1)[::-1][:FIGURES]
    step, former = pattern("sums", "step"), pattern("sums", "former")
    plain = [
        one
        for one in alike
        if not step.search(sentence.code[max(0, one - 5) : one])
        and not former.search(sentence.code[max(0, one - 16) : one])
    ]
    return plain or alike[:1]


def _above(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """`…共1265万元。其中：省级735万元，市级430万元`: parts behind the sentence of their total."""
    if not before or not re.match(r"其中[:,]?", sentence.code):
        return []
    found = []
    for kind in (AMOUNT, COUNT):
        at = sentence.all(SYMBOL[kind])
        units = {sentence.at(one).unit for one in at}
        numbers = [sentence.at(one) for one in at]
        given = figures(before[-1], len(before[-1].code), [], kind)
        given = [one for one in given if kind == AMOUNT or {one.one.unit} == units]
        if len(at) < TWO or not given or any(one.is_vague for one in numbers):
            continue
        value, room = spread(numbers)
        right = [one for one in given if verdict(one.one, value, room) != NO]
        slips = [one for one in given if _slips(one.one, numbers)]
        likely = [one for one in given if pattern("sums", "told_whole").search(_raw(one))]
        beyond = [one for one in likely if room[0] > one.one.around()[1]]
        total = next(iter([*right, *slips, *beyond]), None)
        if total is None or pattern("sums", "step").search(_raw(total)):
            continue
        quote = sentence.quote(0, at[-1] + 1)
        made = added("sum" if kind == AMOUNT else "count", quote, total.one, numbers)
        uses = (total.one.start, *(one.start for one in numbers))
        found.append(made._replace(uses=uses, others=(total.sentence.clause(total.at),), at=-1))
    return found


def _raw(one: Figure) -> str:
    return one.sentence.code[max(0, one.at - 6) : one.at]


def _by_kind(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """`按功能科目分：…`: parts of a total that was told before, in this sentence or above it."""
    found = []
    for match in pattern("sums", "by_kind").finditer(sentence.code):
        end = sentence.code.find(";", match.end())
        stop = end if end > 0 else len(sentence.code)
        at = sentence.all(SYMBOL[AMOUNT], match.end(), stop)
        given = figures(sentence, match.start(), before, AMOUNT)
        if len(at) < TWO or any(sentence.at(one).is_vague for one in at):
            continue
        numbers = [sentence.at(one) for one in at]
        value, room = spread(numbers)
        right = [one for one in given if verdict(one.one, value, room) != NO]
        likely = [one for one in given if pattern("sums", "whole").search(one.label)]
        slips = [one for one in given if _slips(one.one, numbers)]
        total = next(iter([*right, *slips, *(likely if len(likely) == 1 else [])]), None)
        if total is None:
            continue
        made = added("sum", sentence.quote(match.start(), at[-1] + 1), total.one, numbers)
        uses = (total.one.start, *(one.start for one in numbers))
        other = (total.sentence.clause(total.at),)
        found.append(made._replace(uses=uses, at=-1, others=other))
    return found


def _statement(given: Parts) -> Statement | None:
    claim = given.claim
    ways = [given.numbers, _without_nested(given)]
    for numbers in ways:
        for count in _ends(given, len(numbers)):
            value, room = spread(numbers[:count])
            holds = verdict(claim, value, room)
            if holds != NO:
                return _made(given, numbers[:count], holds, given.at[-1])
    first = _ends(given, len(given.numbers))[-1:]  # up to where something else begins
    if first and first[0] < len(given.numbers):
        given = given.up_to(first[0])
        ways = [given.numbers, _without_nested(given)]
    numbers = min(ways, key=lambda way: spread(way)[0])
    value, room = spread(numbers)
    if room[0] > claim.around()[1] and not given.has_steps:
        severity = "error" if claim.kind == AMOUNT else "warning"
        return _made(given, numbers, NO, given.at[-1], severity)
    if len(numbers) < 2 or given.is_open:
        return None
    if _is_whole(given) or _slips(claim, numbers):
        return _made(given, numbers, NO, given.at[-1])
    gap = claim.value - value
    if len(numbers) > 2 and gap * NEAR < claim.value:
        return _made(given, numbers, NO, given.at[-1], "warning")
    return _made(given, numbers, UNKNOWN, given.at[-1])


def _slips(claim: Mention, numbers: Sequence[Mention]) -> bool:
    """Would the parts add up but for one figure mistyped?"""
    value = spread(numbers)[0]
    least = FIGURES if len(numbers) == TWO else FIGURES - 1
    if is_slip(claim.value, value, least) or (
        len(numbers) > TWO and claim.value in (value * 10, value / 10)
    ):
        return True
    return any(is_slip(one.value, one.value + claim.value - value, least) for one in numbers)


def _ends(given: Parts, most: int) -> list[int]:
    """How many parts may be meant: all, or those before words that begin something else."""
    between = [given.sentence.code[a + 1 : b] for a, b in pairwise(given.at)]
    counts = [most]
    for count in range(most - 1, 1, -1):
        if count > len(between):
            continue
        follows = between[count - 1]
        is_new = ";" in follows and not any(";" in text for text in between[: count - 1])
        if is_new or pattern("sums", "next").search(follows):
            counts.append(count)
    return [count for count in counts if count > 1]


def _made(
    given: Parts, numbers: Sequence[Mention], holds: str, last: int, severity: str = "error"
) -> Statement:
    sentence, claim = given.sentence, given.claim
    quote = sentence.quote(sentence.label_start(given.total), last + 1)
    kind = "count" if claim.kind == COUNT else "sum"
    made = added(kind, quote, claim, numbers, holds, severity)
    return made._replace(uses=tuple(one.start for one in numbers))


def _without_nested(given: Parts) -> list[Mention]:
    """The parts without those that are parts of a part: they follow it and add up to it."""
    numbers = given.numbers
    kept: list[Mention] = []
    at = 0
    while at < len(numbers):
        kept.append(numbers[at])
        at += 1 + _nested(given, numbers, at)
    return kept


def _nested(given: Parts, numbers: list[Mention], at: int) -> int:
    """How many parts behind `at` add up to it, where there are two at least, or where 其中
    stands between and one does not exceed it."""
    for count in range(2, len(numbers) - at):
        value, room = spread(numbers[at + 1 : at + 1 + count])
        is_telling = len(numbers[at].text.strip(numbers[at].unit).replace(".", "")) > 2
        if is_telling and verdict(numbers[at], value, room) in (YES, ROUNDED):
            return count
    if at + 1 < len(numbers):
        between = given.sentence.code[given.at[at] : given.at[at + 1]]
        if "其中" in between:
            return len(numbers) - at - 1 if ";" not in given.sentence.code[given.at[at] :] else 1
    return 0


def _is_whole(given: Parts) -> bool:
    """Do the parts name all that there is?"""
    sentence = given.sentence
    labels = [sentence.label(at) for at in given.at]
    before = sentence.code[max(0, given.total - 20) : given.marker]
    if pattern("sums", "categories").search(before):
        return True
    behind = sentence.code[given.at[-1] : given.at[-1] + 10]
    if pattern("sums", "constituted").search(behind):
        return True
    if pattern("sums", "exhaustive").search(labels[-1]):
        return True
    if len(labels) > 2 and any(one.value == 0 for one in given.numbers):
        return True  # who lists what there is none of, lists all
    return _partition(labels, sentence.label(given.total))


def _partition(labels: list[str], total: str) -> bool:
    """Do these labels name every part of a known whole?"""
    return any(
        re.search(group["total"], total)
        and all(any(re.search(part, label) for label in labels) for part in group["parts"])
        for group in words()["sums"]["partitions"]
    )
