"""Writes a report in which every figure that follows from others is known, so that one of them can
be made wrong."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ..documents import Block

HUNDRED = Decimal(100)


class Site(NamedTuple):
    """A figure that follows from others: its class, and what stands there."""

    kind: str
    text: str


class Writer:
    """The same seed writes the same report; `wrong`: the number of the figure that is altered."""

    def __init__(self, seed: int, wrong: int | None = None) -> None:
        self.random = random.Random(seed)
        self.other = random.Random(f"{seed}/{wrong}")
        self.wrong = wrong
        self.sites: list[Site] = []
        self.year = self.random.randrange(2012, 2025)

    def pick(self, *given: str) -> str:
        return self.random.choice(given)

    def amount(self, low: int, high: int, places: int = 2) -> Decimal:
        """Any amount; its last place is no zero."""
        whole = self.random.randrange(low, high)
        if not places:
            return Decimal(whole)
        part = self.random.randrange(1, 10**places)
        return Decimal(whole) + Decimal(part - (part % 10 == 0)) / 10**places

    def count(self, low: int, high: int) -> Decimal:
        return Decimal(self.random.randrange(low, high))

    def split(self, total: Decimal, parts: int) -> list[Decimal]:
        """Parts of different size that add up to a total."""
        step = Decimal(1).scaleb(total.as_tuple().exponent)  # type: ignore[arg-type]
        shares = [self.random.uniform(1, 4) for _ in range(parts)]
        found = [
            (total * Decimal(share / sum(shares))).quantize(step, ROUND_HALF_UP)
            for share in shares[1:]
        ]
        return [total - sum(found), *found]

    def follows(self, kind: str, value: Decimal, places: int | None = None) -> str:
        """The text of a figure that others determine; altered where it is the wrong one."""
        text = shown(value if places is None else rounded(value, places))
        if self.wrong == len(self.sites):
            text = self.altered(text)
        self.sites.append(Site(kind, text))
        return text

    def chosen(self, kind: str, right: str, wrong: str) -> str:
        """Words that others determine."""
        text = wrong if self.wrong == len(self.sites) else right
        self.sites.append(Site(kind, text))
        return text

    def altered(self, text: str) -> str:
        """As people go wrong: a digit mistyped, two exchanged, a point moved."""
        value = Decimal(text)
        ways = [self.mistyped(text), self.mistyped(text), swapped(text), shown(value * 10)]
        differ = [one for one in ways if is_far(Decimal(one), value)]
        return self.other.choice(differ)

    def mistyped(self, text: str) -> str:
        places = [at for at, sign in enumerate(text) if sign.isdigit()][:3]
        at = self.other.choice(places)
        digit = str((int(text[at]) + self.other.randrange(2, 9)) % 10 or 7)
        return text[:at] + digit + text[at + 1 :]


def swapped(text: str) -> str:
    """Two neighbouring figures exchanged."""
    for at in range(len(text) - 1):
        if text[at : at + 2].isdigit() and text[at] != text[at + 1] and text[at + 1] != "0":
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return shown(Decimal(text) * 10)


def is_far(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) > max(abs(other) / 50, Decimal("0.2"))


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def shown(value: Decimal) -> str:
    """Without an exponent; whole numbers without a point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(text: str) -> str:
    """1234567.8 → 1,234,567.8."""
    whole, point, part = text.partition(".")
    return f"{int(whole):,}{point}{part}"


def percent(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole * HUNDRED


def grade(total: Decimal) -> tuple[str, str]:
    """The grade of a total, and one that it is not."""
    for least, name, other in ((90, "优", "良"), (80, "良", "优"), (60, "中", "良")):
        if total >= least:
            return name, other
    return "差", "良"


def listed(names: Sequence[str], values: Sequence[str], unit: str, sign: str) -> str:
    return sign.join(f"{name}{value}{unit}" for name, value in zip(names, values))


__all__ = [
    "Block", "Site", "Writer", "grade", "grouped", "listed", "percent", "rounded", "shown",
]  # fmt: skip
