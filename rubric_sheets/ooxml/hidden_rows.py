"""Rows that a filter or a person has hidden, shown again.

Source: [ECMA-376] 18.3.1.73 row, 18.3.1.2 autoFilter, 18.3.1.82 sheetPr.
"""

from __future__ import annotations

import re

from ..places import addresses as refs
from . import markup
from .patch import Splice, spliced
from .sheet import Sheet

_HIDDEN = rb"\s+hidden\s*=\s*(?:\"(?:1|true)\"|'(?:1|true)')"
_FILTERED = rb"\s+filterMode\s*=\s*(?:\"[^\"]*\"|'[^']*')"


def shown(sheet: Sheet, data: bytes, first: int, last: int) -> bytes:
    """`data`, the part of this sheet, perhaps changed: none of the rows `first` to `last` is hidden
    any longer, and a filter over them has its arrows, but no condition. The same bytes where no
    such row is hidden. PackageFault truncated, unusual."""
    if b"hidden" not in data:
        return data
    scan = markup.checked(data, b"worksheet", sheet.path, sheet.part)
    try:
        splices = _rows(scan, first, last)
        if splices:
            splices += _filters(scan, first, last)
    except (ValueError, KeyError):
        raise sheet.damaged() from None
    return spliced(data, splices)


def _rows(scan: bytes, first: int, last: int) -> list[Splice]:
    """The attribute taken out of each row's tag."""
    splices: list[Splice] = []
    number = 0
    for node in markup.tags(scan, b"row"):
        text = markup.attributes_of(scan, node).get(b"r")
        number = int(text) if text else number + 1
        if first <= number <= last:
            splices += _without(_HIDDEN, scan, node)
    return splices


def _filters(scan: bytes, first: int, last: int) -> list[Splice]:
    """The conditions of the sheet's filter, if it lies over these rows."""
    nodes = {node.name: node for node in markup.children(scan, markup.root_inner(scan))}
    node = nodes.get(b"autoFilter")
    if node is None:
        return []
    area = refs.area(markup.attributes_of(scan, node)[b"ref"].decode())
    if area.last_row < first or area.first_row > last:
        return []
    settings = nodes.get(b"sheetPr")
    splices = _without(_FILTERED, scan, settings) if settings else []
    if node.end != node.inner:
        splices.append((node.inner - 1, node.end, b"/>"))
    return splices


def _without(attribute: bytes, scan: bytes, node: markup.Node) -> list[Splice]:
    found = re.compile(attribute).search(scan, node.start, node.inner)
    return [(found.start(), found.end(), b"")] if found else []
