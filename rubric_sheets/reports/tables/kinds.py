"""What the head of a column says that its figures are; the words are data, in labels.toml."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..words.synonyms import data

YEAR = re.compile(r"(20[0-9]{2})年?(?:度)?")
DERIVED = frozenset(("rate", "completion", "share", "change", "other"))


@cache
def _patterns(section: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(words)) for name, words in data()["heads"][section].items()]


@lru_cache(4096)
def kinds(heads: tuple[str, ...]) -> frozenset[str]:
    """Either one of `rate`, `completion`, `share`, `change`, `other`, or any of `plan`, `done`,
    `before`, `now` and a year. Of a heading of several rows the lowest tells first."""
    whole = "".join(heads)
    for text in (heads[-1] if heads else "", whole):
        for name, pattern in _patterns("derived"):
            if pattern.search(text):
                return frozenset((name,))
    found = {name for name, pattern in _patterns("plain") if pattern.search(whole)}
    return frozenset(found | set(YEAR.findall(whole)))


def is_summed(heads: tuple[str, ...]) -> bool:
    """Can the figures of a column be added up? Differences follow from their own rows."""
    return not kinds(heads) & DERIVED
