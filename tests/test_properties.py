"""What must hold for any facts: bounds, monotony, exactness at every threshold, round trips,
sums within rounding."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rubric_sheets.checks import arithmetic
from rubric_sheets.exact import intervals
from rubric_sheets.exact import tokens as token_module
from rubric_sheets.exact.expressions import ZeroDenominator, evaluate, parse
from rubric_sheets.exact.quantities import (
    NOT_APPLICABLE,
    decimals,
    exact,
    for_cell,
    from_cell,
    from_json,
    guess,
    percent,
    plain,
    round_half_up,
    show,
)
from rubric_sheets.exact.tokens import ExpressionError, protect
from rubric_sheets.exact.written import to_chinese, to_excel, with_numbers
from rubric_sheets.facts.json_form import apply, blank, dump
from rubric_sheets.facts.model import FactSet
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.rubric.parts import scale
from rubric_sheets.rules import is_outside
from rubric_sheets.rules import rule as rule_module
from rubric_sheets.rules.base import Given
from rubric_sheets.scoring.ratios import ratio
from rubric_sheets.scoring.result import Scorecard
from rubric_sheets.scoring.scorecard import score
from rubric_sheets.scoring.sums import grade, rescales

from .generate import (
    HUNDREDTH,
    Maker,
    around,
    at_every_threshold,
    for_json,
    is_percent,
    measure_text,
    thresholds,
)
from .rubrics import every_rubric

RUBRICS = every_rubric()
each_rubric = pytest.mark.parametrize(
    "rubric", [pytest.param(rubric, id=rubric["id"]) for rubric in RUBRICS]
)
settings.register_profile(
    "rubric-sheets", deadline=None, max_examples=150, derandomize=True, database=None
)
settings.load_profile("rubric-sheets")

fifteen_digits = st.builds(
    lambda digits, places: Fraction(digits, 10**places),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 12),
)
fractions = st.fractions(-(10**9), 10**9, max_denominator=10**6)
money = st.integers(0, 10**9).map(lambda cents: Fraction(cents, 100))


# -- quantities


@given(fifteen_digits)
def test_a_number_survives_its_cell(value: Fraction) -> None:
    """All that a spreadsheet shows, 15 digits, comes back to the last one."""
    assert from_cell(for_cell(value)) == value
    assert from_cell(repr(value.numerator / value.denominator)) == value


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from((100, 1000, 10000)))
def test_binary_dust_is_swept_off(a: int, b: int, scale: int) -> None:
    """0.1 + 0.2 is stored as 0.30000000000000004 and read as 0.3."""
    assert from_cell(repr(a / scale + b / scale)) == Fraction(a + b, scale)


@given(fifteen_digits)
def test_decimals_and_texts(value: Fraction) -> None:
    assert plain(exact(value, 12)) == value
    assert from_json(exact(value, 12)) == value
    places = decimals(value)
    assert places is not None
    assert value * 10**places == int(value * 10**places)
    assert places == 0 or value * 10 ** (places - 1) != int(value * 10 ** (places - 1))


@given(fractions, st.integers(0, 6))
def test_rounding_is_half_up(value: Fraction, places: int) -> None:
    with localcontext() as context:
        context.prec = 60
        scaled = Decimal(value.numerator) / Decimal(value.denominator)
        expected = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert round_half_up(value, places) == Fraction(expected)
    assert abs(round_half_up(value, places) - value) <= Fraction(1, 2 * 10**places)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_a_half_goes_away_from_zero(units: int, places: int) -> None:
    half = (units + (Fraction(1, 2) if units >= 0 else Fraction(-1, 2))) / 10**places
    assert round_half_up(half, places) == Fraction(units + (1 if units >= 0 else -1), 10**places)


@given(fractions)
def test_shown_texts_are_rounded_values(value: Fraction) -> None:
    assert plain(show(value)) == round_half_up(value, 2)
    shown = plain(percent(value)[:-1])
    assert round_half_up(shown, 2) == round_half_up(value * 100, 2) or shown == round_half_up(
        value * 100, 10
    )
    if (shown * 2).denominator == 1:  # a round figure, as limits are: only what is one is shown so
        assert abs(shown - value * 100) < Fraction(1, 10**10)
    assert not show(value).endswith(".")
    assert show(value) != "-0"


@given(st.text("0123456789.,-+eE_ %()（）１２３．，－", max_size=25))
def test_reading_never_takes_what_is_no_number(text: str) -> None:
    """Either a finite exact number or ValueError; nothing that only Python understands."""
    for reader in (plain, from_cell):
        try:
            value = reader(text)
        except ValueError:
            continue
        assert isinstance(value, Fraction)
        assert set(text) <= set("0123456789.-+eE")
    for unit in ("", "万元", "元", "%", "人"):
        assert guess(text, unit) is None or set(text) & set("0123456789０１２３４５６７８９")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "-",
        "1_000",
        "1_000_000_000_000_000",
        "1_0e5",
        "inf",
        "nan",
        "1e999",
        "１２",
        "１e5",
        "0x10",
        "1,5",
        " 1",
    ],
)
def test_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        from_cell(text)


@pytest.mark.parametrize(
    "value", [True, None, [], {}, "12 元", "", 10**50, float("nan"), float("inf")]
)
def test_no_json_number(value: object) -> None:
    with pytest.raises(ValueError, match=r"^"):
        from_json(value)


# -- expressions

NAMES = ("甲", "乙", "上年结转", "三公经费", "收入合计")
numbers = st.integers(0, 10**8).flatmap(
    lambda n: st.integers(0, 8).map(lambda places: ("num", Fraction(n, 10**places)))
)
leaves = numbers | st.sampled_from([("name", name) for name in NAMES])


def arithmetic_nodes(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return (
        st.tuples(st.sampled_from("+-*/"), inner, inner)
        | st.tuples(st.just("neg"), inner)
        | st.tuples(st.just("call"), st.just("abs"), st.tuples(inner))
        | st.tuples(
            st.just("call"),
            st.sampled_from(("min", "max", "sum", "average")),
            st.lists(inner, min_size=1, max_size=3).map(tuple),
        )
    )


amounts = st.recursive(leaves, arithmetic_nodes, max_leaves=8)
comparisons = st.tuples(st.sampled_from(("=", "<>", "<", "<=", ">", ">=")), amounts, amounts)
conditions = st.recursive(
    comparisons, lambda inner: st.tuples(st.sampled_from(("and", "or")), inner, inner), max_leaves=4
)
values = st.fixed_dictionaries(dict.fromkeys(NAMES, money))


def outcome(node: Any, given_values: dict[str, Fraction]) -> Any:
    try:
        return evaluate(node, given_values)
    except ZeroDenominator as problem:
        return ("zero", problem.numerator == 0)


@given(amounts | conditions, values)
def test_the_chinese_form_means_the_same(node: Any, given_values: dict[str, Fraction]) -> None:
    assert outcome(parse(to_chinese(node)), given_values) == outcome(node, given_values)


@given(amounts, values)
def test_the_form_with_figures_means_the_same(node: Any, given_values: dict[str, Fraction]) -> None:
    """The figures shown in a reason give the value shown in it."""
    assert outcome(parse(with_numbers(node, given_values)), {}) == outcome(node, given_values)


@given(amounts | conditions, values)
def test_the_spreadsheet_form_means_the_same(node: Any, given_values: dict[str, Fraction]) -> None:
    """Read back by Python's own grammar, which ranks its operators as a spreadsheet does."""
    expected = outcome(node, given_values)
    assume(not isinstance(expected, tuple))
    if isinstance(expected, bool):  # figures nearer than 8 decimals are equal in the sheet
        assume(_clear(node, given_values))
    try:
        actual = _calculate(to_excel(node), given_values)
    except ZeroDivisionError:
        # the short cut of and/or: covered by a test of its own
        assume(not isinstance(expected, bool))
        raise
    assert actual == expected


