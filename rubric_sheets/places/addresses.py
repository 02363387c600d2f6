"""Cell addresses: `C6`, `$A$1:$B$2`, and the rectangle they stand for.
Rows and columns count from 1."""

from __future__ import annotations

from functools import lru_cache

from ..records import Record

LAST_ROW = 1_048_576  # [ECMA-376] 18.2.27, the limits of Excel's grid
LAST_COL = 16_384
MAX_ROWS = 5_000  # of one table: a name that covers a whole column is no table


class Area(Record):
    """One rectangle of one sheet, both ends included. `sheet` is the name without quotes."""

    sheet: str
    first_row: int
    first_col: int
    last_row: int
    last_col: int

    @property
    def is_cell(self) -> bool:
        return self.first_row == self.last_row and self.first_col == self.last_col

    @property
    def is_table(self) -> bool:
        return self.last_row - self.first_row <= MAX_ROWS

    def covers(self, row: int, col: int) -> bool:
        return self.first_row <= row <= self.last_row and self.first_col <= col <= self.last_col


@lru_cache(maxsize=1 << 10)
def letters(col: int) -> str:
    """1 → "A", 28 → "AB". ValueError outside of the grid."""
    if not 1 <= col <= LAST_COL:
        raise ValueError(f"no column {col}")
    text, rest = "", col
    while rest:
        rest, digit = divmod(rest - 1, 26)
        text = chr(65 + digit) + text
    return text


@lru_cache(maxsize=1 << 10)
def column(text: str) -> int:
    """A → 1, AB → 28. ValueError for what is no column."""
    number = 0
    for sign in text:
        if not "A" <= sign <= "Z":
            raise ValueError(f"no column {text!r}")
        number = number * 26 + ord(sign) - 64
    if not 1 <= number <= LAST_COL:
        raise ValueError(f"no column {text!r}")
    return number


@lru_cache(maxsize=1 << 14)  # the workbooks of one rubric have the same cells
def ref(row: int, col: int) -> str:
    """(6, 3) → "C6". ValueError outside of the grid."""
    check(row, col)
    return letters(col) + str(row)


def check(row: int, col: int) -> None:
    """ValueError outside of the grid."""
    if not (1 <= row <= LAST_ROW and 1 <= col <= LAST_COL):
        raise ValueError(f"no cell in row {row}, column {col}")


def checked_row(row: int) -> int:
    """The row. ValueError outside of the grid."""
    check(row, 1)
    return row


def cell(text: str) -> tuple[int, int]:
    """C6, $C$6 or C06 → (6, 3), row first. ValueError for anything else: `C$`, `$$C6`, `Ｃ６`."""
    plain = text.removeprefix("$")
    name = plain.rstrip("0123456789")
    row = int(plain[len(name) :] or "0")
    if not 1 <= row <= LAST_ROW:
        raise ValueError(f"no cell {text!r}")
    return row, column(name.removesuffix("$"))


def area(text: str, sheet: str = "") -> Area:
    """C6, $A$1:$B$2, A:C or 1:3 → Area. ValueError for anything else, such as a union."""
    first, colon, last = text.replace("$", "").partition(":")
    if not colon:
        row, col = cell(first)
        return Area(sheet, row, col, row, col)
    if first.isalpha() and last.isalpha():
        return _ordered(sheet, 1, column(first), LAST_ROW, column(last))
    if first.isdigit() and last.isdigit():
        row, end = int(first), int(last)
        if not (1 <= row <= LAST_ROW and 1 <= end <= LAST_ROW):
            raise ValueError(f"no rows {text!r}")
        return _ordered(sheet, row, 1, end, LAST_COL)
    return _ordered(sheet, *cell(first), *cell(last))


def _ordered(sheet: str, row: int, col: int, end_row: int, end_col: int) -> Area:
    return Area(sheet, min(row, end_row), min(col, end_col), max(row, end_row), max(col, end_col))


def area_text(box: Area) -> str:
    """Area → "A1" or "A1:B2", as `<dimension ref>` wants it."""
    first = ref(box.first_row, box.first_col)
    return first if box.is_cell else f"{first}:{ref(box.last_row, box.last_col)}"
