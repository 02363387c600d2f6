"""Values between Python and cells, with Excel's habits as xlwings shows them.

Writing (see `encode`): what Excel would do with the same assignment.
  * None, NaN and "" leave the cell empty; numbers of every type become floats (Excel has no
    others).
  * A text that Excel would read as a number ("1.5", "007", "1%"), a date ("2024-01-02",
    "2024年1月2日") or TRUE/FALSE becomes one, "=…" becomes a formula; not in cells formatted as
    text ("@"), and not after a leading apostrophe.
  * Short dates and fractions ("1-2", "3/4", "12:30") stay texts, where Excel would guess; write
    real dates.
  * Numbers written into text cells become text. Dates bring a date format, booleans the boolean
    format. Reading (see `clean`):
  * Numbers are floats; cells with a date format are datetimes; a time-only format gives the
    fraction of a day as a float, as on Excel; booleans are bool.
  * Error values are None, or their text ("#DIV/0!") with err_to_str=True.
  * An empty cell and a formula that returns "" both read as None (`empty=` replaces both): xlwings
    on Excel does the same. Only raw values differ: Excel tells None from "", here both are "".
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple

EPOCH = dt.datetime(1899, 12, 30)
DATE, DATETIME, TIME, DURATION = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss", "[h]:mm:ss"
BOOLEAN, GENERAL = "BOOLEAN", "General"

_NUMBER = re.compile(
    r"[+-]?(?:\d+\.?\d*|\.\d+|\d{1,3}(?:,\d{3})+(?:\.\d*)?)(?:[eE][+-]?\d{1,3})?(%?)", re.ASCII
)
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|年(\d{1,2})月)(\d{1,2})日?"
    r"(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_SUSPICIOUS = re.compile(
    r"\s*(?:[-+=.(（¥￥$€]*\s*\d|=.|true$|false$|[a-z]{3,9}\W+\d)", re.IGNORECASE
)
# LibreOffice's number of an error → its text in an .xlsx file
_ERRORS = {
    501: "#VALUE!",
    502: "#VALUE!",
    503: "#NUM!",
    504: "#VALUE!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


class Kind(Enum):
    """What a number format says about the cell."""

    GENERAL = "general"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    TEXT = "text"
    BOOLEAN = "boolean"


class Serial(float):
    """A date or time as a day number, with the format that makes it one."""

    format: str

    def __new__(cls, number: float, format: str) -> Serial:
        self = super().__new__(cls, number)
        self.format = format
        return self


class CellError(str):
    """An error value, by its text."""

    @classmethod
    def of(cls, code: int) -> CellError:
        """From LibreOffice's number of the error, as `getError()` gives it."""
        return cls(_ERRORS.get(code, "#VALUE!"))


class Cell(NamedTuple):
    """What to put into a cell: a number, text or formula, and a
    format if the present one will not do."""

    content: float | str
    format: str | None = None
    is_formula: bool = False


def serial_of(moment: dt.datetime) -> float:
    """The day number of a moment; time zones are dropped, as xlwings does."""
    return (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)


def moment_of(serial: float, epoch: dt.datetime = EPOCH) -> dt.datetime:
    """The moment of a day number, to the millisecond: beyond that a double has no digits left."""
    return epoch + dt.timedelta(milliseconds=round(serial * 86_400_000))


def prepare(value: Any) -> Any:
    """One Python value as None, bool, float, Serial or str."""
    if value is None or isinstance(value, (bool, str, Serial)):
        return value
    if isinstance(value, dt.datetime):
        has_time = value.time() != dt.time()
        return Serial(serial_of(value), DATETIME if has_time else DATE)
    if isinstance(value, dt.date):
        return Serial(serial_of(dt.datetime(value.year, value.month, value.day)), DATE)
    if isinstance(value, dt.time):
        return Serial(serial_of(dt.datetime.combine(EPOCH, value)), TIME)
    if isinstance(value, dt.timedelta):
        return Serial(value / dt.timedelta(days=1), DURATION)
    if type(value).__name__ == "bool_":  # numpy's, without importing numpy
        return bool(value)
    if hasattr(value, "__float__"):
        number = float(value)
        if math.isnan(number):
            return None
        if math.isinf(number):
            raise ValueError("单元格不能存放无穷大（inf）。请先检查计算过程。")
        return number
    return str(value)


