"""Batches and phases, numbered from the first, and what they come to:
`分两批下达资金1500万元，第一批900万元，第二批600万元`.
Only where it is said how many there are, or the total says that it is one."""

from __future__ import annotations

from ..words.numbers import AMOUNT, SYMBOL, han
from .data import pattern
from .encoded import Sentence
from .slips import is_slip
from .statement import NO, Statement, added, spread, verdict
from .window import figures

TWO = 2


def read(sentence: Sentence, before: list[Sentence]) -> list[Statement]:
    """The run of a sentence, against what is told before it."""
    found = list(pattern("series", "words").finditer(sentence.code))
    numbers = [han(match["n"]) for match in found]
    if len(found) < TWO or numbers != list(range(1, len(found) + 1)):
        return []
    if len({match["w"] for match in found}) > 1:
        return []
    parts = [sentence.at(match.start("a")) for match in found]
    start = found[0].start()
    kinds = {(one.kind, one.unit if one.kind != AMOUNT else "") for one in parts}
    if len(kinds) > 1 or any(one.is_vague for one in parts):
        return []
    kind = parts[0].kind
    given = figures(sentence, start, before[-1:], kind, parts[0].unit if kind != AMOUNT else "")
    own = sentence.code[:start]
    told = pattern("series", "count").search((before[-1].code if before else "") + own)
    is_all = told is not None and han(told["n"]) == len(parts)
    if not given or not is_all or sentence.code[found[-1].end() - 1] != SYMBOL[kind]:
        return []
    value, room = spread(parts)
    right = [one for one in given if verdict(one.one, value, room) != NO]
    slips = [one for one in given if is_slip(one.one.value, value)]
    total = next(iter([*right, *slips, *(given if len(given) == 1 else [])]), None)
    if total is None:
        return []
    quote = sentence.quote(
        0 if total.sentence is not sentence else sentence.label_start(total.at), found[-1].end()
    )
    made = added("sum" if kind == AMOUNT else "count", quote, total.one, parts)
    others = () if total.sentence is sentence else (total.sentence.clause(total.at),)
    uses = (total.one.start, *(one.start for one in parts))
    return [made._replace(uses=uses, others=others)]
