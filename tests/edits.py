"""What people do to a workbook in a spreadsheet program, at random, and whether what comes of it is
right: told, or the same figures as the program computes, with nothing of theirs lost.

An edit is made in LibreOffice, which computes everything anew and saves.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import Reader, open_projects
from rubric_sheets.books.values import from_cell_or_none
from rubric_sheets.findings.finding import InputError
from rubric_sheets.ooxml.book import Book
from rubric_sheets.places.addresses import Area
from rubric_sheets.places.headings import meaning
from rubric_sheets.places.names import FINDINGS_SHEET
from rubric_sheets.rubric.load import published
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.scoring.own_list import RESULTS
from rubric_sheets.tasks.score import checked, score_book
from rubric_sheets.tasks.transfer import dump_projects
from rubric_sheets.verify.compare import DIFFERS, UNABLE, compared
from rubric_sheets.verify.live import Live, live
from xlwings_libreoffice.connection import file_url, properties, uno_module

from .books import FULL, RUBRIC
from .honest import Honest

EXAMPLES = Path(__file__).parents[1] / "examples" / "facts"
XLSX = "Calc MS Excel 2007 XML"
TYPED = ("", "0", "7", "12.5", "-3", "95%", "1.2", "不适用", "无", "是", "１２", "备注", "2022-5-1")
FORMATS = ("0.00%", "yyyy-mm-dd", "@", "General", "0", "#,##0.00")
SHEET_NAMES = ("改名", "Sheet1", "表 1", "收支（终稿）")


class Edit:
    """One random edit of an open document. `said`: what was done. `is_neutral`: it moves or dresses
    up what is there, and changes no figure."""

    def __init__(self, document: Any, rng: random.Random, inputs: list[tuple[str, int, int]]):
        self.document, self.rng, self.said, self.is_neutral = document, rng, "", False
        sheets = document.Sheets
        self.sheet = sheets.getByIndex(rng.randrange(sheets.Count))
        own = [place for place in inputs if place[0] == self.sheet.Name]
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        self.last_row = cursor.RangeAddress.EndRow
        self.last_column = cursor.RangeAddress.EndColumn
        if own and rng.randrange(10) < 7:
            _, row, column = rng.choice(own)
            self.row, self.column = row - 1, column - 1
        else:
            self.row = rng.randrange(min(self.last_row, 60) + 2)
            self.column = rng.randrange(min(self.last_column, 20) + 2)

    def make(self, kind: str) -> None:
        self.said = f"{kind} {self.sheet.Name} R{self.row + 1}C{self.column + 1}"
        self.sheet.unprotect("")
        getattr(self, kind)()

    def _enum(self, kind: str, value: str) -> Any:
        return uno_module().Enum(f"com.sun.star.sheet.{kind}", value)

    def _area(self, rows: int = 1, columns: int = 1) -> Any:
        rows, columns = self.row + rows - 1, self.column + columns - 1
        return self.sheet.getCellRangeByPosition(self.column, self.row, columns, rows)

    def _cell(self) -> Any:
        return self.sheet.getCellByPosition(self.column, self.row)

    # -- rows and columns

    def insert_rows(self) -> None:
        self.is_neutral = True
        self.sheet.Rows.insertByIndex(self.row, self.rng.randrange(1, 3))

    def insert_columns(self) -> None:
        self.is_neutral = True
        self.sheet.Columns.insertByIndex(self.column, 1)
        if self.rng.randrange(2):  # and filled with notes of the unit's own
            for row in range(min(self.last_row, 60)):
                cell = self.sheet.getCellByPosition(self.column, row)
                if not cell.IsMerged:
                    cell.String = f"备注{row}"

    def delete_rows(self) -> None:
        self.sheet.Rows.removeByIndex(self.row, 1)

    def delete_columns(self) -> None:
        self.sheet.Columns.removeByIndex(self.column, 1)

    def exchange_rows(self) -> None:
        """Cut a row and put it in below its neighbour."""
        self.sheet.Rows.insertByIndex(self.row + 2, 1)
        width = max(self.last_column, 20)
        row = self.sheet.getCellRangeByPosition(0, self.row, width, self.row)
        to = self.sheet.getCellByPosition(0, self.row + 2).CellAddress
        self.sheet.moveRange(to, row.RangeAddress)
        self.sheet.Rows.removeByIndex(self.row, 1)

    # -- cells

    def insert_cells(self) -> None:
        mode = self._enum("CellInsertMode", self.rng.choice(("DOWN", "RIGHT")))
        self.sheet.insertCells(self._area().RangeAddress, mode)

    def delete_cells(self) -> None:
        mode = self._enum("CellDeleteMode", self.rng.choice(("UP", "LEFT")))
        self.sheet.removeRange(self._area().RangeAddress, mode)

    def retype(self) -> None:
        text = self.rng.choice(TYPED)
        self.said += f" “{text}”"
        if self.rng.randrange(4) == 0:
            self._cell().String = text
        else:
            self._cell().setFormula(text)

    def clear(self) -> None:
        self._area(self.rng.randrange(1, 4), self.rng.randrange(1, 3)).clearContents(1 | 2 | 4 | 16)

    def reformat(self) -> None:
        code = self.rng.choice(FORMATS)
        self.said += f" {code}"
        locale, formats = self.document.CharLocale, self.document.NumberFormats
        key = formats.queryKey(code, locale, False)
        self._cell().NumberFormat = formats.addNew(code, locale) if key < 0 else key

    def paste(self) -> None:
        """A copy of cells of the same sheet, with their formulas and formats."""
        rows, columns = self.rng.randrange(1, 3), self.rng.randrange(1, 3)
        source = self._area(rows, columns).RangeAddress
        self.row = max(0, self.row + self.rng.randrange(-4, 5))
        self.column = max(0, self.column + self.rng.randrange(-2, 3))
        self.said += f" → R{self.row + 1}C{self.column + 1}"
        self.sheet.copyRange(self._cell().CellAddress, source)

    def cut(self) -> None:
        """Cells moved elsewhere; names and formulas go along."""
        source = self._area(1, self.rng.randrange(1, 3)).RangeAddress
        self.row = max(0, self.row + self.rng.randrange(-4, 5))
        self.said += f" → R{self.row + 1}C{self.column + 1}"
        self.sheet.moveRange(self._cell().CellAddress, source)

    def fill_down(self) -> None:
        direction = self._enum("FillDirection", "TO_BOTTOM")
        self._area(self.rng.randrange(2, 5)).fillAuto(direction, 1)

    def sort(self) -> None:
        """A few rows, by one of their columns."""
        area = self._area(self.rng.randrange(2, 6), 8)
        field = uno_module().createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = self.rng.randrange(4), bool(self.rng.randrange(2))
        fields = uno_module().Any("[]com.sun.star.table.TableSortField", (field,))
        area.sort(properties(SortFields=fields, ContainsHeader=False))

    def rename(self) -> None:
        self.is_neutral = True
        self.sheet.Name = self.rng.choice(SHEET_NAMES)

    def merge(self) -> None:
        self._area(self.rng.randrange(1, 3), self.rng.randrange(1, 3)).merge(True)


KINDS = (
    *("insert_rows", "insert_columns", "delete_rows", "delete_columns", "exchange_rows"),
    *("insert_cells", "delete_cells", "retype", "clear", "reformat", "paste", "cut"),
    *("fill_down", "sort", "rename", "merge"),
)


class Unit:
    """A workbook that a unit filled in. `found`: how often each thing is said of it already."""

    def __init__(self, name: str, rubric: Rubric, data: dict[str, Any], folder: Path) -> None:
        self.path = folder / f"{name}.xlsx"
        self.path.write_bytes(workbook(rubric, data))
        readers = open_projects(str(self.path))
        self.facts = dump_projects(readers)
        self.found = _said(readers)
        self.inputs = [place for reader in readers for place in _inputs(reader)]


def units(folder: Path) -> list[Unit]:
    """Of every form: what real units filled in, tables and all; and who filled in everything
    rightly, so that nothing is to be said."""
    found = []
    for path in sorted(EXAMPLES.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found.append(Unit(path.stem, find(data["rubric"]), data, folder))
    found.append(Unit("full", find(RUBRIC), FULL, folder))
    for one in published():
        rubric = find(one)
        found.append(Unit(f"honest-{one}", rubric, Honest(rubric, 0).data(), folder))
    return found


def _said(readers: list[Reader]) -> Counter[str]:
    return Counter(one.code for one in checked(readers).findings if one.severity != "note")


def _inputs(reader: Reader) -> list[tuple[str, int, int]]:
    rows = [row for rows in reader.facts.tables.values() for row in rows]
    places = [*reader.facts.places.values(), *reader.facts.claims.places.values()]
    places += [place for row in rows for place in row.places.values()]
    return [tuple(place) for place in places]


def edited(desktop: Any, unit: Unit, seed: object, to: Path) -> Edit | None:
    """The workbook with one random edit, saved as `to`; None where the program refuses it."""
    rng = random.Random(f"{seed}")
    document = desktop.loadComponentFromURL(
        file_url(str(unit.path)), "_blank", 0, properties(Hidden=True)
    )
    try:
        edit = Edit(document, rng, unit.inputs)
        kind = rng.choice(KINDS)
        try:
            edit.make(kind)
        except Exception as error:
            if "com.sun.star" not in f"{type(error)} {error}":
                raise
            return None
        document.calculateAll()
        document.storeToURL(file_url(str(to)), properties(FilterName=XLSX))
        return edit
    finally:
        document.close(True)


def silent(path: Path, edit: Edit, unit: Unit) -> str:
    """What is wrong with the edited workbook without a word; "" where all is right, or told."""
    try:
        readers = open_projects(str(path))
        said = _said(readers)
    except InputError:
        return ""  # told
    return (
        (_differing(readers) or _changed(readers, edit, unit)) if said <= unit.found else ""
    ) or _overwritten(path)


def _differing(readers: list[Reader]) -> str:
    """Two truths: the cells show other figures than the program finds."""
    cells = live(readers)
    if any(_is_to_come(one, readers[0]) for one in cells):
        return ""  # the list waits for the next run, and the sheet says so
    answers = {}
    for one in cells:
        cell = readers[0].source.cell(*one.place)
        if cell is None or cell.kind == "blank":
            answers[one.place] = None
        else:
            number = from_cell_or_none(cell.text) if cell.kind == "number" else None
            answers[one.place] = cell.text if number is None else float(number)
    wrong = [one for one in compared(cells, answers) if one.verdict in (DIFFERS, UNABLE)]
    return "; ".join(
        f"{one.live.slot} {one.live.place.address}: {one.answer!r}, exactly {one.live.exact}"
        for one in wrong[:3]
    )


def _is_to_come(one: Live, reader: Reader) -> bool:
    """A row of the unit's own list whose texts were moved or changed since the last run."""
    if not one.slot.endswith(":测算得分") or not one.exact:
        return False
    cell = reader.source.cell(*one.place)
    return cell is None or cell.text in ("", "无法计算")


