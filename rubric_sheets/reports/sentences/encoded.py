"""A sentence with a sign for each of its numbers, so that patterns of sentences stay short.

＄ an amount of money, ％ a percentage, ＃ a counted number, ＊ points, ＠ a number without a unit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from ..reading.document import Passage, Spot
from ..sightings import Evidence
from ..words.clean import Clean, cleaned
from ..words.numbers import SYMBOL, Mention, mentions

SIGNS = "".join(dict.fromkeys(SYMBOL.values()))
_END = re.compile(r"[。!?！？]")
_BREAK = re.compile(rf"[,。;:、(){SIGNS}]|其中|(?:19|20)[0-9]{{2}}年(?:度|底|末|初)?")
_FILLER = re.compile(
    r"^(?:其中|分别|共计|合计|总计|以及|及(?!时)|和|与|为|是|共|有|约|达到|达|了|的|,|:|则|则为|另外|另|我部门|我单位|我办|我局|本单位|本部门|全年|本年度?|当年)+|(?:为|是|共计|合计|共|达到|达|有|了|约|总额为|:)+$"
)


class Sentence:
    """`code`: the sentence with signs; `numbers`: the mention behind each sign."""

    __slots__ = ("_at", "_breaks", "_clean", "_labels", "code", "numbers", "spot")

    def __init__(self, clean: Clean, start: int, end: int, found: list[Mention], spot: Spot):
        self.spot = spot
        self._clean = clean
        self.numbers: dict[int, Mention] = {}
        code: list[str] = []
        places: list[int] = []
        at = start
        for one in found:
            code += clean.text[at : one.start]
            places += range(at, one.start)
            self.numbers[len(code)] = one
            code.append(SYMBOL[one.kind])
            places.append(one.start)
            at = one.end
        code += clean.text[at:end]
        places += range(at, end)
        self.code = "".join(code)
        self._at = [*places, end]
        self._breaks: list[int] | None = None  # where labels may begin, found when first asked for
        self._labels: dict[int, str] = {}

    def at(self, position: int) -> Mention:
        """The mention behind the sign at a position of `code`."""
        return self.numbers[position]

    def quote(self, start: int, end: int) -> Evidence:
        """The original of a piece of `code`."""
        while start < end and self.code[start] in ",;、:。":
            start += 1
        stop = self._at[end]
        if end - 1 in self.numbers:
            stop = self.numbers[end - 1].end
        return Evidence(self._clean.quote(self._at[start], stop), self.spot)

    def clause(self, position: int) -> Evidence:
        """The quote of one number with its label."""
        start = self.label_start(position)
        return self.quote(start, position + 1)

    def label_start(self, position: int) -> int:
        if self._breaks is None:
            self._breaks = [match.end() for match in _BREAK.finditer(self.code)]
        at = bisect_right(self._breaks, position)
        return self._breaks[at - 1] if at else 0

    def label(self, position: int) -> str:
        """The words straight before a number, without fillers."""
        known = self._labels.get(position)
        if known is None:
            text = self.code[self.label_start(position) : position].replace("'", "")
            known = self._labels[position] = _FILLER.sub("", _FILLER.sub("", text))
        return known

    def depth(self, position: int) -> int:
        """In how many brackets a position stands."""
        return self.code.count("(", 0, position) - self.code.count(")", 0, position)

    def all(self, sign: str, start: int = 0, end: int | None = None) -> list[int]:
        """The positions of a sign."""
        stop = len(self.code) if end is None else end
        return [at for at in range(start, stop) if self.code[at] == sign]


@lru_cache(4096)
def sentences(passage: Passage) -> tuple[Sentence, ...]:
    """The sentences of a passage that hold a number."""
    return tuple(_sentences(passage))


def _sentences(passage: Passage) -> Iterator[Sentence]:
    clean = cleaned(passage.text)
    found = mentions(clean)
    if not found:
        return
    start = 0
    ends = [match.end() for match in _END.finditer(clean.text)] + [len(clean.text)]
    for end in ends:
        own = [one for one in found if start <= one.start and one.end <= end]
        if own:
            yield Sentence(clean, start, end, own, passage.spot)
        start = end
