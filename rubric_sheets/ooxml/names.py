"""Defined names that stand for cells ([ECMA-376] 18.2.5 definedName)."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache

from ..places import addresses as refs
from . import markup


@lru_cache(maxsize=16)  # workbooks of one template have the same names: a batch reads them once
def defined_names(raw: bytes, sheets: tuple[str, ...]) -> tuple[dict[str, refs.Area], set[str]]:
    """Content of `<definedNames>` → areas by name, and the names that are lost (#REF!).

    The results are not to be changed. Ignored: names of one sheet only, built-in names (`_xlnm.…`),
    constants, formulas, unions, other books."""
    areas: dict[str, refs.Area] = {}
    lost: set[str] = set()
    known: dict[str, str] = {}
    plain: dict[bytes, str] = {}
    for piece in raw.split(b"<definedName")[1:]:
        if _regular(piece, areas, plain, sheets):
            continue
        quote = piece.index(b'"', 7) if piece.startswith(b' name="') else 0
        if quote and piece.startswith(b'">', quote):  # by far the most frequent: no other attribute
            name, inner = markup.unescape(piece[7:quote]), quote + 2
        else:
            # a comment= attribute may hold a ">", so the tag's end is not simply the first one
            inner = markup.tag_end(piece, 0)
            if piece[inner - 2] == 47:
                continue
            found = markup.attributes(piece[: inner - 1])
            name = markup.unescape(found[b"name"])
            if b"localSheetId" in found:
                continue
        target = markup.unescape(piece[inner : piece.index(b"<", inner)]).strip()
        if name.startswith("_xlnm."):
            continue
        if "#REF!" in target:
            lost.add(name)
            continue
        area = _area(target, sheets, known)
        if area is not None:
            areas[name] = area
    return areas, lost


def _regular(
    piece: bytes, areas: dict[str, refs.Area], plain: dict[bytes, str], sheets: Container[str]
) -> bool:
    """The form that programs write for a cell or a rectangle: ` name="编制数">'基本情况'!$B$6<`.
    Four times as fast as the general reading; `plain` remembers the sheets' prefixes.
    False for anything else."""
    head, mark, rest = piece.partition(b'">')
    if (
        not mark
        or not head.startswith(b' name="')
        or b"&" in piece
        or b'"' in head[7:]
        or head[7:13] == b"_xlnm."
    ):
        return False
    prefix, mark, cells = rest.partition(b"<")[0].rpartition(b"!$")
    sheet = plain.get(prefix)
    if sheet is None:
        sheet = prefix.decode().strip("'")
        if not mark or prefix.count(b"'") not in (0, 2) or sheet not in sheets:
            return False
        plain[prefix] = sheet
    parts = cells.decode().replace(":", "").split("$")
    if len(parts) not in (2, 4) or cells.count(b":") != len(parts) // 4:
        return False
    try:
        first, row = refs.column(parts[0]), int(parts[1])
        last, end = (refs.column(parts[2]), int(parts[3])) if len(parts) == 4 else (first, row)
    except ValueError:
        return False
    if not (1 <= row <= end <= refs.LAST_ROW and first <= last):
        return False
    areas[head[7:].decode()] = refs.Area(sheet, row, first, end, last)
    return True


def _area(target: str, sheets: Container[str], known: dict[str, str]) -> refs.Area | None:
    """`known` remembers sheet names as they are written in references."""
    prefix, mark, cells = target.rpartition("!")
    sheet = known.get(prefix)
    if sheet is None:
        sheet = prefix.lstrip("=")
        if sheet[:1] == "'" and sheet[-1:] == "'":
            sheet = sheet[1:-1].replace("''", "'")
        if not mark or sheet not in sheets:
            return None
        known[prefix] = sheet
    try:
        if cells.count("$") == 2 and ":" not in cells:
            _, letters, digits = cells.split("$")
            row, col = int(digits), refs.column(letters)
            return refs.Area(sheet, row, col, row, col) if 1 <= row <= refs.LAST_ROW else None
        return refs.area(cells, sheet)
    except ValueError:
        return None
