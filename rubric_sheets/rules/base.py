"""What every rule kind shares: what it is given, what it gives back,
and how it describes its parameters.

A rule kind is one module with these faces:

    LABEL                   its Chinese name
    READS_MEASURE           does it judge the indicator's measure?
    COUNTS                  how its points count: INSIDE the base, or outside of it ADDED or
                            TAKEN_OFF
    JUDGED                  is the unit's own score its fact, the first of `facts`?
    PARAMETERS              what an author must or may write; which of them name facts that the
                            rule brings
    facts(rule)             the fact names that it reads itself, besides the indicator's measure
    needed(rule, known, x)  those of them that its score hangs on: it may stop asking once it knows
                            enough. `known`: name → value, None while it is blank
    asked(rule, row, spec)  → Asked: how a new workbook asks for a fact that the rule brings.
                            `row`: that of its list, or {"parameter": which one names it}
    faults(rule, review)    what is wrong between its parameters, told to the review; asked of a
                            right shape only
    score(rule, given)      → Scored, exact
    explain(rule, given, s) → the reason, in Chinese
    formula(rule, cells)    → the same score as a spreadsheet expression
    base_formula(rule, cells) → Part: the part of the weight that applies; None where it is the
                            whole. Not asked of points outside of the base
    standard(rule, subject) → the 评分标准 text

and where it is JUDGED:

    limits(rule, cells)     → (least, most) that the unit may type, as spreadsheet expressions

A face that a kind has no use for is one of the functions below: `needs_all`, `asks_nothing`,
`no_faults`, `whole_weight`, `up_to_weight`. A rule that sets READS_MEASURE gets `given.x` (and
`cells.x`), known to be a number; scoring and the sheet's guard deal with what is missing or not
applicable before it is asked.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO, plain
from ..findings.figures import Figure
from ..places.names import CHECKLIST_SHEET
from ..records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    Rule = dict[str, Any]

    class Review(Protocol):
        """Where faults of a rule are told. Paths begin inside of the rule: `("bands",
        2, "range")`."""

        weight: Fraction | None  # of the indicator; None while it is not known

        def add(self, code: str, path: tuple[str | int, ...], **params: Any) -> None:
            """A fault of the catalogue; `actual`, `expected` and the like fill its texts."""

        def wrong(self, path: tuple[str | int, ...]) -> bool:
            """Has an error been told of this place or of one inside of it?"""

        def points(self, text: Any, path: tuple[str | int, ...]) -> None:
            """Tell what is wrong with points that may be a formula; see `worth`."""

        def condition(self, text: Any, path: tuple[str | int, ...]) -> None:
            """Tell what is wrong with a condition over facts."""

        def is_percent(self) -> bool:
            """Is the indicator's measure shown in percent?"""

        def counted_from(self) -> int | None:
            """The least that the measure can be, where it is a count or a rank: whole numbers."""

        def may_be_negative(self) -> bool:
            """Can the indicator's measure come out below 0?"""

else:
    Rule = dict


INSIDE, ADDED, TAKEN_OFF = "inside", "added", "taken off"
SIGN = {ADDED: 1, TAKEN_OFF: -1}  # of points outside of the base
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Given(Record):
    """`x` is the measure in the rule's own unit (percent points for a ratio);
    `text` says how it came about."""

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
    """The same for the sheet: the weight as a number, the measure in the rule's unit as an
    expression, and the measure's own cell, where 100% is 1."""

    weight: str
    x: str
    measure: str = ""


class Part(Record):
    """Spreadsheet expressions: whether the part of the weight that applies is known,
    and that part."""

    known: str
    points: str


class Subject(Record):
    """What a standard speaks of: the measure's name, its unit (`%`, or that of the fact that is
    measured) and the weight as text."""

    name: str
    unit: str
    weight: str


class Brings(Record):
    """The fact behind a name that an author writes in a parameter:
    a new workbook has a cell for it.

    `kind`: amount, count, percent, text, yes_no, breach_count or judged. `like`: kinds of a form's
    fact of that name that serves instead. `sheet`: 核查清单 or 补充数据;
    评分表 only for the unit's own score (judged).
    """

    kind: str
    like: tuple[str, ...] = ()
    sheet: str = CHECKLIST_SHEET


class Asked(Record):
    """How a fact is asked for: `text` and `worth` (its points,
    as shown) stand on the 核查清单 beside its cell.

    `help` and `unit` describe the cell wherever it is; `choices` are its drop-down;
    `points` what it is worth.
    """

    text: str
    worth: str = ""
    help: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    points: str = ""


class Parameter(Record):
    """`type` is number, choice, text, fact or flag, or the name of a list (a module of `lists`).

    In a list's own fields also expression, points (see `worth`) and texts. `words`: for each
    choice the Chinese word shown, then others that are read too. `positive`: a number above 0.
    `brings`: the fact that it names, or that its rows name.
    `synonyms` and `width` are those of its column in Excel.
    """

    name: str
    label: str
    type: str
    required: bool = True
    choices: tuple[str, ...] = ()
    help: str = ""
    words: tuple[tuple[str, ...], ...] = ()
    positive: bool = False
    brings: Brings | None = None
    synonyms: tuple[str, ...] = ()
    width: float = 12


# Of rules that give full marks beyond a limit, but ask for a second look; see `over_warning`.
WARN_OVER = Parameter(
    "warn_over",
    "超过则提示",
    "number",
    required=False,
    help="超过此数得分不变，但列为提示",
    synonyms=("提示上限",),
    width=10,
)


def needs_all(rule: Rule, known: dict[str, Any], x: Fraction) -> list[str]:
    """For a kind whose score hangs on all that it reads."""
    return list(known)


def asks_nothing(rule: Rule, row: dict[str, Any], spec: Any) -> Asked:
    """For a kind that brings no fact."""
    return Asked("")


def no_faults(rule: Rule, review: Review) -> None:
    """For a kind whose parameters go together whatever they are."""


def whole_weight(rule: Rule, cells: Cells) -> Part | None:
    """For a kind whose weight applies as a whole or not at all."""
    return None


def up_to_weight(rule: Rule, cells: Cells) -> tuple[str, str]:
    """For a kind whose unit may type anything from 0 to the weight."""
    return "0", cells.weight


def literal(text: str) -> str:
    """A text inside of a formula; a quote in it would end it,
    and the rest would be a formula of its own."""
    return '"' + text.replace('"', '""') + '"'


def clamp(points: Fraction, weight: Fraction) -> Fraction:
    """扣完为止: never below 0, never above the weight."""
    return ZERO if points.numerator < 0 else min(points, weight)


def over_warning(rule: Rule, given: Given) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The warning of a rule that gives full marks beyond `warn_over`,
    but asks for a second look."""
    ceiling = plain(rule["warn_over"]) if "warn_over" in rule else None
    if ceiling is None or given.x <= ceiling:
        return ()
    return (("measure-over", {"what": given.text, "limit": Figure(ceiling, given.unit)}),)


def stride(unit: str) -> str:
    """What a measure is counted in, after a number: 个百分点, 天, 个单位."""
    return {"%": "个百分点", "": "个单位"}.get(unit, unit)


def circled(number: int) -> str:
    return CIRCLED[number] if number < len(CIRCLED) else f"({number + 1})"
