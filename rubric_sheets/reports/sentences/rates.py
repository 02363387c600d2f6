"""Rates: two figures, and the rate said to follow. `应到位500万元，实际到位480万元，到位率96%`,
`收回问卷196份，满意187份，满意度95.41%`, `支出240万元，完成预算的96%`."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from ..words.numbers import AMOUNT, COUNT, SHARE, Mention
from . import single
from .data import pattern, words
from .encoded import Sentence
from .statement import NO, Range, Statement, divided, near, spread, stated, verdict
from .window import Figure, figures, outside, same_sentence

DONE = 2
PEOPLE = ("人", "名", "个")
Value = tuple[Fraction, Range]


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(f"(?:{one})" for one in words()["rates"]["names"])
    return re.compile(rf"(?P<name>{names})[^＄％＃＠＊。;,()]{{0,4}}?\(?(?P<p>％)")


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """Each rate against the figures before it."""
    found = []
    for match in _pattern().finditer(sentence.code):
        rate = sentence.at(match.start("p"))
        if rate.is_vague or rate.unit != "%" or pattern("rates", "other").search(match["name"]):
            continue
        if one := _of(sentence, match, rate, before):
            found.append(one)
    return found


def _of(
    sentence: Sentence, match: re.Match[str], rate: Mention, before: list[Sentence]
) -> Statement | None:
    depth = sentence.depth(match.start())
    given = outside(figures(sentence, match.start(), before), depth)
    given = [one for one in given if not pattern("rates", "apart").search(one.label)]
    for kind in (AMOUNT, COUNT):
        own = [one for one in given if one.one.kind == kind]
        for top, bottom in _pairs(own):
            if _holds(rate, top, bottom):
                return _made(sentence, match, rate, top, bottom)
    if inside := _inside(sentence, match.end()):
        return _made(sentence, match, rate, *inside)
    own = [one for one in same_sentence(given, sentence) if one.one.kind != SHARE]
    meant = _behind(sentence, match.end(), own) or _meant(own, match["name"])
    if meant is None and (one := single.meant(sentence, match.start("p"), match["name"], before)):
        meant = [one.top], one.bottom
    if meant is None or "分别" in match[0] or _is_opposite(meant[0], match["name"]):
        return None
    return _made(sentence, match, rate, *meant)


def _is_opposite(top: list[Figure], name: str) -> bool:
    """不合格231批次，合格率97.79%: what is counted is all that the rate leaves out."""
    stem = name.removesuffix("率")[-2:]
    return len(stem) == 2 and any(re.search(rf"[不未非无]{stem}", one.label) for one in top)


def _holds(rate: Mention, top: list[Figure], bottom: Figure) -> bool:
    value = _quotient(top, bottom)
    return value is not None and verdict(rate, *value) != NO


def _quotient(top: list[Figure], bottom: Figure) -> Value | None:
    whole = spread([one.one for one in top])
    return divided(whole, (bottom.one.value, bottom.one.around()))


def _pairs(own: list[Figure]) -> list[tuple[list[Figure], Figure]]:
    """All that one figure, or a few beside each other, may be of another one."""
    runs = [[one] for one in own]
    runs += [own[at : at + count] for count in (2, 3) for at in range(len(own) - count + 1)]
    return [
        (run, other) for run in runs for other in own if other not in run and _alike(run, other)
    ]


def _alike(run: list[Figure], other: Figure) -> bool:
    """Counted in the same unit, as far as they are counted."""
    if other.one.kind == AMOUNT:
        return True
    return all(_counted(one) == _counted(other) for one in run)


def _counted(one: Figure) -> str:
    """The unit; people and their posts are counted alike."""
    return "人" if one.one.unit in PEOPLE else one.one.unit


def _meant(own: list[Figure], name: str) -> tuple[list[Figure], Figure] | None:
    """The pair that the words mean: the nearest figure, and the nearest one before it that is
    further from the result. None where the labels do not tell."""
    if not own:
        return None
    wanted = pattern("rates", "base").search(name)
    last = own[0]
    others = [one for one in own[1:] if one.one.kind == last.one.kind and _alike([one], last)]
    if len(own) > 1 and own[1].one.kind != last.one.kind:
        return None
    if wanted is not None and any(wanted["base"] in one.label for one in (last, *others)):
        return _of_base(last, others, wanted["base"])
    return _by_name(own, name) or _by_rank(last, others)


def _by_rank(last: Figure, others: list[Figure]) -> tuple[list[Figure], Figure] | None:
    """The nearest figure and one before it, where one of them is further along."""
    for other in others[:1] if last.rank < DONE else others:
        if last.rank >= 0 and other.rank >= 0 and last.rank != other.rank:
            top, bottom = (last, other) if last.rank > other.rank else (other, last)
            return _with_like(top, others, bottom), bottom
    return None


def _inside(sentence: Sentence, end: int) -> tuple[list[Figure], Figure] | None:
    """`控制率94.4%（在编34人/编制36人）`: both stand in brackets behind."""
    match = re.match(
        r"\([^＄＃％()]{0,10}(?P<a>[＄＃])/[^＄＃％()]{0,10}(?P<z>[＄＃])\)", sentence.code[end:]
    )
    if match is None:
        return None
    at = [end + match.start(name) for name in "az"]
    top, bottom = (Figure(sentence.at(one), sentence.label(one), sentence, one, 1) for one in at)
    return [top], bottom


def _behind(sentence: Sentence, end: int, own: list[Figure]) -> tuple[list[Figure], Figure] | None:
    """`办结1286件，结案率97.42%（受理1320件）`: the base stands in brackets behind."""
    after = re.match(r"\([^＄＃％()]{0,10}(?P<z>[＄＃])\)", sentence.code[end:])
    if after is None:
        return None
    at = end + after.start("z")
    base = Figure(sentence.at(at), sentence.label(at), sentence, at, 1)
    alike = [one for one in own if one.one.kind == base.one.kind and _alike([one], base)]
    right = [one for one in alike if _holds(sentence.at(end - 1), [one], base)]
    done = [one for one in alike if one.rank > base.rank or one is own[0]]
    chosen = next(iter([*right, *done[:1]]), None)
    return ([chosen], base) if chosen is not None and base.rank == 0 else None


def _by_name(own: list[Figure], name: str) -> tuple[list[Figure], Figure] | None:
    """`满意率`: those of which 满意 is said, of the nearest figure before them that is not so far
    along."""
    stem = re.search(r"([^的为是达到]{2})(?:率|度)", name)
    if stem is None:
        return None
    tops = [one for one in own if stem[1] in one.label]
    if not tops:
        return None
    run = own[own.index(tops[0]) :]
    count = next((n for n, one in enumerate(run) if stem[1] not in one.label), len(run))
    below = [
        one
        for one in run[count:]
        if one.rank in (0, 1) and one.rank < tops[0].rank and _alike(run[:count], one)
    ]
    return (run[:count], below[0]) if below else None


def _of_base(last: Figure, others: list[Figure], base: str) -> tuple[list[Figure], Figure] | None:
    """`完成预算的…`: the figure that bears the name of the base."""
    named = [one for one in (last, *others) if base in one.label]
    if last in named and others and others[0] not in named:
        return [others[0]], last
    if named and last not in named and last.rank != 0:
        return [last], named[0]
    return None


def _with_like(top: Figure, others: list[Figure], bottom: Figure) -> list[Figure]:
    """The part together with those of its kind beside it: 非常满意102份、满意36份."""
    word = top.label[-2:]
    run = [top]
    for one in others:
        if one is bottom or not one.label.endswith(word) or len(word) < 2:
            break
        run.append(one)
    return run


def _made(
    sentence: Sentence, match: re.Match[str], rate: Mention, top: list[Figure], bottom: Figure
) -> Statement | None:
    value = _quotient(top, bottom)
    if value is None:
        return None
    parts = " + ".join(one.one.text for one in reversed(top))
    if len(top) > 1:
        parts = f"({parts})"
    how = f"{parts} ÷ {bottom.one.text} = {near(value[0], rate)}"
    own = [one.at for one in (*top, bottom) if one.sentence is sentence]
    start = sentence.label_start(min([*own, match.start()]))
    quote = sentence.quote(start, max([match.end(), *(at + 1 for at in own)]))
    uses = tuple(one.one.start for one in (*top, bottom))
    made = stated("percent", quote, rate, value[0], verdict(rate, *value), how)
    others = tuple(
        one.sentence.clause(one.at) for one in (*top, bottom) if one.sentence is not sentence
    )
    return made._replace(uses=uses, others=others)
