"""One slip of the pen: a figure mistyped, two exchanged, a point moved."""

from __future__ import annotations

from fractions import Fraction

TEN = Fraction(10)


def is_slip(printed: Fraction, due: Fraction, least: int = 4) -> bool:
    """Are two figures one slip apart? `least`: significant figures below which chance does that
    too often."""
    if printed == due or printed * due <= 0:
        return False
    one, other = _digits(abs(printed), abs(due))
    if min(len(one.strip("0")), len(other.strip("0"))) < least:
        return False
    if abs(printed) in (abs(due) * TEN, abs(due) / TEN):
        return True
    if len(one) != len(other):
        return False
    apart = [at for at, (a, b) in enumerate(zip(one, other)) if a != b]
    if len(apart) == 1:
        return True
    return len(apart) == 2 and apart[0] + 1 == apart[1] and _crossed(one, other, apart[0])


def _crossed(one: str, other: str, at: int) -> bool:
    return one[at] == other[at + 1] and one[at + 1] == other[at]


def _digits(one: Fraction, other: Fraction) -> tuple[str, str]:
    """The digits of both, on the same number of places."""
    scale = 1
    while scale < 10**8 and ((one * scale).denominator > 1 or (other * scale).denominator > 1):
        scale *= 10
    return str(int(one * scale)), str(int(other * scale))
