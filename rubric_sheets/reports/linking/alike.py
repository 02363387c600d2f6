"""The same thing said twice with figures that are one slip of the pen apart. Only labels that are
the same word by word, of the same year and scope, are one thing: a wrong link is worse than none.
"""

from __future__ import annotations

import re

from ...records import Record
from ..reading.document import Document
from ..sentences.encoded import Sentence, sentences
from ..sentences.slips import is_slip
from ..sightings import Evidence
from ..words.numbers import AMOUNT, COUNT, Mention

LEAST = 4  # characters of a label that says what it is, significant figures of its number
YEAR = re.compile(r"(20[0-9]{2})年")
FORMER = re.compile(r"上年|去年|往年|上一年|前一年|同期")
CHANGED = re.compile(r"(?:增加|减少|增长|下降|节约|超出|高于|低于|多|少|约)$")
PART = re.compile(r"其中|每|平均|人均|户均")


class Said(Record):
    """A figure with what it is of."""

    label: str
    year: str
    one: Mention
    evidence: Evidence


def slips(document: Document, year: str) -> list[tuple[Said, Said]]:
    """Pairs of figures of which one is a slip of the other; each label once."""
    said: dict[tuple[str, str, str], list[Said]] = {}
    for passage in document.paragraphs:
        for sentence in sentences(passage):
            for at in sentence.numbers:
                if one := _said(sentence, at, year):
                    said.setdefault((one.label, one.year, one.one.kind), []).append(one)
    found = []
    for some in said.values():
        first = some[0]
        other = next((one for one in some[1:] if one.one.value != first.one.value), None)
        if other is not None and is_slip(other.one.value, first.one.value, LEAST):
            found.append((first, other))
    return found


def _said(sentence: Sentence, at: int, year: str) -> Said | None:
    one = sentence.at(at)
    label = sentence.label(at)
    if one.kind not in (AMOUNT, COUNT) or one.is_vague or len(label) < LEAST:
        return None
    clause = sentence.code[max(0, sentence.label_start(at) - 12) : at]
    if FORMER.search(clause) or CHANGED.search(label) or PART.search(clause):
        return None
    years = YEAR.findall(sentence.code[:at])
    return Said(label, years[-1] if years else year, one, sentence.clause(at))
