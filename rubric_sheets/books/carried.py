"""What a workbook still holds of last year's, unconfirmed."""

from __future__ import annotations

from ..findings.finding import Finding, finding
from ..places.names import CARRIED_SHEET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .source import Source

FIRST, NAME, CHECK = 4, 2, 5  # as `pages.carried` has them
MOST = 200  # entries that are looked at
NAMED = 6


def unconfirmed(source: Source) -> list[Finding]:
    """One finding for all of them; nothing for a workbook without that sheet."""
    if CARRIED_SHEET not in source.sheets:
        return []
    source.cell(CARRIED_SHEET, FIRST + MOST, CHECK)  # an open workbook reads it all at once
    names = []
    for row in range(FIRST, FIRST + MOST):
        name, check = (source.cell(CARRIED_SHEET, row, column) for column in (NAME, CHECK))
        if name is None or not name.text:
            break
        if check is None or not check.text:
            names.append(name.text)
    if not names:
        return []
    more = "等" if len(names) > NAMED else ""
    listed = "、".join(f"“{name}”" for name in names[:NAMED]) + more
    return [finding("carried-unconfirmed", CARRIED_SHEET, count=len(names), names=listed)]
