"""条件: a condition over facts, its points and what it is called;
the last row may be without a condition.

In a cell: `累计结余 = 0→3：无结余；其余→0`
"""

from __future__ import annotations

from ..base import Parameter
from ..loose import rows
from . import CELL
from .cell_text import (
    ARROW,
    COLON,
    ENTRY,
    MARKS,
    halves,
    quoted,
    read_points,
    split,
    unquoted,
    write_points,
)
from .points import within_weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..base import Review

FIELDS = (
    Parameter("when", "条件", "expression", required=False),
    Parameter("points", "得分", "points"),
    Parameter("text", "说明", "text", required=False),
)
ONE = "条"
PLACE = CELL
EXAMPLE = "累计结余 = 0→3：无结余；其余→0"
BRIEF = EXAMPLE
GUIDE = (
    "{kind}：累计结余 = 0→3：无结余；累计结余 <= 上年结转→2；其余→0。"
    "自上而下，第一条成立的得分，冒号后是说明文字；得分也可以写公式，如 完成数 ÷ 计划数 × 分值。",
)
WORDS = ("条件",)
REST = ("其余", "其余情况", "其他", "其他情况", "否则")


def write(row: dict[str, Any]) -> str:
    start = _when(row.get("when"))
    text = f"：{quoted(row['text'], ENTRY)}" if "text" in row else ""
    return f"{start}→{write_points(row['points'])}{text}"


def _when(condition: str | None) -> str:
    """A condition that is called like the rest of all cases stands in quotes."""
    if condition is None:
        return REST[0]
    return f'"{condition}"' if condition in REST else quoted(condition, MARKS)


def read(entry: str) -> dict[str, Any]:
    start, rest = halves(entry, ARROW)
    points, *texts = split(rest, COLON, 1)
    row = {} if start in REST else {"when": unquoted(start)}
    row["points"] = read_points(points)
    if texts:
        row["text"] = unquoted(texts[0])
    return row


def faults(name: str, value: Any, review: Review) -> None:
    """Conditions that can be read and reached, and that end somewhere;
    points that fit the weight."""
    last = None
    for index, row in rows(value):
        if last is not None and not last.get("when"):
            review.add("rubric-unreachable", (name, index))
        if row.get("when"):
            review.condition(row["when"], (name, index, "when"))
        review.points(row.get("points"), (name, index, "points"))
        last = row
    if last is not None and last.get("when"):
        review.add("rubric-no-fallback", (name,))
    within_weight(name, value, review, also=[row.get("points") for _, row in rows(value)])
