"""What every rule kind shares: what it is given, what it gives back, and how it describes its parameters.

A rule kind is one module with these faces:

    LABEL                       its Chinese name
    READS_MEASURE               does it judge the indicator's measure?
    COUNTS                      how its points count: INSIDE the base, or outside of it ADDED or TAKEN_OFF
    JUDGED                      is the unit's own score its fact?
    PARAMETERS                  what an author must or may write, checked before anything is scored
    facts(rule)                 the fact names that it reads itself, besides the indicator's measure
    score(rule, given)          → Scored, exact
    explain(rule, given, s)     → the reason, in Chinese
    formula(rule, cells)        → the same score as a spreadsheet expression
    standard(rule, subject)     → the 评分标准 text

A rule that sets READS_MEASURE gets `given.x` (and `cells.x`), known to be a number; scoring and the
sheet's guard deal with what is missing or not applicable before it is asked.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO, plain
from ..findings.figures import Figure
from ..records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Rule = dict[str, Any]
else:
    Rule = dict


INSIDE, ADDED, TAKEN_OFF = "inside", "added", "taken off"
SIGN = {ADDED: 1, TAKEN_OFF: -1}  # of points outside of the base
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Given(Record):
    """`x` is the measure in the rule's own unit (percent points for a ratio); `text` says how it came about."""

    weight: Fraction
    x: Fraction
    unit: str
    text: str
    values: dict[str, Any]


class Scored(Record):
    """`points` None means not applicable; `base` is the part of the weight that applies."""

    points: Fraction | None
    base: Fraction
    warnings: tuple[tuple[str, dict[str, Any]], ...] = ()


class Cells(Record):
    """The same for the sheet: the weight as a number, the measure in the rule's unit as an expression."""

    weight: str
    x: str


class Subject(Record):
    """What a standard speaks of: the measure's name, its unit (`%` or nothing) and the weight as text."""

    name: str
    unit: str
    weight: str


class Parameter(Record):
    """`type` is number, choice, text, fact, flag, bands, items, cases, conditions or levels."""

    name: str
    label: str
    type: str
    required: bool = True
    choices: tuple[str, ...] = ()
    help: str = ""


def literal(text: str) -> str:
    """A text inside of a formula; a quote in it would end it, and the rest would be a formula of its own."""
    return '"' + text.replace('"', '""') + '"'


def clamp(points: Fraction, weight: Fraction) -> Fraction:
    """扣完为止: never below 0, never above the weight."""
    return ZERO if points.numerator < 0 else min(points, weight)


def over_warning(rule: Rule, given: Given) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The warning of a rule that gives full marks beyond `warn_over`, but asks for a second look."""
    ceiling = plain(rule["warn_over"]) if "warn_over" in rule else None
    if ceiling is None or given.x <= ceiling:
        return ()
    return (("measure-over", {"what": given.text, "limit": Figure(ceiling, given.unit)}),)


def circled(number: int) -> str:
    return CIRCLED[number] if number < len(CIRCLED) else f"({number + 1})"
