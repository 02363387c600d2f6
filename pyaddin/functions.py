"""Functions for people's own sheets: =控制率(预算, 实际), =变动率(本年, 上年), =执行率(实际,
预算), =扣分(…).

The arithmetic is the core's: exact, so that at a threshold a sheet of one's own says what the
workbook says. Import this file as a UDF module of xlwings in Excel for Windows; elsewhere only the
plain functions exist.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from rubric_sheets.exact.expressions import ZeroDenominator, evaluate, parse
from rubric_sheets.exact.quantities import NOT_APPLICABLE, exact, from_cell, plain
from rubric_sheets.rules import deduct
from rubric_sheets.rules.base import Given

CONTROL, CHANGE, EXECUTION = "实际 / 预算", "(本年 - 上年) / 上年", "实际 / 预算"


def number(value: Any) -> Fraction:
    """A cell's number at 15 significant digits. ValueError, in Chinese, for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"“{'空' if value is None else value}”不是数字")
    return from_cell(repr(value))


def _ratio(formula: str, **values: Any) -> float | str:
    if NOT_APPLICABLE in values.values():
        return NOT_APPLICABLE
    if any(value is None or value == "" for value in values.values()):
        return ""
    try:
        return float(
            evaluate(parse(formula), {name: number(value) for name, value in values.items()})
        )
    except ZeroDenominator as problem:
        return NOT_APPLICABLE if problem.numerator == 0 else "无法计算"
    except ValueError as problem:
        return str(problem)


def control_rate(actual: Any, budget: Any) -> float | str:
    """控制率 = 实际 ÷ 预算，如“三公经费”控制率、在职人员控制率；1 即 100%。"""
    return _ratio(CONTROL, 实际=actual, 预算=budget)


def change_rate(this_year: Any, last_year: Any) -> float | str:
    """变动率 = (本年 − 上年) ÷ 上年；1 即 100%。"""
    return _ratio(CHANGE, 本年=this_year, 上年=last_year)


def execution_rate(actual: Any, budget: Any) -> float | str:
    """执行率 = 实际 ÷ 预算，如政府采购执行率；1 即 100%。"""
    return _ratio(EXECUTION, 实际=actual, 预算=budget)


def points(
    rate: Any, weight: Any, limit: Any, lose: Any, every: Any = 0.01, side: Any = "超过"
) -> float | str:
    """得分：比率每超过（或低于、偏离）标准 every 扣 lose 分，不足一步不扣，扣完为止。
    比率、标准、 步长都用 1 即 100%。"""
    sides = {"超过": "over", "低于": "under", "偏离": "either"}
    if rate == NOT_APPLICABLE:
        return NOT_APPLICABLE
    if rate is None or rate == "":
        return ""
    if side not in sides:
        return f"“{side}”应为：超过、低于或偏离"
    try:
        x, full, minus = number(rate) * 100, number(weight), number(lose)
        rule = {
            "side": sides[side],
            "limit": _text(number(limit) * 100),
            "every": _text(number(every) * 100),
            "lose": _text(minus),
        }
    except ValueError as problem:
        return str(problem)
    if plain(rule["every"]) <= 0:
        return "步长应大于 0"
    scored = deduct.score(rule, Given(full, x, "%", "", {}))
    return "" if scored.points is None else float(scored.points)


def _text(value: Fraction) -> str:
    return exact(value, 12)


NAMES: dict[str, Callable[..., Any]] = {
    "控制率": control_rate,
    "变动率": change_rate,
    "执行率": execution_rate,
    "扣分": points,
}


def register() -> dict[str, Callable[..., Any]]:
    """Name → function as xlwings offers it to Excel; empty where
    the platform has no user functions."""
    if sys.platform != "win32":
        return {}
    import xlwings as xw

    return {
        name: xw.func(_named(name, function), category="绩效自评")
        for name, function in NAMES.items()
    }


def _named(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """xlwings takes the name that Excel shows from the function itself."""
    import types

    copy = types.FunctionType(function.__code__, function.__globals__, name, function.__defaults__)
    copy.__doc__ = function.__doc__
    return copy


globals().update(register())
