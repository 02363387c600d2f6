"""Drop-downs and prompts of the columns: what an author sees on selecting a cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .column import SHOWN, Column, Table

LINKS = {"ratio": ("ratios", ("name",)), "group": ("groups", ("name",))}
Cells = Callable[[str], str]  # what a drop-down takes its words from → the range, as a formula
LONGEST_TITLE, LONGEST_PROMPT = 32, 250  # of Excel's prompts


def validation(table: Table, column: Column, cells: Cells) -> dict[str, Any] | None:
    """XlsxWriter's options for a column, None where there is nothing to tell. Words of an author's
    own may be typed too: what they refer to may come later."""
    if column.kind == SHOWN:
        return None
    options = _choice(table, column, cells)
    if options["validate"] == "any" and not column.help:
        return None
    is_list = options["validate"] == "list"
    usual = "从下拉列表选。" if is_list else "只填数字。"
    return options | {
        "input_title": column.heading[:LONGEST_TITLE],
        "input_message": (column.help or usual)[:LONGEST_PROMPT],
        "error_title": "填写有误",
        "error_message": "请从下拉列表中选。" if is_list else "请填数字，百分数只写数字。",
    }


def _choice(table: Table, column: Column, cells: Cells) -> dict[str, Any]:
    first = str(column.key[0])
    if column.choices or column.kind == "flag":
        return {"validate": "list", "source": list(column.choices) or ["是", "否"]}
    if table.name == "indicator" and (first in LINKS or first == "value"):
        return {"validate": "list", "source": cells(first), "error_type": "warning"}
    if first == "id" and table.name != "indicator":
        return {"validate": "list", "source": cells(first), "error_type": "warning"}
    if column.kind == "number":
        least, most = -1e12, 1e12
        return {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": most}
    return {"validate": "any"}
