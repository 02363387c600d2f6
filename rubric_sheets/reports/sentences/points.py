"""Points: what is full, lost and got (`满分20分，扣1.5分，得18.5分`), and totals with their parts
(`投入为13分，过程为59分，产出为26分，总得分98分`)."""

from __future__ import annotations

import re
from itertools import pairwise

from ..words.numbers import SCORE, SYMBOL, Mention
from .data import words
from .encoded import Sentence
from .statement import Statement, added, near, quotient, spread, stated, verdict

BEGINS = re.compile(r"其中|:|\(|包括")
IN_BRACKETS = re.compile(r"\((?:共|计)?＊[),]$")  # （20分）
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
    roles = of_run(sentence, run)
    return (roles[FULL][0], roles[GOT][0]) if len(roles[FULL]) == len(roles[GOT]) == 1 else None


def of_run(sentence: Sentence, run: list[int]) -> dict[str, list[int]]:
    """The points of a run by what they are. What stands first, of which nothing is said, is full
    marks where points got follow: `产出50分，扣除3分，自评47分`."""
    roles: dict[str, list[int]] = {FULL: [], LOST: [], GOT: [], OTHER: []}
    for at in run:
        roles[role(sentence, at)].append(at)
    if not roles[FULL] and roles[OTHER] == run[:1] and _is_followed(sentence, run):
        roles[FULL], roles[OTHER] = roles[OTHER], []
    return roles


def _is_followed(sentence: Sentence, run: list[int]) -> bool:
    """Do points lost or got of the same thing follow?"""
    return len(run) > 1 and bool(
        re.match(words()["points"]["of_first"], _before(sentence, run[1]))
        and not is_total(sentence, run[0])
    )


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
    if IN_BRACKETS.search(sentence.code[max(0, at - 4) : at + 2]):
        return FULL
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
    roles = of_run(sentence, run)
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
        and not is_total(sentence, other)
    }
    rest = [at for at in own if at not in weights]
    if len(rest) < 3:
        return []
    of_total = {b for a, b in pairwise(own) if a in weights and is_total(sentence, a)}
    totals = [at for at in rest if at in of_total or is_total(sentence, at)]
    if not totals and role(sentence, rest[0]) == GOT:
        totals = [at for at in rest if role(sentence, at) == GOT]
    if len(totals) != 1 or totals[0] not in (rest[0], rest[-1]):
        return []
    total, parts = totals[0], [at for at in rest if at != totals[0]]
    if total == rest[0] and not BEGINS.search(sentence.code[total : parts[0]]):
        return []
    claim, numbers = sentence.at(total), _outermost([sentence.at(one) for one in parts])
    quote = sentence.quote(sentence.label_start(min(own)), max(own) + 1)
    made = added("total", quote, claim, numbers)
    return [made._replace(uses=tuple(one.start for one in numbers))]


def _outermost(numbers: list[Mention]) -> list[Mention]:
    """Without those that are told as parts of the one before them: 55分, of it 19分 and 36分."""
    kept: list[Mention] = []
    at = 0
    while at < len(numbers):
        kept.append(numbers[at])
        own = (
            end
            for end in range(at + 3, len(numbers) + 1)
            if sum(one.value for one in numbers[at + 1 : end]) == numbers[at].value
        )
        at = next(own, at + 1)
    return kept


def is_total(sentence: Sentence, at: int) -> bool:
    return bool(re.search(words()["points"]["total"], _before(sentence, at)))


def _before(sentence: Sentence, at: int) -> str:
    start = max(sentence.code.rfind(sign, 0, at) for sign in ",。;:、(＊") + 1
    return sentence.code[start:at]
