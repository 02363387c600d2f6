"""Slots: which cell a value belongs to, as one short text.
They are made and read here and nowhere else.

`fact:收入合计` stands in the cell of a fact, `row:机构收入:0:收入合计` in a table,
`list:绩效指标:0:得分` is what the program finds in a row of the unit's own list,
`测算得分:staff-control` a cell in an indicator's row: the kind is its column. `小计:1` is one of
several with numbers, `总表:总分` a project's cell in the overview,
`总览:一级:0:4` one of the 总览 sheet, by the area that it stands in. What the workbook has once is
its own defined name: `总分`. `2|总分` belongs to the second project. Texts, because values are
looked up by them thousands of times.
"""

from __future__ import annotations

from functools import lru_cache

from ..records import Record
from .names import FINDINGS_AREA, FINDINGS_SUMMARY, HANDSHAKE, HEADER, OWN_NOTE, OWN_SCORE, row_name

FACT, ROW, LISTED = "fact", "row", "list"
WEIGHT, MEASURE, CLAIM, COMPUTED = "分值", "指标值", OWN_SCORE, "测算得分"
SCORE, REASON, NOTE, BASE = "得分", "扣分原因", OWN_NOTE, "适用分值"
SUBTOTAL, SUBTOTAL_CLAIM, SUBTOTAL_WEIGHT = "小计", "自评小计", "小计分值"
CLAIMED_TOTAL, CLAIMED_GRADE = "自评总分", "自评等次"
TOTAL, GRADE, SUM, ROOM, PENDING = "总分", "等次", "合计得分", "可再得", "未完成项数"
OVERVIEW, HANDED_IN = "总表", "报送"
DASHBOARD = "总览"
SUBTOTALS = (SUBTOTAL, SUBTOTAL_CLAIM, SUBTOTAL_WEIGHT)
NAMED = frozenset((*SUBTOTALS, OVERVIEW))  # cells with a defined name: 小计_1, 总表_总分

# Every name that a layout gives to a cell of its own: no fact may have one of them, as a workbook
# with a name twice is repaired by dropping it. Reading a workbook hangs on the first few.
READ = frozenset((HEADER, OWN_SCORE, FINDINGS_AREA, FINDINGS_SUMMARY, CLAIMED_TOTAL, CLAIMED_GRADE))
RESERVED = READ | {
    *(*HANDSHAKE, TOTAL, GRADE, SUM, ROOM, PENDING, "加分", "扣分"),
    *("合计分值", "合计适用", "换算基数", "换算系数", "换算得分"),
}
BEGINNINGS = (
    row_name(""),
    *(f"{kind}_" for kind in sorted((*NAMED, DASHBOARD))),
    "_xlnm",
    "Print_",
)


def is_reserved(name: str) -> bool:
    """Does the program, or the format of workbooks, use this name itself?"""
    beginnings = tuple(one.casefold() for one in BEGINNINGS)
    return name in RESERVED or name.casefold().startswith(beginnings)


class Slot(Record):
    """A slot that was read. `name` is the fact, the column, the indicator's id, the number;
    `line` counts from 0."""

    kind: str
    name: str = ""
    table: str = ""
    line: int = 0


def fact(name: str) -> str:
    return f"fact:{name}"


def row(table: str, index: int, column: str) -> str:
    """What is typed in a table's row, counted from 0."""
    return f"row:{table}:{index}:{column}"


def listed(table: str, index: int, column: str) -> str:
    """What the program finds for a row of the unit's own list, counted from 0."""
    return f"list:{table}:{index}:{column}"


def weight(indicator: str) -> str:
    return f"分值:{indicator}"


def measure(indicator: str) -> str:
    return f"指标值:{indicator}"


def claim(indicator: str) -> str:
    return f"{OWN_SCORE}:{indicator}"


def computed(indicator: str) -> str:
    return f"测算得分:{indicator}"


def score(indicator: str) -> str:
    return f"得分:{indicator}"


def reason(indicator: str) -> str:
    return f"扣分原因:{indicator}"


def note(indicator: str) -> str:
    return f"{OWN_NOTE}:{indicator}"


def base(indicator: str) -> str:
    return f"适用分值:{indicator}"


def subtotal(kind: str, number: int) -> str:
    """`kind`: one of SUBTOTALS; `number`: of the first level, counted from 1."""
    return f"{kind}:{number}"


def overview(name: str) -> str:
    """A project's cell in the overview of all."""
    return f"总表:{name}"


def dashboard(block: str, line: int, column: int) -> str:
    """A cell of the 总览 sheet: of the area of this name, counted from 0."""
    return f"{DASHBOARD}:{block}:{line}:{column}"


def dashboard_area(block: str) -> str:
    """The defined name of such an area."""
    return f"{DASHBOARD}_{block}"


def handed_in(row: int, column: int) -> str:
    """A figure that only the submission shows, in a cell of its score table."""
    return f"报送:{row}:{column}"


def of_project(number: int, slot: str) -> str:
    """The same cell of another project, counted from 1; the first has the plain slots."""
    return f"{number}|{slot}" if number > 1 else slot


def project_of(slot: str) -> tuple[int, str]:
    """(number of the project, slot within it)."""
    number, mark, own = slot.partition("|")
    return (int(number), own) if mark and number.isdecimal() else (1, slot)


@lru_cache(maxsize=1 << 14)  # the workbooks of one rubric have the same slots
def parse(slot: str) -> Slot:
    """A slot within its project. What has no kind is a total: its kind is its defined name."""
    kind, _, rest = slot.partition(":")
    if kind in (ROW, LISTED, DASHBOARD):
        table, index, column = rest.split(":")
        return Slot(kind, column, table, int(index))
    return Slot(kind, rest)


def defined_name(slot: str) -> str:
    """The defined name of a fact, a total, a subtotal, a cell of the overview;
    "" for a cell that has none."""
    kind, name, _, _ = parse(slot)
    if kind in NAMED:
        return f"{kind}_{name}"
    if not name:
        return kind
    return name if kind == FACT else ""


def spoken(slot: str) -> str:
    """How messages name a cell that is not there."""
    return slot.partition(":")[2] or slot