def _calculate(text: str, given_values: dict[str, Fraction]) -> Any:
    tokens = token_module.tokens(text)
    python = "".join(
        {"=": "==", "<>": "!="}.get(token, f"F('{token}')" if token[0].isdigit() else token)
        for token in tokens
    )
    functions: dict[str, Any] = {
        "F": Fraction,
        "ABS": abs,
        "MIN": lambda *a: min(a),
        "MAX": lambda *a: max(a),
        "SUM": lambda *a: sum(a),
        "AVERAGE": lambda *a: sum(a) / len(a),
        "AND": lambda *a: all(a),
        "OR": lambda *a: any(a),
        "ROUND": lambda x, places: round_half_up(x, int(places)),
        "TRUE": True,
        "FALSE": False,
        "IF": lambda test, yes, no: yes if test else no,
    }
    return eval(python, {"__builtins__": {}}, {**functions, **given_values})


def _clear(node: Any, given_values: dict[str, Fraction]) -> bool:
    """No comparison in it is between figures that differ by less than the sheet's guard."""
    if node[0] in ("and", "or"):
        return _clear(node[1], given_values) and _clear(node[2], given_values)
    sides = (outcome(node[1], given_values), outcome(node[2], given_values))
    if any(isinstance(side, tuple) for side in sides):
        return False
    gap = abs(sides[0] - sides[1])
    return bool(gap == 0 or gap >= Fraction(1, 10**7))


