"""Labels beside the cells that people fill in: where one stands that belongs to another cell, rows
or columns were moved under the names, or the labels were exchanged.

Only a label that is known decides: people reword theirs, and nothing is said of that.
"""

from __future__ import annotations

from functools import lru_cache

from ..facts.model import Place
from ..findings.finding import Finding, finding
from ..places import headings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..rubric.model import Rubric
    from .source import Source

KINDS = ("amount", "count", "percent", "text")  # the others stand beside a text of their own
LONG, MANY = 60, 4000  # no label is so long; no more texts are kept in mind
ABOVE = 3  # rows of headings over a column


def moved(
    source: Source, rubric: Rubric, places: Mapping[str, Place], rows: Mapping[str, Place]
) -> list[Finding]:
    """`places`: of the facts; `rows`: indicator → the cell of its name on the 评分表."""
    facts = {name: spec for name, spec in rubric["facts"].items() if spec["kind"] in KINDS}
    labels = {name: spec.get("label", name) for name, spec in facts.items()}
    known = _known(tuple(labels.values()))
    found = []
    for name, label in labels.items():
        place = places.get(name)
        if place is not None:
            found += _told(place, label, known.first(_near(source, place), label))
    levels = {spec["id"]: spec["levels"][-1] for spec in rubric["indicators"]}
    known = _known(tuple(levels.values()))
    for spec in rubric["indicators"]:
        place = rows.get(spec["id"])
        if place is not None and "weight_fact" not in spec:
            level = levels[spec["id"]]
            found += _told(place, level, known.first(_texts(source, (place,)), level))
    return found


class _Known:
    """All labels of one kind, as people may write them."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.meant = {label: headings.meaning(label) for label in labels}
        self.plain = set(self.meant.values())

    def first(self, texts: Iterator[str], own: str) -> str:
        """The first of these texts that is a label; "" where there is none, or where it is the
        cell's own."""
        for text in texts:
            if text == own:
                return ""
            meant = self.meant.get(text)
            if meant is None:
                meant = headings.meaning(text) if len(text) < LONG else ""
                if len(self.meant) < MANY:
                    self.meant[text] = meant
            if meant in self.plain:
                return "" if meant == self.meant[own] else text
        return ""


@lru_cache(maxsize=16)  # the workbooks of one rubric have the same labels, and much the same texts
def _known(labels: tuple[str, ...]) -> _Known:
    return _Known(labels)


def _near(source: Source, place: Place) -> Iterator[str]:
    """The texts to the left of a cell, from it outwards, then those above it."""
    sheet, row, column = place
    yield from _texts(source, (Place(sheet, row, left) for left in range(column - 1, 0, -1)))
    top = max(row - ABOVE, 1)
    yield from _texts(source, (Place(sheet, up, column) for up in range(row - 1, top - 1, -1)))


def _texts(source: Source, places: Iterable[Place]) -> Iterator[str]:
    for place in places:
        cell = source.cell(*place)
        if cell is not None and cell.kind == "text" and cell.text:
            yield cell.text.strip()


def _told(place: Place, label: str, other: str) -> list[Finding]:
    if not other:
        return []
    return [finding("label-moved", *place.address, name=label, actual=other)]
