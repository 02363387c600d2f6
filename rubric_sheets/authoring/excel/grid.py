"""Tables on sheets that people have edited: found by their headings, wherever they stand,
columns in any order."""

from __future__ import annotations

from typing import NamedTuple

from ...exact.quantities import exact, from_cell
from ...findings.finding import Finding, finding
from ...ooxml import markup
from ...ooxml.book import Book
from ...ooxml.cell import BLANK, BOOL, ERROR, NUMBER
from ...ooxml.cell import Cell as FileCell
from ...ooxml.sheet import Sheet
from ...places import addresses as refs
from .column import NOTES, SHOWN, Column, Row, Table, Typed
from .slips import slip

MOST_ROWS, MOST_MERGES, PLACES = 5000, 5000, 20
WIDE = 2  # columns more than one: a cell merged over them holds a remark
FILLED_DOWN = (("id",), ("levels", 0), ("levels", 1))
REMARK = ("remark",)


class Merged(NamedTuple):
    """The first cell of several that are merged, and its address."""

    first: FileCell
    cell: str


class Found(NamedTuple):
    """One table as found: rows by column key, where every column with a heading has a cell;
    `keys`: the headings' cells."""

    table: Table
    rows: list[Row]
    keys: dict[tuple[str | int, ...], tuple[str, str]]


def plain_heading(text: str) -> str:
    """A heading or a word of a list without what people add to it."""
    out = (
        "".join(text.split())
        .strip("*＊:：")
        .translate({ord("（"): "(", ord("）"): ")", ord("/"): "／"})
    )
    return out.casefold()


NOTED = {plain_heading(note) for note in ("备注", *NOTES)}  # of tables without such a column


class Grid:
    """One sheet: its filled cells by row, with merged cells filled down."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.rows: dict[int, dict[int, FileCell]] = {}
        for row, column in sheet.addresses():
            cell = sheet.cell(row, column)
            if (
                cell is not None
                and (cell.kind != BLANK or cell.formula is not None)
                and (cell.text.strip() or cell.formula is not None)
            ):
                self.rows.setdefault(row, {})[column] = cell
        self.numbers = sorted(self.rows)
        self.wide: set[tuple[int, int]] = set()  # filled cells that are merged across columns
        self.merged = self._merged()

    def _merged(self) -> dict[tuple[int, int], Merged]:
        """Cells below the first one of a vertical merge → that first cell."""
        found: dict[tuple[int, int], Merged] = {}
        for node in list(markup.tags(self.sheet.scan, b"mergeCell"))[:MOST_MERGES]:
            try:
                area = refs.area(
                    markup.unescape(markup.attributes_of(self.sheet.scan, node)[b"ref"])
                )
            except (ValueError, KeyError):
                continue
            first = self.rows.get(area.first_row, {}).get(area.first_col)
            if first is None:
                continue
            if area.last_col - area.first_col >= WIDE:
                self.wide.add((area.first_row, area.first_col))
            if area.last_row - area.first_row < MOST_ROWS and len(found) < MOST_ROWS:
                merged = Merged(first, refs.ref(area.first_row, area.first_col))
                found.update(
                    ((row, area.first_col), merged)
                    for row in range(area.first_row + 1, area.last_row + 1)
                )
        return found

    def typed(self, row: int, column: int, kind: str, findings: list[Finding]) -> Typed | None:
        """The cell's content as text; what cannot be content of a rubric is reported."""
        cell = self.rows[row].get(column)
        place = self.sheet.name, refs.ref(row, column)
        if cell is None:
            return None
        code, actual = "", cell.text
        if cell.formula is not None:
            code, actual = "rubric-cell-formula", cell.formula or cell.text
        elif cell.kind == ERROR:
            code = "rubric-cell-error"
        elif cell.kind == "date" or (cell.kind == NUMBER and self.book.is_date(cell.style)):
            code = "rubric-cell-date"
        if code:
            findings.append(finding(code, *place, actual=actual))
            return Typed("", *place, bad=True)
        if cell.kind == BOOL:
            return Typed("是" if cell.text == "1" else "否", *place)
        if cell.kind == NUMBER:
            try:
                value = from_cell(cell.text)
            except (ValueError, OverflowError):
                return Typed(cell.text, *place)
            percent = kind in ("number", "share") and self.book.is_percent(cell.style)
            sign = "%" if percent and kind == "share" else ""
            return Typed(exact(value * 100 if percent else value, PLACES) + sign, *place)
        return Typed(cell.text.strip(), *place)


