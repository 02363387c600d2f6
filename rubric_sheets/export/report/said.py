"""Facts as a report says them: `352.82`, `95%`, `比上年减少 0.68 万元，下降 56.44%`."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from ...checks.evaluation import Evaluation
from ...exact.quantities import exact, percent, show
from ...facts.model import Value
from ...rubric.statuses import OK
from ...scoring.ratios import ratio

KEPT = "\n"  # of all control characters
CENTS = 2  # decimals of an amount


def clean(text: str) -> str:
    """What a file may hold: no control characters, no halves of characters, no private ones."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        char for char in lines if char in KEPT or unicodedata.category(char)[0] != "C" or char == "‍"
    )


def words(value: Value, kind: str = "amount") -> str:
    """One value of a kind of fact; "" for a blank."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if kind == "percent":
        return percent(value)
    return money(value) if kind == "amount" else exact(value)


def money(value: Fraction) -> str:
    """An amount with all that it has, two decimals at least: those of a column are alike."""
    whole, _, decimals = exact(value).partition(".")
    return f"{whole}.{decimals.ljust(CENTS, '0')}" if value else whole


class Figures:
    """What one unit's figures are, by the names of facts and ratios."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.facts = evaluation.facts
        self.specs = evaluation.rubric["facts"]
        self.ratios = evaluation.rubric["ratios"]

    def text(self, name: str) -> str:
        """A fact or a ratio in words; "" where it is not known."""
        if name in self.ratios and name not in self.specs:
            found = ratio(name, self.ratios[name]["formula"], self.facts)
            return percent(found.value) if found.status == OK and found.value is not None else ""
        if name not in self.specs or name in self.facts.invalid:
            return ""
        return words(self.facts.counted(name), self.specs[name]["kind"])

    def number(self, name: str) -> Fraction | None:
        """The figure of a fact; None where it has none."""
        value = None if name in self.facts.invalid else self.facts.counted(name)
        return value if isinstance(value, Fraction) else None

    def change(self, name: str, before: str) -> str:
        """How a figure differs from an earlier one, in its unit and in percent."""
        now, then = self.number(name), self.number(before)
        if now is None or then is None:
            return ""
        if now == then:
            return "持平"
        gap, unit = abs(now - then), self.specs[name]["unit"]
        more, up = ("增加", "增长") if now > then else ("减少", "下降")
        rate = f"，{up} {percent(gap / then)}" if then > 0 else ""
        return f"{more} {words(gap, self.specs[name]['kind'])} {unit}{rate}"

    def share(self, part: str, whole: str) -> str:
        """Which part of the whole a figure is, in percent."""
        some, all_ = self.number(part), self.number(whole)
        return "" if some is None or not all_ else percent(some / all_)


def points(value: Fraction | str) -> str:
    """A score as it is handed in: a number, 不适用 or nothing."""
    return value if isinstance(value, str) else show(value)
