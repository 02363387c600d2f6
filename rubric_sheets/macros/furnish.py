"""What makes a macro workbook of a plain one: macros, buttons on the 评分表,
and xlwings' settings."""

from __future__ import annotations

from typing import Any

from ..places.names import SCORE_SHEET
from .package import attach_macros

BUTTONS = {"计算得分": "SelfCalculate", "检查填报": "SelfCheck"}  # caption → macro
# The interpreter is left to xlwings' own settings: it differs from machine to machine. The folder
# of the workbook stays out of Python's path: whatever lies beside a workbook from elsewhere must
# not be imported.
CONFIGURATION = (
    ("PYTHONPATH", ""),
    ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),
    ("USE UDF SERVER", "False"),
    ("SHOW_ERROR_POPUPS", "True"),
)


def furnish(book: Any, sheets: dict[str, Any]) -> None:
    """Macros, buttons and xlwings' settings, for a workbook of XlsxWriter before it is closed."""
    for name, sheet in sheets.items():
        if name.startswith(SCORE_SHEET):  # one for each project
            add_buttons(sheet)
    add_configuration(book)
    attach_macros(book)


def add_buttons(sheet: Any) -> None:
    """Over the left end of the title row, whose text stands in the middle: always in sight,
    printed never."""
    for number, (name, macro) in enumerate(BUTTONS.items()):
        place = {"x_offset": 4 + 104 * number, "y_offset": 8, "width": 96, "height": 28}
        sheet.insert_button("A2", {"macro": macro, "caption": name, "description": name, **place})


def add_configuration(book: Any) -> None:
    """xlwings reads its settings from a sheet of this name."""
    sheet = book.add_worksheet("xlwings.conf")
    for row, (key, value) in enumerate(CONFIGURATION):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.hide()
