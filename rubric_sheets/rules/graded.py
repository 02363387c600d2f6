"""分档评定: the unit chooses a grade, as 达成/基本达成/未达成, and types points in its range.

The ranges are shares of the weight or points. Points outside of the grade's range count as its
nearer end, and a finding says so; a grade whose range is one figure needs no points typed.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.intervals import parse
from ..exact.intervals import words as interval_words
from ..exact.quantities import HUNDRED, NOT_APPLICABLE, ZERO, plain, show
from . import judged
from .base import (
    INSIDE,
    Asked,
    Brings,
    Cells,
    Given,
    Parameter,
    Part,
    Rule,
    Scored,
    Subject,
    literal,
)
from .lists.ranges import within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .base import Review

LABEL = "分档评定"
READS_MEASURE = False
COUNTS = INSIDE
JUDGED = True
SHARE = "share"
PARAMETERS = (
    judged.PARAMETERS[0],
    Parameter(
        "grade",
        "档次数据",
        "fact",
        help="填报档次的数据名称",
        brings=Brings("text", like=("text",)),
        synonyms=("等级数据",),
        width=20,
    ),
    Parameter(
        "of",
        "区间按",
        "choice",
        choices=(SHARE, "points"),
        help="区间是占分值的百分比，还是分数",
        words=(("占分值百分比", "百分比", "比例"), ("分数", "分")),
        width=12,
    ),
    Parameter("ranges", "档次", "ranges", help="从最好的一档写起，每档写名称和可得分的区间"),
    judged.PARAMETERS[1],
)


def facts(rule: Rule) -> list[str]:
    return [rule["fact"], rule["grade"]]


def needed(rule: Rule, known: dict[str, Any], x: Fraction) -> list[str]:
    """A grade of one figure, as 达成 100%, leaves nothing to be typed, and so does 不适用."""
    left_out = [name for name in known if known[name] == NOT_APPLICABLE]
    if left_out:
        return left_out
    row = _row(rule, known.get(rule["grade"]))
    if row is None or known.get(rule["fact"]) is not None:
        return list(known)
    interval = parse(row["range"])
    return [rule["grade"]] if interval.low == interval.high else list(known)


def asked(rule: Rule, row: dict[str, Any], spec: Any) -> Asked:
    weight = plain(spec["weight"]) if "weight" in spec else None
    help_ = "各档得分：" + "；".join(_offered(rule, weight))
    if row.get("parameter") == "fact":
        return Asked("", help=help_)
    names = tuple(str(one["name"]) for one in rule["ranges"])
    text = f"{rule.get('guide') or spec['levels'][-1]}（选定档次，再在评分表填自评得分）"
    return Asked(text, spec.get("weight", ""), help=help_, choices=names)


def faults(rule: Rule, review: Review) -> None:
    within("ranges", rule["ranges"], review, share=rule["of"] == SHARE)


def _offered(rule: Rule, weight: Fraction | None) -> list[str]:
    """`达成 8分（含）—10分（含）`: each grade with its range."""
    if weight is None and rule["of"] == SHARE:
        return [f"{row['name']} 分值的{_own_words(row, '%')}" for row in rule["ranges"]]
    return [f"{row['name']} {_points_words(rule, row, weight or ZERO)}" for row in rule["ranges"]]


def _own_words(row: dict[str, Any], unit: str) -> str:
    return interval_words(parse(row["range"]), unit)


def _points_words(rule: Rule, row: dict[str, Any], weight: Fraction) -> str:
    low, high = _ends(rule, row, weight)
    if low == high:
        return f"{show(low)}分"
    interval = parse(row["range"])._replace(low=low, high=high)
    return interval_words(interval, "分")


def _words(row: dict[str, Any]) -> list[str]:
    return [row["name"], *row.get("synonyms", ())]


def _row(rule: Rule, answer: Any) -> dict[str, Any] | None:
    """A spreadsheet's = knows no capitals, so a is A here too."""
    wanted = str(answer).casefold()
    return next((row for row in rule["ranges"] if wanted in map(str.casefold, _words(row))), None)


def _ends(rule: Rule, row: dict[str, Any], weight: Fraction) -> tuple[Fraction, Fraction]:
    """In points."""
    interval = parse(row["range"])
    unit = weight / HUNDRED if rule["of"] == SHARE else Fraction(1)
    return (interval.low or ZERO) * unit, (interval.high or ZERO) * unit


