"""What tells the spreadsheet program to calculate: the flag in the workbook part,
and the calculation chain.

Source: [ECMA-376] 18.2.2 calcPr, 18.2.27 workbook, 18.6 calculation chain.
"""

from __future__ import annotations

from ..places import addresses as refs
from . import markup
from .book import Book, relations_part
from .patch import Splice, spliced

_BEFORE_CALC_PR = (b"sheets", b"functionGroups", b"externalReferences", b"definedNames")


def recalculating(book: Book) -> bytes:
    """The workbook part with `fullCalcOnLoad` set: a value we changed has others that depend on it.

    ValueError when malformed."""
    nodes = markup.children(book.scan, markup.root_inner(book.scan))
    for node in nodes:
        if node.name == b"calcPr":
            return spliced(book.data, _flagged(book.scan, node))
    at = max(node.end for node in nodes if node.name in _BEFORE_CALC_PR)
    return spliced(book.data, [(at, at, b'<calcPr fullCalcOnLoad="1"/>')])


def _flagged(scan: bytes, node: markup.Node) -> list[Splice]:
    value = markup.attributes_of(scan, node).get(b"fullCalcOnLoad")
    if value in (b"1", b"true"):
        return []
    if value is None:
        at = node.start + len(b"<calcPr")
        return [(at, at, b' fullCalcOnLoad="1"')]
    name = scan.index(b"fullCalcOnLoad", node.start)
    at = scan.index(value, name + len(b"fullCalcOnLoad"))
    return [(at, at + len(value), b"1")]


def without(
    book: Book, freed: dict[str, list[tuple[int, int]]]
) -> tuple[dict[str, bytes], list[str]]:
    """Take cells, by sheet name, out of the calculation chain: Excel "repairs" a book whose chain
    names a cell without a formula. An empty chain goes, with its content type and its relationship.

    Returns parts with new content, and parts to leave out. ValueError when malformed."""
    part = book.part_of_kind("calcChain")
    if part is None:
        return {}, []
    gone = {
        (book.sheet_ids[name], refs.ref(*cell)) for name, cells in freed.items() for cell in cells
    }
    data = book.container.read(part)
    scan = markup.checked(data, b"calcChain", book.path, part)
    splices, left = _entries_dropped(scan, gone)
    if not splices:
        return {}, []
    if left:
        return {part: spliced(data, splices)}, []
    replaced = {}
    for other, root, name, key, value in (
        ("[Content_Types].xml", b"Types", b"Override", b"PartName", "/" + part),
        (relations_part(book.part), b"Relationships", b"Relationship", b"Type", "/calcChain"),
    ):
        stored = book.container.read(other)
        scan = markup.checked(stored, root, book.path, other)
        replaced[other] = spliced(stored, _drops(scan, name, key, value))
    return replaced, [part]


def _entries_dropped(scan: bytes, gone: set[tuple[int, str]]) -> tuple[list[Splice], int]:
    """Splices that drop these (sheetId, address) entries, and the number of entries left.

    An entry without `i` is of the sheet of the one before (18.6.1); where that one goes,
    `i` is filled in."""
    splices: list[Splice] = []
    left = 0
    sheet = stated = (
        0  # the sheet of this entry; the one that a reader of the new part would take it for
    )
    for node in markup.tags(scan, b"c"):
        found = markup.attributes_of(scan, node)
        sheet = int(found.get(b"i", sheet))
        if (sheet, found[b"r"].decode()) in gone:
            end = node.end if scan[node.inner - 2] == 47 else scan.index(b"</c>", node.inner) + 4
            splices.append((node.start, end, b""))
            continue
        left += 1
        if b"i" not in found and stated != sheet:
            at = node.start + 2
            splices.append((at, at, b' i="%d"' % sheet))
        stated = sheet
    return splices, left


def _drops(scan: bytes, name: bytes, key: bytes, ending: str) -> list[Splice]:
    """Takes out the elements whose attribute `key` ends like this."""
    splices: list[Splice] = []
    for node in markup.tags(scan, name):
        value = markup.unescape(markup.attributes_of(scan, node)[key])
        if value.lower().endswith(ending.lower()):
            closed = scan[node.inner - 2] == 47
            end = node.end if closed else scan.index(b">", scan.index(b"</" + name, node.inner)) + 1
            splices.append((node.start, end, b""))
    return splices
