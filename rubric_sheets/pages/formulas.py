"""Live formulas: the guards around what a rule gives, the same outcomes as in scoring,
in the sheet itself.

Outcomes that are no number are texts: "" missing, 不适用, 无法计算, 自评.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..exact.expressions import Node, divisions, names, parse
from ..exact.quantities import NOT_APPLICABLE, show
from ..exact.quantities import plain as number
from ..exact.written import is_blank_test, to_excel
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.parts import scale
from ..rules import is_judged, is_outside
from ..rules import rule as rule_module
from ..rules.base import Cells, Part, literal
from ..scoring.ratios import sign_of
from ..scoring.result import ROUNDING

NA = f'"{NOT_APPLICABLE}"'
IMPOSSIBLE = '"无法计算"'
SELF = '"自评"'


def guarded(
    node: Node, inner: str, left: str = NA, counts: Sequence[str] = (), blank: str = '""'
) -> str:
    """`left` when any fact of the expression is 不适用; `blank` while any is missing, or any of
    `counts` below 0; otherwise `inner`."""
    wanted = names(node)
    if not wanted:
        return inner
    left_out = ",".join(f"{name}={NA}" for name in wanted)
    left_out = f"OR({left_out})" if len(wanted) > 1 else left_out
    missing = is_blank_test(wanted, node)
    if counts:
        missing = f"OR({missing},MIN({','.join(counts)})<0)"
    return f"IF({left_out},{left},IF({missing},{blank},{inner}))"


def total_formula(name: str, parts: Sequence[str]) -> str:
    """A total as it counts: where it is 0 or blank, the sum of its parts."""
    added = f"SUM({','.join(parts)})"
    empty = f'IF({added}<>0,{added},IF({name}="","",{name}))'
    return f'IF(OR({name}="",{name}=0),{empty},{name})'


def _counts(rubric: Rubric, wanted: Sequence[str]) -> list[str]:
    return [name for name in wanted if rubric["facts"][name]["kind"] == "count"]


def _with_totals(rubric: Rubric, node: Node) -> Node:
    """With what each total counts as in place of its name."""
    if node[0] == "name":
        spec = rubric["facts"][node[1]]
        return ("name", total_formula(node[1], spec["sum"])) if "own_total" in spec else node
    if node[0] == "call":
        return (*node[:2], tuple(_with_totals(rubric, part) for part in node[2]))
    return tuple(_with_totals(rubric, part) if isinstance(part, tuple) else part for part in node)


def _totals_in(rubric: Rubric, formula: str) -> str:
    """A rule's formula with what each total counts as in place of its name."""
    totals = {name: spec["sum"] for name, spec in rubric["facts"].items() if "own_total" in spec}
    if not any(name in formula for name in totals):
        return formula

    def counted(match: re.Match[str]) -> str:
        name = match[0]
        return f"({total_formula(name, totals[name])})" if name in totals else name

    parts = formula.split('"')  # every second one is a quoted text
    parts[::2] = [re.sub(r"[^\W\d][\w.]*", counted, part) for part in parts[::2]]
    return '"'.join(parts)


def ratio_formula(rubric: Rubric, expression: str, *, tells_zeros: bool = False) -> str:
    """A ratio over defined names: 0/0 is 不适用, x/0 无法计算. `tells_zeros`: a 0/0 inside of it
    is 不适用 too."""
    node = _with_totals(rubric, parse(expression))
    inside = divisions(node) if tells_zeros else None
    if inside:
        inner = to_excel(node)
        for above, below in reversed(inside):
            zero = f"IF(ROUND({to_excel(above)},8)=0,{NA},{IMPOSSIBLE})"
            inner = f"IF(ROUND({to_excel(below)},8)=0,{zero},{inner})"
    elif node[0] == "/":
        top, bottom = to_excel(node[1], 4), to_excel(node[2], 5)
        inner = f"IF(ROUND({bottom},8)=0,IF(ROUND({top},8)=0,{NA},{IMPOSSIBLE}),{top}/{bottom})"
        if "/" in top + bottom:
            inner = f"IFERROR({inner},{IMPOSSIBLE})"
    else:
        inner = to_excel(node)
        inner = f"IFERROR({inner},{IMPOSSIBLE})" if "/" in inner else inner
    return guarded(node, inner, counts=_counts(rubric, names(parse(expression))))


