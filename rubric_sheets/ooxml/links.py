"""Links from a cell to another place of the same book ([ECMA-376] 18.3.1.47 hyperlink,
18.3.1.48)."""

from __future__ import annotations

from collections.abc import Mapping

from ..places import addresses as refs
from . import markup
from .patch import Splice
from .sheet import Sheet

# What stands before <hyperlinks> in CT_Worksheet (18.3.1.99)
_BEFORE = frozenset(
    b"sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    b"protectedRanges "
    b"scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
    b"conditionalFormatting dataValidations".split()
)

Links = Mapping[tuple[int, int], tuple[str, str]]  # (row, column) → location, tooltip


def splices(sheet: Sheet, links: Links, within: refs.Area) -> list[Splice]:
    """Replace the internal links inside of `within` by `links`; all others stay as they are.

    A cell with a link to a file or a web page keeps it and gets no second one. Tooltips end after
    255 signs, Excel's limit. ValueError when malformed."""
    scan = sheet.scan
    nodes = markup.children(scan, markup.root_inner(scan))
    box = next((node for node in nodes if node.name == b"hyperlinks"), None)
    kept: list[bytes] = []
    taken: set[tuple[int, int]] = set()
    for node in markup.children(scan, box.inner) if box and scan[box.inner - 2] != 47 else ():
        found = markup.attributes_of(scan, node)
        area = refs.area(found[b"ref"].decode())
        internal = b"location" in found and not any(name.endswith(b":id") for name in found)
        inside = within.covers(area.first_row, area.first_col) and within.covers(
            area.last_row, area.last_col
        )
        if not (internal and inside):
            kept.append(sheet.data[node.start : node.end])
            taken.add((area.first_row, area.first_col))
    kept += [
        _link(row, col, *link)
        for (row, col), link in sorted(links.items())
        if (row, col) not in taken
    ]
    content = b"".join((b"<hyperlinks>", *kept, b"</hyperlinks>")) if kept else b""
    if box is not None:
        return [] if content == sheet.data[box.start : box.end] else [(box.start, box.end, content)]
    if not kept:
        return []
    at = max(node.end for node in nodes if node.name in _BEFORE)
    return [(at, at, content)]


def _link(row: int, col: int, location: str, tooltip: str) -> bytes:
    place = markup.escape_attribute(location)
    tip = b' tooltip="%s"' % markup.escape_attribute(tooltip[:255]) if tooltip else b""
    return b'<hyperlink ref="%s" location="%s"%s display="%s"/>' % (
        refs.ref(row, col).encode(),
        place,
        tip,
        place,
    )
