"""Numbers: from a cell or a text to an exact value, and back. The only place that rounds.

Inside, every amount, ratio and score is a `Fraction`. Binary floats exist only in the
spreadsheet's own file, and are read here at the 15 significant digits that a spreadsheet shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

NOT_APPLICABLE = "不适用"
BLANK_WORDS = frozenset(("无", "/", "／", "\\", "—", "－", "-", "--", "——", "–", "没有", "暂无"))
_FULL_WIDTH = {
    ord(a): b for a, b in zip("０１２３４５６７８９．，－＋％（）　", "0123456789.,-+%() ")
}
MONEY = {"万元": 10_000, "千元": 1_000, "亿元": 100_000_000, "元": 1}  # longer names first
_UNITS = ("人", "个", "平方米", "㎡", "例", "辆", "%")
_DIGITS = frozenset("0123456789")
_NUMBER = _DIGITS | frozenset("+-.eE")

HUNDRED = Fraction(100)
ZERO = Fraction(0)


@lru_cache(1 << 13)  # the same figure stands in many cells, of many workbooks
def from_cell(text: str) -> Fraction:
    """The number of a spreadsheet cell, as its file writes it: `0.87999999999999989` is 0.88.

    Raises ValueError for what is no finite number.
    """
    if len(text) <= 15 and "e" not in text and "E" not in text:
        return plain(text)
    # float() takes `1_000`, `infinity` and digits of other scripts
    if not _NUMBER.issuperset(text):
        raise ValueError(text)
    value = float(text)
    if not float("-inf") < value < float("inf"):
        raise ValueError(text)
    return Fraction(f"{value:.15g}")


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum, in integers: Fraction's own addition costs five times as much,
    and there are hundreds."""
    top, bottom = 0, 1
    for value in values:
        numerator, denominator = value.as_integer_ratio()
        if denominator == bottom:
            top += numerator
        else:
            top, bottom = top * denominator + numerator * bottom, bottom * denominator
    return Fraction(top, bottom)


@lru_cache(4096)  # weights and limits of a rubric are read over and over
def plain(text: str) -> Fraction:
    """A plain decimal such as `-12.50`. Raises ValueError for anything else."""
    digits = text[1:] if text[:1] in ("-", "+") else text
    whole, _, decimals = digits.partition(".")
    both = whole + decimals
    if not both or not _DIGITS.issuperset(both) or len(both) > 40:
        raise ValueError(text)
    value = Fraction(int(both), 10 ** len(decimals))
    return -value if text[0] == "-" else value


def guess(text: str, unit: str) -> Fraction | None:
    """What a person most likely meant by `１，２３４．５ 万元` in a cell of `unit`: only ever a
    suggestion in a message. Money comes in the cell's own unit;
    what is no money is not taken for it."""
    cleaned = text.translate(_FULL_WIDTH).replace(" ", "")
    written = next(
        (word for word in (*MONEY, unit, *_UNITS) if word and cleaned.endswith(word)), ""
    )
    whole, dot, decimals = cleaned.removesuffix(written).partition(".")
    if written != unit and written and (written in MONEY) != (unit in MONEY):
        return None
    first, *groups = whole.split(",")
    if groups and not (
        0 < len(first.lstrip("+-")) < 4 and all(len(group) == 3 for group in groups)
    ):
        return None  # `1,5` may be one and a half
    try:
        value = plain(first + "".join(groups) + dot + decimals)
    except ValueError:
        return None
    return value * MONEY[written] / MONEY[unit] if written in MONEY else value


def from_json(value: object) -> Fraction:
    """A number of a JSON file: an integer, or a decimal as text or as number. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(value)
    if isinstance(value, str):
        return plain(value.strip())
    return plain(str(value)) if isinstance(value, int) else from_cell(repr(value))


def _rounded(value: Fraction, places: int) -> int:
    """|value| × 10^places, half away from zero, as a spreadsheet's ROUND. In integers: this is
    called for every figure that a person reads."""
    numerator, denominator = value.as_integer_ratio()
    top: int = abs(numerator) * 10**places
    return (2 * top + denominator) // (2 * denominator)


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Half away from zero."""
    whole = _rounded(value, places)
    return Fraction(whole if value >= 0 else -whole, 10**places)


def decimals(value: Fraction) -> int | None:
    """How many decimals the value needs, or None where it never ends."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _text(value: Fraction, places: int) -> str:
    whole = _rounded(value, places)
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if whole and value.numerator < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def exact(value: Fraction, places: int = 10) -> str:
    """For machines: all decimals where they end within `places`, otherwise rounded to `places`."""
    numerator, denominator = value.as_integer_ratio()
    if denominator == 1:
        return str(numerator)
    needed = decimals(value)
    if needed is not None and needed <= places:
        return _text(value, needed)
    return _text(value, places)


def agrees(typed: Fraction, value: Fraction) -> bool:
    """Is this the value as people type it: rounded to the decimals typed, to two at least?"""
    if typed == value:
        return True
    places = decimals(typed)
    return typed == (value if places is None else round_half_up(value, max(2, places)))


def show(value: Fraction, places: int = 2) -> str:
    """For people: at most `places` decimals, without trailing zeros."""
    numerator, denominator = value.as_integer_ratio()
    if denominator == 1:
        return str(numerator)
    text = _text(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(ratio: Fraction) -> str:
    """1.0588… → `105.88%`, 1 → `100%`; see `beside_limits`."""
    return beside_limits(ratio * 100) + "%"


def beside_limits(value: Fraction) -> str:
    """As `show`. But limits are round figures: what only comes near one is shown beside it,
    94.9996 as `94.9996`, not as the 95 that would earn more points."""
    text = show(value)
    if value.denominator > 2 and _rounded(value, 2) % 50 == 0:
        digits = (show(value, places) for places in range(3, 11))
        text = next((longer for longer in digits if longer != text), text)
    return text


def for_cell(value: Fraction) -> str:
    """The number as a spreadsheet file stores it: the shortest text of the nearest binary float."""
    number = value.numerator / value.denominator
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
