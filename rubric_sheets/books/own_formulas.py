"""Is the formula of a total the template's own, or has the unit put its own formula there?

A total's formula is the template's where it adds up, and takes off, just the cells that the
template's does, however a program writes it: `C8,D8,E8` or `C8:E8`, with $ or without, with spaces.
All else is the unit's own, whatever it begins with: it stays, and its value is one that was typed.
"""

from __future__ import annotations

from functools import lru_cache

from ..exact.written import sum_of_filled
from ..places.addresses import Area, area

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    CellAt = tuple[str, int, int]  # sheet, row, column
    Signed = dict[CellAt, int]  # 1 added, -1 taken off

MAX_CELLS = 20_000  # of one formula: a whole column is no part of a template's


def is_sum_of(formula: str, text: str, sheet: str, cells: Iterable[tuple[int, int]]) -> bool:
    """Does it add up just these cells of `sheet`, (row, column)?
    `text`: how a new workbook writes them."""
    if formula == sum_of_filled(text):
        return True
    return signed_cells(formula, sheet) == {(sheet, row, col): 1 for row, col in cells}


def is_difference(formula: str, sheet: str, parts: Collection[tuple[int, str, int]]) -> bool:
    """Does it add and take off one cell of each of these columns, (sign, sheet, column)? On its own
    sheet and on others: which row stands for the same institution there, the template knows."""
    found = signed_cells(formula, sheet)
    if found is None or len(found) != len(parts):
        return False
    wanted = sorted((where, column, sign) for sign, where, column in parts)
    return sorted((where, column, sign) for (where, _, column), sign in found.items()) == wanted


def is_same(formula: str, text: str, sheet: str) -> bool:
    """Is it this formula of a new workbook, as another program may write it?"""
    own = f"'{sheet}'!"
    return _plain(formula).replace(own, "") == _plain(text).replace(own, "")


def is_claimed_sum(
    formula: str,
    sheet: str,
    column: int,
    plus: Collection[int],
    minus: Collection[int],
    others: Collection[int],
) -> bool:
    """Does it add up a column's cells in the rows `plus`, without those in `minus`? Blank rows
    between them may be in it, `others` may not."""
    found = signed_cells(formula, sheet)
    if found is None or any(at[0] != sheet or at[2] != column for at in found):
        return False
    rows = {row: sign for (_, row, _), sign in found.items()}
    right = all(rows.get(row) == 1 for row in plus) and all(rows.get(row) == -1 for row in minus)
    return right and not any(row in rows for row in others)


def is_broken(formula: str) -> bool:
    """A total of the template whose cells were deleted."""
    return "#REF!" in formula and _plain(formula).startswith("IF(COUNT(")


def signed_cells(formula: str, sheet: str) -> Signed | None:
    """The cells that a guarded total adds and takes off; None where it is none, or where it counts
    other cells than it adds."""
    read = _read(formula)
    if read is None:
        return None
    guarded, terms = read
    out: Signed = {}
    for sign, areas in terms:
        for one in areas:
            for at in _cells(one, sheet):
                if at in out:
                    return None
                out[at] = sign
    added = {at for at, sign in out.items() if sign > 0}
    counted = {at for one in guarded for at in _cells(one, sheet)}
    single = all(len(areas) == 1 and areas[0].is_cell for _, areas in terms)
    return out if counted == added or (single and counted == out.keys()) else None


def _cells(one: Area, sheet: str) -> list[CellAt]:
    where = one.sheet or sheet
    rows, columns = (
        range(one.first_row, one.last_row + 1),
        range(one.first_col, one.last_col + 1),
    )
    return [(where, row, column) for row in rows for column in columns]


@lru_cache(maxsize=1 << 11)  # the workbooks of one rubric have the same formulas
def _read(formula: str) -> tuple[list[Area], list[tuple[int, list[Area]]]] | None:
    """What is counted, and the terms with their signs."""
    head, _, rest = _plain(formula).partition('"",')
    if not head.startswith("IF(COUNT(") or not rest.endswith(")"):
        return None
    counted, _, test = head.removeprefix("IF(COUNT(").rpartition(")")
    try:
        guarded, terms = _areas(counted), _terms(rest[:-1])
    except ValueError:
        return None
    of_single_cells = test == f"<{len(guarded)},"
    if test != "=0," and not of_single_cells:
        return None
    size = sum(
        (one.last_row - one.first_row + 1) * (one.last_col - one.first_col + 1)
        for one in (*guarded, *(part for _, areas in terms for part in areas))
    )
    return (guarded, terms) if size <= MAX_CELLS else None


def _terms(text: str) -> list[tuple[int, list[Area]]]:
    """`SUM(C8:E8)-SUM(F8)` or `C8-D8`, with their signs. ValueError for anything else."""
    terms = []
    for part in _parts(text, "+-"):
        sign, body = (-1, part[1:]) if part[0] == "-" else (1, part.removeprefix("+"))
        if body.startswith("SUM(") and body.endswith(")"):
            terms.append((sign, _areas(body[4:-1])))
        else:
            terms.append((sign, [_area(body)]))
    return terms


def _areas(text: str) -> list[Area]:
    return [_area(part.removeprefix(",")) for part in _parts(text, ",")]


def _area(text: str) -> Area:
    """`C8:E8`, `'收支表'!C8`. ValueError for anything else."""
    sheet, mark, cells = text.rpartition("!")
    if not mark and "." in text:  # as LibreOffice writes it
        sheet, _, cells = text.rpartition(".")
    return area(cells, sheet.strip("'").replace("''", "'"))


def _parts(text: str, signs: str) -> list[str]:
    """The text cut before each of the signs that stands outside of quotes and brackets;
    ValueError where a part is empty."""
    parts, start, depth, quoted = [], 0, 0, False
    for at, sign in enumerate(text):
        if sign == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign in signs and depth == 0 and at > start:
            parts.append(text[start:at])
            start = at
    parts.append(text[start:])
    if not all(part.strip(signs) for part in parts):
        raise ValueError(text)
    return parts


def _plain(formula: str) -> str:
    """Without what programs write differently: spaces, $, the case, the sign between arguments.
    Names of sheets stay as they are."""
    out = []
    for number, piece in enumerate(formula.split("'")):
        if number % 2:
            out.append(f"'{piece}'")
        else:
            out.append("".join(piece.split()).replace("$", "").replace(";", ",").upper())
    return "".join(out)
