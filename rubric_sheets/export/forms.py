"""The fill-in sheets as they are handed in: the same layout, without what only helps to fill in."""

from __future__ import annotations

from dataclasses import replace

from ..checks.evaluation import Evaluation
from ..facts.model import Row
from ..looks.styles import HEI
from ..pages.page import Item, Page
from ..rubric.model import Rubric

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HELP = "填报说明"
ROW = 24.0  # points of an empty row of a table


def needed_rows(evaluation: Evaluation) -> dict[str, int]:
    """Growing table → rows up to the last one that is filled; the form itself knows its least number."""
    return {
        name: max((index for index, row in enumerate(rows, 1) if _is_filled(row)), default=0)
        for name, rows in evaluation.facts.tables.items()
    }


def _is_filled(row: Row) -> bool:
    return any(
        value not in (None, "") for name, value in row.values.items() if name not in row.derived
    )


def plain_page(page: Page, rubric: Rubric) -> Page:
    """A copy without formulas, names, input rules, marks and hints."""
    ends = sorted({item.row for item in page.items if item.style == "end"})
    items = [_entry(item) for item in page.items if item.style != "end"]
    tables = {name: area for name, area in page.areas.items() if name in rubric["tables"]}
    for first, _, end, columns in (
        area for name, area in tables.items() if rubric["tables"][name]["totals"]
    ):
        items = [
            _stretched(item, columns, len(page.widths)) if first - 3 <= item.row < end else item
            for item in items
        ]
    out = Page(
        page.name,
        page.widths,
        page.landscape,
        _without_help(items),
        dict(page.heights),
        plain=True,
        row=page.row,
    )
    out.title_rows = page.title_rows
    for first, _, end, _ in tables.values():
        out.heights.update(dict.fromkeys(range(first, end), ROW))
    for row in reversed(ends):
        move(out, row + 1, -1)
    return out


def _entry(item: Item) -> Item:
    points = item.fact and item.fact.get("unit") == "分"  # as many decimals as were typed
    style = item.style.partition(".")[0] + ".weight" if points else item.style
    return replace(item, formula="", name="", fact=None, style=style)


def _stretched(item: Item, columns: int, grid: int) -> Item:
    """A table with fewer columns than the sheet takes its whole width, too: its first columns get the room."""
    spare = grid - columns
    if not 0 < spare < columns or item.style in ("section", "unit", "title", "caption"):
        return item
    starts = [column + min(column - 1, spare) for column in range(1, columns + 2)]
    first, end = starts[item.column - 1], starts[item.column + item.columns - 1]
    return replace(item, column=first, columns=end - first)


def move(page: Page, first: int, by: int) -> None:
    """Rows from `first` on go down, or up over rows that are empty."""

    def moved(row: int) -> int:
        return row + by if row >= first else row

    dropped = range(first + by, first) if by < 0 else ()
    for item in page.items:
        item.row = moved(item.row)
    page.heights = {
        moved(row): height for row, height in page.heights.items() if row not in dropped
    }
    page.breaks = [moved(row) for row in page.breaks]
    if page.title_rows:
        page.title_rows = (moved(page.title_rows[0]), moved(page.title_rows[1]))
    page.row = moved(page.row)


def _without_help(items: list[Item]) -> list[Item]:
    """Blocks of amounts lose the column that says how to fill in; the others share its room."""
    rows: dict[int, list[Item]] = {}
    for item in items:
        rows.setdefault(item.row, []).append(item)
    wider = {1: (1, 4), 4: (5, 1), 5: (6, 3)}
    out, inside = [], False
    for _, cells in sorted(rows.items()):
        shape = [(item.column, item.columns) for item in cells]
        headed = any(item.text == HELP for item in cells)
        inside = headed or (inside and shape == [(1, 3), (4, 1), (5, 1), (6, 3)])
        if not inside:
            out += cells
            continue
        for item in cells[:3]:
            column, columns = wider[item.column]
            out.append(replace(item, column=column, columns=columns))
    return out


def mark_draft(page: Page, errors: int) -> int:
    """Where errors stand, the mark that nobody overlooks, on the sheet and on every printed page; returns the rows added."""
    if not errors:
        return 0
    move(page, 1, 1)
    text = f"草稿（尚有 {errors} 处错误未改正，不得报送）"
    page.items.insert(0, Item(1, 1, "draft", text, columns=len(page.widths)))
    page.heights[1] = 26.0
    page.header = f'&C&"{HEI}"&10草稿'
    return 1


def raw_texts(reader: Any) -> dict[str, str]:
    """What stands in cells that could not be read: a draft shows it as it is."""
    facts, out = reader.facts, {}
    cells = {
        f"fact:{name}": (place, facts.values.get(name))
        for name, place in facts.places.items()
        if name not in facts.derived
    }
    for table, rows in facts.tables.items():
        for index, row in enumerate(rows):
            filled = ((name, place) for name, place in row.places.items() if name in row.values)
            cells.update(
                {f"row:{table}:{index}:{name}": (place, row.values[name]) for name, place in filled}
            )
    for slot, (place, value) in cells.items():
        cell = reader.source.cell(*place) if value is None else None
        if cell is not None and cell.text:
            out[slot] = cell.text
    return out
