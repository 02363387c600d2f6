"""A whole and all of its known parts, in paragraphs of their own: `全年支出合计1860.4万元。`,
`基本支出1210.25万元，…`, `项目支出650.15万元，…`.

Only parts that follow the whole, of the same scope, each of them told once.
"""

from __future__ import annotations

import re

from ..reading.document import Document, Passage
from ..words.numbers import AMOUNT
from .data import pattern, words
from .encoded import sentences
from .lists import told_of
from .statement import Statement
from .window import Figure

REACH, LONG = 8, 14  # paragraphs below the whole; characters of the name of a part
YEAR = re.compile(r"20[0-9]{2}年")


def read(document: Document) -> list[Statement]:
    """Each whole whose parts all stand below it."""
    found: list[Statement] = []
    blocks = document.blocks
    for at, block in enumerate(blocks):
        if not isinstance(block, Passage):
            continue
        for whole in _wholes(block):
            below = [one for one in blocks[at + 1 : at + 1 + REACH] if isinstance(one, Passage)]
            if parts := _parts(whole, below):
                found.append(told_of(whole, parts))
    return found


def _wholes(passage: Passage) -> list[Figure]:
    """The one whole that a paragraph tells, where it tells no parts."""
    own = [one for one in _figures(passage) if one.depth == 0]
    if any(_is_part(one) for one in own):
        return []
    whole = [one for one in own if pattern("paragraphs", "spent").search(one.label)]
    return whole if len(whole) == 1 else []


def _figures(passage: Passage) -> list[Figure]:
    return [
        Figure(one, sentence.label(at), sentence, at, sentence.depth(at))
        for sentence in sentences(passage)
        for at, one in sorted(sentence.numbers.items())
        if one.kind == AMOUNT
    ]


def _is_part(one: Figure) -> bool:
    return bool(re.search("基本支出|项目支出", one.label))


def _parts(whole: Figure, below: list[Passage]) -> list[Figure]:
    """The first figures of the sentences below that bear the names of all parts, up to another
    whole; none where one is missing or told twice."""
    if whole.one.is_vague:
        return []
    firsts: list[Figure] = []
    for passage in below:
        own = _figures(passage)
        spent = [one for one in own if pattern("paragraphs", "spent").search(one.label)]
        if not all(map(_is_part, spent)):
            break
        firsts += [one for one in own if one.at == min(one.sentence.numbers)]
    names = words()["sums"]["partitions"][0]["parts"]
    groups = [
        [one for one in firsts if re.search(f"{name}$", one.label) and len(one.label) < LONG]
        for name in names
    ]
    if any(len(group) != 1 for group in groups):
        return []
    parts = [group[0] for group in groups]
    return parts if all(_is_of(whole, one) for one in parts) else []


def _is_of(whole: Figure, part: Figure) -> bool:
    """Of the same year and scope, as far as they are told."""
    if part.one.is_vague:
        return False
    ours, theirs = (_before(one) for one in (whole, part))
    scope = pattern("paragraphs", "scope")
    if set(scope.findall(ours)) != set(scope.findall(theirs)):
        return False
    years = set(YEAR.findall(theirs))
    return not years or years <= set(YEAR.findall(ours))


def _before(one: Figure) -> str:
    return one.sentence.code[: one.at]
