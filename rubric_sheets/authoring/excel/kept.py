"""What an author adds to a rubric's workbook that is no part of the rubric: comments on cells, the
widths of columns."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from .column import Column, Key

Cell = tuple[str, str]  # sheet and address
NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Kept(NamedTuple):
    """`widths`: by table and column; `comments`: by sheet and cell of the workbook to be
    written."""

    widths: Mapping[tuple[str, Key], float] = NOTHING
    comments: Mapping[Cell, str] = NOTHING

    def width(self, table: str, column: Column) -> float:
        """That of the author, else the usual one."""
        return self.widths.get((table, column.key), column.width)
