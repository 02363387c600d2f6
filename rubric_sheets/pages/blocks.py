"""The blocks of a fill-in sheet: fields, amounts, institutions, lists, checklists, signatures →
items of a page."""

from __future__ import annotations

from typing import Any

from ..looks.heights import text_height
from ..places import slots
from ..places.names import CHECKLIST_SHEET
from ..rubric.load import fact_spec
from ..rubric.model import Rubric
from ..rubric.own_figures import PROJECTS
from ..rules.brought import Brought, brought
from .institutions import Institutions
from .page import GRID, HEADING, HELP, HINT, LABEL, SECTION, SIGNATURE, Block, Page
from .project_figures import project_formulas

END_OF_LIST = "（需要更多行时，在本行上方插入行）"
AMOUNTS_HANDED_IN = (2, 1, 1, 1, 3)  # item, unit and figure share the room of the help
NUMBER_FORMAT = {
    "amount": "amount",
    "count": "count",
    "percent": "percent",
    "breach_count": "count",
    "judged": "weight",
}


def _stands_here(rubric: Rubric, one: Brought) -> bool:
    """Is a rule's fact asked for on the 核查清单? It may be one of the form, or stand elsewhere."""
    return one.brings.sheet == CHECKLIST_SHEET == rubric["facts"][one.name]["sheet"]


class Builder:
    """Puts blocks on pages; remembers where each fact and each table row stands, for formulas that
    cross sheets."""

    def __init__(self, rubric: Rubric, rows: dict[str, int] | None = None) -> None:
        self.rubric = rubric
        self.rows = rows or {}
        self.of_institutions = Institutions(rubric, self.rows)

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
        """The 汇总 row first, then one row per institution; columns may stand under a heading of
        several."""
        self.heading(page, block)
        self.of_institutions.put(page, block["table"])

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

    def of_projects(self, page: Page, block: dict[str, Any]) -> None:
        """What comes of the scores of the projects above, as far as the rubric uses it."""
        self.heading(page, block)
        first, _, last, _ = page.areas[PROJECTS]
        for name, formula in project_formulas(first, last).items():
            if name not in self.rubric["facts"]:
                continue
            fact: dict[str, Any] = {**self.rubric["facts"][name]}
            page.put(1, "label", name, columns=3, role=LABEL)
            page.put(4, "plain", fact["unit"])
            slot = slots.fact(name)
            page.put(5, "formula.weight", formula=formula, fact=fact, slot=slot, name=name)
            page.put(6, "text", fact["help"], columns=3, role=HELP)
            page.next(30)

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
