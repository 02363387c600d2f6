"""The tables of the 总览 sheet: what is filled in, sheet by sheet, and 得分率 by level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..exact.quantities import show
from ..places import slots
from ..places.addresses import letters
from ..places.names import SCORE_SHEET
from ..rubric.asked import OF_ROWS, Asked, asked, first_levels, own_list, second_levels
from ..rubric.model import Rubric
from ..rubric.parts import Part, parts_of
from .dashboard_words import DONE, NONE_EMPTY
from .page import HEADING, Item, Page
from .room_formulas import ranges

NAME, WEIGHT, SCORE, RATE, LEVEL = 1, 3, 4, 5, 9  # columns of the rates


class Progress(NamedTuple):
    """The formulas of one sheet's line. `next`: which of its cells is the next empty one."""

    sheet: str
    filled: str
    due: str
    link: str
    next: str


def progress_rows(rubric: Rubric, pages: Sequence[Page], first: int) -> list[Progress]:
    """A line for each sheet on which something is asked; `first`: the row of the first."""
    cells = Cells(rubric, pages)
    found = []
    for line, (sheet, items) in enumerate(asked(rubric).items()):
        rows = cells.list_rows() if sheet == SCORE_SHEET else None
        found.append(_progress(cells, sheet, items, rows, first + line))
    return found


def _progress(
    cells: Cells, sheet: str, items: list[Asked], rows: tuple[str, str] | None, row: int
) -> Progress:
    empty = [cells.is_empty(one) for one in items]
    open_ = "+".join(f"IF({one},1,0)" for one in empty) or "0"
    filled, due = f"{len(items)}-({open_})", str(len(items))
    which = [f"IF({one},{number},{NONE_EMPTY})" for number, one in enumerate(empty, 1)]
    targets, labels = [one.target for one in items], [one.label for one in items]
    if rows:
        has, wants = rows
        filled, due = f"{filled}+{has}", f"{due}+{wants}"
        which.append(f"IF({has}<{wants},{len(items) + 1},{NONE_EMPTY})")
        targets.append(cells.table)
        labels.append(cells.table)
    at = f"{letters(LEVEL)}{row}"
    # CHOOSE takes but 30 of them in LibreOffice
    to, text = (f"INDEX({{{_listed(names)}}},{at})" for names in (targets, labels))
    link = f'IF({at}={NONE_EMPTY},"{DONE}",HYPERLINK("#"&{to},{text}))'
    return Progress(sheet, filled, due, link, f"MIN({','.join(which)},{NONE_EMPTY})")


def _listed(texts: Sequence[str]) -> str:
    return ";".join('"' + text.replace('"', '""') + '"' for text in texts)


class Cells:
    """Where what is asked for, and what is scored, stands in the workbook."""

    def __init__(self, rubric: Rubric, pages: Sequence[Page]) -> None:
        self.rubric, self.table = rubric, own_list(rubric)
        page = next(one for one in pages if one.name == SCORE_SHEET)
        self.scores: dict[str, Item] = {item.slot: item for item in page.items if item.slot}
        self.area = page.areas.get(self.table)

    def is_empty(self, one: Asked) -> str:
        """The condition under which nothing stands there."""
        if one.fact:
            return f'{one.fact}=""'
        claims = [self.scores.get(slots.claim(id_)) for id_ in one.claims]
        blank = [f"'{SCORE_SHEET}'!{item.cell}=\"\"" for item in claims if item]
        return blank[0] if len(blank) == 1 else f"AND({','.join(blank) or 'FALSE'})"

    def sum(self, kind: str, parts: Sequence[Part]) -> str:
        """Of a column of the score table, what these parts have; groups once, up to their caps
        (`适用分值` stands there once already)."""
        slot = {slots.SCORE: slots.score, slots.BASE: slots.base}[kind]
        ids = [spec["id"] for spec in self.rubric["indicators"]]
        text = f"SUM({self._ranges([slot(id_) for part in parts for id_ in part.of(ids)])})"
        for part in parts if kind == slots.SCORE else ():
            if part.cap is not None:
                members = self._ranges([slot(id_) for id_ in part.of(ids)])
                text += f"-MAX(0,SUM({members})-{show(part.cap, 10)})"
        return text

    def _ranges(self, wanted: Sequence[str]) -> str:
        items = [self.scores[slot] for slot in wanted if slot in self.scores]
        if not items:  # a layout that has forgotten them is told elsewhere
            return "0"
        column = letters(items[0].column)
        found = ranges(sorted(item.row for item in items), column)
        return ",".join(f"'{SCORE_SHEET}'!{one}" for one in found.split(","))

    def column(self, name: str) -> str:
        """The cells of a column of the unit's own list, with the row that says where to insert
        more."""
        first, last = self.area[0], self.area[2]  # type: ignore[index]
        letter = letters(self._list_columns()[name])
        return f"'{SCORE_SHEET}'!{letter}{first}:{letter}{last}"

    def _list_columns(self) -> dict[str, int]:
        found = {}
        for slot, item in self.scores.items():
            read = slots.parse(slot)
            if (
                read.kind in (slots.ROW, slots.LISTED)
                and read.table == self.table
                and not read.line
            ):
                found[read.name] = item.column
        return found

    def list_rows(self) -> tuple[str, str] | None:
        """(how many cells of the list are filled, how many ought to be); None without a list. The
        last row of its area says where to insert more: it has a text in the first column only."""
        if not self.table:
            return None
        spans = [f'({self.column(name)}<>"")' for name in OF_ROWS]
        begun = f"SUMPRODUCT((({'+'.join(spans)})>0)*1)"
        return f"SUMPRODUCT({'+'.join(spans)})", f"{len(OF_ROWS)}*MAX(1,{begun})"

    @property
    def rows(self) -> int:
        """How many rows the list has."""
        return self.area[2] - self.area[0] if self.area else 0


