"""What something is more or less than something else, wherever the two stand: `较预算节约5.4万元，
节约率18%`, `由82.5%提高到88.1%，提高5.6个百分点`, `增加12%（上年2897.86万元）`.

Claims that no pair of figures before them gives, and that do not say with what they compare, are
left alone.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from ..words.numbers import AMOUNT, COUNT, SHARE, Mention
from .data import words
from .encoded import Sentence
from .statement import NO, Range, Statement, divided, near, spread, stated, verdict
from .window import Figure, figures, outside, same_sentence

Value = tuple[Fraction, Range]
Pair = tuple[Figure, Figure]


@cache
def _step() -> re.Pattern[str]:
    given = words()
    ways = "|".join((given["up"], given["down"], given["steps"]["apart"]))
    return re.compile(
        rf"(?:{ways})(?:了|额为|额|数为|幅度为|幅度|幅为|率为|率|为|到|完成)?(?P<b>[＄＃％])"
    )


@cache
def _beyond() -> re.Pattern[str]:
    """Percentage points behind what they are compared with: `超过目标值（98%）1.2个百分点`."""
    return re.compile(rf"(?:{words()['steps']['apart']})[^＄＃。;,]{{1,16}}[^＄＃。;,a-z](?P<b>％)")


@cache
def _compared() -> re.Pattern[str]:
    """With what it compares, as far as the words before the direction tell."""
    return re.compile(words()["steps"]["compared"])


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """Each difference and each rate of change of a sentence."""
    found = []
    for match in (*_step().finditer(sentence.code), *_beyond().finditer(sentence.code)):
        claim = sentence.at(match.start("b"))
        if claim.is_vague or match[0][:-1].endswith("到") or _is_of_several(sentence, match):
            continue
        if claim.kind == SHARE and claim.unit != "%":
            one = _points(sentence, match, claim, before)
        elif claim.kind == SHARE:
            one = _rate(sentence, match, claim, before)
        else:
            one = _difference(sentence, match, claim, before)
        if one is not None:
            found.append(one)
    return found


def _is_of_several(sentence: Sentence, match: re.Match[str]) -> bool:
    """`分别增加100万元、50万元`: each of them is of its own."""
    clause = sentence.code[max(0, match.start() - 16) : match.start()]
    return bool(re.search(r"分别[^,。;＄＃％]*$", clause))


def _difference(
    sentence: Sentence, match: re.Match[str], claim: Mention, before: list[Sentence]
) -> Statement | None:
    given = figures(sentence, match.start(), before, claim.kind, _unit(claim))
    given = [one for one in given if not _is_step(one)]
    for one, other in _pairs(given):
        if verdict(claim, *_less(one, other)) != NO:
            return _told(sentence, match, claim, (one, other), _less(one, other), "−")
    pair = _meant(sentence, match, given)
    if pair is None:
        return None
    pair = _larger(pair)
    return _told(sentence, match, claim, pair, _less(*pair), "−")


def _points(
    sentence: Sentence, match: re.Match[str], claim: Mention, before: list[Sentence]
) -> Statement | None:
    """Percentage points: the difference of two percentages."""
    own = figures(sentence, match.start("b"), before, SHARE, "%")
    for one, other in _pairs(own):
        if verdict(claim, *_less(one, other)) != NO:
            return _told(sentence, match, claim, (one, other), _less(one, other), "−")
    run = sentence.code[sentence.code.rfind(";", 0, match.start()) + 1 : match.start()]
    near_ones = same_sentence(own, sentence)[:2]
    is_two = len(near_ones) > 1 and run.count("％") == len(near_ones)
    if not is_two or not _compared().search(run):
        return None
    first = max(sentence.code.rfind(sign, 0, near_ones[1].at) for sign in ",;。") + 1
    between = sentence.code[first : near_ones[0].at]
    if not _compared().search(between) and "标" not in run:
        return None  # two rates of different things, and the comparison is with something else
    pair = _larger((near_ones[0], near_ones[1]))
    return _told(sentence, match, claim, pair, _less(*pair), "−")


def _rate(
    sentence: Sentence, match: re.Match[str], claim: Mention, before: list[Sentence]
) -> Statement | None:
    """A rate of change: behind the change itself, or of two figures alone."""
    for kind in (AMOUNT, COUNT):
        given = figures(sentence, match.start(), before, kind)
        step = _step_before(sentence, match, given)
        rest = [one for one in given if one is not step and not _is_step(one)]
        for top, bottom, value in _ways(sentence, match, step, rest):
            if verdict(claim, *value) != NO:
                return _told(sentence, match, claim, (top, bottom), value, "÷")
    given = figures(sentence, match.start(), before)
    own = given[0] if given else None
    if own is None or own.one.kind not in (AMOUNT, COUNT) or own.sentence is not sentence:
        return _behind(sentence, match, claim, before)
    same = [one for one in given if one.one.kind == own.one.kind]
    step = _step_before(sentence, match, same)
    rest = [one for one in same if one is not step and not _is_step(one)]
    meant = _meant_rate(sentence, match, step, rest)
    if meant is None:
        return _behind(sentence, match, claim, before)
    return _told(sentence, match, claim, meant[:2], meant[2], "÷")


def _behind(
    sentence: Sentence, match: re.Match[str], claim: Mention, before: list[Sentence]
) -> Statement | None:
    """`比上年增加12%（上年2897.86万元）`: what it was stands in brackets behind."""
    after = re.match(
        r"\((?:上年|去年|20[0-9]{2}年)[^＄＃％()]{0,8}(?P<z>[＄＃])\)", sentence.code[match.end() :]
    )
    if after is None:
        return None
    at = match.end() + after.start("z")
    former = Figure(sentence.at(at), "上年", sentence, at, 1)
    own = same_sentence(figures(sentence, match.start(), [], former.one.kind), sentence)
    if not own:
        return None
    value = _change(own[0], former)
    if value is None:
        return None
    return _told(sentence, match, claim, (own[0], former), value, "÷")


def _step_before(sentence: Sentence, match: re.Match[str], given: list[Figure]) -> Figure | None:
    """The change straight before its rate: `减少3.2万元，下降12%`."""
    if not given or given[0].sentence is not sentence:
        return None
    at = given[0].at
    between = sentence.code[at + 1 : match.start()]
    is_near = len(between) < 8 and not re.search(r"[。;％]", between)
    told = _told_step(sentence, given[0])
    return given[0] if is_near and told is not None and told.end() == at + 1 else None


def _ways(
    sentence: Sentence, match: re.Match[str], step: Figure | None, given: list[Figure]
) -> list[tuple[Figure, Figure, Value]]:
    """Every way in which a rate may follow: the change by what was, or by what is less the
    change; without the change, two figures."""
    found = []
    is_up = _is_up(match)
    if step is not None:
        told = _told_step(sentence, step)
        if told is None or _is_up(told) != is_up:
            return []
        way = -1 if is_up else 1
        signs = [0 if _is_former(sentence, one, step) else way for one in given]
        parts = [(one, _part(step, one, sign)) for one, sign in zip(given, signs)]
        return [(step, one, value) for one, value in parts if value is not None]
    for one, other in _pairs(given):
        top, bottom = (one, other) if is_up else (other, one)
        if value := _change(top, bottom):
            found.append((top, bottom, value))
    return found


def _is_up(match: re.Match[str]) -> bool:
    return bool(re.match(rf"(?:{words()['up']}|超)", match[0]))


def _told_step(sentence: Sentence, step: Figure) -> re.Match[str] | None:
    return _step().search(sentence.code, max(0, step.at - 8), step.at + 1)


def _is_step(one: Figure) -> bool:
    """Is the figure a change itself?"""
    told = _told_step(one.sentence, one)
    return told is not None and told.end() == one.at + 1


def _is_former(sentence: Sentence, one: Figure, step: Figure) -> bool:
    """Is it what the change is compared with?"""
    if re.search(words()["steps"]["named"], one.label):
        return True
    label = sentence.code[sentence.label_start(one.at) : one.at]
    before = sentence.code[max(0, one.at - len(label) - 8) : one.at]
    return one.sentence is sentence and bool(
        re.search(r"(?:比|较|与|同|由|从)[^＄＃％,。;]*$", before)
    )


def _part(step: Figure, one: Figure, sign: int) -> Value | None:
    """step ÷ (one + sign × step)."""
    base = spread((one.one, step.one), (1, sign)) if sign else spread((one.one,))
    value = divided(spread((step.one,)), base)
    return value if value is not None and base[0] > 0 else None


def _change(top: Figure, bottom: Figure) -> Value | None:
    value = divided(spread((top.one, bottom.one), (1, -1)), spread((bottom.one,)))
    if value is None:
        return None
    return value if value[0] >= 0 else (-value[0], (-value[1][1], -value[1][0]))


def _meant_rate(
    sentence: Sentence, match: re.Match[str], step: Figure | None, given: list[Figure]
) -> tuple[Figure, Figure, Value] | None:
    """What the words say it is a rate of."""
    if step is None:
        pair = _meant(sentence, match, given)
        value = _change(*pair) if pair is not None else None
        return (*pair, value) if pair is not None and value is not None else None
    told = _told_step(sentence, step)
    if told is None or _is_up(told) != _is_up(match):
        return None
    former = _former(sentence, told, given)
    if former is not None and (value := _part(step, former, 0)):
        return step, former, value
    own = outside(same_sentence(given, sentence), sentence.depth(match.start()))
    own = [one for one in own if one.rank != 0 and not re.search("上年|去年", one.label)]
    if not own or not _compared().search(sentence.code[own[0].at : told.start()]):
        return None
    value = _part(step, own[0], -1 if _is_up(told) else 1)
    return (step, own[0], value) if value is not None else None


def _meant(sentence: Sentence, match: re.Match[str], given: list[Figure]) -> Pair | None:
    """(what is, what it is compared with), where the clause says so."""
    if planned := _beyond_plan(sentence, match, given):
        return planned
    former = _former(sentence, match, given)
    if former is None:
        return None
    told = _last_compared(sentence, match)
    ahead = [one for one in same_sentence(given, sentence) if told and one.at < told.start()]
    ahead = outside(ahead, sentence.depth(match.start()))
    return (ahead[0], former) if ahead and ahead[0] is not former else None


def _beyond_plan(sentence: Sentence, match: re.Match[str], given: list[Figure]) -> Pair | None:
    """`计划检查200家，实际检查220家，超额完成10%`: what was done and what was planned, where there
    is one of each."""
    own = [
        one for one in same_sentence(given, sentence) if one.depth <= sentence.depth(match.start())
    ]
    if not match[0].startswith(("超", "短")) or len(own) != 2:
        return None
    planned = [one for one in own if re.search(words()["steps"]["named"], one.label)]
    done = [one for one in own if one not in planned and re.search("实际|完成|决算", one.label)]
    return (done[0], planned[0]) if len(planned) == len(done) == 1 else None


def _former(sentence: Sentence, match: re.Match[str], given: list[Figure]) -> Figure | None:
    """What it is compared with: the figure behind the word of comparison, or the nearest one that
    bears the name given there."""
    told = _last_compared(sentence, match)
    if told is None:
        return None
    behind = [one for one in same_sentence(given, sentence) if one.at > told.start()]
    if behind:
        return behind[0] if len(behind) == 1 else None
    name = re.search(words()["steps"]["named"], sentence.code[told.start() : match.start()])
    named = [one for one in given if name is not None and name[0] in one.label]
    return named[0] if named else None


def _last_compared(sentence: Sentence, match: re.Match[str]) -> re.Match[str] | None:
    clause = sentence.code[: match.start()]
    start = max(clause.rfind(sign) for sign in "。;") + 1
    return next(iter(list(_compared().finditer(clause, start))[-1:]), None)


def _pairs(given: list[Figure]) -> list[Pair]:
    return [
        _larger((one, other))
        for number, one in enumerate(given)
        for other in given[number + 1 :]
        if one.one.kind == AMOUNT or one.one.unit == other.one.unit
    ]


def _larger(pair: Pair) -> Pair:
    one, other = pair
    return pair if one.one.value >= other.one.value else (other, one)


def _less(one: Figure, other: Figure) -> Value:
    return spread((one.one, other.one), (1, -1))


def _unit(claim: Mention) -> str:
    return claim.unit if claim.kind == COUNT else ""


def _told(
    sentence: Sentence,
    match: re.Match[str],
    claim: Mention,
    pair: Pair,
    value: Value,
    sign: str,
) -> Statement:
    top, bottom = pair
    how = f"{top.one.text} {sign} {bottom.one.text}"
    if sign == "÷" and top.one.kind == bottom.one.kind:
        how = f"由 {top.one.text} 和 {bottom.one.text} 算出"
    how = f"{how} = {near(value[0], claim)}" if sign == "−" else f"{how}：{near(value[0], claim)}"
    own = [one.at for one in pair if one.sentence is sentence and one.at < match.start()]
    start = sentence.label_start(min(own, default=match.start()))
    end = max([match.end(), *(one.at + 1 for one in pair if one.sentence is sentence)])
    made = stated(
        "change", sentence.quote(start, end), claim, value[0], verdict(claim, *value), how
    )
    others = tuple(one.sentence.clause(one.at) for one in pair if one.sentence is not sentence)
    return made._replace(others=others, uses=(top.one.start, bottom.one.start))
