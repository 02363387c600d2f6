"""Changes: `516.14万元，比上年增加152.09万元，增长41.78%`, `由3万元降为2万元，下降33.3%`."""

from __future__ import annotations

import re
from fractions import Fraction

from ..sightings import Evidence
from ..words.numbers import Mention
from .data import pattern, patterns
from .encoded import Sentence
from .statement import NO, Range, Statement, divided, near, spread, stated, verdict

Value = tuple[Fraction, Range]


def read(sentence: Sentence) -> list[Statement]:
    """The changes of a sentence; what two patterns find is told once."""
    found: list[Statement] = []
    taken: set[int] = set()
    for name in ("由变为", "两年相比", "比上年数增加", "与上年数相比", "比上年增加", "比上年数变"):
        for match in patterns("changes")[name].finditer(sentence.code):
            ends = {match.start(group) for group in ("b", "p") if match.groupdict().get(group)}
            if "分别" in match[0] or not ends or ends & taken:
                continue
            if not _in_order(match) or _is_former(sentence, match):
                continue
            taken |= ends
            found += _change(sentence, match)
    return found


def _in_order(match: re.Match[str]) -> bool:
    """Of two years, the earlier one is the former."""
    years = match.groupdict()
    return not (years.get("y") and years.get("x")) or int(years["y"]) < int(years["x"])


def _is_former(sentence: Sentence, match: re.Match[str]) -> bool:
    """Is what looks like this year's amount that which is compared with?"""
    if not match.groupdict().get("a"):
        return False
    at = match.start("a")
    label = sentence.code[sentence.label_start(at) : at]
    before = sentence.code[max(0, sentence.label_start(at) - 8) : at]
    return bool(re.search(r"(?:与|同|比|较)[^,。]{0,10}$", before)) and "相比" in match[0] + label


def _change(sentence: Sentence, match: re.Match[str]) -> list[Statement]:
    groups = {name: match.start(name) for name, text in match.groupdict().items() if text}
    numbers = {
        name: sentence.at(at) for name, at in groups.items() if name in "azbp" and len(name) == 1
    }
    now, before = numbers.get("a"), numbers.get("z")
    step, rate = numbers.get("b"), numbers.get("p")
    if any(one.is_vague for one in numbers.values()) or not _alike(now, before, step):
        return []
    signs = [_sign(match[name]) for name in ("d", "e") if match.groupdict().get(name)]
    start = match.start() if before is not None else sentence.label_start(groups["a"])
    quote = sentence.quote(start, match.end())
    found: list[Statement] = []
    if now is not None and before is not None and step is not None:
        value, room = spread((now, before), (1, -1))
        value, room = _signed(value, room, signs[0])
        holds = verdict(step, value, room)
        how = f"{now.text} − {before.text} = {near(value, step)}"
        made = stated("change", quote, step, value, holds, how)
        found.append(made._replace(uses=(now.start, before.start)))
    if rate is not None:
        found += _rate(quote, numbers, signs)
    return found


def _alike(*given: Mention | None) -> bool:
    kinds = {(one.kind, one.unit if one.kind == "count" else "") for one in given if one}
    return len(kinds) == 1


def _sign(word: str) -> int:
    return 1 if pattern("", "up").fullmatch(word) else -1


def _signed(value: Fraction, room: Range, sign: int) -> Value:
    return (value, room) if sign > 0 else (-value, (-room[1], -room[0]))


def _rate(
    quote: Evidence,
    numbers: dict[str, Mention],
    signs: list[int],
) -> list[Statement]:
    """The rate of change: the change by what was before."""
    now, rate, sign = numbers.get("a"), numbers["p"], signs[-1]
    before, step = numbers.get("z"), numbers.get("b")
    if before is not None and now is None and step is not None:
        base, change = spread((before,)), spread((step,), (signs[0],))
    elif now is None:
        return []
    elif before is not None:
        base = spread((before,))
        change = spread((now, before), (1, -1))
    elif step is not None:
        base = spread((now, step), (1, -signs[0]))
        change = spread((step,), (signs[0],))
    else:
        return []
    given = divided(change, base)
    if given is None:
        return []
    value, room = _signed(*given, sign)
    holds = verdict(rate, value, room)
    unit = now or before or rate
    parts = f"变动 {near(change[0], unit)} ÷ 上期 {near(base[0], unit)}"
    how = f"{parts} = {near(value, rate)}"
    if len(set(signs)) > 1:
        holds, how = NO, f"{how}，前后所说的增减相反"
    used = tuple(one.start for one in (now, before, step) if one is not None)
    return [stated("change", quote, rate, value, holds, how)._replace(uses=used)]
