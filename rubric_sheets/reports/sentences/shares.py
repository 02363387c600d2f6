"""Shares: `人员经费415.50万元，占基本支出80.5%`, `…8.06万元，占比4.20%`."""

from __future__ import annotations

import re
from fractions import Fraction

from ..sightings import Evidence
from ..words.numbers import COUNTED, Mention
from .data import patterns
from .encoded import Sentence
from .statement import NO, UNKNOWN, Range, Statement, divided, near, spread, stated, verdict

ALL = Fraction(100)
Value = tuple[Fraction, Range]


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """The shares of a sentence. `before`: the sentences of the same paragraph above it, in which
    what they are shares of may stand."""
    found = []
    matches = [
        match for one in patterns("shares").values() for match in one.finditer(sentence.code)
    ]
    parts = [match for match in matches if not match.groupdict().get("z")]
    parts.sort(key=lambda match: match.start("a"))
    for match in matches:
        is_sure = True
        part, rate = sentence.at(match.start("a")), sentence.at(match.start("p"))
        if part.is_vague or rate.is_vague:
            continue
        if match.groupdict().get("z"):
            whole = sentence.at(match.start("z"))
            if whole.kind != part.kind or (whole.unit in COUNTED and whole.unit != part.unit):
                continue
            bases = [(whole.value, whole.around())]
        elif match["base"]:
            bases = _named(match["base"], [*before, sentence], part, sentence, match.start("a"))
        else:
            bases, is_sure = _enumerated(sentence, parts, part)
        quote = sentence.quote(sentence.label_start(match.start("a")), match.end())
        if one := _best(part, rate, bases, quote):
            is_open = one.holds == NO and not match.groupdict().get("base") and not is_sure
            found.append(one._replace(holds=UNKNOWN) if is_open else one)
    return found


def _best(part: Mention, rate: Mention, bases: list[Value], quote: Evidence) -> Statement | None:
    """The base with which it holds; wrong where it holds with none."""
    tried = []
    for base in bases:
        given = divided((part.value, part.around()), base)
        if given is None:
            continue
        holds = verdict(rate, *given)
        how = f"{part.text} ÷ {near(base[0], part)} = {near(given[0], rate)}"
        tried.append(stated("percent", quote, rate, given[0], holds, how))
    right = [one for one in tried if one.holds != NO]
    if right or not tried:
        return next(iter(right), None)
    same = {one.exact for one in tried}
    return tried[0] if len(same) == 1 else tried[0]._replace(holds=UNKNOWN)


def _plain(text: str) -> str:
    for word in ("全部", "全年", "本年", "年度", "总额", "总数", "合计", "总", "的", "'"):
        text = text.replace(word, "")
    return text


def _named(
    base: str, sentences: list[Sentence], part: Mention, own: Sentence, own_at: int
) -> list[Value]:
    """The amounts that bear the label of a base, nearest first."""
    wanted = _plain(base)
    found: list[Value] = []
    for sentence in reversed(sentences):
        for at in sorted(sentence.numbers, reverse=True):
            one = sentence.at(at)
            if (sentence is own and at >= own_at) or one.kind != part.kind or one.is_vague:
                continue
            label = _plain(sentence.label(at))
            if len(wanted) > 1 and (label == wanted or label.endswith(wanted)):
                found.append((one.value, one.around()))
    return found


def _enumerated(
    sentence: Sentence, parts: list[re.Match[str]], part: Mention
) -> tuple[list[Value], bool]:
    """Shares of a total that stands before them, or of all of them together where they add up to
    100%; is it plain that it is their total?"""
    first = parts[0].start("a")
    numbers = [sentence.at(match.start("a")) for match in parts]
    shares = sum((sentence.at(match.start("p")).value for match in parts), Fraction(0))
    is_whole = len(parts) > 1 and abs(shares - ALL) <= len(parts)
    bases = [spread(numbers)] if is_whole else []
    totals = [at for at in sentence.numbers if at < first and sentence.at(at).kind == part.kind]
    if not totals:
        return bases, is_whole
    one = sentence.at(totals[-1])
    if not bases or one.value == spread(numbers)[0]:
        bases.append((one.value, one.around()))
    marked = re.search(r"其中|包括|包含|:", sentence.code[totals[-1] : first])
    return bases, is_whole or bool(marked)
