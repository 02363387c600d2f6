"""The unit's own indicators: each filled row of the rubric's list becomes an indicator of its
own."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO, exact, show, total
from ..facts.model import Claim, FactSet, Row, Value, row_id
from ..rubric.model import IndicatorSpec, Rubric
from ..rubric.own_figures import COUNT, POINTS, REACHED, WEIGHTS, listed
from ..rubric.statuses import LEFT_OUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .result import Result

# Of these one wants less, unless a later word turns them round; a rubric may list its own (`less`).
LESS = (
    "成本、投诉、差错、事故、时间、时限、时长、周期、能耗、控制率、调整率、变动率、结余率、负债率、"
    "超支、违规、死亡、缺陷、退回"
)
TURNED = (
    "处理、处置、办结、解决、整改、排查、回复、下降、降低、减少、压缩、节约、达标、及时、满意、完成、"
    "合格、覆盖、有效、服务时间、使用时间、运行时间"
)
RESULTS = ("测算得分", "得分", "扣分原因", "适用分值", "判定", "目标数", "完成数", "依据")


class Shown(str):
    """A number in a cell for texts, as the cell shows it: `96%`. `raw`:
    as a formula joins it to a text, `0.96`."""

    raw: str


def shown(text: str, raw: str) -> Shown:
    out = Shown(text)
    out.raw = raw
    return out


def raw_text(value: Value) -> str:
    """What `D12&""` gives in the sheet."""
    if isinstance(value, Shown):
        return value.raw
    return value if isinstance(value, str) and value.strip() else text_of(value)


def text_of(value: Value) -> str:
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else show(value, 10)


def is_filled(row: Row) -> bool:
    return any(
        text_of(row.values.get(name)) for name in ("三级指标", "年度指标值", "实际完成值", "分值")
    )


def year_of(facts: FactSet) -> str:
    """The year of the evaluation, as four digits; empty where it is not known."""
    year = text_of(facts.values.get("评价年度"))
    return year if len(year) == 4 and year.isdecimal() else ""


def rule_of(targets: dict[str, Any], row: Row, year: str = "") -> dict[str, Any]:
    """The row's rule, complete with the rubric's parameters; `year`: of the evaluation."""
    goal, actual = row.values.get("年度指标值"), row.values.get("实际完成值")
    less = targets.get("bare_cost", "≤")
    bare = less if wants_less(targets, row) else targets.get("bare", "≥")
    return {
        "kind": "target",
        "target": raw_text(goal),
        "actual": raw_text(actual),
        "target_shown": text_of(goal),
        "actual_shown": text_of(actual),
        "name": text_of(row.values.get("三级指标")),
        "year": year,
        "bare": bare,
        **{key: targets[key] for key in ("mostly", "mostly_from", "undone")},
    }


def wants_less(targets: dict[str, Any], row: Row) -> bool:
    """Does one want less of it? Its name tells, or else the second level: 成本指标."""
    name, level = (text_of(row.values.get(column)) for column in ("三级指标", "二级指标"))
    if any(word in name for word in TURNED.split("、")):
        return False
    words = str(targets.get("less") or LESS).split("、")
    return any(word in text for text in (name, level) for word in words)


def own_indicators(
    rubric: Rubric, facts: FactSet
) -> list[tuple[IndicatorSpec, Claim, tuple[str, ...]]]:
    """(indicator, claim, names of blank cells) for each filled row;
    levels left blank are those of the row above."""
    targets: Any = rubric.get("targets")
    if not targets:
        return []
    out: list[tuple[IndicatorSpec, Claim, tuple[str, ...]]] = []
    above, year = ["", ""], year_of(facts)
    for index, row in enumerate(facts.tables.get(targets["table"], ())):
        levels = [text_of(row.values.get(name)) for name in ("一级指标", "二级指标")]
        if levels[0]:
            above = levels
        elif levels[1]:
            above = [above[0], levels[1]]
        if not is_filled(row):
            continue
        rule = rule_of(targets, row, year)
        spec = _indicator(index, row, above, rule)
        claim = Claim(row.values.get("自评得分"), text_of(row.values.get("偏差原因")))
        out.append((spec, claim, _blank(row, rule)))
    return out


def figures_of(rubric: Rubric, own: list[Result]) -> dict[str, Value]:
    """What the list comes to, for the figures that the rubric uses; None while a row has no
    score, or there is none."""
    names = listed(rubric["facts"])
    counted = [one for one in own if one.status != LEFT_OUT]
    if not counted or any(one.score is None for one in counted):
        return dict.fromkeys(names)
    full = [one for one in counted if one.weight and one.score == one.weight]
    values: dict[str, Value] = {
        COUNT: Fraction(len(counted)),
        REACHED: Fraction(len(full)),
        POINTS: total(one.score or ZERO for one in counted),
        WEIGHTS: total(one.weight for one in counted),
    }
    return {name: values[name] for name in names}


def _indicator(index: int, row: Row, above: list[str], rule: dict[str, Any]) -> IndicatorSpec:
    """What a row of the list is to the rubric; `above`: the first two levels."""
    weight = row.values.get("分值")
    name = text_of(row.values.get("三级指标")) or rule["target_shown"] or f"第 {index + 1} 行"
    return {
        "id": row_id(index),
        "levels": [*above, name],
        "weight": exact(weight) if isinstance(weight, Fraction) else "0",
        "rule": rule,
        "standard": "",
        "row": index,
    }


def _blank(row: Row, rule: dict[str, Any]) -> tuple[str, ...]:
    """The names of the cells that scoring needs and that are not filled; a weight of 0 is."""
    weight = row.values.get("分值")
    filled = {
        "分值": isinstance(weight, Fraction) or bool(weight),
        "年度指标值": bool(rule["target"]),
        "实际完成值": bool(rule["actual"]),
    }
    return tuple(name for name, is_there in filled.items() if not is_there)
