"""The blocks of a fill-in sheet: fields, amounts, institutions, lists, checklists, signatures → items of a page."""

from __future__ import annotations

from typing import Any

from ..facts.derive import signed_parts
from ..looks.heights import text_height
from ..places import slots
from ..places.addresses import letters
from ..places.names import CHECKLIST_SHEET
from ..rubric.load import fact_spec
from ..rubric.model import Rubric
from ..rules.brought import Brought, brought
from .page import HEADING, HELP, HINT, LABEL, SECTION, SIGNATURE, Block, Page

GRID = 8  # every fill-in sheet has eight columns; blocks merge what they need
END_OF_TABLE = "（机构更多时，在本行上方插入行）"
END_OF_LIST = "（需要更多行时，在本行上方插入行）"
AMOUNTS_HANDED_IN = (2, 1, 1, 1, 3)  # item, unit and figure share the room of the help
NUMBER_FORMAT = {
    "amount": "amount",
    "count": "count",
    "percent": "percent",
    "breach_count": "count",
    "judged": "weight",
}


def _stretched(columns: int) -> tuple[int, ...]:
    """A table with fewer columns than the sheet takes its whole width once it is handed in:
    its first columns get the room."""
    spare = GRID - columns
    return (2,) * spare + (1,) * (columns - spare) if 0 < spare < columns else ()


def _stands_here(rubric: Rubric, one: Brought) -> bool:
    """Is a rule's fact asked for on the 核查清单? It may be one of the form, or stand elsewhere."""
    return one.brings.sheet == CHECKLIST_SHEET == rubric["facts"][one.name]["sheet"]