def differs(claim: str, computed: str, row: int) -> str:
    """Does the unit claim another score than the rule gives? As the check judges: not where
    rounding tells them apart."""
    a, b = f"{claim}{row}", f"{computed}{row}"
    return f"AND(ISNUMBER({a}),ISNUMBER({b}),ROUND(ABS({a}-{b}),8)>={show(ROUNDING)})"


def measure_formula(rubric: Rubric, spec: IndicatorSpec) -> str:
    """The 指标值 cell; empty text where the rule reads facts itself."""
    if "ratio" in spec:
        text = rubric["ratios"][spec["ratio"]]["formula"]
        return ratio_formula(rubric, text, tells_zeros="zero" in spec)
    if "value" not in spec:
        return ""
    node = _with_totals(rubric, ("name", spec["value"]))
    return guarded(node, names(node)[0], counts=_counts(rubric, [spec["value"]]))


def computed_formula(rubric: Rubric, spec: IndicatorSpec, measure_cell: str, weight: str) -> str:
    """The 测算得分 cell."""
    module = rule_module(spec["rule"]["kind"])
    if module.JUDGED:
        return ""
    is_percent = sign_of(rubric, spec) == "%"
    shown = f"{measure_cell}*100" if is_percent else measure_cell
    formula = module.formula(spec["rule"], Cells(weight, shown, measure_cell))
    inner = _totals_in(rubric, formula)
    zero = _of_zero(spec.get("zero", ""), weight)
    over = _of_zero(spec.get("over_zero", ""), weight)
    if module.READS_MEASURE:
        other = measure_cell
        if "over_zero" in spec:
            other = f"IF({measure_cell}={IMPOSSIBLE},{over},{measure_cell})"
        inner = f"IF({measure_cell}={NA},{zero},IF(ISNUMBER({measure_cell}),{inner},{other}))"
    return _where_it_counts(rubric, spec, str(inner), zero)


def _of_zero(setting: str, weight: str) -> str:
    """What a denominator of zero, or 不适用, gives."""
    return {"full": weight, "none": "0", "manual": SELF}.get(setting, NA)


def _where_it_counts(
    rubric: Rubric, spec: IndicatorSpec, inner: str, zero: str, blank: str = '""'
) -> str:
    """`inner` where the indicator applies and is not void; `zero` where it does not apply,
    `blank` while that is not known."""
    if "void_when" in spec:
        void = _void(rubric, spec)
        inner = f'IF({void}=0,{inner},IF({void}=1,0,IF({void}="",{blank},{void})))'
    if not spec.get("applies_when"):
        return inner
    node = _with_totals(rubric, parse(spec["applies_when"]))
    test = to_excel(node)
    inside = f"IF({test},{inner},{zero})"
    inside = f"IF(ISERROR({test}),{IMPOSSIBLE},{inside})" if "/" in test else inside
    return guarded(node, inside, zero, _counts(rubric, names(parse(spec["applies_when"]))), blank)


def unsettled(rubric: Rubric, spec: IndicatorSpec) -> list[str]:
    """Conditions under which it is not known whether an indicator applies, or is void."""
    found = []
    for key in ("applies_when", "void_when"):
        if text := spec.get(key):
            node = _with_totals(rubric, parse(str(text)))
            test = to_excel(node)
            broken = f"ISERROR({test})" if "/" in test else "FALSE"
            found.append(
                guarded(node, broken, "FALSE", _counts(rubric, names(parse(str(text)))), "TRUE")
            )
    return found


