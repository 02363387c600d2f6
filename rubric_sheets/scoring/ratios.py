"""What indicators measure: ratios, evaluated exactly. Missing,
not applicable and x/0 are outcomes, not crashes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..exact.expressions import Node, ZeroDenominator, evaluate, names_in, parse, texts_in
from ..exact.intervals import RANK, rank
from ..exact.quantities import NOT_APPLICABLE, beside_limits, percent, show
from ..exact.tokens import unprotected
from ..exact.written import with_numbers
from ..facts.model import FactSet, Value
from ..records import Record
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.own_figures import FIGURES, OF_PROJECTS, PROJECTS
from ..rubric.statuses import ERROR, LEFT_OUT, MISSING, OK


class Measure(Record):
    """`status`: OK, MISSING, LEFT_OUT (不适用, or 0/0) or ERROR (x/0). `value`: 1 is 100%, None
    unless OK. `text` explains. `top`: the numerator of a division by zero."""

    status: str
    value: Fraction | None = None
    text: str = ""
    top: Fraction | None = None
    missing: tuple[str, ...] = ()


NO_MEASURE = Measure(OK)  # the rule reads facts itself


def lookup(wanted: Iterable[str], facts: FactSet) -> tuple[dict[str, Value], tuple[str, ...], bool]:
    """(values, names that are blank or unreadable, whether any is 不适用). A total that is 0 or
    blank beside filled parts counts as their sum: the total is what is wrong."""
    values = {name: facts.counted(name) for name in wanted}
    missing, left_out = [], False
    for name, value in values.items():
        if name in facts.invalid or value is None:
            missing.append(name)
        elif isinstance(value, str):
            left_out = left_out or value == NOT_APPLICABLE
            if not value:
                missing.append(name)
    return values, tuple(missing), left_out


def lacking(names: tuple[str, ...], facts: FactSet) -> str:
    """`缺少“甲”（表!B2）、“乙”等 5 项`; what is filled but unreadable is called so."""
    if set(names) <= FIGURES.keys():
        return "单位自设的指标没有全部评分"
    if set(names) <= OF_PROJECTS.keys():
        return f"“{PROJECTS}”表没有填完"
    titles = [facts.title(name) for name in names[:2]]
    between = "、" if titles and titles[0].endswith("）") else ""  # [GB/T 15834-2011] 4.5.3.5
    shown = between.join(titles)
    shown += f"等 {len(names)} 项" if len(names) > 2 else ""
    return f"{shown}填的内容无法使用" if facts.invalid.issuperset(names) else f"缺少{shown}"


def ratio(name: str, formula: str, facts: FactSet) -> Measure:
    """Evaluate one ratio. 0/0 is not applicable; x/0 cannot be computed."""
    return _measured(name, parse(formula), names_in(formula), texts_in(formula), facts)


def _measured(
    name: str, node: Node, wanted: Iterable[str], words: Iterable[str], facts: FactSet
) -> Measure:
    """`wanted`: the facts that it names; `words`: those of them that it compares with texts."""
    values, missing, left_out = lookup(wanted, facts)
    if left_out:
        return Measure(LEFT_OUT, text=f"{name}所需数据填为不适用")
    missing += tuple(
        name
        for name, value in values.items()
        if isinstance(value, str) and value and name not in words and name not in missing
    )
    if missing:
        what = "指标值" if node == ("name", name) else name
        return Measure(MISSING, text=f"{lacking(missing, facts)}，{what}无法计算", missing=missing)
    shown = f"{name} {with_numbers(node, values)}"
    try:
        value = evaluate(node, values)
    except ZeroDenominator as problem:
        # Only the ratio's own 0/0 means that it does not apply;
        # one inside of it leaves it without a value.
        if problem.numerator == 0 and node[0] == "/" and problem.bottom is node[2]:
            return Measure(LEFT_OUT, text=f"{shown}，分子分母均为 0")
        return Measure(ERROR, text=f"{shown}，分母为 0，无法计算", top=problem.numerator)
    if isinstance(value, str):  # a rubric from outside may have a text for a formula
        return Measure(ERROR, text=f"{shown}，不是数")
    return Measure(OK, value, f"{shown} = {percent(value)}")


def condition(formula: str, facts: FactSet) -> Measure:
    """OK where it holds; LEFT_OUT where it does not."""
    values, missing, left_out = lookup(names_in(formula), facts)
    if left_out:
        return Measure(LEFT_OUT, text=f"“{'”“'.join(values)}”填为不适用")
    if missing:
        return Measure(MISSING, text=f"{lacking(missing, facts)}，未评分", missing=missing)
    try:
        if evaluate(parse(formula), values):
            return NO_MEASURE
    except ZeroDenominator:
        return Measure(ERROR, text=f"适用条件“{unprotected(formula)}”的分母为 0，无法判断")
    told = (f"{n}为 {_told(value)}" for n, value in values.items() if value is not None)
    return Measure(LEFT_OUT, text="、".join(told))


def _told(value: Fraction | str) -> str:
    return f"“{value}”" if isinstance(value, str) else show(value)


def sign_of(rubric: Rubric, spec: IndicatorSpec) -> str:
    """`%` where the rule reads percent points: of a ratio, and of a fact that is a percentage."""
    if "ratio" in spec:
        return "%"
    is_percent = "value" in spec and rubric["facts"][spec["value"]]["kind"] == "percent"
    return "%" if is_percent else ""


def unit_of(rubric: Rubric, spec: IndicatorSpec) -> str:
    """The unit of a fact that is measured as it stands; none of a ratio."""
    unit = rubric["facts"][spec["value"]]["unit"] if "value" in spec else ""
    return "" if unit == "%" else unit


def fact_measure(rubric: Rubric, name: str, facts: FactSet) -> Measure:
    """A fact that is measured as it stands."""
    measure = _measured(name, ("name", name), (name,), (), facts)
    if measure.value is None:
        return measure
    fact = rubric["facts"][name]
    if fact["kind"] == "percent":
        shown = percent(measure.value)
    else:
        shown = beside_limits(measure.value) + fact["unit"]
    if fact["unit"] == RANK:
        shown = rank(measure.value)
    return measure._replace(text=f"{name} {shown}")