@given(st.text(st.sampled_from("甲乙12.5%+-*/×÷()（）<>=≤≥，,且或 absmind@#"), max_size=40))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        node = parse(text)
    except ExpressionError:
        return
    assert parse(to_chinese(node)) == node


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 < 甲 < 5", "比较不能连写"),
        ("甲 = 乙 = 0", "比较不能连写"),
        ("abs(甲, 乙)", "只能有一个参数"),
        ("甲 +", "公式不完整"),
        ("甲 乙", "多余"),
        ("* 甲", "前面缺少"),
        ("2甲", "不能以数字开头"),
        ("甲 & 乙", "不认识的符号"),
        ("AND(甲 > 0, 乙 > 0)", "写“甲 > 0 且 乙 > 0”"),
        ("ROUND(甲, 2)", "得分不四舍五入"),
        ("VLOOKUP(甲, 乙)", "没有“VLOOKUP”这个函数，可用的有绝对值、较小值"),
        ("如果(甲 > 0, 1)", "要写条件、成立时的数、不成立时的数"),
        ("取整(甲, 1)", "只能有一个参数"),
        ("(" * 60 + "甲" + ")" * 60, "嵌套过深"),
        ("甲" + "+甲" * 5000, "公式过长"),
    ],
)
def test_mistakes_in_expressions(text: str, says: str) -> None:
    with pytest.raises(ExpressionError, match=says):
        parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[(甲-乙)/乙]×100%", "0.25"),
        ("100% × (甲 ÷ 乙)", "1.25"),
        ("【甲－乙】＋｛乙｝", "5"),
        ("２．５＊甲", "12.5"),
        ("IF(甲 > 乙, 1, 0)", "1"),
        ("如果（制度 = 是，2，0） + 如果(级别 ＝ “省级”，1，0)", "3"),
        ('如果(级别 <> "省级", 1, 0)', "0"),
        ("SUM(甲，乙，1)", "10"),
        ("平均（甲，乙）", "4.5"),
        ("最小值(甲, 乙) - MAX(甲, 乙)", "-1"),
        ("取整(甲 ÷ 乙 × 10)", "12"),
        ("进整(甲 ÷ 乙 × 10)", "13"),
        ("取整(乙 - 甲 - 0.5)", "-2"),
        ("进整(乙 - 甲 - 0.5)", "-1"),
        ("如果(甲 = 甲 AND 乙 > 0, 1, 甲 ÷ 0)", "1"),
        ("`满意或较满意率` × 100", "90"),
    ],
)
def test_expressions_as_officials_write_them(text: str, value: str) -> None:
    facts = {
        "甲": Fraction(5),
        "乙": Fraction(4),
        "制度": "是",
        "级别": "省级",
        "满意或较满意率": Fraction(9, 10),
    }
    assert evaluate(parse(text), facts) == Fraction(value)
    assert evaluate(parse(protect(to_chinese(parse(text)), facts)), facts) == Fraction(value)


def test_names_with_words_for_and_and_or_are_protected() -> None:
    names = ("满意或较满意率", "较满意率")
    assert protect("甲 > 0 且满意或较满意率>=90%", names) == "甲 > 0 且`满意或较满意率`>=90%"
    assert protect("`满意或较满意率`", names) == "`满意或较满意率`"
    assert protect("不满意或较满意率 > 1", names) == "不满意或较满意率 > 1"
    assert protect('级别 = "满意或较满意率"', names) == '级别 = "满意或较满意率"'


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("如果(制度 = 是, 取整(甲 / 乙), 0)", 'IF((制度="是"),INT(ROUND(甲/乙,8)),0)'),
        ("进整(甲) - 合计(甲, 乙)", "(-INT(-ROUND(甲,8)))-SUM(甲,乙)"),
        ("`满意或较满意率` * 100", "满意或较满意率*100"),
    ],
)
def test_the_spreadsheet_form_of_further_functions(text: str, formula: str) -> None:
    assert to_excel(parse(text)) == formula


