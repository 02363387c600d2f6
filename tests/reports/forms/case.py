"""One report of the measurement."""

from __future__ import annotations

from typing import NamedTuple

from ..documents import Block


class Case(NamedTuple):
    """`wrong`: the figure that was changed, as printed; "" in a clean one."""

    layout: str
    kind: str
    blocks: list[Block]
    wrong: str
