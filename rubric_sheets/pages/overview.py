"""The overview of several projects: one line for each, with what it got."""

from __future__ import annotations

from ..places import slots
from ..places.names import suffix
from .page import HEADING, TITLE, Block, Page

OVERVIEW = "项目总表"
# Width, heading, and the defined name of the cell that is shown
COLUMNS = (
    (6, "序号", ""),
    (34, "项目名称", "项目名称"),
    (14, "全年预算数（万元）", "年度资金总额全年预算数"),
    (14, "全年执行数（万元）", "年度资金总额全年执行数"),
    (10, "自评总分", slots.CLAIMED_TOTAL),
    (10, "总分", slots.TOTAL),
    (9, "等次", slots.GRADE),
)


def overview(title: str, projects: int) -> Page:
    """One line for each project: what it got, straight from its own sheet."""
    page = Page(OVERVIEW, [width for width, _, _ in COLUMNS])
    page.put(1, "title", f"{title}　总表", columns=len(COLUMNS), role=TITLE)
    page.next(36)
    page.begin(Block("projects"))
    for column, (_, text, _) in enumerate(COLUMNS, 1):
        page.put(column, "header", text, role=HEADING)
    page.title_rows = (page.row, page.row)
    page.next(38)
    for number in range(1, projects + 1):
        page.put(1, "plain.weight", str(number))
        for column, (_, _, name) in enumerate(COLUMNS[1:], 2):
            own, slot = name + suffix(number), slots.overview(name)
            style = "formula.amount" if name.startswith("年度") else "formula.weight"
            page.put(
                column,
                style,
                formula=f'IF({own}="","",{own})',
                name=slots.defined_name(slot) + suffix(number),
                slot=slots.of_project(number, slot),
            )
        page.next(26)
    return page
