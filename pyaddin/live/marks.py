"""Findings as notes on the cells that they name.

Ours begin with 【校验】; people's own notes stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection

from rubric_sheets.findings.finding import Finding
from rubric_sheets.places.addresses import cell as address

from ..hosts.cells import Place

PREFIX = "【校验】"
MOST = 200  # notes of one run: beyond that nobody reads them, and each costs a call


def wanted(findings: list[Finding], sheets: Collection[str]) -> dict[Place, str]:
    """The note of each cell that errors or warnings name; several
    of one cell stand below each other."""
    found: dict[Place, str] = {}
    for one in findings:
        if one.severity == "note" or not one.cell or one.sheet not in sheets:
            continue
        place = (one.sheet, *address(one.cell))
        text = f"{one.message}{one.fix}"
        if place in found:
            found[place] += "\n" + text
        elif len(found) < MOST:
            found[place] = PREFIX + text
    return found


def changes(present: dict[Place, str], wanted: dict[Place, str]) -> dict[Place, str | None]:
    """Which notes to write and (None) to delete."""
    out: dict[Place, str | None] = {}
    for place, text in present.items():
        if text.startswith(PREFIX) and wanted.get(place) != text:
            out[place] = wanted.get(place)
    out.update({place: text for place, text in wanted.items() if place not in present})
    return out
