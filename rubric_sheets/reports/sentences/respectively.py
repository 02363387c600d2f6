"""Changes of several things told in a row:
`收入1100万元、支出1050万元，比上年分别增加100万元、50万元，分别增长10%和5%`,
`接待费3.2万元、运行费8.1万元，较上年的4万元、9万元分别下降20%和10%`.

The figures before are those of now and, behind a word of comparison, those of then: as many of each
as there are rates. Any other count is left alone.
"""

from __future__ import annotations

import re

from ..words.numbers import AMOUNT, COUNT, Mention
from .data import pattern
from .encoded import Sentence
from .statement import Statement, divided, near, spread, stated, verdict

COMPARED = re.compile("比|较|与|由|从")


def read(sentence: Sentence) -> list[Statement]:
    """Each rate of each row."""
    if "分别" not in sentence.code:
        return []
    found = []
    for match in pattern("respectively", "rates").finditer(sentence.code):
        rates = sentence.all("％", match.start("n"), match.end("n"))
        if match["f"] and "分别" not in sentence.code[max(0, match.start() - 40) : match.start()]:
            continue
        if any(sentence.at(one).unit != "%" for one in rates):
            continue
        way = 1 if pattern("", "up").fullmatch(match["e"] or match["f"]) else -1
        for at, now, then in _rows(sentence, match.start(), len(rates), way):
            rate = sentence.at(rates[at])
            if rate.is_vague or any(one.is_vague for one in (*now, *then)):
                continue
            found += _made(sentence, match, rate, now, then, way)
    return found


Row = tuple[int, tuple[Mention, ...], tuple[Mention, ...]]


def _rows(sentence: Sentence, end: int, count: int, way: int) -> list[Row]:
    """For each rate, what is now, and what was or what is with its change."""
    start = sentence.code.rfind(";", 0, end) + 1
    before = [at for at in sentence.numbers if start <= at < end]
    kinds = {sentence.at(at).kind for at in before}
    if len(before) != 2 * count or not kinds <= {AMOUNT, COUNT} or len(kinds) != 1:
        return []
    first, second = before[:count], before[count:]
    between = sentence.code[first[-1] : second[0]]
    steps = list(pattern("respectively", "amounts").finditer(sentence.code, start, end))
    if not COMPARED.search(between):
        return []
    if not steps:
        if re.search(_directions(), between):
            return []
        return [
            (n, (sentence.at(a),), (sentence.at(b),)) for n, (a, b) in enumerate(zip(first, second))
        ]
    if len(steps) != 1 or steps[0].start("n") != second[0]:
        return []
    sign = 1 if pattern("", "up").fullmatch(steps[0]["d"]) else -1
    if sign != way:
        return []
    return [
        (n, (sentence.at(a),), (sentence.at(a), sentence.at(b)))
        for n, (a, b) in enumerate(zip(first, second))
    ]


def _directions() -> str:
    return pattern("", "up").pattern + "|" + pattern("", "down").pattern


def _made(
    sentence: Sentence,
    match: re.Match[str],
    rate: Mention,
    now: tuple[Mention, ...],
    then: tuple[Mention, ...],
    way: int,
) -> list[Statement]:
    """`then`: what was, or what is and by how much it changed."""
    if len(then) == 1:
        base, change = spread(then), spread((*now, *then), (way, -way))
    else:
        base, change = spread(then, (1, -way)), spread(then[1:])
    given = divided(change, base)
    if given is None or base[0] <= 0:
        return []
    unit = now[0]
    how = f"变动 {near(change[0], unit)} ÷ 上期 {near(base[0], unit)} = {near(given[0], rate)}"
    start = next(at for at, one in sentence.numbers.items() if one is now[0])
    quote = sentence.quote(sentence.label_start(start), match.end())
    made = stated("change", quote, rate, given[0], verdict(rate, *given), how)
    return [made._replace(uses=tuple(one.start for one in dict.fromkeys((*now, *then))))]