def _void(rubric: Rubric, spec: IndicatorSpec) -> str:
    """1 where the indicator is void, 0 where it is not, "" while that is not known."""
    node = _with_totals(rubric, parse(spec["void_when"]))
    test = f"IF({to_excel(node)},1,0)"
    test = f"IFERROR({test},{IMPOSSIBLE})" if "/" in test else test
    return guarded(node, test, "0", _counts(rubric, names(parse(spec["void_when"]))))


def score_formula(
    rubric: Rubric, spec: IndicatorSpec, computed: str, claim: str, weight: str
) -> str:
    """The 得分 cell: what the rule gives; the unit's own score where it judges or where facts are
    missing."""
    own = f'IF(ISNUMBER({claim}),MAX(0,MIN({weight},{claim})),"")'
    if weight == "0":  # a bonus or a penalty without a limit
        own = f'IF(ISNUMBER({claim}),MAX(0,{claim}),"")'
    if is_judged(spec["rule"]):
        module = rule_module(spec["rule"]["kind"])
        own_cell = {**spec["rule"], "fact": claim}
        inner = str(module.formula(own_cell, Cells(weight, "")))
        if not {"applies_when", "void_when"} & spec.keys():
            return inner
        zero = {"full": weight, "none": "0", "manual": own}.get(spec.get("zero", ""), NA)
        return _where_it_counts(rubric, spec, inner, zero, own).replace(IMPOSSIBLE, own)
    return f"IF(ISNUMBER({computed}),{computed},IF({computed}={NA},{NA},{own}))"


def base_formula(rubric: Rubric, spec: IndicatorSpec, score: str, weight: str) -> str:
    """The 适用分值 cell of an indicator outside any group."""
    rule = spec["rule"]
    if is_outside(rule):
        return "0"
    part: Part | None = rule_module(rule["kind"]).base_formula(rule, Cells(weight, ""))
    if part is None:
        return f"IF({score}={NA},0,{weight})"
    if "void_when" in spec:
        part = part._replace(points=f"IF({_void(rubric, spec)}=0,{part.points},{weight})")
    known = part.known
    if spec.get("applies_when"):
        node = _with_totals(rubric, parse(spec["applies_when"]))
        known = f"IF({is_blank_test(names(node), node)},FALSE,AND({to_excel(node)},{known}))"
        known = f"IFERROR({known},FALSE)" if "/" in known else known
    return f"IF({score}={NA},0,IF({known},{part.points},{weight}))"


def weight_expression(spec: IndicatorSpec, cell: str) -> str:
    """The weight in formulas: a figure of the rubric, or the cell where the unit types it."""
    return cell if "weight_fact" in spec else show(number(spec["weight"]), 10)


def certain_grade_formula(rubric: Rubric, total: str, least: str, more: str, open_: str) -> str:
    """The 等次 cell: the grade of all that the total can come to, else from where to where.
    `more`: the cell of what may still be added; `open_`: the condition under which no grade
    holds, "" for none."""
    low = grade_formula(rubric, least)
    high = grade_formula(rubric, f"({total}+{more})")
    span = f'ROUND(ROUND({least},8),2)&"—"&ROUND(ROUND({total}+{more},8),2)'
    same = f"{low}={high}"
    if open_:
        same = f"AND(NOT({open_}),{same})"
    return f'IF(OR({total}="",{more}=""),"",IF({same},{low},{span}))'


def grade_formula(rubric: Rubric, total: str) -> str:
    """The name of the grade that a total, known to be a number, comes to."""
    full = scale(rubric)
    x = f"ROUND({total},8)" if full == "100" else f"ROUND({total}*100/{full},8)"
    text = '""'
    for grade in reversed(rubric["grades"]):
        text = f"IF({x}>={show(number(grade['min']), 10)},{literal(grade['name'])},{text})"
    return text