class SheetReader:
    """The tables of one sheet, found row by row."""

    def __init__(self, grid: Grid, wanted: list[Table], findings: list[Finding]) -> None:
        self.grid, self.wanted, self.findings = grid, wanted, findings
        self.found: dict[str, Found] = {}
        self.now: dict[str, dict[int, Column]] = {}
        self.titles: set[str] = set()
        self.told: set[str] = set()  # merged cells that have been told of
        self.words = {
            table.name: {
                plain_heading(word): column
                for column in reversed(table.columns)
                for word in (*column.synonyms, column.heading)
            }
            for table in wanted
        }

    def read(self) -> None:
        for number in self.grid.numbers[:MOST_ROWS]:
            cells = self.grid.rows[number]
            texts = {
                column: plain_heading(cell.text)
                for column, cell in cells.items()
                if cell.formula is None
            }
            titles = {table.title for table in self.wanted} & {
                cell.text.strip() for cell in cells.values()
            }
            headings = self._headings(texts)
            if headings:
                self._header(number, texts, headings)
            elif len(self.wanted) > 1 and titles and len(cells) == len(titles):
                self.titles |= titles
                self.now = {}
            else:
                self._row(number)

    def _headings(self, texts: dict[int, str]) -> dict[str, dict[int, Column]]:
        """Tables whose headings stand in this row: at least two of them, and little else."""
        found = {}
        for name, words in self.words.items():
            matched = {column: words[text] for column, text in texts.items() if text in words}
            if len({column.key for column in matched.values()}) >= 2:
                found[name] = matched
        matched_cells = {column for matched in found.values() for column in matched}
        return found if 2 * len(matched_cells) >= len(texts) else {}

    def _header(
        self, row: int, texts: dict[int, str], headings: dict[str, dict[int, Column]]
    ) -> None:
        self.now = {}
        for name, matched in headings.items():
            table = next(t for t in self.wanted if t.name == name)
            known: dict[int, Column] = {}
            for index, column in matched.items():
                twice = any(column.key == other.key for other in known.values())
                if twice and column.key != REMARK:
                    self._complain("rubric-heading-twice", row, index)
                elif column.kind != SHOWN:
                    known[index] = column
            self.now[name] = known
            keys = {
                column.key: (self.grid.sheet.name, refs.ref(row, index))
                for index, column in known.items()
            }
            self.found.setdefault(name, Found(table, [], keys)).keys.update(keys)
        used = {index for matched in headings.values() for index in matched}
        for index in sorted(set(texts) - used):
            if texts[index] in NOTED:
                continue
            words = [
                column.heading
                for name in headings
                for column in next(t for t in self.wanted if t.name == name).columns
            ]
            hint = near(self.grid.rows[row][index].text, words)
            self._complain("rubric-heading-unknown", row, index, hint=hint)

    def _complain(self, code: str, row: int, column: int, **params: str) -> None:
        place = self.grid.sheet.name, refs.ref(row, column)
        self.findings.append(
            finding(code, *place, actual=self.grid.rows[row][column].text.strip(), **params)
        )

    def _row(self, number: int) -> None:
        for name, columns in self.now.items():
            if not any(index in self.grid.rows[number] for index in columns):
                continue
            table = self.found[name].table
            found: list[Finding] = []
            row: Row = {}
            for index, column in columns.items():
                typed = self._typed(number, index, column, found)
                before = row.get(column.key)
                row[column.key] = typed._replace(text=_joined(before, typed))
            if told := slip(table, row, is_wide=self._is_wide(number)):
                self.findings.append(told)
                continue
            self.findings += found
            self.found[name].rows.append(row)

    def _is_wide(self, number: int) -> bool:
        return any((number, column) in self.grid.wide for column in self.grid.rows[number])

    def _typed(self, number: int, index: int, column: Column, found: list[Finding]) -> Typed:
        """What the cell says, or the one that it is merged with."""
        place = self.grid.sheet.name, refs.ref(number, index)
        typed = self.grid.typed(number, index, column.kind, found)
        merged = self.grid.merged.get((number, index)) if typed is None else None
        if merged and column.key in FILLED_DOWN:
            return Typed(merged.first.text.strip(), *place)
        if merged and column.key != REMARK:
            if merged.cell not in self.told:
                self.told.add(merged.cell)
                where = place[0], merged.cell
                found.append(finding("rubric-cell-merged", *where, actual=column.heading))
            return Typed("", *place, bad=True)
        return (typed or Typed("", *place))._replace(sheet=place[0], cell=place[1])


def _joined(before: Typed | None, typed: Typed) -> str:
    """The text of a cell, after that of another column of remarks."""
    texts = [before.text] if before else []
    return "\n".join(filter(None, (*texts, typed.text)))


def near(text: str, words: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(text.strip()[:60], words, 1, 0.5)
    return f"是否指“{near[0]}”？" if near else ""
