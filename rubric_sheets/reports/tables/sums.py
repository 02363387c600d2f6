"""Tables that nobody designed for us: a 合计 row against the rows above it, and columns of change
against the two years beside them."""

from __future__ import annotations

import re

from ..reading.document import Cell, Document, Table
from ..sentences.statement import Statement, divided, near, spread, stated, verdict
from ..sightings import of_cell
from ..words import synonyms
from ..words.clean import cleaned, label
from ..words.numbers import AMOUNT, BARE, SHARE, Mention
from . import scores
from .values import heading, is_blank, number, row_label

NO_SUMS = re.compile(r"率|比|单价|序号|标准|平均|年度$|完成值|指标值|目标|编码|电话|时间|日期")
NESTED = re.compile(r"其中|小计|合计|总计")
LEAST = 2  # rows above a total
CHANGE = re.compile(r"增减(?:额|数|金额|变动)?(?:\(.*\))?$|增减变化|增加额|变动额")
RATE = re.compile(r"增减(?:率|幅|幅度|比例|%)|增长率|变动率|增减\(%\)|增幅")


def read(document: Document) -> list[Statement]:
    """All sums and changes of tables that are no score tables."""
    found: list[Statement] = []
    for table in document.tables:
        if scores.read(table) is None:
            found += _totals(table) + _changes(table)
    return found


def _totals(table: Table) -> list[Statement]:
    """A last row 合计 below rows of which none is a part of another."""
    words = set(map(label, synonyms.data()["score"]["total"]))
    found: list[Statement] = []
    for top in range(table.height):
        cells = table.row(top)
        first = row_label(cells)
        if first is None or label(first.text) not in words:
            continue
        for cell in cells:
            if cell is not first and cell.top == top and cell.width == 1:
                found += _total(table, top, cell)
    return found


def _total(table: Table, top: int, cell: Cell) -> list[Statement]:
    claim = number(cell)
    head = heading(table, top, cell.left)
    if claim is None or claim.kind not in (BARE, AMOUNT) or head is None:
        return []
    if NO_SUMS.search(cleaned(head.text).text):
        return []
    parts: list[tuple[Cell, Mention]] = []
    for above in range(top - 1, head.bottom - 1, -1):
        one = table.grid.get((above, cell.left))
        names = table.row(above)
        name = row_label(names)
        if one is None or one.width > 1 or (name is not None and NESTED.search(name.text)):
            return []
        figure = number(one)
        if figure is None and not is_blank(one):
            return []
        if figure is not None and one.top == above:
            parts.append((one, figure))
    if len(parts) < LEAST:
        return []
    numbers = [figure for _, figure in reversed(parts)]
    value, room = spread(numbers)
    how = " + ".join(one.text for one in numbers) + f" = {near(value, claim)}"
    made = stated("sum", of_cell(cell), claim, value, verdict(claim, value, room), how)
    return [made._replace(others=tuple(of_cell(one) for one, _ in reversed(parts)))]


def _changes(table: Table) -> list[Statement]:
    """Rows with two years, their difference and its rate."""
    found: list[Statement] = []
    for top in range(table.height):
        kinds: dict[str, tuple[Cell, Mention]] = {}
        for cell in table.row(top):
            head = heading(table, top, cell.left)
            one = number(cell)
            kind = _kind(cleaned(head.text).text) if head is not None else ""
            if one is not None and kind and cell.top == top:
                if kind in kinds:
                    kinds = {}
                    break
                kinds[kind] = cell, one
        found += _change(kinds)
    return found


def _kind(head: str) -> str:
    if RATE.search(head):
        return "rate"
    if CHANGE.search(head):
        return "change"
    if "预算" in head and "决算" not in head:
        return ""
    if re.search(r"上年|去年", head):
        return "before"
    if re.search(r"本年|今年", head):
        return "now"
    years = re.findall(r"^(20[0-9]{2})年?(?:度)?(?:决算|实际|支出|数|金额)", head)
    return years[0] if years else ""


def _change(kinds: dict[str, tuple[Cell, Mention]]) -> list[Statement]:
    years = sorted(kind for kind in kinds if kind.isdigit())
    if len(years) == LEAST and int(years[0]) + 1 == int(years[1]):
        kinds = {**kinds, "before": kinds[years[0]], "now": kinds[years[1]]}
    if "before" not in kinds or "now" not in kinds:
        return []
    before, now = kinds["before"][1], kinds["now"][1]
    value, room = spread((now, before), (1, -1))
    others = (of_cell(kinds["now"][0]), of_cell(kinds["before"][0]))
    found = []
    if "change" in kinds:
        cell, claim = kinds["change"]
        how = f"{now.text} − {before.text} = {near(value, claim)}"
        sign = 1 if claim.value * value >= 0 else -1  # 减少额 may be printed without its sign
        ends = sorted((room[0] * sign, room[1] * sign))
        holds = verdict(claim, value * sign, (ends[0], ends[1]))
        found.append(stated("change", of_cell(cell), claim, value, holds, how))
    if "rate" in kinds and kinds["rate"][1].kind == SHARE:
        cell, claim = kinds["rate"]
        given = divided((value, room), (before.value, before.around()))
        if given is not None:
            sign = 1 if claim.value * given[0] >= 0 else -1
            ends = sorted((given[1][0] * sign, given[1][1] * sign))
            how = f"({now.text} − {before.text}) ÷ {before.text} = {near(given[0], claim)}"
            holds = verdict(claim, given[0] * sign, (ends[0], ends[1]))
            found.append(stated("change", of_cell(cell), claim, given[0], holds, how))
    return [one._replace(others=others) for one in found]
