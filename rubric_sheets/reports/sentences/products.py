"""So much for each, for so many: `每人500元，1284人，合计64.2万元`; and so much on average."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from ...exact.quantities import show
from ..words.numbers import AMOUNT, COUNT
from .data import words
from .encoded import Sentence
from .statement import NO, Range, Statement, near, stated, verdict
from .window import Figure, figures


@cache
def _each() -> re.Pattern[str]:
    return re.compile(words()["products"]["each"])


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """Totals of so much for each, and averages."""
    return _totals(sentence) + _averages(sentence, before)


def _averages(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """What there is for each of so many, or in each of so many years."""
    found: list[Statement] = []
    for at, claim in sentence.numbers.items():
        label = sentence.label(at)
        if claim.is_vague or claim.kind not in (AMOUNT, COUNT):
            continue
        if re.search(words()["products"]["yearly"], label):
            found += _yearly(sentence, at, before)
        elif re.search(words()["products"]["average"], label):
            found += _each_of(sentence, at, before)
    return found


def _yearly(sentence: Sentence, at: int, before: list[Sentence]) -> list[Statement]:
    years = _years(sentence.code[:at])
    given = figures(sentence, at, before, sentence.at(at).kind)
    wholes = [one for one in given if re.search("共|累计|总", _raw(one))]
    if not years or not wholes:
        return []
    return [_average(sentence, at, wholes[-1], years, f"{show(years)}年")]


def _each_of(sentence: Sentence, at: int, before: list[Sentence]) -> list[Statement]:
    claim = sentence.at(at)
    given = figures(sentence, at, before)
    ways = [
        _average(sentence, at, one, other.one.value, other.one.text)
        for one in given
        for other in given
        if one.one.kind == claim.kind and other.one.kind == COUNT
        if one is not other and other.one.value
    ]
    right = [one for one in ways if one.holds != NO]
    is_sure = len(ways) == 1 and claim.kind == AMOUNT
    return right[:1] or (ways if is_sure else [])


def _raw(one: Figure) -> str:
    return one.sentence.code[max(0, one.at - 12) : one.at]


def _years(before: str) -> Fraction:
    """How many years a period lasts; 0 where none is told."""
    if match := re.search(r"(20[0-9]{2})年?[-至到]+(20[0-9]{2})年", before):
        return Fraction(int(match[2]) - int(match[1]) + 1)
    match = re.search("([两二三四五])年", before)
    return Fraction("一二三四五".index(match[1].replace("两", "二")) + 1) if match else Fraction(0)


def _average(sentence: Sentence, at: int, whole: Figure, count: Fraction, text: str) -> Statement:
    claim = sentence.at(at)
    low, high = whole.one.around()
    value = whole.one.value / count
    how = f"{whole.one.text} ÷ {text} = {near(value, claim)}"
    own = whole.at if whole.sentence is sentence else at
    quote = sentence.quote(sentence.label_start(own), at + 1)
    holds = verdict(claim, value, (low / count, high / count))
    made = stated("product", quote, claim, value, holds, how)
    return made._replace(uses=(whole.one.start,))


def _totals(sentence: Sentence) -> list[Statement]:
    """One price, one number of people and their total in a sentence."""
    prices = [at for at in sentence.numbers if _is_price(sentence, at)]
    if len(prices) != 1:
        return []
    price = sentence.at(prices[0])
    counts = [at for at, one in sentence.numbers.items() if one.kind == COUNT and not one.is_vague]
    rest = [
        at
        for at, one in sentence.numbers.items()
        if one.kind == AMOUNT and at not in prices and not one.is_vague
    ]
    found = []
    for at in rest:
        claim = sentence.at(at)
        ways = [one for one in counts if verdict(claim, *_times(sentence, prices[0], one)) != NO]
        if not ways and (len(counts) != 1 or len(rest) != 1 or not _is_total(sentence, at)):
            continue
        count = (ways or counts)[0]
        value, room = _times(sentence, prices[0], count)
        how = f"{price.text} × {sentence.at(count).text} = {near(value, claim)}"
        ends = (prices[0], count, at)
        quote = sentence.quote(sentence.label_start(min(ends)), max(ends) + 1)
        made = stated("product", quote, claim, value, verdict(claim, value, room), how)
        found.append(made._replace(uses=(price.start, sentence.at(count).start)))
    return found


def _is_price(sentence: Sentence, at: int) -> bool:
    one = sentence.at(at)
    if one.kind != AMOUNT or one.is_vague:
        return False
    behind = sentence.code[at + 1 : at + 3]
    return behind.startswith("/") or bool(_each().search(sentence.label(at)))


def _is_total(sentence: Sentence, at: int) -> bool:
    return bool(re.search(words()["products"]["total"], sentence.code[max(0, at - 10) : at]))


def _times(sentence: Sentence, price: int, count: int) -> tuple[Fraction, Range]:
    one, other = sentence.at(price), sentence.at(count)
    value = one.value * other.value
    return value, (value, value)
