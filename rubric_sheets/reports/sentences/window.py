"""What stands before a claim, nearest first: the figures that it may follow from, and the part that
each of them plays.

A claim holds where some pair of these figures gives it. It is wrong only where none does and the
words say plainly which pair is meant.
"""

from __future__ import annotations

import re

from ...records import Record
from ..words.numbers import Mention
from .data import words
from .encoded import Sentence

MOST = 14  # figures that are looked at


class Figure(Record):
    """A number in its sentence. `depth`: in how many brackets it stands."""

    one: Mention
    label: str
    sentence: Sentence
    at: int
    depth: int

    @property
    def rank(self) -> int:
        """How far along it is from plan (0) to result (2); -1 where its label does not tell."""
        return rank(self.label)


def rank(label: str) -> int:
    """Of several telling words the last one counts."""
    if re.search(words()["roles"]["due"], label):
        return 0  # 应开展督导60次
    best, found = -1, -1
    for number, name in enumerate(("planned", "come", "done")):
        for match in re.finditer(words()["roles"][name], label):
            if match.end() > best:  # 应到位 is planned, not come
                best, found = match.end(), number
    return 1 if found < 0 and re.search(words()["roles"]["fund"], label) else found


def figures(
    sentence: Sentence, end: int, before: list[Sentence], like: str = "", unit: str = ""
) -> list[Figure]:
    """The exact figures before a position, nearest first, those of the sentences before it last.
    `like`: of this kind only; `unit`: counted in this unit only, or in none."""
    found: list[Figure] = []
    for one in (sentence, *reversed(before)):
        ends = end if one is sentence else len(one.code)
        for at in sorted((at for at in one.numbers if at < ends), reverse=True):
            mention = one.at(at)
            if mention.is_vague or (like and mention.kind != like):
                continue
            if unit and mention.unit != unit:
                continue
            found.append(Figure(mention, label_of(one, at), one, at, one.depth(at)))
            if len(found) >= MOST:
                return found
    return found


def label_of(sentence: Sentence, at: int) -> str:
    """The words before a number; of two that stand together (`4笔735万元`) those of the first."""
    label = sentence.label(at)
    return label_of(sentence, at - 1) if not label and at - 1 in sentence.numbers else label


def same_sentence(found: list[Figure], sentence: Sentence) -> list[Figure]:
    return [one for one in found if one.sentence is sentence]


def outside(found: list[Figure], depth: int) -> list[Figure]:
    """Those that stand in no deeper bracket than the claim."""
    return [one for one in found if one.depth <= depth]
