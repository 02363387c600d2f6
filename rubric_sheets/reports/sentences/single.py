"""A rate of the two figures that stand before it, in sentences of their own: `项目资金350万元。支出
336万元。预算执行率96%`. Only where the paragraph has one result, and only plans besides it."""

from __future__ import annotations

import re

from ...records import Record
from ..words.numbers import AMOUNT, COUNT
from .data import pattern
from .encoded import Sentence
from .window import Figure, figures

NEAR, DONE = 2, 2  # sentences, rank
YEAR = re.compile(r"20[0-9]{2}年")
SCOPE = re.compile(r"本级|全系统|汇总|上年|去年|上一年|其中|累计")


class Meant(Record):
    """The figure on top, and that below."""

    top: Figure
    bottom: Figure


def meant(sentence: Sentence, start: int, name: str, before: list[Sentence]) -> Meant | None:
    """What a rate at `start` is of; None where that is not plain."""
    kind = pattern("rates", "single").search(name)
    near = before[-NEAR:]
    told = "".join(one.code for one in near) + sentence.code[:start]
    if kind is None or SCOPE.search(told) or len(set(YEAR.findall(told))) > 1 or "％" in told:
        return None
    for like in (AMOUNT, COUNT):
        given = figures(sentence, start, near, like)
        if len(given) < NEAR or any(
            one.one.unit != given[0].one.unit for one in given if like == COUNT
        ):
            continue
        top, others = given[0], given[1:]
        if top.rank == DONE and all(0 <= one.rank < DONE for one in others):
            return Meant(top, others[0])
    return None
