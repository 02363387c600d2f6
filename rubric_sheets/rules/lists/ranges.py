"""档次: a word, the range of points that a unit may give itself under it, other words read as it.

In a cell: `达成→[80,100]；基本达成→[60,80)；未达成→[0,60)`. From the best down; two neighbours
may share an end, as printed forms do: 较强 10—15, 一般 5—10.
"""

from __future__ import annotations

from ...exact.intervals import Interval, parse
from ...exact.quantities import HUNDRED, ZERO
from ..base import Parameter
from ..loose import rows
from . import CELL
from .cell_text import ARROW, COLON, MARKS, halves, quoted, unquoted
from .levels import no_word_twice, read_name, write_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

    from ..base import Review

FIELDS = (
    Parameter("name", "档次", "text"),
    Parameter("range", "区间", "text"),
    Parameter("synonyms", "同义词", "texts", required=False),
)
ONE = "档"
PLACE = CELL
EXAMPLE = "达成（完成）→[80,100]；基本达成→[60,80)；未达成→[0,60)"
BRIEF = "达成→[80,100]；未达成→[0,80)"
GUIDE = (
    "{kind}：达成（完成）→[80,100]；基本达成→[60,80)；未达成→[0,60)。从最好的一档写起，括号里是也认得的同义词；"
    "区间是单位可得的分，按“区间按”一列理解为占分值的百分比或分数。",
)
WORDS = ("档次区间",)


def write(row: dict[str, Any]) -> str:
    return f"{write_name(row)}→{quoted(row['range'], MARKS)}"


def read(entry: str) -> dict[str, Any]:
    start, interval = halves(entry, ARROW, COLON)
    name, *synonyms = read_name(start)
    row: dict[str, Any] = {"name": name, "range": unquoted(interval)}
    return {**row, **({"synonyms": synonyms} if synonyms else {})}


def faults(name: str, value: Any, review: Review) -> None:
    """Words told apart; ranges with two ends, from the best down, that share an end at most."""
    no_word_twice(name, value, review)
    above: tuple[int, Interval] | None = None
    for index, row in rows(value):
        interval = _interval(row.get("range"), (name, index, "range"), review)
        if interval is None:
            continue
        if above is not None:
            _below(interval, above, (name, index, "range"), row["range"], review)
        above = (index, interval)


def _interval(text: Any, path: tuple[str | int, ...], review: Review) -> Interval | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        interval = parse(text)
    except ValueError as problem:
        review.add("rubric-band-range", path, actual=text, what=str(problem))
        return None
    if interval.low is None or interval.high is None or interval.low < 0:
        review.add("rubric-range-open", path, actual=text)
        return None
    return interval


def _below(
    one: Interval,
    above: tuple[int, Interval],
    path: tuple[str | int, ...],
    text: str,
    review: Review,
) -> None:
    """From the best down."""
    assert one.high is not None
    assert above[1].low is not None
    if one.high > above[1].low:
        what = f"第 {above[0] + 1} 档"
        review.add("rubric-range-order", path, actual=text, expected=what)


def within(name: str, value: Any, review: Review, *, share: bool) -> None:
    """The best range ends at the weight and none goes beyond it; asked of a right shape."""
    whole = HUNDRED if share else review.weight
    if whole is None or review.wrong((name,)):
        return
    ends: list[Fraction] = [parse(row["range"]).high or ZERO for _, row in rows(value)]
    for index, end in enumerate(ends):
        if end > whole:
            review.add("rubric-points-over", (name, index, "range"), actual=end, expected=whole)
    if ends and max(ends) < whole:
        review.add("rubric-best-below", (name,), actual=max(ends), expected=whole)
