"""Budgets as they were changed, `年初预算…，追加…，调整后预算…`; and totals behind their parts:
`…，第三批50万元，共计400万元`."""

from __future__ import annotations

import re
from functools import cache

from ..words.numbers import AMOUNT, SYMBOL, Mention, han
from .data import words
from .encoded import Sentence
from .slips import is_slip
from .statement import NO, Statement, added, near, spread, stated, verdict
from .window import Figure, figures

EACH = re.compile(r"单价|均价|人均|每(?!年|月|季)|标准")


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    return _behind(sentence) + _adjusted(sentence, before)


def _adjusted(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """`年初预算2315.6万元，追加812.45万元，追减30.05万元，调整后预算3098万元`."""
    found = []
    names = words()["adjusted"]
    for at, claim in sentence.numbers.items():
        if claim.kind != AMOUNT or claim.is_vague:
            continue
        if not re.search(names["result"], sentence.label(at)):
            continue
        given = figures(sentence, at, before, AMOUNT)
        steps = [one for one in given if _sign(one)]
        base = next(
            (
                one
                for one in given
                if not _sign(one)
                and re.search(names["base"], one.label)
                and not re.search(names["result"], one.label)
            ),
            None,
        )
        steps = [one for one in steps if base and _order(one, given) < _order(base, given)]
        if base is None or not steps:
            continue
        numbers = [base.one, *(one.one for one in steps)]
        value, room = spread(numbers, (1, *(_sign(one) for one in steps)))
        terms = "".join(f" {'+' if _sign(one) > 0 else '−'} {one.one.text}" for one in steps)
        how = f"{base.one.text}{terms} = {near(value, claim)}"
        own = base.at if base.sentence is sentence else at
        quote = sentence.quote(sentence.label_start(own), at + 1)
        made = stated("sum", quote, claim, value, verdict(claim, value, room), how, "warning")
        found.append(made._replace(uses=tuple(one.start for one in numbers)))
    return found


def _order(one: Figure, given: list[Figure]) -> int:
    return given.index(one)


def _sign(one: Figure) -> int:
    """+1 for what is added to a budget, -1 for what is taken from it, 0 for the rest."""
    names = words()["adjusted"]
    if re.search(names["minus"], one.label):
        return -1
    return 1 if re.search(names["plus"], one.label) else 0


def _behind(sentence: Sentence) -> list[Statement]:
    """A total behind two parts or more; wrong where nothing but the parts stands before it."""
    found = []
    for match in _sum_behind().finditer(sentence.code):
        at = match.start("t")
        total = sentence.at(at)
        floor = _floor(sentence, match.start())
        parts = [
            one
            for one in sentence.all(SYMBOL[total.kind], floor, match.start())
            if total.kind == AMOUNT or sentence.at(one).unit == total.unit
        ]
        if match["n"]:
            parts = parts[-han(match["n"]) :]
        numbers = [sentence.at(one) for one in parts]
        if any(EACH.search(sentence.label(one)) for one in parts):
            continue  # prices of one piece add up to nothing
        if len(parts) < 2 or total.is_vague or any(one.is_vague for one in numbers):
            continue
        starts = [n for n in range(len(parts) - 1) if _fits(total, numbers[n:])]
        if not starts and not match["n"] and not _is_plain(sentence, parts, match.start(), total):
            continue
        found.append(_of_parts(sentence, parts[min(starts, default=0) :], at))
    return found


@cache
def _sum_behind() -> re.Pattern[str]:
    given = words()["sums"]
    return re.compile(
        rf"(?:{given['counted_back']}|{given['behind']})[^＄＃％＊。;,]{{0,6}}?(?P<t>[＄＃])"
    )


def _floor(sentence: Sentence, end: int) -> int:
    """Where a run of parts may begin: behind a total that has them for its own parts."""
    return sentence.code.rfind("。", 0, end) + 1


def _fits(total: Mention, numbers: list[Mention]) -> bool:
    value, room = spread(numbers)
    return verdict(total, value, room) != NO


def _is_plain(sentence: Sentence, parts: list[int], end: int, total: Mention) -> bool:
    """Does nothing but the parts stand before the total? Or is one of the figures a slip?"""
    if "分别" in sentence.code[max(0, parts[0] - 4) : parts[0]]:
        return True
    before = sentence.code[sentence.label_start(parts[0]) : end]
    if not re.search(r"其中|包括|比|较|;|％|完成|计划|预算|支出", before):
        return True
    numbers = [sentence.at(one) for one in parts]
    return any(is_slip(total.value, spread(numbers[start:])[0]) for start in range(len(parts) - 1))


def _of_parts(sentence: Sentence, parts: list[int], at: int) -> Statement:
    total = sentence.at(at)
    numbers = [sentence.at(one) for one in parts]
    quote = sentence.quote(sentence.label_start(parts[0]), at + 1)
    made = added("sum" if total.kind == AMOUNT else "count", quote, total, numbers)
    return made._replace(uses=tuple(one.start for one in numbers))
