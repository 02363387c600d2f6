"""Inputs that merged cells hide: someone merged over them after the workbook was made."""

from __future__ import annotations

from ..facts.model import Place
from ..findings.finding import Finding, finding
from ..places.addresses import Area, area_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..rubric.model import FactSpec
    from .source import Source


class Merges:
    """Inputs that someone's merged cells hide. A merge shows its first cell only: what stands in
    the others, or ought to, nobody sees."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.covers: dict[str, dict[tuple[int, int], Area]] = {}
        self.large: dict[str, list[Area]] = {}
        self.hidden: dict[tuple[str, Area], list[tuple[str, Place]]] = {}

    def hides(self, place: Place, spec: FactSpec) -> bool:
        """Is the cell inside of a merge, and not its first? Then it is kept for the findings."""
        sheet, row, column = place
        covers = self.covers.get(sheet)
        if covers is None:
            covers, self.large[sheet] = self.source.merges(sheet)
            self.covers[sheet] = covers
        area = covers.get((row, column))
        if area is None and not self.large[sheet]:
            return False
        for large in self.large[sheet]:
            if large.covers(row, column) and (large.first_row, large.first_col) != (row, column):
                area = large
        if area is not None:
            name = spec.get("label", spec["name"])
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