class Rates:
    """Puts the tables of 得分率 on `page`."""

    def __init__(self, page: Page, rubric: Rubric, pages: Sequence[Page]) -> None:
        self.page, self.rubric = page, rubric
        self.cells = Cells(rubric, pages)
        self.table = self.cells.table
        parts = parts_of(rubric["indicators"], rubric["groups"])
        self.inside = [part for part in parts if part.is_inside]
        self.own_rows = (0, 0)

    def first_levels(self) -> tuple[int, int]:
        """(first row, last row)"""
        levels = first_levels(self.rubric)
        self._head("一级指标")
        first = self.page.row
        count = self.cells.rows
        start = first + len(levels) + 2  # of the list, below its heading
        self.own_rows = (start, start + count - 1)
        for line, level in enumerate(levels):
            parts = [part for part in self.inside if part.level == level]
            base, score = (self._level(kind, level, parts) for kind in (slots.BASE, slots.SCORE))
            self._line("一级", line, level, base, score)
        return self._end("一级", first)

    def _level(self, kind: str, level: str, parts: Sequence[Part]) -> str:
        found = [self.cells.sum(kind, parts)] if parts else []
        if self.table:
            column = {slots.BASE: WEIGHT, slots.SCORE: SCORE}[kind]
            first, last = self.own_rows
            spans = [f"${letters(c)}${first}:${letters(c)}${last}" for c in (LEVEL, column, SCORE)]
            every = f'SUMIFS({spans[1]},{spans[0]},"{level}"'
            found.append(f"{every})")
            if kind == slots.BASE:  # `<>` of a text is not understood by every engine
                found[-1] += f'-{every},{spans[2]},"不适用")'
        return "+".join(found)

    def second_levels(self) -> tuple[int, int]:
        """(first row, last row); of the unit's own list where it has one."""
        self.page.next(8)
        if self.table:
            return self._own()
        self._head("二级指标")
        first = self.page.row
        for line, (level, second) in enumerate(second_levels(self.rubric)):
            parts = [
                one for one in self.inside if (one.level, one.levels[:2][-1]) == (level, second)
            ]
            sums = [self.cells.sum(kind, parts) for kind in (slots.BASE, slots.SCORE)]
            self._line("二级", line, second, *sums)
        return self._end("二级", first)

    def _own(self) -> tuple[int, int]:
        """A line a row of the unit's own list."""
        self._head("三级指标")
        first = self.page.row
        spans = {name: self.cells.column(name) for name in ("一级指标", "三级指标", "分值", "得分")}
        for line in range(self.cells.rows):
            of = {name: f"INDEX({span},{line + 1})" for name, span in spans.items()}
            shown = {name: f'IF({cell}="","",{cell})' for name, cell in of.items()}
            above = (
                f"INDEX({spans['一级指标']},1):{of['一级指标']}"  # the last level that is written
            )
            level = f'IFERROR(LOOKUP(2,1/({above}<>""),{above}),"")'
            level = f'IF(AND({of["三级指标"]}="",{of["分值"]}=""),"",{level})'
            slot = slots.dashboard("指标", line, LEVEL - 1)
            self.page.put(LEVEL, "formula.text", formula=level, slot=slot)
            self._line("指标", line, "", shown["分值"], shown["得分"], shown["三级指标"])
        return self._end("指标", first)

    def _head(self, text: str) -> None:
        for column, width, word in ((1, 2, text), (3, 1, "分值"), (4, 1, "得分"), (5, 1, "得分率")):
            self.page.put(column, "header", word, columns=width, role=HEADING)
        self.page.next(22)

    def _line(
        self, block: str, line: int, text: str, base: str, score: str, name: str = ""
    ) -> None:
        page, row = self.page, self.page.row
        slot = slots.dashboard(block, line, NAME - 1) if name else ""
        page.put(NAME, "text", text, formula=name, columns=2, slot=slot)
        weight, points = (f"{letters(column)}{row}" for column in (WEIGHT, SCORE))
        rate = f'IF(ISNUMBER({points}),IF(N({weight})>0,{points}/{weight},""),"")'
        for column, style, formula in (
            (WEIGHT, "formula.weight", base),
            (SCORE, "formula.points", score),
            (RATE, "formula.percent", rate),
        ):
            page.put(column, style, formula=formula, slot=slots.dashboard(block, line, column - 1))
        page.next(20)

    def _end(self, block: str, first: int) -> tuple[int, int]:
        self.page.areas[slots.dashboard_area(block)] = (first, 1, self.page.row - 1, LEVEL)
        return first, self.page.row - 1