def test_a_guarded_division_is_guarded_in_the_sheet_too() -> None:
    """A spreadsheet's AND looks at both sides; the formula must not."""
    node = parse("甲 <> 0 and 乙 / 甲 > 1")
    assert evaluate(node, {"甲": Fraction(0), "乙": Fraction(1)}) is False
    assert to_excel(node) == "IF(ROUND(甲,8)<>0,ROUND(乙/甲-1,8)>0,FALSE)"


# -- thresholds: exactly, and one hundredth over and under

THRESHOLDS = [(rubric, *point) for rubric in RUBRICS for point in at_every_threshold(rubric)]


ORACLES = ("bands", "share", "deduct")  # kinds of which the points are counted here by another road


def reads_measure(spec: Any) -> bool:
    """Do its points hang on its measure alone?"""
    rule, module = spec["rule"], rule_module(spec["rule"]["kind"])
    return bool(module.READS_MEASURE) and not module.facts(rule)


def alone(
    rubric: Rubric, spec: Any, facts: dict[str, Any], claims: dict[str, Any] | None = None
) -> Any:
    """The result of one indicator with these facts."""
    given_facts = blank(rubric)
    apply(rubric, given_facts, {"facts": for_json(rubric, facts), "claims": claims or {}})
    return next(
        result for result in score(rubric, given_facts).results if result.spec["id"] == spec["id"]
    )


def oracle(spec: Any, x: Fraction) -> Fraction | None:
    """The points by another road: whole numbers of ten-thousandths,
    thresholds counted one by one."""
    rule, weight = spec["rule"], plain(spec["weight"])
    if rule["kind"] == "bands":
        for band in rule["bands"]:
            low, high = band["range"][1:-1].split(",")
            above = not low or x > plain(low) or (x == plain(low) and band["range"][0] == "[")
            below = not high or x < plain(high) or (x == plain(high) and band["range"][-1] == "]")
            if above and below:
                return plain(band["points"])
        return None
    if rule["kind"] == "share":
        return max(Fraction(0), min(weight, weight * x / 100))
    limit, every, lose = plain(rule["limit"]), plain(rule.get("every", "1")), plain(rule["lose"])
    gap = {"over": x - limit, "under": limit - x, "either": abs(x - limit)}[rule["side"]]
    step = rule.get("step", "whole")
    if step == "linear":
        return max(Fraction(0), weight - max(gap, Fraction(0)) / every * lose)
    points = weight
    reached = every if step == "whole" else Fraction(0)
    while points > 0 and (gap >= reached if step == "whole" else gap > reached):
        points, reached = points - lose, reached + every
    return max(points, Fraction(0))


def test_every_rule_of_every_rubric_is_exact_at_its_thresholds() -> None:
    assert len(THRESHOLDS) > 300
    for rubric, spec, target, facts in THRESHOLDS:
        if {"applies_when", "void_when"} & spec.keys() or spec["rule"]["kind"] not in ORACLES:
            continue
        result, expected = alone(rubric, spec, facts), oracle(spec, target)
        where = f"{rubric['id']} {spec['id']} at {show(target, 4)}: {result.reason}"
        assert result.ratio == (target / 100 if is_percent(rubric, spec) else target), where
        assert result.computed == expected, where
        assert result.status == ("error" if expected is None else "scored"), where


@each_rubric
def test_a_rule_only_ever_falls_or_rises(rubric: Rubric) -> None:
    """Points fall beyond a limit of `over`, rise towards one of `under`,
    and follow the order of the bands."""
    for spec in rubric["indicators"]:
        rule = spec["rule"]
        if (
            not measure_text(rubric, spec)
            or not reads_measure(spec)
            or rule.get("side") == "either"
        ):
            continue
        ends = around(thresholds(rule))
        points = [
            oracle_free(spec, x) for x in sorted({*ends, *(end + Fraction(1, 3) for end in ends)})
        ]
        scored = [value for value in points if value is not None]
        falls = all(a >= b for a, b in pairwise(scored))
        rises = all(a <= b for a, b in pairwise(scored))
        if rule["kind"] == "share" or rule.get("side") == "under":
            assert rises, spec["id"]
        elif rule.get("side") == "over":
            assert falls, spec["id"]
        elif not rubric["id"].startswith("every-kind"):
            assert rises or falls, f"{spec['id']}: bands go up and down"


def oracle_free(spec: Any, x: Fraction) -> Fraction | None:
    rule = spec["rule"]
    scored = rule_module(rule["kind"]).score(rule, Given(plain(spec["weight"]), x, "%", "", {}))
    points: Fraction | None = scored.points
    return points