def typed(text: str) -> Cell:
    """A text as Excel takes it when typed into a General cell."""
    if text.startswith("'"):
        return Cell(text[1:])
    if len(text) > 1 and text.startswith("="):
        return Cell(text, is_formula=True)
    bare = text.strip(" ")
    if found := _NUMBER.fullmatch(bare):
        digits = bare.replace(",", "")
        if not found[1]:
            number = float(digits)
            return Cell(number) if math.isfinite(number) else Cell(text)
        # divide the decimal digits, not the float: 7% must be the double nearest to 0.07
        percent = "0.00%" if "." in digits else "0%"
        exact = "e" not in digits.lower()
        return Cell(float(f"{digits[:-1]}e-2") if exact else float(digits[:-1]) / 100, percent)
    if found := _DATE.fullmatch(bare):
        return _typed_date(text, found)
    if bare.upper() in ("TRUE", "FALSE"):
        return Cell(float(bare.upper() == "TRUE"), BOOLEAN)
    return Cell(text)


def _typed_date(text: str, found: re.Match[str]) -> Cell:
    try:
        year, month, day = int(found[1]), int(found[2] or found[3] or found[4]), int(found[5])
        hour, minute, second = (int(found[i] or 0) for i in (6, 7, 8))
        moment = dt.datetime(year, month, day, hour, minute, second)
    except ValueError:  # 2024-02-30 is a text for Excel, too
        return Cell(text)
    if moment < dt.datetime(1900, 3, 1):  # Excel's calendar differs before that
        return Cell(text)
    return Cell(serial_of(moment), DATETIME if found[6] else DATE)


def _general_text(number: float) -> str:
    """A number as Excel's General format writes it into a text cell."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:.15g}"


def _shifted(cell: Cell, epoch: dt.datetime) -> Cell:
    """A date counted from another day 0; times of day and durations are the same everywhere."""
    if epoch == EPOCH or cell.format not in (DATE, DATETIME):
        return cell
    return cell._replace(content=float(cell.content) - (epoch - EPOCH).days)


def encode(value: Any, kind: Kind, epoch: dt.datetime = EPOCH) -> Cell:
    """A prepared value for a cell whose format is of `kind`, in a book whose day 0 is `epoch`."""
    if value is None or value == "":
        return Cell("")
    if isinstance(value, str):
        if kind is Kind.TEXT:
            return Cell(value)
        cell = _shifted(typed(value), epoch)
        needs_format = kind is Kind.GENERAL or (cell.format == BOOLEAN and kind is not Kind.BOOLEAN)
        if kind is Kind.BOOLEAN and isinstance(cell.content, float):
            return cell._replace(format=cell.format or GENERAL)
        return cell if needs_format else cell._replace(format=None)
    if isinstance(value, bool):
        if kind is Kind.TEXT:
            return Cell("TRUE" if value else "FALSE")
        return Cell(float(value), None if kind is Kind.BOOLEAN else BOOLEAN)
    if isinstance(value, Serial):
        fits = kind is Kind.DATE or (kind is Kind.TIME and value.format in (TIME, DURATION))
        cell = _shifted(Cell(float(value), value.format), epoch)
        return cell._replace(format=None) if fits else cell
    if kind is Kind.TEXT:
        return Cell(_general_text(value))
    return Cell(float(value), GENERAL if kind is Kind.BOOLEAN else None)


def suspicious(text: str) -> bool:
    """May LibreOffice take this text for a number, a date or a formula, in some language?"""
    return _SUSPICIOUS.match(text) is not None


def needs_kind(value: Any) -> bool:
    """Does what is written depend on the cell's format? Plain texts and empty cells do not."""
    if isinstance(value, str):
        return suspicious(value) or typed(value) != Cell(value)
    return value is not None


def decode(value: Any, kind: Kind, epoch: dt.datetime = EPOCH) -> Any:
    """A cell's raw number as its format shows it."""
    if not isinstance(value, float):
        return value
    if kind is Kind.BOOLEAN:
        return bool(value)
    if kind is Kind.DATE:
        try:
            return moment_of(value, epoch)
        except (OverflowError, ValueError):  # beyond the year 9999: only the number is left
            return value
    return value


def clean(
    value: Any,
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> Any:
    """A decoded value as the caller's options want it."""
    if isinstance(value, CellError):
        return str(value) if err_to_str else None
    if value is None or value == "":
        return empty_as
    if isinstance(value, dt.datetime):
        if datetime_builder is dt.datetime:
            return value
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return datetime_builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
    if number_builder is not None and type(value) is float:
        return number_builder(value)
    return value
