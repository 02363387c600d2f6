"""The same for LibreOffice Calc, straight over UNO: a call is a round trip, so everything is asked for at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from typing import Any

from rubric_sheets.ooxml.cell import BOOL, DATE, ERROR, NUMBER, TEXT, Cell
from rubric_sheets.ooxml.refs import Area, area_text
from rubric_sheets.sheets.names import FINDINGS_SHEET, META_SHEET

from .host import SCRATCH_COLUMN, Formula, Host, Link, Place, Rows, digits
from .libreoffice.calls import traced, untraced
from .libreoffice.connection import uno_module
from .libreoffice.values import Kind

DATES, NOTES, FORMULAS = 2, 8, 16  # com.sun.star.sheet.CellFlags
ERROR_NAMES = {501: "#VALUE!", 502: "#VALUE!", 503: "#NUM!", 504: "#REF!", 519: "#VALUE!", 521: "#NULL!", 524: "#REF!",
               525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}  # fmt: skip


class CalcHost(Host):
    """One open spreadsheet of LibreOffice."""

    separator = ";"

    def __init__(self, book: Any) -> None:
        super().__init__(book)
        self.doc = book.impl.doc
        self.sheets = self.doc.Sheets
        self.tabs: list[str] = list(self.sheets.ElementNames)
        self._status: Any = None
        self._asked: Any = None
        self._scratch: dict[int, Any] = {}

    def is_read_only(self) -> bool:
        return bool(self.doc.isReadonly())

    def sheet_names(self) -> list[str]:
        return self.tabs

    def _ranges(self, areas: Sequence[Area]) -> list[Any]:
        """UNO ranges of many areas in one call."""
        texts = (f"${quoted(area.sheet)}.{area_text(area)}" for area in areas)
        return [traced(found) for found in self.sheets.getCellRangesByName(";".join(texts))]

    # -- cells
    def read(self, areas: Sequence[Area]) -> list[Rows]:
        if not areas:
            return []
        inputs = [area for area in areas if area.sheet != META_SHEET]
        if inputs:
            self._asked = self._together(inputs)
        calculated = {sheet for sheet, _ in self._with(FORMULAS)} if inputs else set()
        out = []
        for area, cells in zip(areas, self._ranges(areas)):
            if area.sheet in calculated:
                pairs = zip(cells.getDataArray(), cells.getFormulaArray())
                out.append([[cell_of(*pair) for pair in zip(*rows)] for rows in pairs])
            else:
                out.append([[cell_of(value, "") for value in row] for row in cells.getDataArray()])
        self._tell_apart(areas, out)
        return out

    def _tell_apart(self, areas: Sequence[Area], blocks: list[Rows]) -> None:
        """Here dates and booleans are numbers with a format, errors are nothing: asked for only where they may be."""
        inputs = [area for area in areas if area.sheet not in (META_SHEET, FINDINGS_SHEET)]
        places = {area.sheet: (area, block) for area, block in zip(areas, blocks)}
        if not inputs:
            return
        for area, dates in self._with(DATES):
            if area == FINDINGS_SHEET:
                continue
            for row in range(dates.StartRow, dates.EndRow + 1):
                for column in range(dates.StartColumn, dates.EndColumn + 1):
                    _change(places[area], row + 1, column + 1, DATE)
        doubtful = []
        for area in inputs:
            for row, cells in enumerate(places[area.sheet][1], area.first_row):
                for column, cell in enumerate(cells, area.first_col):
                    if cell is None:
                        continue
                    if cell.kind == ERROR and (cell.formula is None or typed_formula(cell.formula)):
                        self._name_error(places[area.sheet], area.sheet, row, column)
                    elif cell.kind == NUMBER and cell.formula is None and cell.text in ("0", "1"):
                        doubtful.append((area.sheet, row, column))
                    elif cell.kind == NUMBER and cell.formula and typed_formula(cell.formula):
                        self._by_format(places[area.sheet], area.sheet, row, column)
        for sheet, row, column in self._booleans(doubtful):
            _change(places[sheet], row, column, BOOL)

    def _together(self, areas: Sequence[Area]) -> Any:
        """One UNO object for areas of several sheets, which can be asked as a whole."""
        ranges = self.doc.createInstance("com.sun.star.sheet.SheetCellRanges")
        make, order = uno_module().createUnoStruct, {name: number for number, name in enumerate(self.tabs)}
        addresses = [
            make("com.sun.star.table.CellRangeAddress", order[a.sheet], a.first_col - 1, a.first_row - 1, a.last_col - 1, a.last_row - 1)
            for a in areas
        ]
        ranges.addRangeAddresses(tuple(addresses), False)
        return ranges

    def _with(self, flags: int) -> list[tuple[str, Any]]:
        """(sheet, UNO address) of the cells with such contents, in what was read last."""
        found = self._asked.queryContentCells(flags).RangeAddresses
        return [(self.tabs[address.Sheet], address) for address in found]

    def _booleans(self, places: list[Place]) -> list[Place]:
        """Which of these zeros and ones are FALSE and TRUE."""
        if not places:
            return []
        tests = [f"ISLOGICAL(${quoted(sheet)}.{area_text(Area('', row, col, row, col))})" for sheet, row, col in places]
        from .probe import chunked

        answers = "".join(str(text) for text in self.evaluate(chunked(tests)))
        return [place for place, answer in zip(places, answers) if answer == "1"]

    def _by_format(self, block: Any, sheet: str, row: int, column: int) -> None:
        kind = self.book.impl.formats.kind(self._cell(sheet, row, column).NumberFormat)
        if kind in (Kind.DATE, Kind.BOOLEAN):
            _change(block, row, column, DATE if kind is Kind.DATE else BOOL)

    def _name_error(self, block: Any, sheet: str, row: int, column: int) -> None:
        code = self._cell(sheet, row, column).getError()
        _change(block, row, column, ERROR, ERROR_NAMES.get(code, "#VALUE!"))

    def _cell(self, sheet: str, row: int, column: int) -> Any:
        return self.sheets.getCellByPosition(column - 1, row - 1, self.tabs.index(sheet))

    def write(self, blocks: Sequence[tuple[Area, list[list[Any]]]]) -> None:
        if not blocks:
            return
        formulas: list[tuple[Area, str]] = []
        for cells, (area, rows) in zip(self._ranges([area for area, _ in blocks]), blocks):
            plain = tuple(tuple("" if value is None or isinstance(value, (Formula, Link)) else value for value in row) for row in rows)
            cells.setDataArray(plain)
            formulas += self._formulas(area, rows)
        runs = _runs(formulas)
        for cells, texts in zip(self._ranges([area for area, _ in runs]), (texts for _, texts in runs)) if runs else ():
            cells.setFormulaArray(tuple((text,) for text in texts))

    def _formulas(self, area: Area, rows: list[list[Any]]) -> Iterable[tuple[Area, str]]:
        for offset in range(area.last_col - area.first_col + 1):
            for number, row in enumerate(rows, area.first_row):
                value, column = row[offset], area.first_col + offset
                if isinstance(value, (Formula, Link)):
                    text = value.text if isinstance(value, Formula) else "=" + self.link_formula(value)
                    yield Area(area.sheet, number, column, number, column), text

    def evaluate(self, formulas: Sequence[str]) -> list[Any]:
        count = len(formulas)
        if count not in self._scratch:
            self._scratch[count] = self._ranges([Area(META_SHEET, 1, SCRATCH_COLUMN, count, SCRATCH_COLUMN)])[0]
        cells = self._scratch[count]
        try:
            cells.setFormulaArray(tuple((f"={text}",) for text in formulas))
            return [row[0] for row in cells.getDataArray()]
        finally:
            cells.clearContents(1023)

    # -- notes
    def notes(self, sheets: Iterable[str]) -> dict[Place, str]:
        """Of what was read last: our notes stand nowhere else."""
        found = {}
        for sheet, at in self._with(NOTES) if self._asked is not None else ():
            for row in range(at.StartRow + 1, at.EndRow + 2):
                for column in range(at.StartColumn + 1, at.EndColumn + 2):
                    found[sheet, row, column] = str(self._cell(sheet, row, column).getAnnotation().String)
        return found

    def set_notes(self, notes: dict[Place, str | None]) -> None:
        for sheet in dict.fromkeys(sheet for sheet, _, _ in notes):
            wanted = {(row, column): text for (name, row, column), text in notes.items() if name == sheet}
            all_notes = self.sheets.getByName(sheet).Annotations
            for index in reversed(range(all_notes.Count)):
                at = all_notes.getByIndex(index).Position
                if (at.Row + 1, at.Column + 1) in wanted:
                    all_notes.removeByIndex(index)
            number, make = self.tabs.index(sheet), uno_module().createUnoStruct
            for (row, column), text in wanted.items():
                if text:
                    all_notes.insertNew(make("com.sun.star.table.CellAddress", number, column - 1, row - 1), text)

    # -- protection
    def _lock(self, sheet: str) -> Any:
        return CalcLock(self.sheets.getByName(sheet))

    # -- switches
    def begin(self, text: str) -> None:
        self.doc.lockControllers()
        self._mode = "locked"
        controller = self.doc.CurrentController
        if controller is not None:
            self._status = untraced(controller.Frame.createStatusIndicator())
            traced(self._status).start(text, 0)

    def say(self, text: str) -> None:
        if self._status is not None:
            traced(self._status).setText(text)

    def finish(self) -> None:
        locks, self._locks = list(self._locks.values()), {}
        steps: list[Any] = [lock.close for lock in locks]
        if self._status is not None:
            steps.append(traced(self._status).end)
        if self._mode:
            steps.append(self.doc.unlockControllers)
        self._status, self._mode = None, ""
        problems = []
        for step in steps:
            try:
                step()
            except Exception as problem:
                problems.append(problem)
        if problems:
            raise problems[0]

    def ask(self, question: str) -> str | None:
        return None

    def show(self, sheet: str) -> None:
        controller = self.doc.CurrentController
        if controller is not None:
            controller.setActiveSheet(untraced(self.sheets.getByName(sheet)))


class CalcLock:
    """LibreOffice keeps a sheet's options when its protection is taken off and put back."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.was_protected = False

    def open(self) -> bool:
        """Unprotect; False where a password is set."""
        if not self.sheet.isProtected():
            return True
        with contextlib.suppress(Exception):  # some versions raise for a wrong password
            self.sheet.unprotect("")
        self.was_protected = not self.sheet.isProtected()
        return self.was_protected

    def close(self) -> None:
        """Protect again, if it was protected."""
        if self.was_protected:
            self.sheet.protect("")


def quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def typed_formula(formula: str) -> bool:
    """A formula that a person may have typed as an input, not one of the template's."""
    return not formula.startswith(("IF(", "SUM(", "ROUND("))


def _runs(formulas: list[tuple[Area, str]]) -> list[tuple[Area, list[str]]]:
    """Formulas one below the other, gathered."""
    runs: list[tuple[Area, list[str]]] = []
    for area, text in formulas:
        if runs and runs[-1][0][0] == area.sheet and runs[-1][0].first_col == area.first_col and runs[-1][0].last_row + 1 == area.first_row:
            runs[-1] = (runs[-1][0]._replace(last_row=area.first_row), [*runs[-1][1], text])
        else:
            runs.append((area, [text]))
    return runs


def _change(block: tuple[Area, Rows], row: int, column: int, kind: str, text: str | None = None) -> None:
    area, rows = block
    cells = rows[row - area.first_row]
    old = cells[column - area.first_col]
    if old is not None:
        cells[column - area.first_col] = old._replace(kind=kind, text=old.text if text is None else text)


def cell_of(value: Any, formula: str) -> Cell | None:
    """One cell as UNO gives it: nothing is an error, empty text a blank cell or a formula's empty text."""
    own = formula[1:] if formula.startswith("=") and formula != value else None
    if own is None and formula.startswith("{=") and formula != value:
        own = formula[2:-1]
    if value is None:
        return Cell(ERROR, "#VALUE!", own, 0)
    if value == "":
        return None if own is None else Cell(TEXT, "", own, 0)
    if isinstance(value, str):
        return Cell(TEXT, value, own, 0)
    return Cell(NUMBER, digits(value), own, 0)