@each_rubric
@settings(max_examples=25)
@given(x=st.fractions(-50, 3000, max_denominator=10**7))
def test_points_lie_within_the_weight(rubric: Rubric, x: Fraction) -> None:
    for spec in rubric["indicators"]:
        if measure_text(rubric, spec) and reads_measure(spec):
            points = oracle_free(spec, x)
            assert points is None or 0 <= points <= plain(spec["weight"])
            assert spec["rule"]["kind"] not in ORACLES or points == oracle(spec, x)


@pytest.mark.parametrize(
    ("formula", "staff", "quota", "status"),
    [
        ("在职人员数 / 编制数", 0, 0, "not_applicable"),
        ("在职人员数 / 编制数", 3, 0, "error"),
        ("1 - 在职人员数 / 编制数", 0, 0, "error"),
        ("(在职人员数 / 编制数) / 在职人员数", 0, 0, "error"),
        ("(在职人员数 - 编制数) / 编制数", 0, 0, "not_applicable"),
    ],
)
def test_zero_denominators(formula: str, staff: int, quota: int, status: str) -> None:
    """0/0 of the ratio itself does not apply; a zero within leaves it without a value."""
    facts = FactSet()
    facts.values = {"在职人员数": Fraction(staff), "编制数": Fraction(quota)}
    assert ratio("率", formula, facts).status == status


@given(
    st.fractions(-200, 200, max_denominator=1000),
    st.sampled_from(["[80,90)", "(80,90]", "[0,0]", "(,60)", "[90,)", "（80，90］", "[-5,5]"]),
)
def test_intervals(x: Fraction, text: str) -> None:
    interval = intervals.parse(text)
    formula = (
        intervals.condition(interval, "X")
        .replace("AND(", "ALL(")
        .replace("=", "==")
        .replace(">==", ">=")
        .replace("<==", "<=")
    )
    assert eval(
        formula, {"__builtins__": {}}, {"X": x, "ALL": lambda *parts: all(parts)}
    ) == interval.holds(x)


@pytest.mark.parametrize(
    "text", ["", "80-90", "[90,80]", "(5,5)", "[5,5)", "[a,b]", "[1,2,3]", "80,90"]
)
def test_no_interval(text: str) -> None:
    with pytest.raises(ValueError, match="区间"):
        intervals.parse(text)


# -- whole scorecards


def made(rubric: Rubric, seed: int) -> tuple[dict[str, Any], FactSet, Scorecard]:
    data = Maker(rubric, seed).data()
    facts = blank(rubric)
    apply(rubric, facts, data)
    return data, facts, score(rubric, facts)


SEEDS = range(60)


@each_rubric
def test_bounds_and_sums(rubric: Rubric) -> None:
    for seed in SEEDS:
        _, _, card = made(rubric, seed)
        raw = base = typed = Fraction(0)
        groups: dict[str, list[Any]] = {}
        for result in card.results:
            outside = is_outside(result.spec["rule"])
            if result.score is not None:
                assert result.score >= 0
                assert result.score <= result.weight or (outside and result.weight == 0)
            assert 0 <= result.base <= result.weight
            assert result.reason, result.spec["id"]
            is_void = "void_when" in result.spec and result.computed == 0
            assert is_void or (result.computed is None) == (result.status != "scored")
            assert result.status != "not_applicable" or (result.score, result.base) == (None, 0)
            if outside:
                continue
            if result.spec.get("group"):
                groups.setdefault(result.spec["group"], []).append(result)
            else:
                raw, base = raw + (result.score or 0), base + result.base
                typed += result.weight
        for name, members in groups.items():
            cap = plain(rubric["groups"][name])
            raw += min(cap, sum((m.score or Fraction(0)) for m in members))
            base += 0 if all(m.status == "not_applicable" for m in members) else cap
            typed += cap
        full = plain(rubric["full_marks"])
        if not (rescales(rubric) and card.is_settled):
            base = max(Fraction(0), full - (typed - base))
        assert (card.raw, card.base) == (raw, base)
        assert card.is_settled == (typed == full) or rescales(rubric)
        if card.total is not None:
            most = plain(scale(rubric))
            assert card.total == max(Fraction(0), raw / base * most + card.bonus - card.penalty)
            assert card.total <= most + card.bonus or not card.is_settled
            assert card.possible is None or card.possible[0] <= card.total <= card.possible[1]
        assert (card.total is None) == (not base or all(r.score is None for r in card.results))
        grades = {grade(rubric, end) for end in card.possible or ()}
        assert card.grade == (grades.pop() if len(grades) == 1 and card.is_settled else "")