def score(rule: Rule, given: Given) -> Scored:
    claim, grade = given.values.get(rule["fact"]), given.values.get(rule["grade"])
    if NOT_APPLICABLE in (claim, grade):
        return Scored(None, ZERO)
    row = _row(rule, grade)
    if row is None:
        levels = [str(one["name"]) for one in rule["ranges"]]
        return Scored(None, given.weight, (("no-level", {"what": str(grade), "levels": levels}),))
    low, high = _ends(rule, row, given.weight)
    if claim is None:
        return Scored(low, given.weight)
    points = min(max(claim, low), high, given.weight)
    return Scored(points, given.weight, _outside(rule, row, given, claim))


def _outside(
    rule: Rule, row: dict[str, Any], given: Given, claim: Fraction
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """What is beyond the weight itself is told as every claim is."""
    low, high = _ends(rule, row, given.weight)
    interval = parse(row["range"])._replace(low=low, high=high)
    if interval.holds(claim) or not 0 <= claim <= given.weight:
        return ()
    allowed = interval_words(interval, "分")
    return (("graded-outside", {"what": row["name"], "actual": claim, "expected": allowed}),)


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    grade, claim = given.values.get(rule["grade"]), given.values.get(rule["fact"])
    row = _row(rule, grade)
    if scored.points is None or row is None:
        return f"{rule['grade']}为“{grade}”"
    text = f"评为“{row['name']}”，可得{_points_words(rule, row, given.weight)}"
    if claim is not None:
        text += f"，自评 {show(claim)} 分"
    if claim is not None and claim != scored.points:
        text += f"，不在此档之内，按 {show(scored.points)} 分计"
    if scored.points == given.weight:
        return f"{text}，得满分 {show(scored.points)} 分"
    lost = show(given.weight - scored.points)
    return f"{text}，得 {show(scored.points)} 分，扣 {lost} 分"


def _chosen(rule: Rule, of_row: Any, otherwise: str) -> str:
    """`of_row(row)` of the row whose word stands in the grade's cell."""
    text = otherwise
    for row in reversed(rule["ranges"]):
        tests = [f"{rule['grade']}={literal(word)}" for word in _words(row)]
        test = f"OR({','.join(tests)})" if len(tests) > 1 else tests[0]
        text = f"IF({test},{of_row(row)},{text})"
    return text


def _end(rule: Rule, row: dict[str, Any], cells: Cells, side: int) -> str:
    """The least (0) or the most (1) of a row, as an expression."""
    interval = parse(row["range"])
    end = (interval.low, interval.high)[side] or ZERO
    if rule["of"] == SHARE:
        return f"{cells.weight}*{show(end / HUNDRED, 12)}"
    return show(end, 10)


def formula(rule: Rule, cells: Cells) -> str:
    """The unit's own score stands in for a grade that is blank or not known."""
    claim = rule["fact"]

    def of_row(row: dict[str, Any]) -> str:
        least, most = _end(rule, row, cells, 0), _end(rule, row, cells, 1)
        typed = f"MAX({least},MIN({most},{cells.weight},{claim}))"
        interval = parse(row["range"])
        alone = least if interval.low == interval.high else '""'
        return f"IF(ISNUMBER({claim}),{typed},{alone})"

    own = f'IF(ISNUMBER({claim}),MAX(0,MIN({cells.weight},{claim})),"")'
    none = f'OR({claim}="{NOT_APPLICABLE}",{rule["grade"]}="{NOT_APPLICABLE}")'
    return f'IF({none},"{NOT_APPLICABLE}",{_chosen(rule, of_row, own)})'


def base_formula(rule: Rule, cells: Cells) -> Part | None:
    """The whole weight; known once a grade is chosen."""
    words = [word for row in rule["ranges"] for word in _words(row)]
    tests = [f"{rule['grade']}={literal(word)}" for word in (*words, NOT_APPLICABLE)]
    return Part(f"OR({','.join(tests)})", cells.weight)


def limits(rule: Rule, cells: Cells) -> tuple[str, str]:
    """Those of the chosen grade; of no grade yet, those of the weight."""
    least = _chosen(rule, lambda row: _end(rule, row, cells, 0), "0")
    return least, _chosen(rule, lambda row: _end(rule, row, cells, 1), cells.weight)


def standard(rule: Rule, subject: Subject) -> str:
    guide = rule.get("guide") or "由单位按完成情况选定档次，在该档区间内评分"
    unit, before = ("%", "分值的") if rule["of"] == SHARE else ("分", "")
    parts = [f"{row['name']}，得{before}{_own_words(row, unit)}" for row in rule["ranges"]]
    return f"{guide}：{'；'.join(parts)}。"
