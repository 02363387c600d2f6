"""勾稽关系: sums and differences hold within rounding; conditions over facts that must not occur.

A typed amount stands for the interval of half a unit of its last place, two decimals at least: a
total is wrong only if no values inside the intervals of its parts can give it.
What differs by rounding alone is a note.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..exact.expressions import ZeroDenominator, evaluate, names_in, parse, texts_in
from ..exact.quantities import ZERO, decimals
from ..exact.quantities import total as sum_of
from ..facts.derive import signed_parts
from ..facts.model import NOWHERE, FactSet, Place, Row, Value
from ..facts.pairs import name_of, partner
from ..findings.figures import Percent, Phrase
from ..findings.finding import Finding, finding
from ..rubric.model import CheckSpec, Rubric
from ..rubric.once import once
from ..rules import rule
from . import empty_totals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PLACES = 2  # 万元 with two decimals is what the forms show
TOO_MANY_TIMES = 20
LIKE_LOW, LIKE_HIGH = Fraction(2000), Fraction(50000)


def slack(value: Fraction) -> Fraction:
    """Half a unit of the last place; a 0 too may stand for 0.004."""
    places = max(PLACES, min(decimals(value) or PLACES, 10))
    return Fraction(1, 2 * 10**places)


def check(rubric: Rubric, facts: FactSet) -> list[Finding]:
    """Everything that the rubric's form lets us compare."""
    found, told = empty_totals.check(rubric, facts)
    for spec in rubric["facts"].values():
        name = spec["name"]
        if "own_total" in spec and name not in told:
            found += _identity(spec, facts.values, facts.places, facts.derived, "合计")
            if name in facts.sums and facts.values.get(name) is None:
                found.append(finding("total-blank", *facts.place(name), name=name, row="合计"))
    for table in rubric["tables"].values():
        if not table["totals"]:
            continue
        for column in table["columns"]:
            if "sum" in column or "formula" in column:
                found += _column(rubric, facts, table["name"], column)
            if "sum" in column:
                found += _blank_totals(rubric, facts, table["name"], column)
            if column["name"] not in facts.derived:
                found += _summary(facts, table["name"], column["name"])
    summaries = {(f.sheet, f.cell) for f in found if f.code == "summary-differs" and f.cell}
    found = [f for f in found if f.code == "summary-differs" or (f.sheet, f.cell) not in summaries]
    for condition in rubric["checks"]:
        found += _condition(rubric, condition, facts)
    return found + unit_slips(rubric, facts)


def _column(rubric: Rubric, facts: FactSet, table: str, column: Any) -> list[Finding]:
    """A total in the row of each institution, and in the 汇总 row."""
    found = []
    for index, row in enumerate(facts.tables.get(table, ())):
        typed = "formula" in column and column["name"] not in row.derived
        values = _across(rubric, facts, index, row) if typed else row.values
        found += _identity(column, values, row.places, row.derived, name_of(row))
    # The 汇总 row adds up what the institutions have: a difference need not hold there, although
    # each row's formula is right. One mistake is said once.
    derived = facts.derived if found or "formula" not in column else set()
    return _identity(column, facts.values, facts.places, derived, "汇总") + found


def _across(rubric: Rubric, facts: FactSet, index: int, row: Row) -> dict[str, Value]:
    """One institution's values in all tables."""
    together: dict[str, Value] = {}
    for table in rubric["tables"].values():
        rows = facts.tables.get(table["name"], ())
        other = partner(rows, name_of(row), index) if table["totals"] else None
        together.update(other.values if other else {})
    return {**together, **row.values}


def numbers(values: dict[str, Value], wanted: Iterable[str]) -> dict[str, Fraction]:
    """Those of the wanted values that are numbers."""
    found = ((name, values.get(name)) for name in wanted)
    return {name: value for name, value in found if isinstance(value, Fraction)}


def _parts(column: Any) -> list[tuple[int, str]]:
    return (
        [(1, name) for name in column["sum"]]
        if "sum" in column
        else signed_parts(column.get("formula", ""))
    )


def _identity(
    column: Any, values: dict[str, Value], places: dict[str, Place], derived: set[str], row: str
) -> list[Finding]:
    """One total against its parts, in the 汇总 row or in one institution's."""
    parts = _parts(column)
    total = values.get(column["name"])
    if not parts or column["name"] in derived or not isinstance(total, Fraction):
        return []
    filled = numbers(values, (name for _, name in parts))
    blank = [name for _, name in parts if values.get(name) is None]
    if not filled or ("sum" not in column and blank):
        return []
    signs = {name: sign for sign, name in parts}
    computed = sum_of(value if signs[name] > 0 else -value for name, value in filled.items())
    gap = total - computed
    if not gap:
        return []
    room = sum_of(map(slack, (total, *filled.values())))
    where = _where(places, column["name"])
    shown = "".join(" + {} {}" if signs[name] > 0 else " − {} {}" for name in filled)
    given = tuple(part for pair in filled.items() for part in pair)
    if len(filled) == 1 and signs[next(iter(filled))] > 0:
        shown = "{}"  # its figure stands behind the equals sign
    params = {
        "name": column["name"],
        "row": row,
        "parts": Phrase(shown.removeprefix(" + "), given),
        "gap": abs(gap),
        "expected": computed,
        "actual": total,
    }
    if abs(gap) <= room:
        return [finding("sum-rounding", *where, **params)]
    if blank and gap > 0:
        return [finding("sum-part-blank", *where, blank=blank, **params)]
    return [finding("sum-differs", *where, **params)]


