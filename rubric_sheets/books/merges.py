"""Inputs that merged cells hide: someone merged over them after the workbook was made."""

from __future__ import annotations

from functools import lru_cache

from ..facts.model import Place
from ..findings.finding import Finding, finding
from ..places.addresses import Area, area_text
from ..places.addresses import area as area_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .source import Source


class Merges:
    """Inputs that someone's merged cells hide. A merge shows its first cell only: what stands in the others,
    or ought to, nobody sees."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.covers: dict[str, dict[tuple[int, int], Area]] = {}
        self.large: dict[str, list[Area]] = {}
        self.hidden: dict[tuple[str, Area], list[tuple[str, Place]]] = {}

    def hides(self, place: Place, name: str) -> bool:
        """Is the cell inside of a merge, and not its first? Then it is kept for the findings."""
        sheet, row, column = place
        covers = self.covers.get(sheet)
        if covers is None:
            covers, self.large[sheet] = self.source.merges(sheet)
            self.covers[sheet] = covers
        area = covers.get((row, column))
        for large in self.large[sheet]:
            if large.covers(row, column) and (large.first_row, large.first_col) != (row, column):
                area = large
        if area is not None:
            self.hidden.setdefault((sheet, area), []).append((name, place))
        return area is not None

    def findings(self) -> list[Finding]:
        """One for each merge, at the first input that it hides."""
        found = []
        for (_, area), inputs in self.hidden.items():
            names = "、".join(f"“{name}”({place.cell})" for name, place in inputs[:4])
            names += f" 等 {len(inputs)} 格" if len(inputs) > 4 else ""
            first = inputs[0][1]
            found.append(
                finding("cell-merged", first.sheet, first.cell, names=names, actual=area_text(area))
            )
        return found


Hidden = tuple[dict[tuple[int, int], Area], list[Area]]


def in_part(data: bytes) -> Hidden:
    """What the merges of a worksheet part hide."""
    return _hidden_in(merge_cells(data))


@lru_cache(maxsize=1 << 7)  # workbooks of one template share it
def _hidden_in(raw: bytes) -> Hidden:
    return hidden_by(areas_of(raw))


def merge_cells(data: bytes) -> bytes:
    """`<mergeCells>` ([ECMA-376] 18.3.1.55) of a worksheet part, without its end; empty where there is none."""
    start = data.rfind(b"<mergeCells")
    return data[start : data.find(b"</mergeCells", start)] if start >= 0 else b""


def areas_of(raw: bytes) -> list[Area]:
    """The rectangles of `<mergeCells>`."""
    areas = []
    for piece in raw.split(b"<mergeCell ")[1:]:
        at = piece.find(b"ref=") + 5
        try:
            areas.append(area_of(piece[at : piece.index(piece[at - 1 : at], at)].decode()))
        except ValueError:
            continue  # no rectangle: spreadsheet programs drop it too
    return areas


def hidden_by(areas: Iterable[Area]) -> Hidden:
    """Merged areas → (cell → the merge that hides it, merges too large to list)."""
    covers: dict[tuple[int, int], Area] = {}
    large = []
    for area in areas:
        if (area.last_row - area.first_row + 1) * (area.last_col - area.first_col + 1) > 1000:
            large.append(area)
            continue
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_col, area.last_col + 1):
                covers[row, column] = area
        del covers[area.first_row, area.first_col]
    return covers, large
