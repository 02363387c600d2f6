"""All statements of a document, in reading order."""

from __future__ import annotations

from ..reading.document import Document, Passage
from . import balances, changes, days, formulas, points, rates, ratios, shares, sums
from .encoded import Sentence, sentences
from .statement import Statement

LONG = 12  # characters: shorter texts hold no sentence


def read(document: Document) -> list[Statement]:
    """Paragraphs and cells alike; what two readers say of the same words is told once."""
    found: list[Statement] = []
    for passage in document.passages():
        if len(passage.text) >= LONG:
            found += _passage(passage)
    return found


def _passage(passage: Passage) -> list[Statement]:
    found = formulas.read(passage) + days.read(passage)
    before: list[Sentence] = []
    for sentence in sentences(passage):
        found += changes.read(sentence)
        found += sums.read(sentence)
        found += shares.read(sentence, before)
        found += rates.read(sentence)
        found += points.read(sentence)
        found += balances.read(sentence)
        found += ratios.read(sentence, before)
        before.append(sentence)
    return found