class Builder:
    """Puts blocks on pages; remembers where each fact and each table row stands, for formulas that cross sheets."""

    def __init__(self, rubric: Rubric, rows: dict[str, int] | None = None) -> None:
        self.rubric = rubric
        self.rows = rows or {}
        self.columns_of: dict[str, tuple[str, int, int]] = {}

    def block(self, page: Page, block: dict[str, Any]) -> None:
        page.begin(Block(block["kind"], block.get("table", "")))
        getattr(self, block["kind"])(page, block)
        page.next(8)

    def heading(self, page: Page, block: dict[str, Any]) -> None:
        if block.get("title"):
            page.put(1, "section", block["title"], columns=GRID, role=SECTION)
            page.next(24)

    def fields(self, page: Page, block: dict[str, Any]) -> None:
        """Label and value side by side, two pairs a row; wide ones take the row."""
        self.heading(page, block)
        column = 1
        for raw in block["facts"]:
            fact = fact_spec(raw, page.name)
            wide = raw.get("wide", False)
            if wide and column > 1:
                column = self._new_row(page)
            page.put(column, "label", fact.get("label", fact["name"]), role=LABEL)
            style = (
                "prose.text"
                if raw.get("lines")
                else "input." + NUMBER_FORMAT.get(fact["kind"], "text")
            )
            page.put(
                column + 1,
                style,
                columns=GRID - 1 if wide else 3,
                fact=fact,
                slot=slots.fact(fact["name"]),
                name=fact["name"],
            )
            if wide:
                page.next(max(24, 17 * int(raw.get("lines", 1))))
            else:
                column = 5 if column == 1 else self._new_row(page)
        if column > 1:
            page.put(5, "label", columns=4, role=LABEL)
            self._new_row(page)

    def _new_row(self, page: Page) -> int:
        page.next(24)
        return 1

    def amounts(self, page: Page, block: dict[str, Any]) -> None:
        """One fact a row: item, unit, figure, and what to mind."""
        self.heading(page, block)
        page.blocks[-1].handed_in = AMOUNTS_HANDED_IN
        page.put(1, "header", "项目", columns=3, role=HEADING)
        page.put(4, "header", "单位", role=HEADING)
        page.put(5, "header", "填报数", role=HEADING)
        page.put(6, "header", "填报说明", columns=3, role=HELP)
        page.next(22)
        for raw in block["facts"]:
            fact = fact_spec(raw, page.name)
            page.put(1, "text", fact.get("label", fact["name"]), columns=3)
            page.put(4, "plain", fact["unit"])
            style = "input." + NUMBER_FORMAT.get(fact["kind"], "text")
            page.put(5, style, fact=fact, slot=slots.fact(fact["name"]), name=fact["name"])
            page.put(6, "text", fact.get("help", ""), columns=3, role=HELP)
            page.next(text_height(fact.get("help", ""), sum(page.widths[5:8]), least=1))

    def institutions(self, page: Page, block: dict[str, Any]) -> None:
        """The 汇总 row first, then one row per institution; columns may stand under a common heading."""
        self.heading(page, block)
        table = self.rubric["tables"][block["table"]]
        columns = table["columns"]
        self._institution_header(page, columns)
        sum_row, first = page.row, page.row + 1
        last = first + max(3, self.rows.get(block["table"], 0)) - 1
        page.areas[block["table"]] = (first, 1, last + 1, len(columns) + 1)
        page.blocks[-1].handed_in = _stretched(len(columns) + 1)
        for index, column in enumerate(columns):
            self.columns_of[column["name"]] = (page.name, index + 2, first)
        page.put(1, "label", "局机关及二级机构汇总", role=LABEL)
        for index, column in enumerate(columns, 2):
            letter = letters(index)
            cells = f"{letter}{first}:{letter}{last + 1}"
            page.put(index, "formula.amount", formula=f'IF(COUNT({cells})=0,"",SUM({cells}))', fact=dict(column),
                     slot=slots.fact(column["name"]), name=column["name"])  # fmt: skip
        page.next(34)
        for offset in range(last - first + 1):
            self._institution_row(page, block["table"], columns, offset)
        page.put(1, "end", END_OF_TABLE, columns=len(columns) + 1, role=HINT)
        page.next(15)
        self._institution_marks(page, columns, sum_row, last)

    def _institution_header(self, page: Page, columns: list[Any]) -> None:
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

    def _institution_row(self, page: Page, table: str, columns: list[Any], offset: int) -> None:
        page.put(
            1,
            "input.text",
            slot=slots.row(table, offset, "机构名称"),
            fact={"name": "机构名称", "kind": "text"},
        )
        for index, column in enumerate(columns, 2):
            formula = self.row_formula(page, column, page.row, offset)
            page.put(
                index,
                "input.amount",
                formula=formula,
                fact=dict(column),
                slot=slots.row(table, offset, column["name"]),
            )
        page.next(22)

    def row_formula(self, page: Page, column: Any, row: int, offset: int) -> str:
        """The default formula of a total in an institution's row; people may type over it."""
        if "sum" in column:
            listed = ",".join(f"{letters(self.columns_of[part][1])}{row}" for part in column["sum"])
            return f'IF(COUNT({listed})=0,"",SUM({listed}))'
        if "formula" not in column:
            return ""
        parts = []
        for sign, name in signed_parts(column["formula"]):
            sheet, index, first = self.columns_of[name]
            cell = f"{letters(index)}{first + offset}"
            parts.append((sign, cell if sheet == page.name else f"'{sheet}'!{cell}"))
        text = "".join(("+" if sign > 0 else "-") + cell for sign, cell in parts).removeprefix("+")
        return f'IF(COUNT({",".join(cell for _, cell in parts)})<{len(parts)},"",{text})'

    def _institution_marks(self, page: Page, columns: list[Any], sum_row: int, last: int) -> None:
        for index, column in enumerate(columns, 2):
            letter = letters(index)
            if "sum" in column:
                parts = ",".join(
                    f"{letters(self.columns_of[part][1])}{sum_row}" for part in column["sum"]
                )
                slack = f"0.005*(COUNT({parts})+1)+0.0000001"
                wrong = f"AND(ISNUMBER({letter}{sum_row}),COUNT({parts})>0,ABS({letter}{sum_row}-SUM({parts}))>{slack})"
                page.mark(f"{letter}{sum_row}:{letter}{last}", wrong, "differs")

    def list(self, page: Page, block: dict[str, Any]) -> None:
        """A table without totals: goals, indicators, people."""
        self.heading(page, block)
        column = 1
        spans = []
        for spec in block["columns"]:
            span = int(spec.get("span", 1))
            page.put(column, "header", spec.get("label", spec["name"]), columns=span, role=HEADING)
            spans.append((column, span))
            column += span
        page.next(24)
        first, wanted = page.row, max(int(block.get("rows", 5)), self.rows.get(block["table"], 0))
        page.areas[block["table"]] = (first, 1, first + wanted, GRID)
        for offset in range(wanted):
            for spec, (start, span) in zip(block["columns"], spans):
                fact = fact_spec(spec, page.name)
                style = (
                    "prose.text"
                    if fact["kind"] == "text"
                    else "input." + NUMBER_FORMAT[fact["kind"]]
                )
                page.put(
                    start,
                    style,
                    columns=span,
                    fact=fact,
                    slot=slots.row(block["table"], offset, spec["name"]),
                )
            page.next(30)
        page.put(1, "end", END_OF_LIST, columns=GRID, role=HINT)
        page.next(15)

    def checklists(self, page: Page, block: dict[str, Any]) -> None:
        """Every checklist, count of breaches and grade of the rubric: content, points, answer."""
        self.heading(page, block)
        for column, width, text in (
            (1, 2, "三级指标"),
            (3, 4, "核查内容"),
            (7, 1, "分值（扣分）"),
            (8, 1, "填报"),
        ):
            page.put(column, "header", text, columns=width, role=HEADING)
        page.title_rows = (page.row, page.row)
        page.next(24)
        for indicator in self.rubric["indicators"]:
            asked = [one for one in brought(indicator) if _stands_here(self.rubric, one)]
            if asked:
                levels = "\n".join(indicator["levels"][-2:])
                page.put(1, "level", levels, columns=2, rows=len(asked), role=LABEL)
            for name, _, question in asked:
                fact, text = self.rubric["facts"][name], question.text
                page.put(3, "text", text, columns=4)
                page.put(7, "plain", question.worth)
                style = "input." + NUMBER_FORMAT.get(fact["kind"], "text")
                page.put(8, style, fact=dict(fact), slot=slots.fact(name), name=name)
                page.next(
                    text_height(text, sum(page.widths[2:6]), least=2 if len(asked) == 1 else 1)
                )

    def signatures(self, page: Page, block: dict[str, Any]) -> None:
        for index, line in enumerate(block["lines"]):
            page.put(1 if index % 2 == 0 else 5, "sign", line, columns=4, role=SIGNATURE)
            if index % 2:
                page.next(30)
        if len(block["lines"]) % 2:
            page.next(30)
