"""Ratios that have a name and a formula: 资产负债率 of the totals in the same paragraph."""

from __future__ import annotations

import re

from ..words.numbers import AMOUNT, Mention
from .data import words
from .encoded import Sentence
from .statement import Statement, near, quotient, stated, verdict


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """Each named ratio of a sentence, where both of its amounts stand in the paragraph once."""
    found = []
    for name, spec in words()["ratios"].items():
        for match in re.finditer(rf"{name}(?:为|是|达|:)?(?P<p>％)", sentence.code):
            rate = sentence.at(match.start("p"))
            sides = [_only([*before, sentence], spec[side]) for side in ("top", "bottom")]
            if sides[0] is None or sides[1] is None or rate.is_vague:
                continue
            given = quotient(sides[0], sides[1])
            if given is None:
                continue
            how = f"{sides[0].text} ÷ {sides[1].text} = {near(given[0], rate)}"
            quote = sentence.quote(match.start(), match.end())
            found.append(stated("percent", quote, rate, given[0], verdict(rate, *given), how))
    return found


def _only(given: list[Sentence], pattern: str) -> Mention | None:
    """The one amount whose label fits; None where there are several."""
    found = {
        one.value: one
        for sentence in given
        for at, one in sentence.numbers.items()
        if one.kind == AMOUNT and not one.is_vague and re.search(pattern, sentence.label(at))
    }
    return next(iter(found.values())) if len(found) == 1 else None
