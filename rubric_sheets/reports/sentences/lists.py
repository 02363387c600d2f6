"""A total and its parts as the items of a list, one paragraph each: `资金分配如下：`,
`（1）东乡镇180万元；` …; or the parts first and `以上三项合计420万元` below them.

A list is judged only where each item gives one figure of its own.
"""

from __future__ import annotations

from ...records import Record
from ..reading.document import Document, Passage
from ..words.clean import cleaned
from ..words.numbers import AMOUNT, COUNT
from .data import pattern
from .encoded import sentences
from .markers import Marker, marker
from .slips import is_slip
from .statement import NO, Statement, added, spread, verdict
from .window import Figure, figures

REACH, MOST = 30, 40  # paragraphs of a list; characters before an item's figure
TWO = 2


class Item(Record):
    """The figures of the first sentence of an item, in reading order."""

    figures: list[Figure]


def read(document: Document) -> list[Statement]:
    """Each list with the total straight above it or straight below it."""
    found: list[Statement] = []
    blocks = document.blocks
    marks = [marker(one.text) if isinstance(one, Passage) else None for one in blocks]
    for at, first in enumerate(marks):
        if first is None or first.number != 1:
            continue
        places = _places(marks, at, first)
        items = [_item(blocks[one]) for one in places]
        kinds = {kind for item in items for kind in _kinds(item)}
        if len(items) < TWO or len(kinds) != 1 or not all(item.figures for item in items):
            continue
        for total, is_above in _totals(document, places, *next(iter(kinds))):
            if told := _judged(items, total, is_above):
                found.append(told)
                break
    return found


def _places(marks: list[Marker | None], at: int, first: Marker) -> list[int]:
    """Where the items of a list stand: their numbers follow each other."""
    places = [at]
    for place in range(at + 1, min(len(marks), at + REACH)):
        one = marks[place]
        if one is None or one.style != first.style:
            continue
        if one.number != len(places) + 1:
            break
        places.append(place)
    return places


def _item(block: object) -> Item:
    """What an item begins with; nothing where its first figure stands too far behind."""
    given = sentences(block) if isinstance(block, Passage) else ()
    if not given:
        return Item([])
    one = given[0]
    at = [each for each in sorted(one.numbers) if one.at(each).kind in (AMOUNT, COUNT)]
    if not at or at[0] > MOST or any(one.at(each).is_vague for each in at):
        return Item([])
    own = [Figure(one.at(each), one.label(each), one, each, one.depth(each)) for each in at]
    first = own[0].one
    counted = first.kind, _unit(own[0])
    return Item([each for each in own if (each.one.kind, _unit(each)) == counted])


def _kinds(item: Item) -> set[tuple[str, str]]:
    return {(one.one.kind, _unit(one)) for one in item.figures}


def _unit(one: Figure) -> str:
    return "" if one.one.kind == AMOUNT else one.one.unit


def _totals(
    document: Document, places: list[int], kind: str, unit: str
) -> list[tuple[list[Figure], bool]]:
    """What the items may make up: the figures that announce them, and the total below."""
    found = []
    above = document.blocks[places[0] - 1] if places[0] else None
    if isinstance(above, Passage) and (one := sentences(above)[-1:]):
        given = figures(one[0], len(one[0].code), [], kind, unit)
        behind = cleaned(above.text).text[given[-1].one.start :] if given else ""
        is_open = pattern("lists", "open").search(one[0].code)
        if not is_open and pattern("lists", "announced").search(behind):
            found.append((given, True))
    below = document.blocks[places[-1] + 1 : places[-1] + 2]
    if below and isinstance(below[0], Passage) and (given := _summed(below[0], kind, unit)):
        found.append((given, False))
    return found


def _summed(passage: Passage, kind: str, unit: str) -> list[Figure]:
    given = sentences(passage)
    if not given or not pattern("lists", "summed").match(given[0].code):
        return []
    return figures(given[0], len(given[0].code), [], kind, unit)[-1:]


def _judged(items: list[Item], given: list[Figure], is_above: bool) -> Statement | None:
    """What holds with the figures in some one place of each item; wrong where each has one only."""
    least = min(len(item.figures) for item in items)
    columns = [[item.figures[at] for item in items] for at in range(least)]
    for column in columns:
        for total in given:
            if _holds(total, column):
                return told_of(total, column)
    is_single = all(len(item.figures) == 1 for item in items)
    value = spread([one.one for one in columns[0]])[0]
    slip = next((one for one in given if is_slip(one.one.value, value)), None)
    if slip is not None:
        return told_of(slip, columns[0])
    if not is_single or len(given) != 1 or (is_above and given[0].one.is_vague):
        return None
    return told_of(given[0], columns[0])


def _holds(total: Figure, parts: list[Figure]) -> bool:
    return verdict(total.one, *spread([one.one for one in parts])) != NO


def told_of(total: Figure, parts: list[Figure]) -> Statement:
    """What is said of a total and its parts, wherever they stand."""
    kind = "sum" if total.one.kind == AMOUNT else "count"
    quote = total.sentence.clause(total.at)
    made = added(kind, quote, total.one, [one.one for one in parts])
    return made._replace(at=-1, others=tuple(one.sentence.clause(one.at) for one in parts))
