"""All statements of a document, in reading order."""

from __future__ import annotations

from ..reading.document import Document, Passage
from ..words.numbers import SCORE, SYMBOL
from . import (
    balances,
    carried,
    changes,
    days,
    formulas,
    left,
    lists,
    marks,
    partition,
    points,
    products,
    rates,
    ratios,
    respectively,
    series,
    shares,
    steps,
    sums,
)
from .encoded import Sentence, sentences
from .statement import NO, UNKNOWN, Statement

LONG = 12  # characters: shorter texts hold no sentence


def read(document: Document) -> list[Statement]:
    """Paragraphs and cells alike; what several readers say of the same figure is told once."""
    found: list[Statement] = []
    for passage in document.passages():
        if len(passage.text) >= LONG:
            found += _once(_passage(passage))
    found += lists.read(document) + partition.read(document)
    if not any(one.kind in ("total", "score") and one.holds == NO for one in found):
        found += marks.read(_with_points(document))
    return found


def _with_points(document: Document) -> list[Sentence]:
    return [
        sentence
        for passage in document.paragraphs
        for sentence in sentences(passage)
        if SYMBOL[SCORE] in sentence.code
    ]


def _passage(passage: Passage) -> list[Statement]:
    found = formulas.read(passage) + days.read(passage)
    before: list[Sentence] = []
    for sentence in sentences(passage):
        found += changes.read(sentence) + respectively.read(sentence)
        found += sums.read(sentence, before) + series.read(sentence, before)
        found += shares.read(sentence, before)
        found += rates.read(sentence, before)
        found += points.read(sentence)
        found += balances.read(sentence, before) + carried.read(sentence, before)
        found += ratios.read(sentence, before)
        found += steps.read(sentence, before)
        found += left.read(sentence, before)
        found += products.read(sentence, before)
        before.append(sentence)
    return found


def _once(found: list[Statement]) -> list[Statement]:
    """Of a figure that several readers look at, the one that it follows from; where it follows from
    none, what the first of them says."""
    best: dict[tuple[int, str], Statement] = {}
    for number, one in enumerate(found):
        key = (one.at, one.claimed) if one.at >= 0 else (-1 - number, "")
        known = best.get(key)
        if known is None or _weight(one) > _weight(known):
            best[key] = one
    return list(best.values())


def _weight(one: Statement) -> int:
    if one.holds == UNKNOWN:
        return 0
    return 1 if one.holds == NO else 2
