"""A sheet's XML with some cells changed: every other byte of the part stays as it is.

Source: [ECMA-376] 18.3.1.73 row, 18.3.1.13 col, 18.3.1.35 dimension.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..places import addresses as refs
from ..records import Record
from . import markup, render
from .faults import PackageFault
from .sheet import Sheet
from .values import KEEP, Edit

Splice = tuple[int, int, bytes]  # from, to, what stands there now


class Row(Record):
    """A `<row>`: start tag from `start` to `inner`; new cells at its end go to `stop`;
    `end` is behind it."""

    number: int
    start: int
    inner: int
    stop: int
    end: int


def patched(
    sheet: Sheet,
    edits: Mapping[tuple[int, int], Edit],
    heights: Mapping[int, float],
    more: list[Splice],
) -> tuple[bytes, list[tuple[int, int]]]:
    """Make the edits, by (row, column), the heights of rows in points, and the splices `more`,
    which lie outside of sheetData.

    Gives the part's new bytes, and (row, column) of cells that may stay no longer in the
    calculation chain, because their formula is gone or no longer of its old kind. PackageFault
    unusual for the first cell of a shared or array formula that other cells need."""
    splices = list(more)
    freed: list[tuple[int, int]] = []
    absent: dict[int, list[tuple[int, Edit]]] = {}
    try:
        for (row, col), edit in sorted(edits.items()):
            span = sheet.locate(row, col)
            if span is not None:
                splice = _change(sheet, (row, col), span, edit, freed)
                splices += [splice] if splice else []
            elif edit.value.kind != "blank" or edit.formula not in (KEEP, None):
                absent.setdefault(row, []).append((col, edit))
        if absent or heights:
            splices += _rows_changed(sheet, absent, heights)
        if absent:
            splices += _dimension(sheet, absent)
    except (ValueError, KeyError):
        raise sheet.damaged() from None
    return spliced(sheet.data, splices), freed


def spliced(data: bytes, splices: list[Splice]) -> bytes:
    """The splices made, in any order given; they must not overlap."""
    out, at = [], 0
    for start, end, content in sorted(splices, key=lambda splice: splice[:2]):
        out += [data[at:start], content]
        at = end
    return b"".join((*out, data[at:]))


def _change(
    sheet: Sheet,
    place: tuple[int, int],
    span: tuple[int, int],
    edit: Edit,
    freed: list[tuple[int, int]],
) -> Splice | None:
    old = sheet.cell(*place)
    if old is None or render.is_same(old, edit):
        return None
    raw, address = sheet.scan[span[0] : span[1]], refs.ref(*place)
    if old.formula is not None and edit.formula != KEEP:
        formula = render.formula_of(raw)
        if formula is not None:
            _refuse_shared(sheet, address, formula)
            if edit.formula is None or formula.kind != b"normal":
                freed.append(place)
    return span[0], span[1], render.changed(raw, address, edit, old.formula is not None)


def _refuse_shared(sheet: Sheet, address: str, formula: render.Formula) -> None:
    """Other cells need the first cell of a shared or array formula:
    taking it away would break them."""
    needed = False
    if formula.kind == b"shared" and formula.area:
        body = sheet.scan[sheet.body.inner : sheet.body.end]
        uses = 0
        for node in markup.tags(body, b"f"):
            found = markup.attributes_of(body, node)
            uses += found.get(b"t") == b"shared" and found.get(b"si") == formula.shared
        needed = uses > 1
    elif formula.kind in (b"array", b"dataTable"):
        needed = formula.area.decode().replace("$", "") not in (address, f"{address}:{address}")
    if needed:
        raise PackageFault("unusual", sheet.path, "formula-shared", sheet=sheet.name, cell=address)


def _rows(sheet: Sheet) -> dict[int, Row]:
    """Every row by number, ascending. PackageFault unusual when they are not in order."""
    scan, body = sheet.scan, sheet.body
    found: dict[int, Row] = {}
    number = 0
    for node in markup.tags(scan, b"row", body.inner, body.end):
        if scan.startswith(b'<row r="', node.start):
            text: bytes | None = scan[node.start + 8 : scan.index(b'"', node.start + 8)]
        else:
            text = markup.attributes_of(scan, node).get(b"r")
        last, number = number, int(text) if text else number + 1
        if number <= last:
            raise PackageFault("unusual", sheet.path, "cell-order", part=sheet.part)
        if scan[node.inner - 2] == 47:
            found[number] = Row(number, node.start, node.inner, node.inner, node.inner)
        else:
            stop = scan.index(b"</row", node.inner)
            found[number] = Row(number, node.start, node.inner, stop, scan.index(b">", stop) + 1)
    return found


def _rows_changed(
    sheet: Sheet, absent: dict[int, list[tuple[int, Edit]]], heights: Mapping[int, float]
) -> list[Splice]:
    """New cells in their rows, and new rows, each at its place;
    the heights of those that are there."""
    rows = _rows(sheet)
    defaults = _column_styles(sheet)
    columns = {
        col: _style_of(defaults, col)
        for col in {col for cells in absent.values() for col, _ in cells}
    }
    splices: list[Splice] = []
    fresh: dict[int, list[bytes]] = {}  # offset → whole rows
    for number in sorted({*absent, *heights}):
        row, cells, height = rows.get(number), absent.get(number, []), heights.get(number)
        if row is not None:
            splices += _into_row(sheet, row, cells, columns, height)
        if row is not None or not cells:
            continue
        made = b"".join(
            render.new(refs.ref(number, col), columns[col], edit) for col, edit in cells
        )
        later = next(
            (known.start for known in rows.values() if known.number > number), sheet.body.end
        )
        look = _height(height) if height else b""
        fresh.setdefault(later, []).append(b'<row r="%d"%s>%s</row>' % (number, look, made))
    body = sheet.body
    if fresh and body.inner == body.end and sheet.scan[body.inner - 2] == 47:  # <sheetData/>
        whole = b"".join((b"<sheetData>", *fresh[body.end], b"</sheetData>"))
        return [(body.start, body.end, whole)]
    return splices + [(place, place, b"".join(made)) for place, made in fresh.items()]


def _height(points: float) -> bytes:
    return b' ht="%s" customHeight="1"' % f"{points:g}".encode()


def _into_row(
    sheet: Sheet,
    row: Row,
    cells: list[tuple[int, Edit]],
    columns: dict[int, int],
    height: float | None,
) -> list[Splice]:
    scan = sheet.scan
    found = markup.attributes(scan[row.start + 4 : row.inner - 1].rstrip(b"/"))
    own = int(found.get(b"s", b"0")) if found.get(b"customFormat") in (b"1", b"true") else None
    present = sheet.columns(row.inner, row.stop)
    at_end: list[bytes] = []
    before: dict[int, list[bytes]] = {}
    for col, edit in cells:
        style = columns[col] if own is None else own
        made = render.new(refs.ref(row.number, col), style, edit)
        later = next((at for known, at in present if known > col), None)
        if later is None:
            at_end.append(made)
        else:
            before.setdefault(later, []).append(made)
    splices = [(at, at, b"".join(made)) for at, made in before.items()]
    tag = _start_tag(scan[row.start : row.inner], found, cells, height)
    if row.end == row.inner:  # <row …/>
        return [(row.start, row.end, b"".join((tag[:-2].rstrip(), b">", *at_end, b"</row>")))]
    if tag != scan[row.start : row.inner]:
        splices.append((row.start, row.inner, tag))
    if at_end:
        splices.append((row.stop, row.stop, b"".join(at_end)))
    return splices


def _start_tag(
    tag: bytes, found: dict[bytes, bytes], cells: list[tuple[int, Edit]], height: float | None
) -> bytes:
    """The row's tag with another height. `spans` is a hint that may be absent, but must not be
    wrong: dropped when a new cell lies outside."""
    first, _, last = found.get(b"spans", b"").decode().partition(":")
    within = (
        first.isdigit()
        and last.isdigit()
        and all(int(first) <= col <= int(last) for col, _ in cells)
    )
    gone = [name for name in (b"spans",) if not within] + (
        [b"ht", b"customHeight"] if height else []
    )
    if not height and not found.keys() & gone:
        return tag
    kept = (
        b" %s=%s" % (name, render.quoted(value))
        for name, value in found.items()
        if name not in gone
    )
    end = b"/>" if tag.endswith(b"/>") else b">"
    return b"".join((b"<row", *kept, _height(height) if height else b"", end))


def _column_styles(sheet: Sheet) -> list[tuple[int, int, int]]:
    """First column, last column, style of their empty cells."""
    styles = []
    for node in markup.tags(sheet.scan, b"col", 0, sheet.body.start):
        found = markup.attributes_of(sheet.scan, node)
        style = int(found.get(b"style", b"0"))
        if style:
            styles.append((int(found[b"min"]), int(found[b"max"]), style))
    return styles


def _style_of(columns: list[tuple[int, int, int]], col: int) -> int:
    return next((style for first, last, style in columns if first <= col <= last), 0)


def _dimension(sheet: Sheet, absent: dict[int, list[tuple[int, Edit]]]) -> list[Splice]:
    """The used range grown to hold the new cells, when the sheet states it."""
    for node in markup.tags(sheet.scan, b"dimension", 0, sheet.body.start):
        raw = markup.attributes_of(sheet.scan, node).get(b"ref", b"")
        try:
            box = refs.area(raw.decode())
        except ValueError:
            return []  # a hint only; some programs leave it empty
        rows, cols = list(absent), [col for cells in absent.values() for col, _ in cells]
        if not sheet.is_empty:
            rows += [box.first_row, box.last_row]
            cols += [box.first_col, box.last_col]
        grown = refs.Area("", min(rows), min(cols), max(rows), max(cols))
        at = sheet.scan.index(raw, node.start + len(b"<dimension"))
        return [(at, at + len(raw), refs.area_text(grown).encode())] if grown != box else []
    return []
