"""Which rubric a report was scored by: its indicators and weights tell."""

from __future__ import annotations

from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache

from ..exact.quantities import plain
from ..records import Record
from ..rubric.model import IndicatorSpec, Rubric
from .items import Item
from .words.clean import label
from .words.synonyms import data

SAME, NAMED, HINTED, FITS = 3.0, 3.0, 2.0, 0.3  # how much a match tells
ALIKE = 0.8


class Match(Record):
    """`ids`: item by number → indicator; `sure`: from 0 to 1."""

    rubric: Rubric
    ids: dict[int, str]
    sure: float


def match(rubric: Rubric, items: list[Item]) -> Match:
    """The items in their order beside the rubric's indicators in theirs: the best way to pair
    them."""
    specs = rubric["indicators"]
    wide = len(specs) + 1
    best = [[0.0] * wide for _ in range(len(items) + 1)]
    for row in range(len(items) - 1, -1, -1):
        for column in range(len(specs) - 1, -1, -1):
            pair = _likeness(items[row], specs[column])
            taken = pair + best[row + 1][column + 1] if pair else 0.0
            best[row][column] = max(taken, best[row + 1][column], best[row][column + 1])
    ids = _way(items, specs, best)
    most = SAME * max(len(specs), len(items), 1)
    return Match(rubric, ids, best[0][0] / most)


def _way(items: list[Item], specs: list[IndicatorSpec], best: list[list[float]]) -> dict[int, str]:
    ids: dict[int, str] = {}
    row = column = 0
    while row < len(items) and column < len(specs):
        pair = _likeness(items[row], specs[column])
        if pair and best[row][column] == pair + best[row + 1][column + 1]:
            ids[row] = specs[column]["id"]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return ids


def _likeness(item: Item, spec: IndicatorSpec) -> float:
    """How much an item looks like an indicator; 0 for not at all."""
    name = label(spec["levels"][-1])
    weight = plain(spec["weight"]) if "weight" in spec else None
    told = _name_likeness(item, name)
    if item.in_table:
        if told and item.weight is not None and weight is not None and item.weight != weight:
            told *= 0.6
        return told
    if weight and item.score is not None and item.score > weight:
        return 0.0
    if told:
        return told + _fits(item, weight)
    same_level = len(spec["levels"]) > 1 and label(spec["levels"][-2]) in item.levels
    return _fits(item, weight) + (FITS if same_level else 0.0) if same_level else 0.0


def _fits(item: Item, weight: Fraction | None) -> float:
    return FITS if item.score is not None and item.score == weight else 0.0


def _name_likeness(item: Item, name: str) -> float:
    if item.name == name:
        return SAME
    if not item.in_table:
        words = data()["indicators"].get(name, ())
        if name in item.name or any(word in item.name.replace("'", "") for word in words):
            return NAMED
        text = item.text.replace("'", "")
        return HINTED if any(word in text for word in words) else 0.0
    return _alike(item.name, name)


@lru_cache(8192)
def _alike(one: str, other: str) -> float:
    """Two names of which one was typed wrongly."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return SAME * ratio if ratio >= ALIKE else 0.0
