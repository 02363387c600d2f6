"""Shares: `人员经费415.50万元，占基本支出80.5%`, `…8.06万元，占比4.20%`."""

from __future__ import annotations

import re
from fractions import Fraction

from ...records import Record
from ..sightings import Evidence
from ..words.numbers import COUNT, Mention
from .data import patterns
from .encoded import Sentence
from .statement import NO, UNKNOWN, Range, Statement, divided, near, spread, stated, verdict

ALL = Fraction(100)


class Base(Record):
    """What a share may be of: a figure with what it may stand for, and where it stands; -1 for a
    sum."""

    value: Fraction
    room: Range
    at: int = -1

    @property
    def pair(self) -> tuple[Fraction, Range]:
        return self.value, self.room


def _base(one: Mention) -> Base:
    return Base(one.value, one.around(), one.start)


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
            if whole.kind != part.kind or (whole.kind == COUNT and whole.unit != part.unit):
                continue
            bases = [_base(whole)]
        elif match["base"]:
            bases = _named(match["base"], [*before, sentence], part, sentence, match.start("a"))
        else:
            bases, is_sure = _enumerated(sentence, parts, part)
        quote = sentence.quote(sentence.label_start(match.start("a")), match.end())
        if one := _best(part, rate, bases, quote):
            is_open = one.holds == NO and not match.groupdict().get("base") and not is_sure
            found.append(one._replace(holds=UNKNOWN) if is_open else one)
    return found + _together(sentence, before, parts) + _respectively(sentence, before)


def _together(
    sentence: Sentence, before: list[Sentence], parts: list[re.Match[str]]
) -> list[Statement]:
    """Shares beside each other are of one whole: that which most of them fit. One that does not
    fit is wrong."""
    shares = [(sentence.at(one.start("a")), sentence.at(one.start("p")), one) for one in parts]
    shares = [one for one in shares if not (one[0].is_vague or one[1].is_vague)]
    if len(shares) < 2 or len({one[0].kind for one in shares}) > 1:
        return []
    kind = shares[0][0].kind
    inputs = {one[0].start for one in shares}
    bases = [Base(*spread([one[0] for one in shares]))]
    for one in (sentence, *reversed(before)):
        bases += [
            _base(each)
            for each in one.numbers.values()
            if each.kind == kind and not each.is_vague and each.start not in inputs
        ]
    best = max(bases, key=lambda base: sum(_fits(*one[:2], base) for one in shares))
    if not any(_fits(*one[:2], best) for one in shares):
        return []
    found = []
    for part, rate, match in shares:
        quote = sentence.quote(sentence.label_start(match.start("a")), match.end())
        if told := _best(part, rate, [best], quote):
            found.append(told)
    return found


def _fits(part: Mention, rate: Mention, base: Base) -> bool:
    given = divided((part.value, part.around()), base.pair)
    return given is not None and verdict(rate, *given) != NO


RESPECTIVELY = re.compile(r"分别占[^＄％＃。;]{0,14}％(?:[,、和及与]+％)+")


def _respectively(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """`甲支出30万元，乙支出20万元，分别占60%和40%`."""
    found = []
    for match in RESPECTIVELY.finditer(sentence.code):
        rates = sentence.all("％", match.start(), match.end())
        kinds = [at for at in sentence.numbers if at < match.start()][-len(rates) :]
        parts = [sentence.at(at) for at in kinds]
        if len(parts) < len(rates) or len({one.kind for one in parts}) > 1:
            continue
        if any(one.is_vague for one in (*parts, *map(sentence.at, rates))):
            continue
        bases = [Base(*spread(parts))]
        for one in (sentence, *reversed(before)):
            alike = [n for n in one.numbers.values() if n.kind == parts[0].kind]
            bases += [_base(n) for n in alike if not n.is_vague]
        best = max(
            bases,
            key=lambda base: sum(_fits(p, sentence.at(r), base) for p, r in zip(parts, rates)),
        )
        for at, part, rate in zip(kinds, parts, rates):
            quote = sentence.quote(sentence.label_start(at), match.end())
            if told := _best(part, sentence.at(rate), [best], quote):
                found.append(told)
    return found


def _best(part: Mention, rate: Mention, bases: list[Base], quote: Evidence) -> Statement | None:
    """The base with which it holds; wrong where it holds with none."""
    tried = []
    for base in bases:
        given = divided((part.value, part.around()), base.pair)
        if given is None:
            continue
        holds = verdict(rate, *given)
        how = f"{part.text} ÷ {near(base.value, part)} = {near(given[0], rate)}"
        made = stated("percent", quote, rate, given[0], holds, how)
        tried.append(made._replace(uses=(part.start, *((base.at,) if base.at >= 0 else ()))))
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
) -> list[Base]:
    """The amounts that bear the label of a base, nearest first."""
    wanted = _plain(base)
    found: list[tuple[str, Base]] = []
    for sentence in reversed(sentences):
        for at in sorted(sentence.numbers, reverse=True):
            one = sentence.at(at)
            if (sentence is own and at >= own_at) or one.kind != part.kind or one.is_vague:
                continue
            label = _plain(sentence.label(at))
            if len(wanted) > 1 and (label == wanted or label.endswith(wanted)):
                found.append((label, _base(one)))
    exact = [base for label, base in found if label == wanted]
    return exact or [base for _, base in found]


def _enumerated(
    sentence: Sentence, parts: list[re.Match[str]], part: Mention
) -> tuple[list[Base], bool]:
    """Shares of a total that stands before them, or of all of them together where they add up to
    100%; is it plain that it is their total?"""
    first = parts[0].start("a")
    numbers = [sentence.at(match.start("a")) for match in parts]
    shares = sum((sentence.at(match.start("p")).value for match in parts), Fraction(0))
    is_whole = len(parts) > 1 and abs(shares - ALL) <= len(parts)
    bases = [Base(*spread(numbers))] if is_whole else []
    totals = [at for at in sentence.numbers if at < first and sentence.at(at).kind == part.kind]
    if not totals:
        return bases, is_whole
    one = sentence.at(totals[-1])
    if not bases or one.value == spread(numbers)[0]:
        bases.append(_base(one))
    marked = re.search(r"其中|包括|包含|:", sentence.code[totals[-1] : first])
    return bases, is_whole or bool(marked)