@each_rubric
def test_what_does_not_apply_leaves_the_base(rubric: Rubric) -> None:
    """Full marks in what remains is full marks in all, whatever is left out."""
    rng = random.Random(7)
    for _ in range(10):
        facts = blank(rubric)
        claims: dict[str, Any] = {}
        for spec in rubric["indicators"]:
            claims[spec["id"]] = {"自评得分": "0" if is_outside(spec["rule"]) else spec["weight"]}
            is_free = spec["rule"]["kind"] == "judged" and "applies_when" not in spec
            if is_free and rng.random() < 0.3:
                claims[spec["id"]] = {"自评得分": NOT_APPLICABLE}
        weights = {
            spec["weight_fact"]: spec["weight"] if spec.get("own") else rng.randrange(1, 30)
            for spec in rubric["indicators"]
            if "weight_fact" in spec
        }
        for spec in rubric["indicators"]:
            if "weight_fact" in spec and claims[spec["id"]]["自评得分"] != NOT_APPLICABLE:
                claims[spec["id"]]["自评得分"] = weights[spec["weight_fact"]]
        apply(rubric, facts, {"facts": weights, "claims": claims})
        card = score(rubric, facts)
        if card.is_settled:
            assert card.total in (None, plain(scale(rubric)))


@each_rubric
def test_facts_survive_dump_and_apply(rubric: Rubric) -> None:
    for seed in SEEDS:
        _, facts, card = made(rubric, seed)
        again = blank(rubric)
        apply(rubric, again, dump(rubric, facts))
        filled = {name: value for name, value in facts.values.items() if value is not None}
        assert {name: value for name, value in again.values.items() if value is not None} == filled
        assert dump(rubric, again) == dump(rubric, facts)
        second = score(rubric, again)
        assert [
            (r.status, r.computed, r.score, r.claimed, r.note, r.reason) for r in second.results
        ] == [(r.status, r.computed, r.score, r.claimed, r.note, r.reason) for r in card.results]
        assert (second.total, second.grade, second.complete) == (
            card.total,
            card.grade,
            card.complete,
        )


@each_rubric
def test_more_of_a_good_thing_never_costs_points(rubric: Rubric) -> None:
    """One more breach, one 是 turned to 否, a lower own score: the total never rises."""
    for seed in range(20):
        data, _, card = made(rubric, seed)
        for spec in rubric["indicators"]:
            rule = spec["rule"]
            for name in (
                rule_module(rule["kind"]).facts(rule)
                if rule["kind"] in ("checklist", "breaches")
                else ()
            ):
                old = data["facts"].get(name)
                worse = "否" if old == "是" else old + 1 if isinstance(old, int) else None
                if worse is None or spec.get("applies_when"):
                    continue
                facts = blank(rubric)
                apply(rubric, facts, {**data, "facts": {**data["facts"], name: worse}})
                assert (score(rubric, facts).total or 0) <= (card.total or 0), (
                    f"{spec['id']} {name}"
                )


# -- sums within rounding


@given(
    st.lists(st.fractions(0, 1000, max_denominator=10**6), min_size=2, max_size=6),
    st.integers(2, 6),
)
def test_rounded_parts_never_differ_from_their_rounded_total(
    parts: list[Fraction], places: int
) -> None:
    """Whatever the exact amounts were: a total and parts that are each rounded for themselves are
    no error."""
    names = [f"分项{number}" for number in range(len(parts))]
    facts = {name: round_half_up(part, places) for name, part in zip(names, parts)}
    facts["合计"] = round_half_up(sum(parts, Fraction(0)), places)
    found = arithmetic._identity({"name": "合计", "sum": names}, facts, {}, set(), "")  # type: ignore[arg-type]
    assert {one.code for one in found} <= {"sum-rounding"}


@given(st.lists(money, min_size=2, max_size=6), st.integers(1, 10**6))
def test_a_total_beyond_rounding_is_always_found(parts: list[Fraction], beyond: int) -> None:
    names = [f"分项{number}" for number in range(len(parts))]
    room = HUNDREDTH / 2 * (len(parts) + 1)
    facts: dict[str, Any] = dict(zip(names, parts))
    facts["合计"] = round_half_up(sum(parts, Fraction(0)) + room, 2) + Fraction(beyond, 100)
    found = arithmetic._identity({"name": "合计", "sum": names}, facts, {}, set(), "")  # type: ignore[arg-type]
    assert [one.code for one in found] == ["sum-differs"]
