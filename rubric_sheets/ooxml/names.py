"""Defined names that stand for cells ([ECMA-376] 18.2.5 definedName)."""

from __future__ import annotations

from collections.abc import Container

from . import markup, refs


def defined_names(raw: bytes, sheets: Container[str]) -> tuple[dict[str, refs.Area], set[str]]:
    """Content of `<definedNames>` → names by area, and the names that are lost (#REF!).

    Ignored: names of one sheet only, built-in names (`_xlnm.…`), constants, formulas, unions, other books."""
    areas: dict[str, refs.Area] = {}
    lost: set[str] = set()
    for piece in raw.split(b"<definedName")[1:]:
        # a comment= attribute may hold a ">", so the tag's end is not simply the first one
        inner = markup.tag_end(piece, 0)
        if piece[inner - 2] == 47:
            continue
        found = markup.attributes(piece[: inner - 1])
        name = markup.unescape(found[b"name"])
        if b"localSheetId" in found or name.startswith("_xlnm."):
            continue
        target = markup.unescape(piece[inner : piece.index(b"<", inner)]).strip()
        if "#REF!" in target:
            lost.add(name)
            continue
        area = _area(target, sheets)
        if area is not None:
            areas[name] = area
    return areas, lost


def _area(target: str, sheets: Container[str]) -> refs.Area | None:
    sheet, mark, cells = target.lstrip("=").rpartition("!")
    if not mark:
        return None
    if sheet[:1] == "'" and sheet[-1:] == "'":
        sheet = sheet[1:-1].replace("''", "'")
    if sheet not in sheets:
        return None
    try:
        return refs.area(cells, sheet)
    except ValueError:
        return None
