"""Tables of institutions: a 汇总 row that adds up the rows below it, and totals across."""

from __future__ import annotations

from typing import Any

from ..exact.written import sum_of_filled
from ..facts.derive import signed_parts
from ..facts.pairs import INSTITUTION, difference, paired_cell
from ..looks.heights import text_height
from ..places import slots
from ..places.addresses import Area, letters
from ..rubric.model import Rubric
from .page import GRID, HEADING, HINT, LABEL, Page

END_OF_TABLE = "（机构更多时，在本行上方插入行）"


def _stretched(columns: int) -> tuple[int, ...]:
    """A table with fewer columns than the sheet takes its whole width once it is handed in:
    its first columns get the room."""
    spare = GRID - columns
    return (2,) * spare + (1,) * (columns - spare) if 0 < spare < columns else ()


class Institutions:
    """Remembers where each column stands, for formulas that cross sheets."""

    def __init__(self, rubric: Rubric, rows: dict[str, int]) -> None:
        self.rubric, self.rows = rubric, rows
        self.columns_of: dict[str, tuple[str, int]] = {}
        self.areas: dict[str, Area] = {}

    def put(self, page: Page, table: str) -> None:
        """The 汇总 row first, then one row per institution, in the block that was begun."""
        columns = self.rubric["tables"][table]["columns"]
        self._header(page, columns)
        sum_row, first = page.row, page.row + 1
        last = first + max(3, self.rows.get(table, 0)) - 1
        page.areas[table] = (first, 1, last + 1, len(columns) + 1)
        self.areas[table] = Area(page.name, first, 1, last + 1, len(columns) + 1)
        page.blocks[-1].handed_in = _stretched(len(columns) + 1)
        for index, column in enumerate(columns):
            self.columns_of[column["name"]] = (table, index + 2)
        page.put(1, "label", "局机关及二级机构汇总", role=LABEL)
        for index, column in enumerate(columns, 2):
            letter = letters(index)
            cells = f"{letter}{first}:{letter}{last + 1}"
            page.put(
                index,
                "formula.amount",
                formula=sum_of_filled(cells),
                fact=dict(column),
                slot=slots.fact(column["name"]),
                name=column["name"],
            )
        page.next(34)
        for offset in range(last - first + 1):
            self._row(page, table, columns, offset)
        page.put(1, "end", END_OF_TABLE, columns=len(columns) + 1, role=HINT)
        page.next(15)
        self._marks(page, columns, sum_row, last)

    def _header(self, page: Page, columns: list[Any]) -> None:
        page.put(1, "header", "机构名称", rows=2, role=HEADING)
        groups = [column.get("group", "") for column in columns]
        for index, column in enumerate(columns, 2):
            label = column.get("label", column["name"])
            group = groups[index - 2]
            if not group:
                page.put(index, "header", label, rows=2, role=HEADING)
                continue
            if index == 2 or groups[index - 3] != group:
                width = next(
                    (n for n, g in enumerate(groups[index - 2 :]) if g != group),
                    len(groups) - index + 2,
                )
                page.put(index, "header", group, columns=width, role=HEADING)
            page.put_in(page.row + 1, index, "header", label, role=HEADING)
        page.next(22)
        labels = [column.get("label", column["name"]) for column in columns]
        page.next(
            max(
                34,
                *(text_height(label, page.widths[index]) for index, label in enumerate(labels, 1)),
            )
        )

    def _row(self, page: Page, table: str, columns: list[Any], offset: int) -> None:
        page.put(
            1,
            "input.text",
            slot=slots.row(table, offset, INSTITUTION),
            fact={"name": INSTITUTION, "kind": "text"},
        )
        for index, column in enumerate(columns, 2):
            formula = self.row_formula(table, column, page.row)
            page.put(
                index,
                "input.amount",
                formula=formula,
                fact=dict(column),
                slot=slots.row(table, offset, column["name"]),
            )
        page.next(22)

    def row_formula(self, table: str, column: Any, row: int) -> str:
        """The default formula of a total in an institution's row; people may type over it."""
        if "sum" in column:
            listed = ",".join(f"{letters(self.columns_of[part][1])}{row}" for part in column["sum"])
            return sum_of_filled(listed)
        if "formula" not in column:
            return ""
        parts = []
        own = self.areas[table]
        for sign, name in signed_parts(column["formula"]):
            home, index = self.columns_of[name]
            cell = f"{letters(index)}{row}"
            if home != table:
                cell = paired_cell(own, row, self.areas[home], index)
            parts.append((sign, cell))
        return difference(parts)

    def _marks(self, page: Page, columns: list[Any], sum_row: int, last: int) -> None:
        for index, column in enumerate(columns, 2):
            letter = letters(index)
            if "sum" in column:
                parts = ",".join(
                    f"{letters(self.columns_of[part][1])}{sum_row}" for part in column["sum"]
                )
                slack = f"0.005*(COUNT({parts})+1)+0.0000001"
                total = f"{letter}{sum_row}"
                far = f"ABS({total}-SUM({parts}))>{slack}"
                wrong = f"AND(ISNUMBER({total}),COUNT({parts})>0,{far})"
                page.mark(f"{letter}{sum_row}:{letter}{last}", wrong, "differs")
