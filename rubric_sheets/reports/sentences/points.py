"""Points: what is full, lost and got (`满分20分，扣1.5分，得18.5分`), and totals with their parts
(`投入为13分，过程为59分，产出为26分，总得分98分`)."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from ..words.numbers import SCORE, SYMBOL
from .data import words
from .encoded import Sentence
from .statement import Statement, near, quotient, spread, stated, verdict

HUNDRED = 100
BEGINS = re.compile(r"其中|:|\(|包括")
FULL, LOST, GOT, OTHER = "full", "lost", "got", ""


def read(sentence: Sentence) -> list[Statement]:
    """The points of a sentence."""
    if "以上＊" in sentence.code or "＊以上" in sentence.code:
        return []
    found = _totals(sentence)
    for run in runs(sentence):
        found += _lost(sentence, run) + _rate(sentence, run)
    return found


def pair(sentence: Sentence, run: list[int]) -> tuple[int, int] | None:
    """Where full marks and points got stand, of a run that has one of each."""
    full = [at for at in run if role(sentence, at) == FULL]
    got = [at for at in run if role(sentence, at) == GOT]
    return (full[0], got[0]) if len(full) == len(got) == 1 else None


def _rate(sentence: Sentence, run: list[int]) -> list[Statement]:
    """得分率 of full marks and points got."""
    at = pair(sentence, run)
    match = (
        re.compile("得分率(?:为|是|达|达到|:)?(?P<p>％)").search(sentence.code, max(at))
        if at
        else None
    )
    if at is None or match is None or ";" in sentence.code[max(at) : match.start()]:
        return []
    full, got = (sentence.at(one) for one in at)
    given = quotient(got, full)
    if given is None:
        return []
    rate = sentence.at(match.start("p"))
    how = f"{got.text} ÷ {full.text} = {near(given[0], rate)}"
    quote = sentence.quote(sentence.label_start(min(at)), match.end())
    made = stated("percent", quote, rate, given[0], verdict(rate, *given), how)
    return [made._replace(uses=(full.start, got.start))]


def role(sentence: Sentence, at: int) -> str:
    """What a number of points is: full marks, lost, got, or not said."""
    text = _before(sentence, at)
    for name in (LOST, FULL, GOT):
        if re.search(words()["points"][name], text):
            return name
    return OTHER


def runs(sentence: Sentence) -> list[list[int]]:
    """The points between two semicolons."""
    found: list[list[int]] = [[]]
    for at, sign in enumerate(sentence.code):
        if sign == ";":
            found.append([])
        elif sign == SYMBOL[SCORE]:
            found[-1].append(at)
    return found


def _lost(sentence: Sentence, run: list[int]) -> list[Statement]:
    """Full marks less what was lost, against what was got."""
    roles = {name: [at for at in run if role(sentence, at) == name] for name in (FULL, LOST, GOT)}
    if len(roles[FULL]) != 1 or len(roles[GOT]) != 1 or len(roles[LOST]) > 1:
        return []
    full, got = sentence.at(roles[FULL][0]), sentence.at(roles[GOT][0])
    if full.is_vague or got.is_vague or len(run) > 3:
        return []
    quote = sentence.quote(sentence.label_start(run[0]), run[-1] + 1)
    if roles[LOST]:
        lost = sentence.at(roles[LOST][0])
        value, room = spread((full, lost), (1, -1))
        how = f"{full.text} − {lost.text} = {near(value, got)}"
        made = stated("score", quote, got, value, verdict(got, value, room), how)
        return [made._replace(uses=(full.start, lost.start))]
    if got.value > full.value:
        made = stated("score", quote, got, full.value, "no", f"满分只有 {full.text}")
        return [made._replace(uses=(full.start,))]
    return []


def _totals(sentence: Sentence) -> list[Statement]:
    """A total of points against the points beside it, all before it or all behind it."""
    own = [at for at in sentence.all(SYMBOL[SCORE]) if role(sentence, at) not in (FULL, LOST)]
    weights = {
        one
        for one, other in pairwise(own)
        if role(sentence, one) == OTHER
        and role(sentence, other) == GOT
        and re.match(words()["points"]["of_weight"], _before(sentence, other))
    }
    rest = [at for at in own if at not in weights]
    if len(rest) < 3:
        return []
    of_total = {b for a, b in pairwise(own) if a in weights and _is_total(sentence, a)}
    totals = [at for at in rest if at in of_total or _is_total(sentence, at)]
    if not totals and role(sentence, rest[0]) == GOT:
        totals = [at for at in rest if role(sentence, at) == GOT]
    if len(totals) != 1 or totals[0] not in (rest[0], rest[-1]):
        return []
    total, parts = totals[0], [at for at in rest if at != totals[0]]
    if total == rest[0] and not BEGINS.search(sentence.code[total : parts[0]]):
        return []
    claim, numbers = sentence.at(total), [sentence.at(one) for one in parts]
    value, room = spread(numbers)
    how = " + ".join(one.text for one in numbers) + f" = {near(value, claim)}"
    quote = sentence.quote(sentence.label_start(min(own)), max(own) + 1)
    made = stated("total", quote, claim, value, verdict(claim, value, room), how)
    return [made._replace(uses=tuple(one.start for one in numbers))]


def _is_total(sentence: Sentence, at: int) -> bool:
    return bool(re.search(words()["points"]["total"], _before(sentence, at)))


def _before(sentence: Sentence, at: int) -> str:
    start = max(sentence.code.rfind(sign, 0, at) for sign in ",。;:、(＊") + 1
    return sentence.code[start:at]


def whole(found: list[Sentence]) -> list[Statement]:
    """The total of a document against the points got for each of its parts, where their full marks
    add up to 100 and so name them all. `found`: all sentences with points."""
    parts: list[tuple[Sentence, int]] = []
    full = Fraction(0)
    totals: list[tuple[Sentence, int]] = []
    for sentence in found:
        own = sentence.all(SYMBOL[SCORE])
        pairs = [one for run in runs(sentence) if (one := pair(sentence, run))]
        totals += [(sentence, at) for at in own if not pairs and _is_total(sentence, at)]
        parts += [(sentence, got) for _, got in pairs]
        full += sum((sentence.at(at).value for at, _ in pairs), Fraction(0))
    if full != HUNDRED or len(parts) < 2 or not totals:
        return []
    numbers = [sentence.at(at) for sentence, at in parts]
    value, room = spread(numbers)
    sentence, at = totals[-1]
    claim = sentence.at(at)
    how = " + ".join(one.text for one in numbers) + f" = {near(value, claim)}"
    quote = sentence.quote(sentence.label_start(at), at + 1)
    made = stated("total", quote, claim, value, verdict(claim, value, room), how)
    return [made._replace(at=-1, others=tuple(one.clause(at) for one, at in parts))]
