"""每超过（低于）一个百分点扣若干分: points lost for each step beyond a limit, over it,
under it or either way."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import plain, show
from .base import (
    INSIDE,
    WARN_OVER,
    Cells,
    Given,
    Parameter,
    Rule,
    Scored,
    Subject,
    asks_nothing,
    clamp,
    needs_all,
    no_faults,
    over_warning,
    stride,
    whole_weight,
)

LABEL = "按点扣分"
READS_MEASURE = True
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (
    Parameter(
        "side",
        "方向",
        "choice",
        choices=("over", "under", "either"),
        help="超过、低于、偏离标准时扣分",
        words=(("超过", "高于", "大于"), ("低于", "不足", "小于"), ("偏离", "两边", "不等于")),
        synonyms=("扣分方向",),
        width=8,
    ),
    Parameter(
        "limit",
        "标准",
        "number",
        help="百分数只写数字：100 即 100%",
        synonyms=("标准值", "目标值", "限额"),
        width=8,
    ),
    Parameter(
        "every",
        "每多少点",
        "number",
        required=False,
        help="步长，默认 1 个百分点",
        positive=True,
        synonyms=("步长", "每多少"),
        width=9,
    ),
    Parameter(
        "lose",
        "扣分",
        "number",
        help="每一步扣多少分",
        positive=True,
        synonyms=("每步扣分", "扣分值"),
        width=8,
    ),
    Parameter(
        "step",
        "不足一步",
        "choice",
        required=False,
        choices=("whole", "started", "linear"),
        help="whole 不扣；started 按一步扣；linear 按比例扣",
        words=(
            ("不扣", "不足不扣", "满一步才扣"),
            ("按一步扣", "按一步", "不足按一步"),
            ("按比例扣", "按比例", "按实际比例"),
        ),
        synonyms=("不足一步时", "取整"),
        width=11,
    ),
    WARN_OVER,
)
asked = asks_nothing
faults = no_faults
base_formula = whole_weight
_WORDS = {"over": "超过", "under": "低于", "either": "偏离"}


needed = needs_all


def facts(rule: Rule) -> list[str]:
    return []


def _numbers(rule: Rule) -> tuple[Fraction, Fraction, Fraction]:
    return plain(rule["limit"]), plain(rule.get("every", "1")), plain(rule["lose"])


def _beyond(rule: Rule, x: Fraction) -> Fraction:
    limit = plain(rule["limit"])
    side = rule["side"]
    gaps = {"over": x - limit, "under": limit - x, "either": abs(x - limit)}
    return max(gaps[side], Fraction(0))


def _steps(rule: Rule, x: Fraction) -> Fraction:
    steps = _beyond(rule, x) / plain(rule.get("every", "1"))
    step = rule.get("step", "whole")
    if step == "linear":
        return steps
    return Fraction(
        -(-steps.numerator // steps.denominator)
        if step == "started"
        else steps.numerator // steps.denominator
    )


def score(rule: Rule, given: Given) -> Scored:
    lost = _steps(rule, given.x) * plain(rule["lose"])
    warnings = over_warning(rule, given)
    return Scored(clamp(given.weight - lost, given.weight), given.weight, warnings)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    limit, every, lose = _numbers(rule)
    standard = show(limit, 10) + given.unit
    beyond = _beyond(rule, given.x)
    if beyond == 0:
        word = {"over": "未超过", "under": "不低于", "either": "等于"}[rule["side"]]
        return f"{given.text}，{word} {standard}，得满分 {show(given.weight)} 分"
    steps, points = _steps(rule, given.x), stride(given.unit)
    word, step = _WORDS[rule["side"]], rule.get("step", "whole")
    if steps == 0:
        return f"{given.text}，{word} {standard} 不足 {show(every, 10)} {points}，不扣分"
    if step == "whole":
        how = f"{word} {standard} 满 {show(steps * every, 10)} {points}"
    else:
        how = f"{word} {standard} 共 {show(beyond)} {points}"
    begun = (
        f"，不足 {show(every, 10)} {points}按 {show(every, 10)} 个计" if step == "started" else ""
    )
    step_of = points if every == 1 else f" {show(every, 10)} {points}"
    how += f"{begun}，每{step_of}扣 {show(lose, 10)} 分"
    lost = steps * lose
    if lost >= given.weight:
        return f"{given.text}，{how}，应扣 {show(lost)} 分，扣完为止，得 0 分"
    return f"{given.text}，{how}，扣 {show(lost)} 分"


def formula(rule: Rule, cells: Cells) -> str:
    limit, every, lose = (show(value, 10) for value in _numbers(rule))
    gap = {
        "over": f"{cells.x}-{limit}",
        "under": f"{limit}-{cells.x}",
        "either": f"ABS({cells.x}-{limit})",
    }[rule["side"]]
    # The quotient is rounded before it is cut: 0.29*100 is 28.999999999999996 in binary.
    steps = f"ROUND(MAX(0,{gap})/{every},8)"
    step = rule.get("step", "whole")
    if step == "whole":
        steps = f"INT({steps})"
    elif step == "started":
        steps = f"ROUNDUP({steps},0)"
    return f"MAX(0,{cells.weight}-{lose}*{steps})"


def standard(rule: Rule, subject: Subject) -> str:
    limit, every, lose = (show(value, 10) for value in _numbers(rule))
    sign = {"over": "≤", "under": "≥", "either": "="}[rule["side"]]
    points = stride(subject.unit)
    part = {
        "whole": f"不足{every}{points}的不扣",
        "started": f"不足{every}{points}的按{every}{points}计",
        "linear": "按实际比例计",
    }
    return (
        f"{subject.name}{sign}{limit}{subject.unit}，计{subject.weight}分；每{_WORDS[rule['side']]}{every}{points}"
        f"扣{lose}分（{part[rule.get('step', 'whole')]}），扣完为止。"
    )
