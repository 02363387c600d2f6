"""What was there, came in, went out and is left: `年初结转50万元，收入…，支出…，年末结转45.55万元`;
and totals behind their parts: `…，第三批50万元，共计400万元`."""

from __future__ import annotations

import re

from ..words.numbers import AMOUNT, SYMBOL
from .encoded import Sentence
from .statement import NO, UNKNOWN, Statement, near, spread, stated, verdict

LEFT_BEFORE = re.compile(r"(?:年初|上年|20[0-9]{2}年).{0,4}(?:结转|结余)|^(?:年初|上年)?结转|^结转")
CAME, WENT = re.compile(r"收入[^支]{0,4}$"), re.compile(r"支出[^收]{0,4}$")
LEFT = re.compile(r"(?:年末|期末|年底|结转下年).{0,6}$")
SUM_BEHIND = re.compile(r"[,、](?:共计|合计|总计)(?:为|金额)?(?P<t>＄)")


def read(sentence: Sentence) -> list[Statement]:
    return _balance(sentence) + _behind(sentence)


def _balance(sentence: Sentence) -> list[Statement]:
    """Four amounts in this order, and no others."""
    at = sentence.all(SYMBOL[AMOUNT])
    if len(at) != 4 or any(sentence.at(one).is_vague for one in at):
        return []
    labels = [sentence.label(one) for one in at]
    patterns = (LEFT_BEFORE, CAME, WENT, LEFT)
    if not all(pattern.search(label) for pattern, label in zip(patterns, labels)):
        return []
    numbers = [sentence.at(one) for one in at]
    value, room = spread(numbers[:3], (1, 1, -1))
    first, came, went = (one.text for one in numbers[:3])
    how = f"{first} + {came} − {went} = {near(value, numbers[3])}"
    quote = sentence.quote(sentence.label_start(at[0]), at[3] + 1)
    holds = verdict(numbers[3], value, room)
    return [stated("sum", quote, numbers[3], value, holds, how, "warning")]


def _behind(sentence: Sentence) -> list[Statement]:
    """A total behind two parts or more; wrong only where nothing but the parts stands before it."""
    found = []
    for match in SUM_BEHIND.finditer(sentence.code):
        total = sentence.at(match.start("t"))
        at = sentence.all(SYMBOL[AMOUNT], 0, match.start())
        numbers = [sentence.at(one) for one in at]
        if len(at) < 2 or total.is_vague or any(one.is_vague for one in numbers):
            continue
        best = at
        holds = NO
        for start in range(len(at) - 1):
            value, room = spread(numbers[start:])
            if verdict(total, value, room) != NO:
                best, holds = at[start:], verdict(total, value, room)
                break
        if holds == NO and re.search(r"其中|包括|比|较|;", sentence.code[: match.start()]):
            holds = UNKNOWN
        chosen = [sentence.at(one) for one in best]
        value = spread(chosen)[0]
        how = " + ".join(one.text for one in chosen) + f" = {near(value, total)}"
        quote = sentence.quote(sentence.label_start(best[0]), match.end())
        found.append(stated("sum", quote, total, value, holds, how, "warning"))
    return found
