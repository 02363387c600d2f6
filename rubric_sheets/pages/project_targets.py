"""The unit's own indicators in the form of a project: a list that grows, scored row by row."""

from __future__ import annotations

from typing import Any

from ..facts.model import Row
from ..places import headings, slots
from ..rubric.load import fact_spec
from ..rubric.model import Rubric
from ..rules import target
from ..rules.base import Cells
from ..scoring.own_list import RESULTS, rule_of
from .formulas import differs
from .page import HEADING, HINT, Block, Page

TARGET_HEADINGS = (
    *headings.LEVELS,
    "年度指标值",
    "实际完成值",
    "分值",
    "自评得分",
    "测算得分",
    "得分",
    "偏差原因分析及改进措施",
    "扣分原因",
    "适用分值",
    "判定",
    "目标数",
    "完成数",
    "依据",
)
WEIGHT_COLUMN = 6  # takes two columns: beside it, in the funds above, stands the ratio
END = "（指标更多时，在本行上方插入行）"


def targets(page: Page, rubric: Rubric, block: dict[str, Any], wanted: int) -> tuple[int, int]:
    """The unit's own indicators; returns the first and the last row of the region, which grows with
    inserted rows."""
    page.begin(Block("targets", block["table"]))
    column = 1
    for text in TARGET_HEADINGS:
        span = 2 if column == WEIGHT_COLUMN else 1
        page.put(column, "header", text, columns=span, role=HEADING)
        column += span
    page.title_rows = (page.row, page.row)
    page.next(32)
    first, count = page.row, max(int(block["rows"]), wanted)
    page.areas[block["table"]] = (first, 1, first + count, len(page.widths))
    columns = [
        (fact_spec(raw, page.name), int(raw["offset"]) + 1)
        for raw in block["columns"]
        if raw["kind"] != "result"
    ]
    for offset in range(count):
        for fact, column in columns:
            style = "entry.text" if fact["kind"] == "text" else "input.weight"
            span = 2 if column == WEIGHT_COLUMN else 1
            slot = slots.row(block["table"], offset, fact["name"])
            page.put(column, style, columns=span, fact=fact, slot=slot)
        _row_results(page, rubric, block["table"], offset)
        page.next(46)
    _target_marks(page, first, first + count)
    page.put(1, "end", END, columns=page.print_columns, role=HINT)
    page.next(15)
    return first, first + count


def _target_marks(page: Page, first: int, last: int) -> None:
    """`last` is the row that says where to insert more: inserted rows are marked too."""
    page.mark(
        f"H{first}:H{last}",
        differs("H", "I", first),
        "differs",
    )
    page.mark(
        f"I{first}:I{last}", f'OR(I{first}="无法计算",AND(F{first}<>"",I{first}=""))', "missing"
    )


def _row_results(page: Page, rubric: Rubric, table: str, offset: int) -> None:
    row = page.row

    def slot(column: str) -> str:
        return slots.listed(table, offset, column)

    page.put(9, "result.points", formula=row_formula(rubric, row), slot=slot(slots.COMPUTED))
    claimed = f'IF(ISNUMBER(H{row}),MAX(0,MIN(F{row},H{row})),"")'
    score = f'IF(ISNUMBER(I{row}),I{row},IF(I{row}="不适用","不适用",{claimed}))'
    page.put(10, "result.points", formula=score, slot=slot(slots.SCORE))
    page.put(12, "reason.text", slot=slot(slots.REASON))
    page.put(
        13,
        "formula.weight",
        formula=f'IF(J{row}="不适用",0,IF(N(F{row})=0,"",F{row}))',
        slot=slot(slots.BASE),
    )
    for column, name in enumerate(RESULTS[4:], 14):
        page.put(column, "formula.weight" if name != "依据" else "formula.text", slot=slot(name))


def row_formula(rubric: Rubric, row: int) -> str:
    """测算得分 of a row: from the parsed target beside it, as long as neither text
    has changed since."""
    targets: Any = rubric["targets"]
    rule = rule_of(targets, Row({}))
    points = target.formula(rule, Cells(f"F{row}", f"N{row},O{row},P{row},H{row}"))
    fresh = f'Q{row}=D{row}&"→"&E{row}'
    blank = f'OR(NOT(ISNUMBER(F{row})),D{row}="",E{row}="")'
    return f'IF(H{row}="不适用","不适用",IF({blank},"",IF({fresh},{points},"")))'