def _changed(readers: list[Reader], edit: Edit, unit: Unit) -> str:
    """Facts that are others though nobody changed any."""
    facts = dump_projects(readers)
    if not edit.is_neutral or facts == unit.facts:
        return ""
    if _rows_packed(facts) == _rows_packed(unit.facts):
        return ""  # a blank row more
    return f"facts differ: {_first_gap(unit.facts, facts)}"


def _rows_packed(facts: dict[str, Any]) -> dict[str, Any]:
    tables = {name: [row for row in rows if row] for name, rows in facts["tables"].items()}
    return {**facts, "tables": tables}


def _first_gap(before: Any, after: Any) -> str:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            if before.get(key) != after.get(key):
                return f"{key}: {_first_gap(before.get(key), after.get(key))}"
    return f"{before!r} → {after!r}"[:200]


def _overwritten(path: Path) -> str:
    """Texts of the unit that scoring wrote over: it writes formulas and result columns only."""
    before = Book.open(str(path))
    try:
        score_book(str(path), write=True)
    except InputError:
        return ""  # then nothing is written
    after = Book.open(str(path))
    for name in before.sheets:
        if name == FINDINGS_SHEET or after.sheets.keys() != before.sheets.keys():
            continue
        gap = _lost(before, after, name)
        if gap and not _is_findings(before, name):
            return gap
    return ""


def _is_findings(book: Book, name: str) -> bool:
    area = book.names.get("校验结果")
    return area is not None and area.sheet == name


def _lost(before: Book, after: Book, name: str) -> str:
    every = Area(name, 1, 1, 400, 40)
    old, new = before.sheet(name).cells(every), after.sheet(name).cells(every)
    for place, cell in old.items():
        if cell.kind != "text" or not cell.text or cell.formula is not None:
            continue
        held = new.get(place)
        if (held is None or held.text != cell.text) and not _is_result(old, place):
            shown = held.text if held else None
            return f"{name} {place}: {cell.text!r} → {shown!r}"
    return ""


def _is_result(cells: dict[tuple[int, int], Any], place: tuple[int, int]) -> bool:
    row, column = place
    above = (cells.get((up, column)) for up in range(row - 1, 0, -1))
    return any(cell is not None and meaning(cell.text) in RESULTS for cell in above)
