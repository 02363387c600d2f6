"""情形: something that must not occur, and the fact that counts it."""

from __future__ import annotations

from ..base import Parameter
from . import ROWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..base import Review

FIELDS = (Parameter("fact", "名称", "fact"), Parameter("text", "内容", "text"))
ONE = "项"
PLACE = ROWS


def faults(name: str, value: Any, review: Review) -> None:
    """Nothing beyond the shape."""
