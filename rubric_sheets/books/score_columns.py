"""The columns of the 评分表, found by what their headings mean; one that is missing or double is
told."""

from __future__ import annotations

from ..facts.model import Place
from ..findings.finding import Finding, finding
from ..places import headings, slots
from ..places.addresses import Area

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .source import Source

# What the unit's figures and the results stand in: without it they would be blank in silence
NEEDED = (slots.CLAIM, slots.COMPUTED, slots.SCORE, slots.REASON, slots.NOTE)


def score_columns(
    source: Source, header: Area, printed: dict[str, str]
) -> tuple[dict[str, int], list[Finding]]:
    """Kind of slot → column number, in the row of headings; and what is wrong with the row.
    `printed`: kind → its heading on this form."""
    known = headings.columns()
    columns: dict[str, int] = {}
    strange: dict[Place, str] = {}
    found = []
    for number in range(header.first_col, header.last_col + 1):
        at = Place(header.sheet, header.first_row, number)
        cell = source.cell(*at)
        text = cell.text.strip() if cell and cell.kind == "text" else ""
        kind = headings.column_of(text, known)
        if kind in columns and kind in NEEDED:
            first = at._replace(column=columns[kind]).cell
            found.append(
                finding("heading-double", *at.address, name=printed[kind], actual=text, where=first)
            )
        elif text:
            columns[kind] = number
        if kind not in known.values():
            strange[at] = text
    start = Place(header.sheet, header.first_row, header.first_col)
    wanted = {kind: printed[kind] for kind in NEEDED if kind not in columns}
    return columns, found + missing(start, wanted, strange)


def missing(first: Place, wanted: dict[str, str], strange: dict[Place, str]) -> list[Finding]:
    """Headings that are not there, each told at the cell that most likely is the one. `first`: of
    the row of headings; `wanted`: column → heading; `strange`: cells of no known heading."""
    found = []
    for heading in wanted.values():
        at = next(iter(strange), first)
        text = strange.pop(at, "") or "（空）"
        found.append(finding("heading-missing", *at.address, name=heading, actual=text))
    return found
