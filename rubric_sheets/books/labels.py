"""Labels beside the cells that people fill in: where one stands that belongs to another cell, rows
or columns were moved under the names, or the labels were exchanged.

Only a label that is known decides: people reword theirs, and nothing is said of that.
"""

from __future__ import annotations

from functools import lru_cache

from ..facts.model import Place
from ..findings.finding import Finding, finding
from ..places import headings
from ..rubric.once import once

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
    texts, found = _Texts(source), []
    labels, known = _of_facts(rubric)
    for name, label in labels.items():
        place = places.get(name)
        if place is not None:
            found += _told(place, label, known.first(texts.near(place), label))
    levels, known = _of_indicators(rubric)
    for id_, level in levels.items():
        place = rows.get(id_)
        if place is not None:
            found += _told(place, level, known.first(texts.at(place), level))
    return found


@once
def _of_facts(rubric: Rubric) -> tuple[dict[str, str], _Known]:
    """Fact → its label, of those that have one beside them, and the labels by what they mean."""
    facts = {name: spec for name, spec in rubric["facts"].items() if spec["kind"] in KINDS}
    labels = {name: spec.get("label", name) for name, spec in facts.items()}
    return labels, _known(tuple(labels.values()))


@once
def _of_indicators(rubric: Rubric) -> tuple[dict[str, str], _Known]:
    """Indicator → its name, of those that the unit does not name itself, and the names of all."""
    levels = {spec["id"]: spec["levels"][-1] for spec in rubric["indicators"]}
    fixed = [spec["id"] for spec in rubric["indicators"] if "weight_fact" not in spec]
    return {id_: levels[id_] for id_ in fixed}, _known(tuple(levels.values()))


class _Known:
    """All labels of one kind, as people may write them."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.meant = {label: headings.meaning(label) for label in labels}
        self.plain = set(self.meant.values())

    def first(self, texts: Iterable[str], own: str) -> str:
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


class _Texts:
    """The texts of a workbook's cells, each looked up once: the facts of one row have the same
    cells to their left."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.rows: dict[tuple[str, int], dict[int, str]] = {}  # (sheet, row) → column → text

    def near(self, place: Place) -> Iterator[str]:
        """Those to the left of a cell, from it outwards, then those above it."""
        sheet, row, column = place
        beside = self.rows.setdefault((sheet, row), {})
        for left in range(column - 1, 0, -1):
            text = beside.get(left)
            if text is None:
                text = beside[left] = self._text(sheet, row, left)
            if text:
                yield text
        for up in range(row - 1, max(row - ABOVE, 1) - 1, -1):
            if text := self._text(sheet, up, column):
                yield text

    def at(self, place: Place) -> tuple[str, ...]:
        """That of one cell, if it has one."""
        text = self._text(*place)
        return (text,) if text else ()

    def _text(self, sheet: str, row: int, column: int) -> str:
        cell = self.source.cell(sheet, row, column)
        return cell.text.strip() if cell is not None and cell.kind == "text" else ""


def _told(place: Place, label: str, other: str) -> list[Finding]:
    if not other:
        return []
    return [finding("label-moved", *place.address, name=label, actual=other)]
