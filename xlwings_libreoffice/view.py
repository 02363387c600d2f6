"""Frozen panes and the print area of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from . import address
from .errors import LibreOfficeError
from .unsupported import Named, complete

if TYPE_CHECKING:
    from .protocols import Sheet


@complete("FreezePanes", base_classes.FreezePanes)
class FreezePanes(Named, base_classes.FreezePanes):
    """sheet.freeze_panes; needs a window, and shows its sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def _controller(self) -> Any:
        self._sheet.activate()
        return self._sheet.book.doc.CurrentController

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze the cells of the range and what lies above and left
        of them, as xlwings describes it."""
        area = address.parse(frozen_range)
        if area is None:
            raise ValueError(f"“{frozen_range}”不是单元格地址，不能冻结。")
        rows = 0 if area.rows >= address.MAX_ROWS else area.row + area.rows - 1
        columns = 0 if area.columns >= address.MAX_COLUMNS else area.column + area.columns - 1
        self._controller().freezeAtPosition(columns, rows)

    def unfreeze(self) -> None:
        self._controller().freezeAtPosition(0, 0)


@complete("PageSetup", base_classes.PageSetup)
class PageSetup(Named, base_classes.PageSetup):
    """sheet.page_setup: the print area."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return self._sheet.api

    @property
    def print_area(self) -> str | None:
        areas = self._sheet.xl.getPrintAreas()
        return ",".join(address.written(address.area_of(area)) for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        addresses = []
        for text in value.split(",") if value else []:
            area = address.parse(address.split_sheet(text.strip())[1])
            if area is None:
                raise LibreOfficeError(f"打印区域“{text}”不是单元格地址。")
            addresses.append(self._sheet.area(area).xl.RangeAddress)
        self._sheet.xl.setPrintAreas(tuple(addresses))
