"""The same for LibreOffice Calc, straight over UNO: a call is a round trip, so everything is asked for at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rubric_sheets.ooxml.cell import BOOL, DATE, ERROR, NUMBER
from rubric_sheets.places.addresses import Area, area_text
from rubric_sheets.places.names import FINDINGS_SHEET, META_SHEET, SCORE_SHEET
from xlwings_libreoffice import address
from xlwings_libreoffice import notes as engine_notes
from xlwings_libreoffice.calls import traced, untraced
from xlwings_libreoffice.connection import is_uno_error, uno_module
from xlwings_libreoffice.errors import SheetProtected
from xlwings_libreoffice.uno_errors import is_closed
from xlwings_libreoffice.values import CellError, Kind

from ..cache import merges_file_of
from .calc_cells import (
    CalcLock,
    cell_of,
    change,
    fingerprint,
    has_no_links,
    may_be_date,
    plain,
    present,
    quoted,
    runs_of,
    size,
    typed_formula,
)
from .calc_errors import speaking
from .cells import Formula, Link, Place, Rows
from .excel import Host
from .merged import CalcMerges, Merges
from .meta import META_AREA, SCRATCH_COLUMN, chunked

SCRATCH_ROWS = 8
DATES = 2  # com.sun.star.sheet.CellFlags


@speaking
class CalcHost(Host):
    """One open spreadsheet of LibreOffice."""

    separator = ";"

    def __init__(self, book: Any) -> None:
        super().__init__(book)
        self.doc = book.impl.doc
        self.sheets = self.doc.Sheets
        self.tabs: list[str] = list(self.sheets.ElementNames)
        self._status: Any = None
        self._scratch: Any = None
        self._is_scratched = self._by_hand = False
        self.is_troubled = False  # has LibreOffice raised anything in this click?
        self._opened: dict[str, Any] = {}
        self._frame: Any = None
        self._merges = CalcMerges(self.doc, self.path, merges_file_of(self.path))

    def is_read_only(self) -> bool:
        return bool(self.doc.isReadonly())

    def sheet_names(self) -> list[str]:
        return self.tabs

    def _ranges(self, areas: Sequence[Area]) -> list[Any]:
        """UNO ranges of many areas in one call."""
        texts = (f"${quoted(area.sheet)}.{area_text(area)}" for area in areas)
        return [traced(found) for found in self.sheets.getCellRangesByName(";".join(texts))]

    # -- cells
    def meta(self) -> Rows:
        if self._meta is None:
            self._meta = []
            if META_SHEET in self.tabs:
                scratch = Area(META_SHEET, 1, SCRATCH_COLUMN, SCRATCH_ROWS, SCRATCH_COLUMN)
                cells, self._scratch = self._ranges([META_AREA, scratch])
                self._meta = [[cell_of(value, "") for value in row] for row in cells.getDataArray()]
        return self._meta

    def read(self, areas: Sequence[Area]) -> list[Rows]:
        if not areas:
            return []
        out = []
        ranges = self._ranges(areas)
        for area, cells in zip(areas, ranges):
            values = cells.getDataArray()
            has_formulas = not (area.sheet == FINDINGS_SHEET and has_no_links(area, values))
            formulas = (
                cells.getFormulaArray() if has_formulas else (("",) * len(row) for row in values)
            )
            out.append([[cell_of(*pair) for pair in zip(*rows)] for rows in zip(values, formulas)])
        self._tell_apart(areas, ranges, out)
        return out

    def _tell_apart(self, areas: Sequence[Area], ranges: Sequence[Any], blocks: list[Rows]) -> None:
        """Here dates and booleans are numbers with a format, errors are nothing: asked for only where they may be."""
        places = {area.sheet: (area, block) for area, block in zip(areas, blocks)}
        doubtful: list[Place] = []
        for area, cells in zip(areas, ranges):
            if area.sheet == FINDINGS_SHEET:
                continue
            block = places[area.sheet]
            found = [
                (row, column, cell)
                for row, column, cell in present(block)
                if cell.kind in (NUMBER, ERROR)
            ]
            if any(
                cell.formula is None and may_be_date(float(cell.text))
                for _, _, cell in found
                if cell.kind == NUMBER
            ):
                self._dates(block, cells)
            for row, column, cell in found:
                if cell.formula is not None and not typed_formula(cell.formula):
                    continue
                if cell.kind == ERROR:
                    self._name_error(block, area.sheet, row, column)
                elif cell.formula is not None and area.sheet != SCORE_SHEET:
                    self._by_format(block, area.sheet, row, column)
                elif cell.text in ("0", "1"):
                    doubtful.append((area.sheet, row, column))
        for sheet, row, column in self._booleans(doubtful):
            change(places[sheet], row, column, BOOL)

    def _dates(self, block: tuple[Area, Rows], cells: Any) -> None:
        for dates in cells.queryContentCells(DATES).RangeAddresses:
            for row in range(dates.StartRow, dates.EndRow + 1):
                for column in range(dates.StartColumn, dates.EndColumn + 1):
                    change(block, row + 1, column + 1, DATE)

    def _booleans(self, places: list[Place]) -> list[Place]:
        """Which of these zeros and ones are FALSE and TRUE."""
        if not places:
            return []
        tests = [
            f"ISLOGICAL(${quoted(sheet)}.{area_text(Area('', row, col, row, col))})"
            for sheet, row, col in places
        ]
        answers = "".join(str(text) for text in self.evaluate(chunked(tests)))
        return [place for place, answer in zip(places, answers) if answer == "1"]

    def _by_format(self, block: Any, sheet: str, row: int, column: int) -> None:
        kind = self.book.impl.formats.kind(self._cell(sheet, row, column).NumberFormat)
        if kind in (Kind.DATE, Kind.BOOLEAN):
            change(block, row, column, DATE if kind is Kind.DATE else BOOL)

    def _name_error(self, block: Any, sheet: str, row: int, column: int) -> None:
        code = self._cell(sheet, row, column).getError()
        change(block, row, column, ERROR, str(CellError.of(code)))

    def _cell(self, sheet: str, row: int, column: int) -> Any:
        return self.sheets.getCellByPosition(column - 1, row - 1, self.tabs.index(sheet))

    def write(self, blocks: Sequence[tuple[Area, list[list[Any]]]]) -> None:
        if not blocks:
            return
        kept = [(sheet, engine_notes.inside(sheet, areas)) for sheet, areas in self._noted(blocks)]
        formulas: list[tuple[Area, str]] = []
        try:
            for cells, (area, rows) in zip(self._ranges([area for area, _ in blocks]), blocks):
                self._put(
                    area.sheet,
                    cells.setDataArray,
                    tuple(tuple(plain(value) for value in row) for row in rows),
                )
                formulas += self._formulas(area, rows)
            runs = runs_of(formulas)
            ranges = self._ranges([area for area, _ in runs]) if runs else []
            for cells, (area, texts) in zip(ranges, runs):
                self._put(area.sheet, cells.setFormulaArray, tuple((text,) for text in texts))
        finally:
            for sheet, notes in kept:
                engine_notes.put_back(sheet, notes)

    def set_heights(self, heights: dict[tuple[str, int], float]) -> None:
        areas = [Area(sheet, row, 1, row, 1) for sheet, row in heights]
        for cells, points in zip(self._ranges(areas) if areas else [], heights.values()):
            cells.Rows.Height = round(points * 2540 / 72)  # 1/100 mm

    def _noted(
        self, blocks: Sequence[tuple[Area, list[list[Any]]]]
    ) -> Iterable[tuple[Any, list[address.Area]]]:
        """The sheets that may have notes, and what of them is written: here writing a block deletes its notes."""
        for name in dict.fromkeys(area.sheet for area, _ in blocks if area.sheet != META_SHEET):
            own = [area for area, _ in blocks if area.sheet == name]
            yield self._sheet(name), [address.Area(a.first_row, a.first_col, *size(a)) for a in own]

    def _put(
        self, sheet: str, put: Callable[[Any], None], rows: tuple[tuple[Any, ...], ...]
    ) -> None:
        try:
            put(rows)
        except Exception as problem:  # the exception itself names no cause
            if is_uno_error(problem) and sheet in self.tabs and self._sheet(sheet).isProtected():
                raise SheetProtected(f"工作表“{sheet}”受保护") from None
            raise

    def _sheet(self, name: str) -> Any:
        if name not in self._opened:
            self._opened[name] = self.sheets.getByName(name)
        return self._opened[name]

    def _formulas(self, area: Area, rows: list[list[Any]]) -> Iterable[tuple[Area, str]]:
        for offset in range(area.last_col - area.first_col + 1):
            for number, row in enumerate(rows, area.first_row):
                value, column = row[offset], area.first_col + offset
                if isinstance(value, (Formula, Link)):
                    text = (
                        value.text if isinstance(value, Formula) else "=" + self.link_formula(value)
                    )
                    yield Area(area.sheet, number, column, number, column), text

    def evaluate(self, formulas: Sequence[str]) -> list[Any]:
        """As in `Host`, but the formulas stay until `finish`: each clearing is a call."""
        answers: list[Any] = []
        for start in range(0, len(formulas), SCRATCH_ROWS):
            texts = [f"={text}" for text in formulas[start : start + SCRATCH_ROWS]]
            lines = tuple((text,) for text in [*texts, *[""] * (SCRATCH_ROWS - len(texts))])
            self._put(META_SHEET, self._scratch.setFormulaArray, lines)
            self._is_scratched = True
            found = self._scratch.getDataArray()[: len(texts)]
            if not all(isinstance(row[0], str) for row in found):  # calculation is by hand
                self._by_hand = True
                self.doc.calculate()
                found = self._scratch.getDataArray()[: len(texts)]
            answers += [row[0] for row in found]
        return answers

    # -- merged cells
    def watch(self) -> None:
        self._merges.watch()

    def merges(self, inputs: dict[str, list[tuple[int, int]]]) -> Merges:
        return self._merges.find(list(inputs), fingerprint(inputs))

    # -- notes
    def notes(self, sheets: Iterable[str]) -> dict[Place, str]:
        found = {}
        for sheet in sheets:
            for _, note in self._notes(sheet):
                at = note.Position
                found[sheet, at.Row + 1, at.Column + 1] = str(note.String)
        return found

    def _notes(self, sheet: str) -> list[tuple[int, Any]]:
        notes = self._sheet(sheet).Annotations
        return [(index, notes.getByIndex(index)) for index in range(notes.Count)]

    def set_notes(self, notes: dict[Place, str | None], present: dict[Place, str]) -> None:
        for sheet in dict.fromkeys(sheet for sheet, _, _ in notes):
            wanted = {
                (row, column): text for (name, row, column), text in notes.items() if name == sheet
            }
            all_notes = self._sheet(sheet).Annotations
            if any((sheet, *place) in present for place in wanted):
                for index, note in reversed(self._notes(sheet)):
                    at = note.Position
                    if (at.Row + 1, at.Column + 1) in wanted:
                        all_notes.removeByIndex(index)
            number, make = self.tabs.index(sheet), uno_module().createUnoStruct
            for (row, column), text in wanted.items():
                if text:
                    all_notes.insertNew(
                        make("com.sun.star.table.CellAddress", number, column - 1, row - 1), text
                    )

    # -- protection
    def _hold(self) -> None:
        """Here only what is shown is calculated, and nothing is shown now."""

    def _lock(self, sheet: str) -> Any:
        return CalcLock(self._sheet(sheet))

    # -- switches
    def begin(self, text: str) -> None:
        self.doc.lockControllers()
        self._mode = "locked"
        controller = self.doc.CurrentController
        if controller is not None:
            self._frame = untraced(controller.Frame)
            self._status = untraced(traced(self._frame).createStatusIndicator())
            traced(self._status).start(text, 0)

    def say(self, text: str) -> None:
        if self._status is not None:
            traced(self._status).setText(text)

    def finish(self) -> None:
        locks, self._locks = list(self._locks.values()), {}
        steps: list[Any] = [lock.close for lock in locks]
        if self._is_scratched:
            steps.append(lambda: self._scratch.clearContents(1023))
        status = traced(self._status).end if self._status is not None else None
        if self._mode:
            steps.append(self.doc.unlockControllers)
        self._status, self._mode = None, ""
        if self._by_hand:
            steps.append(
                self.doc.calculate
            )  # whoever calculates by hand has asked for it with the button
        steps.append(self._merges.remember)
        if self.is_troubled and is_closed(self.doc):
            steps = []  # LibreOffice would not survive some of them
        if status is not None:
            steps.append(status)
        problems = []
        for step in steps:
            try:
                step()
            except Exception as problem:
                problems.append(problem)
        if problems:
            raise problems[0]

    def tell(self, text: str, *, wrong: bool = False) -> None:
        if self._frame is None:
            super().tell(text, wrong=wrong)
        else:
            self.book.app.impl.alert_over(
                self._frame, text, "绩效自评", mode="critical" if wrong else "info"
            )

    def ask(self, question: str) -> str | None:
        return None

    def show(self, sheet: str) -> None:
        controller = self.doc.CurrentController
        if controller is not None:
            controller.setActiveSheet(untraced(self._sheet(sheet)))
