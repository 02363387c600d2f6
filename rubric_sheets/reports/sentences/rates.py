"""Rates of completion: a planned and a real amount, and the rate said to follow."""

from __future__ import annotations

import re
from functools import cache

from ..sightings import Evidence
from ..words.numbers import AMOUNT, SYMBOL, Mention
from .data import pattern, words
from .encoded import Sentence
from .statement import NO, Statement, near, quotient, stated, verdict


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(f"(?:{one})" for one in words()["rates"]["names"])
    return re.compile(rf"(?P<name>{names})[^＄％＃＠。;,]{{0,6}}?(?P<p>％)")


def read(sentence: Sentence) -> list[Statement]:
    """Each rate against the two amounts straight before it, where it is plain which is which."""
    found = []
    last = 0
    for match in _pattern().finditer(sentence.code):
        rate = sentence.at(match.start("p"))
        amounts = sentence.all(SYMBOL[AMOUNT], last, match.start())
        others = [at for at in sentence.numbers if last <= at < match.start()]
        last = match.end()
        if len(amounts) != 2 or len(others) != 2 or rate.is_vague:
            continue
        roles = [_role(sentence, at) for at in amounts]
        if sorted(roles) != ["done", "plan"]:
            continue
        plan, done = (sentence.at(amounts[roles.index(role)]) for role in ("plan", "done"))
        quote = sentence.quote(sentence.label_start(amounts[0]), match.end())
        if one := _statement(plan, done, rate, quote):
            found.append(one)
    return found


def _role(sentence: Sentence, at: int) -> str:
    """`plan` or `done`: the last telling word of the label; "" where none tells."""
    label = sentence.label(at)
    ends = {
        role: max((match.end() for match in pattern("rates", role).finditer(label)), default=-1)
        for role in ("plan", "done")
    }
    best = max(ends, key=lambda role: ends[role])
    return best if ends[best] >= 0 and len(set(ends.values())) > 1 else ""


def _statement(plan: Mention, done: Mention, rate: Mention, quote: Evidence) -> Statement | None:
    given = quotient(done, plan)
    if plan.is_vague or done.is_vague or given is None:
        return None
    holds = verdict(rate, *given)
    inverse = quotient(plan, done)
    if holds == NO and inverse is not None and verdict(rate, *inverse) != NO:
        return None  # the words may mean it the other way round
    how = f"{done.text} ÷ {plan.text} = {near(given[0], rate)}"
    return stated("percent", quote, rate, given[0], holds, how)
