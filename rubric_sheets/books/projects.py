"""Several projects of one unit in one workbook: one sheet each, and an overview.

The first project has the plain names; those of the others end with `__2`, `__3`… (名称 `总分__2`),
their sheets with （2）, （3）…. So a workbook with one project is just a workbook.
"""

from __future__ import annotations

from ..places.names import (
    FINDINGS_AREA,
    FINDINGS_SUMMARY,
    own_names,
    present,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .source import Source


class View:
    """One project of a workbook, as if it were alone. The 校验 sheet and `_meta` belong to all."""

    def __init__(self, source: Source, number: int) -> None:
        self.source, self.number = source, number
        self.path, self.sheets = source.path, source.sheets
        own = own_names(source.names, number)
        shared = {
            name: area
            for name, area in source.names.items()
            if name in (FINDINGS_AREA, FINDINGS_SUMMARY)
        }
        self.names = {**shared, **own}
        # The calls go straight to the workbook: they cost a microsecond each, thousands of times.
        self.cell, self.cells, self.changes = source.cell, source.cells, source.changes
        self.is_percent, self.is_date, self.merges = (
            source.is_percent,
            source.is_date,
            source.merges,
        )

    @property
    def date1904(self) -> bool:
        return self.source.date1904


def views(source: Source) -> list[Source]:
    """The projects of a workbook; the workbook itself where it holds but one."""
    numbers = present(source.names)
    return [source] if numbers == [1] else [View(source, number) for number in numbers]
