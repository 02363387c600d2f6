"""Rows among those of a table that are no part of it: sums and remarks, as people add them."""

from __future__ import annotations

from ...findings.finding import Finding, finding
from .column import Row, Table

TOTALS = ("合计", "总计", "小计", "共计", "总分", "合计得分", "分值合计")
BEGINNINGS = ("注：", "注:", "说明：", "说明:", "备注：", "备注:", "（注", "(注", "※", "填表说明")
ADDED_UP = ("items", "case")  # further tables below which people write sums
LONGEST = 40  # characters of a remark that are told


def slip(table: Table, row: Row, *, is_wide: bool) -> Finding | None:
    """What is told of a row that is none of the table's; None for one that is. `is_wide`: has it a
    cell that is merged over several columns?"""
    filled = {key: typed.text for key, typed in row.items() if typed.text or typed.bad}
    if not filled or ("rule", "kind") in filled:
        return None
    first = next(typed for typed in row.values() if typed.text or typed.bad)
    place, told = (first.sheet, first.cell), first.text[:LONGEST]
    if _is_total(table, filled):
        return finding("rubric-row-total", *place, actual=told)
    if len(filled) == 1 and (is_wide or told.lstrip().startswith(BEGINNINGS)):
        return finding("rubric-row-note", *place, actual=told)
    return None


def _is_total(table: Table, filled: dict[tuple[str | int, ...], str]) -> bool:
    words = {key: "".join(text.split()) for key, text in filled.items()}
    if table.name == "indicator":
        return any(
            text.endswith(TOTALS) for key, text in words.items() if key[0] in ("id", "levels")
        )
    return table.name in ADDED_UP and any(text in TOTALS for text in words.values())
