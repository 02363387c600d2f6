"""What is carried over, in one sentence or in several of a paragraph:
`上年结转32.5万元。本年收入560.3万元。本年支出580.2万元。年末结转12.6万元`.

Where the opening figure is not told, the end follows only from grand totals, which contain it, or
where it is that of the year alone.
"""

from __future__ import annotations

import re
from fractions import Fraction

from ..words.numbers import AMOUNT
from .data import words
from .encoded import Sentence
from .slips import is_slip
from .statement import NO, Range, Statement, near, spread, stated, verdict
from .window import Figure, figures

DISTINCT = 3  # figures of a slip
SHORT = 4  # characters of the name of a whole


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """Each end of the year against the one opening, income and spending told before it."""
    names = words()["carried"]
    found = []
    for at, claim in sentence.numbers.items():
        if claim.kind != AMOUNT or claim.is_vague or not _is_end(sentence.label(at)):
            continue
        given = figures(sentence, at, before, AMOUNT)
        sides = [_only(given, names[side]) for side in ("before", "came", "went")]
        opening, came, went = sides
        if came is None or went is None or _has_others([*before, sentence]):
            continue
        ways = [[one for one in sides if one is not None], [came, went]]
        fits = [way for way in ways if verdict(claim, *_value(way, went)) != NO]
        if not fits and not _is_plain(sentence, at, opening, came, went):
            continue
        found.append(_made(sentence, at, next(iter([*fits, *ways])), went))
    return found


def _is_end(label: str) -> bool:
    names = words()["carried"]
    return bool(re.search(names["left"], label)) and not re.search(names["apart"], label)


def _only(given: list[Figure], pattern: str) -> Figure | None:
    """The one figure of this name; None where there are several of different value."""
    fit = [
        one for one in given if re.search(pattern, one.label) and not re.search("预算", one.label)
    ]
    whole = [one for one in fit if len(one.label) <= SHORT or "总" in one.label]
    fit = whole or fit  # 收入 before 其他收入
    return fit[0] if len({one.one.value for one in fit}) == 1 else None


def _has_others(given: list[Sentence]) -> bool:
    """Is there something besides that changes what is left?"""
    return any(re.search(words()["carried"]["others"], one.code) for one in given)


def _value(way: list[Figure], went: Figure) -> tuple[Fraction, Range]:
    return spread([one.one for one in way], [-1 if one is went else 1 for one in way])


def _is_plain(
    sentence: Sentence, at: int, opening: Figure | None, came: Figure, went: Figure
) -> bool:
    """Do the words leave nothing else that it could follow from?"""
    names, claim = words()["carried"], sentence.at(at)
    if opening is not None:
        return True
    if re.search(names["whole"], came.label) and re.search(names["whole"], went.label):
        return True
    if re.match(names["own"], sentence.label(at)):
        return True
    return is_slip(claim.value, came.one.value - went.one.value, DISTINCT)


def _made(sentence: Sentence, at: int, way: list[Figure], went: Figure) -> Statement:
    claim = sentence.at(at)
    value, room = _value(way, went)
    terms = [("− " if one is went else "+ ") + one.one.text for one in way]
    how = " ".join(terms).removeprefix("+ ") + f" = {near(value, claim)}"
    own = [one.at for one in way if one.sentence is sentence]
    quote = sentence.quote(sentence.label_start(min(own, default=at)), at + 1)
    others = tuple(one.sentence.clause(one.at) for one in way if one.sentence is not sentence)
    made = stated("sum", quote, claim, value, verdict(claim, value, room), how, "warning")
    return made._replace(others=others, uses=tuple(one.one.start for one in way))
