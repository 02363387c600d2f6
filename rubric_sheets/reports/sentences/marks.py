"""Points over paragraphs: a total of a document against what was got for each part, a section's
points against those of its items, `四类指标合计92分` against the four before it.

Parts are all there only where their full marks add up to those of the whole.
"""

from __future__ import annotations

import re
from fractions import Fraction

from ...records import Record
from ..words.numbers import SCORE, SYMBOL, han
from .encoded import Sentence
from .points import GOT, is_total, pair, role, runs
from .statement import NO, Statement, added

HUNDRED, TWO = 100, 2
COUNTED = re.compile("(?P<n>[两二三四五六七八九])(?:大)?(?:类|项|个|方面|部分)")
OF_ALL = re.compile("自评(?:总)?得?分|综合得分|评价得分|得分(?:为|是|:)?$")


class Mark(Record):
    """Full marks and points got of one thing, where the points stand."""

    full: Fraction
    sentence: Sentence
    at: int

    @property
    def got(self) -> Fraction:
        return self.sentence.at(self.at).value


Place = tuple[Sentence, int]


def read(found: list[Sentence]) -> list[Statement]:
    """`found`: all sentences of a document with points."""
    marks: list[Mark] = []
    totals: list[Place] = []
    for sentence in found:
        pairs = [one for run in runs(sentence) if (one := pair(sentence, run))]
        marks += [Mark(sentence.at(full).value, sentence, got) for full, got in pairs]
        if not pairs:
            totals += _totals(sentence)
    top, told = _sections(marks)
    return told + _whole(top, totals) + _counted(found)


def _totals(sentence: Sentence) -> list[Place]:
    own = sentence.all(SYMBOL[SCORE])
    told = [at for at in own if is_total(sentence, at)]
    if not told and len(own) == 1 and OF_ALL.search(sentence.code[max(0, own[0] - 8) : own[0]]):
        told = own
    return [(sentence, at) for at in told]


def _whole(top: list[Mark], totals: list[Place]) -> list[Statement]:
    if sum((one.full for one in top), Fraction(0)) != HUNDRED or len(top) < TWO:
        return []
    most = max(one.got for one in top)
    totals = [one for one in totals if one[0].at(one[1]).value > most]
    told = [_of(sentence, at, [(one.sentence, one.at) for one in top]) for sentence, at in totals]
    return [one for one in told if one.holds != NO][:1] or told[-1:]


def _sections(marks: list[Mark]) -> tuple[list[Mark], list[Statement]]:
    """The marks that are no items of a section, and what is said of the sections."""
    if sum((one.full for one in marks), Fraction(0)) == HUNDRED:
        return marks, []
    top: list[Mark] = []
    told: list[Statement] = []
    at = 0
    while at < len(marks):
        items = _items(marks, at)
        top.append(marks[at])
        if items:
            told.append(
                _of(marks[at].sentence, marks[at].at, [(one.sentence, one.at) for one in items])
            )
        at += 1 + len(items)
    is_all = sum((one.full for one in top), Fraction(0)) == HUNDRED
    return (top, told) if is_all else (marks, [])


def _items(marks: list[Mark], at: int) -> list[Mark]:
    """Those behind a mark whose full marks make up its own."""
    left = marks[at].full
    for count, one in enumerate(marks[at + 1 :], 1):
        left -= one.full
        if left <= 0:
            return marks[at + 1 : at + 1 + count] if left == 0 and count > 1 else []
    return []


def _counted(found: list[Sentence]) -> list[Statement]:
    """`四类指标自评合计92分` against the points of the four sentences straight before it."""
    told = []
    for number, sentence in enumerate(found):
        own = sentence.all(SYMBOL[SCORE])
        match = COUNTED.search(sentence.code, 0, own[0])
        if match is None or len(own) != 1 or not is_total(sentence, own[0]):
            continue
        count = han(match["n"])
        before = found[max(0, number - count) : number]
        places = [(one, one.all(SYMBOL[SCORE])) for one in before]
        if len(before) == count and all(len(at) == 1 for _, at in places):
            parts = [(one, at[0]) for one, at in places]
            if all(role(*one) == GOT for one in parts):
                told.append(_of(sentence, own[0], parts))
    return told


def _of(sentence: Sentence, at: int, parts: list[Place]) -> Statement:
    quote = sentence.quote(sentence.label_start(at), at + 1)
    made = added("total", quote, sentence.at(at), [one.at(where) for one, where in parts])
    return made._replace(at=-1, others=tuple(one.clause(where) for one, where in parts))