def _where(places: dict[str, Place], name: str) -> tuple[str, str]:
    return places[name].address if name in places else NOWHERE


def _blank_totals(rubric: Rubric, facts: FactSet, table: str, column: Any) -> list[Finding]:
    """A total left blank beside filled parts, of an institution or in the 汇总 row."""
    name, found = column["name"], []
    for row in facts.tables.get(table, ()):
        blank = row.values.get(name) is None and name not in row.derived
        if blank and any(row.values.get(part) is not None for part in column["sum"]):
            found.append(
                finding("total-blank", *_where(row.places, name), name=name, row=name_of(row))
            )
    filled = numbers(facts.values, column["sum"])
    if (
        facts.values.get(name) is None
        and name not in facts.invalid
        and filled
        and not (len(filled) == 1 and set(filled) <= _measured(rubric))
    ):
        found.append(finding("total-blank", *facts.place(name), name=name, row="汇总"))
    return found


@once
def _measured(rubric: Rubric) -> set[str]:
    """The facts that scores hang on: one of them may be filled for its own sake."""
    found: set[str] = set()
    for ratio in rubric["ratios"].values():
        found.update(names_in(ratio["formula"]))
    for spec in rubric["indicators"]:
        found.update(rule(spec["rule"]["kind"]).facts(spec["rule"]))
    return found


def _summary(facts: FactSet, table: str, name: str) -> list[Finding]:
    """A typed 汇总 against the sum of the institutions."""
    total = facts.values.get(name)
    filled = [
        n for row in facts.tables.get(table, ()) for n in numbers(row.values, (name,)).values()
    ]
    if not isinstance(total, Fraction) or not filled:
        return []
    computed = sum_of(filled)
    if abs(total - computed) <= sum_of(map(slack, (total, *filled))):
        return []
    gap = abs(total - computed)
    return [
        finding(
            "summary-differs",
            *facts.place(name),
            name=name,
            gap=gap,
            expected=computed,
            actual=total,
        )
    ]


def _condition(rubric: Rubric, spec: CheckSpec, facts: FactSet) -> list[Finding]:
    node, wanted, words = parse(spec["when"]), names_in(spec["when"]), texts_in(spec["when"])
    filled = {name: facts.counted(name) for name in wanted}
    values: dict[str, Any] = dict(numbers(filled, wanted))
    values |= {name: filled[name] for name in words if isinstance(filled[name], str)}
    try:
        if len(values) < len(wanted) or not evaluate(node, values):
            return []
    except ZeroDenominator:
        return []
    percents = {name for name in wanted if rubric["facts"][name]["kind"] == "percent"}
    given = {name: Percent(value) if name in percents else value for name, value in values.items()}
    return [
        finding(
            "fact-check",
            *facts.place(spec["at"]),
            spec["severity"],
            problem=Phrase(spec["message"], given),
            mend=Phrase(spec["fix"], given),
            actual=given.get(spec["at"], ""),
        )
    ]


def unit_slips(rubric: Rubric, facts: FactSet) -> list[Finding]:
    """元 typed for 万元: an amount far beyond the whole budget,
    or a ratio of like amounts near 10⁴."""
    found = []
    budget = max(numbers(facts.values, rubric["budget"]).values(), default=ZERO)
    most, parts = (budget * TOO_MANY_TIMES).as_integer_ratio()
    suspects = set()
    for name in _moneys(rubric) if budget else ():
        value = facts.values.get(name)
        if not isinstance(value, Fraction):
            continue
        top, bottom = value.as_integer_ratio()
        if abs(top) * parts > most * bottom and name not in facts.derived:
            suspects.add(name)
            found.append(
                finding(
                    "unit-slip",
                    *facts.place(name),
                    name=name,
                    actual=value,
                    budget=budget,
                    expected=value / 10000,
                )
            )
    for name, used in _quotients(rubric).items():
        if suspects.isdisjoint(used):
            found += _ratio_slip(facts, name, used)
    return found


def _is_money(rubric: Rubric, name: str) -> bool:
    spec = rubric["facts"].get(name)
    return spec is not None and spec["kind"] == "amount" and spec["unit"] == "万元"


@once
def _moneys(rubric: Rubric) -> list[str]:
    """The amounts that are compared with the whole budget."""
    names = (name for name in rubric["facts"] if _is_money(rubric, name))
    return [name for name in names if name not in rubric["budget"]]


@once
def _quotients(rubric: Rubric) -> dict[str, tuple[str, str]]:
    """The ratios of two amounts, and which they are: of three one may well be small."""
    out = {}
    for ratio in rubric["ratios"].values():
        used = names_in(ratio["formula"])
        are_money = all(_is_money(rubric, name) for name in used)
        if are_money and len(used) == 2 and parse(ratio["formula"])[0] == "/":
            out[ratio["name"]] = used[0], used[1]
    return out


def _ratio_slip(facts: FactSet, name: str, used: tuple[str, str]) -> list[Finding]:
    values = numbers(facts.values, used)
    if len(values) < 2 or not all(values.values()):
        return []
    high, low = max(used, key=lambda n: abs(values[n])), min(used, key=lambda n: abs(values[n]))
    if not LIKE_LOW <= abs(values[high] / values[low]) <= LIKE_HIGH:
        return []
    return [
        finding(
            "unit-slip-ratio",
            *facts.place(high),
            name=name,
            high=high,
            low=low,
            actual=values[high],
            other=values[low],
            expected=values[high] / 10000,
        )
    ]
