"""否决情形: a condition that leaves no points at all, and what it is called.

In a cell: `截留挪用资金 = 是→存在截留挪用`
"""

from __future__ import annotations

from ..base import Parameter
from ..loose import rows
from . import CELL
from .cell_text import ARROW, COLON, ENTRY, MARKS, halves, quoted, unquoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..base import Review

FIELDS = (Parameter("when", "条件", "expression"), Parameter("text", "说明", "text"))
ONE = "种"
PLACE = CELL
EXAMPLE = "截留挪用资金 = 是→存在截留挪用"
BRIEF = EXAMPLE
GUIDE = (
    "{kind}：截留挪用资金 = 是→存在截留挪用。有一种成立，就从总分里扣去本指标的分值；"
    "分值写满分加上最多的加分，总分即为 0。",
)
WORDS = ("否决情形",)


def write(row: dict[str, Any]) -> str:
    return f"{quoted(row['when'], MARKS)}→{quoted(row['text'], ENTRY)}"


def read(entry: str) -> dict[str, Any]:
    when, text = halves(entry, ARROW, COLON)
    return {"when": unquoted(when), "text": unquoted(text)}


def faults(name: str, value: Any, review: Review) -> None:
    """Conditions that can be read."""
    for index, row in rows(value):
        review.condition(row.get("when"), (name, index, "when"))
