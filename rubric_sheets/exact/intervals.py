"""Intervals with explicit ends: `[80,90)`, `[90,)`, `(,60)`, `[0,0]`, in full-width signs too; and
those in words that leave no doubt about the ends: `≥90%`, `60%以下（不含）`, `低于60`, `10%以内`,
`第1-3名`, `80%（含）—90%`."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from ..records import Record
from .quantities import plain, show

_SIGNS = {
    ord(a): b for a, b in zip("［］（），【】０１２３４５６７８９．－", "[](),[]0123456789.-")
}
_UNITS = ("%", "％", " ")  # an end is told in percent points with or without the sign


class Interval(Record):
    """None means no bound on that side."""

    low: Fraction | None
    low_closed: bool
    high: Fraction | None
    high_closed: bool

    def holds(self, x: Fraction) -> bool:
        if self.low is not None and (x < self.low or (x == self.low and not self.low_closed)):
            return False
        return self.high is None or x < self.high or (x == self.high and self.high_closed)


@lru_cache(1024)
def parse(text: str) -> Interval:
    """Raises ValueError with a Chinese explanation."""
    cleaned = text.translate(_SIGNS)
    for unit in _UNITS:
        cleaned = cleaned.replace(unit, "")
    if len(cleaned) < 3 or cleaned[0] not in "[(" or cleaned[-1] not in "])":
        from .spoken import in_brackets

        cleaned = in_brackets(text, cleaned)
    if cleaned.count(",") != 1:
        raise ValueError(f"区间“{text}”应写成 [80,90) 的样子：方括号含端点，圆括号不含")
    low, high = cleaned[1:-1].split(",")
    try:
        interval = Interval(
            plain(low) if low else None,
            cleaned[0] == "[",
            plain(high) if high else None,
            cleaned[-1] == "]",
        )
    except ValueError:
        raise ValueError(f"区间“{text}”的端点应为数字") from None
    if interval.low is not None and interval.high is not None:
        empty = interval.low == interval.high and not (interval.low_closed and interval.high_closed)
        if interval.low > interval.high or empty:
            raise ValueError(f"区间“{text}”是空的")
    return interval


def condition(interval: Interval, x: str) -> str:
    """The interval as a spreadsheet condition on an already rounded expression."""
    low, high = interval.low, interval.high
    if low is not None and low == high:
        return f"{x}={show(low, 10)}"
    parts = []
    if low is not None:
        parts.append(f"{x}{'>=' if interval.low_closed else '>'}{show(low, 10)}")
    if high is not None:
        parts.append(f"{x}{'<=' if interval.high_closed else '<'}{show(high, 10)}")
    if not parts:
        return "TRUE"
    return f"AND({','.join(parts)})" if len(parts) == 2 else parts[0]


RANK = "名次"  # the unit of a place in an order: the third is `第3名`


def words(interval: Interval, unit: str) -> str:
    """`80%（含）—90%`, `90%（含）以上`, `低于60%`, `等于0%`, `第1—3名`."""
    low, high = interval.low, interval.high
    if unit == RANK and (low is None or interval.low_closed):
        return _ranks(interval)
    if low is not None and low == high:
        return f"等于{show(low, 10)}{unit}"
    closed = "（含）"
    if low is None and high is None:
        return "任何值"
    if high is None:
        assert low is not None
        return (
            f"{show(low, 10)}{unit}{closed}以上"
            if interval.low_closed
            else f"大于{show(low, 10)}{unit}"
        )
    if low is None:
        return (
            f"{show(high, 10)}{unit}{closed}以下"
            if interval.high_closed
            else f"低于{show(high, 10)}{unit}"
        )
    lower = f"{show(low, 10)}{unit}{closed if interval.low_closed else ''}"
    return f"{lower}—{show(high, 10)}{unit}{closed if interval.high_closed else ''}"


def rank(place: Fraction) -> str:
    """`第3名`"""
    return f"第{show(place, 10)}名"


def _ranks(interval: Interval) -> str:
    """Of places in an order: `第1名`, `第1—3名`, `第4名及以后`, `第3名及以前`."""
    low, high = interval.low, interval.high
    if high is None:
        return "任何名次" if low is None else f"{rank(low)}及以后"
    if low is None:
        return f"{rank(high)}{'及以前' if interval.high_closed else '以前'}"
    if low == high:
        return rank(low)
    return f"第{show(low, 10)}—{show(high, 10)}名{'' if interval.high_closed else '（不含）'}"
