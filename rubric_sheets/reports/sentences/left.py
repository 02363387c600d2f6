"""What is left: `到位500万元，支出480万元，结余20万元`, `计划60户，完成58户，未完成2户`."""

from __future__ import annotations

import re
from functools import cache

from ..words.numbers import AMOUNT, COUNT
from .data import words
from .encoded import Sentence
from .slips import is_slip
from .statement import NO, Statement, near, spread, stated, verdict
from .window import Figure, figures, label_of, same_sentence


@cache
def _left() -> re.Pattern[str]:
    return re.compile(words()["left"]["names"])


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """Each remainder against the two figures that it is the difference of."""
    found = []
    for at, claim in sentence.numbers.items():
        label = label_of(sentence, at)
        if claim.kind not in (AMOUNT, COUNT) or claim.is_vague:
            continue
        if not _left().search(label):
            continue
        if re.search(words()["left"]["not"], label):
            continue
        unit = claim.unit if claim.kind == COUNT else ""
        given = figures(sentence, at, before, claim.kind, unit)
        if net := next((one for one in words()["left"]["net"] if one["name"] in label), None):
            sides = [_only(given, net[side]) for side in ("whole", "part")]
            if sides[0] is not None and sides[1] is not None:
                found.append(_made(sentence, at, sides[0], sides[1]))
            continue
        if one := _of(sentence, at, given):
            found.append(one)
    return found


def _only(given: list[Figure], pattern: str) -> Figure | None:
    fit = [one for one in given if re.search(pattern, one.label)]
    return fit[0] if len(fit) == 1 else None


def _of(sentence: Sentence, at: int, given: list[Figure]) -> Statement | None:
    claim = sentence.at(at)
    for number, one in enumerate(given):
        for other in given[number + 1 :]:
            if verdict(claim, *spread((other.one, one.one), (1, -1))) != NO:
                return _made(sentence, at, other, one)
    own = [one for one in same_sentence(given, sentence) if not _left().search(one.label)]
    if len(own) < 2 or own[0].one.value > own[1].one.value:
        return None
    due = own[1].one.value - own[0].one.value
    is_plain = own[0].rank == 2 and own[1].rank in (0, 1)
    if not is_plain and not is_slip(claim.value, due, 3):
        return None
    return _made(sentence, at, own[1], own[0])


def _made(sentence: Sentence, at: int, whole: Figure, part: Figure) -> Statement:
    claim = sentence.at(at)
    value, room = spread((whole.one, part.one), (1, -1))
    how = f"{whole.one.text} − {part.one.text} = {near(value, claim)}"
    own = [one.at for one in (whole, part) if one.sentence is sentence]
    quote = sentence.quote(sentence.label_start(min(own, default=at)), at + 1)
    kind = "sum" if claim.kind == AMOUNT else "count"
    made = stated(kind, quote, claim, value, verdict(claim, value, room), how)
    others = tuple(
        one.sentence.clause(one.at) for one in (whole, part) if one.sentence is not sentence
    )
    return made._replace(others=others, uses=(whole.one.start, part.one.start))
