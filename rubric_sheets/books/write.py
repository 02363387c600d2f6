"""Results back into the workbook that they came from: only cells that change, formulas kept,
values renewed."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import for_cell
from ..facts.model import Place
from ..findings.finding import SEVERITY, Finding, InputError, finding
from ..ooxml.values import KEEP, NOTHING, number, text
from ..pages.heights import finding_height
from ..places import slots
from ..places.addresses import Area
from ..places.names import FINDINGS_AREA, FINDINGS_SUMMARY, SCORE_SHEET
from .read import Reader
from .values import from_cell_or_none

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any


NEAR = Fraction(1, 10**6)
COMPARED = {
    slots.MEASURE: slots.measure,
    slots.COMPUTED: slots.computed,
    slots.SCORE: slots.score,
}
GENERAL, PERCENT = 0, 10  # [ECMA-376] 18.8.30: number formats that every program has
OWN_TOTALS = frozenset({slots.FACT, slots.ROW, slots.CLAIMED_TOTAL, slots.SUBTOTAL_CLAIM})
OF_ROWS = frozenset({slots.COMPUTED, slots.SCORE, slots.BASE})  # of the unit's own list
BY_FORMULA = frozenset({slots.COMPUTED, slots.SCORE, slots.BASE, slots.TOTAL, slots.SUM})
WITH_FORMULA = BY_FORMULA | {
    *(slots.LISTED, slots.MEASURE, slots.GRADE, "合计分值", "合计适用", "加分", "扣分"),
    *(slots.SUBTOTAL, slots.SUBTOTAL_WEIGHT),
}


def edit_value(value: Any) -> Any:
    """Fraction, text or None → the edit's value."""
    if value is None:
        return NOTHING
    return number(for_cell(value)) if isinstance(value, Fraction) else text(value)


class Writer:
    """Collects the changes of one workbook, a file or an open one;
    `changes` is saved by the caller."""

    def __init__(self, reader: Reader, changes: Any = None) -> None:
        self.reader = reader
        self.source = reader.source
        self._changes = changes
        self.written: dict[str, Any] = {}  # the results, by slot
        claimed = next(iter(reader.facts.claims.places.values()), None)
        self._score_sheet = claimed.sheet if claimed else SCORE_SHEET

    @property
    def changes(self) -> Any:
        """Made when there is something to collect: a check writes nothing."""
        if self._changes is None:
            self._changes = self.source.changes()
        return self._changes

    def place(self, slot: str) -> Place | None:
        """The cell of a slot, or None where its name is lost."""
        kind, name, table, line = slots.parse(slot)
        facts = self.reader.facts
        if kind == slots.DASHBOARD:
            area = self.source.names.get(slots.dashboard_area(table))
            if area is None or area.first_row + line > area.last_row:
                return None
            return Place(area.sheet, area.first_row + line, area.first_col + int(name))
        if kind == slots.FACT:
            return facts.places.get(name)
        if table:
            rows = facts.tables[table]
            return rows[line].places.get(name) if line < len(rows) else None
        if name and kind in self.reader.columns:
            row = self.reader.rows.get(name)
            return Place(self._score_sheet, row, self.reader.columns[kind]) if row else None
        area = self.source.names.get(slots.defined_name(slot))
        return Place(area.sheet, area.first_row, area.first_col) if area else None

    def shown(self, slot: str) -> str:
        """What the slot's cell shows now."""
        place = self.place(slot)
        cell = self.source.cell(*place) if place else None
        return cell.text if cell is not None else ""

    def results(self, values: dict[str, Any], *, is_fresh: bool = True) -> list[Finding]:
        """Cached values of formulas, and result texts. A formula that someone typed over is
        reported; not where the facts were changed just now (`is_fresh` False), as what the sheet
        shows is of those before."""
        problems = []
        self.written.update(values)
        for slot, value in values.items():
            place = self.place(slot)
            if place is None or place in self.reader.totals.own:
                continue  # a formula of the unit's own gives its own value
            cell = self.source.cell(*place)
            harmed = self._harmed(slot, place, cell, value) if is_fresh else []
            problems += harmed
            if any(one.code == "formula-other" for one in harmed):
                continue  # it goes on showing what its formula gives, and is told again
            if cell is not None and cell.formula is None and slots.parse(slot).kind in OWN_TOTALS:
                continue  # the unit took its own formula away: what it left there is its own claim
            if not same(cell, value):
                self.changes.set(*place, edit_value(value), KEEP)
        return problems

    def renew(self, values: dict[str, Any]) -> None:
        """Cached values of formulas, by slot; what is no formula any longer is left alone."""
        for slot, value in values.items():
            place = self.place(slot)
            if place is not None:
                self.renew_cell(place, value)

    def renew_cell(self, place: Place, value: Any) -> None:
        """The same of one cell."""
        cell = self.source.cell(*place)
        if cell is not None and cell.formula is not None and not same(cell, value):
            self.changes.set(*place, edit_value(value), KEEP)

    def lost(self, live: Iterable[tuple[str, Any]]) -> list[Finding]:
        """The formulas that someone typed over, or whose cells were deleted, of the slots that are
        `live`; nothing is collected to be written."""
        problems = []
        for slot, value in live:
            place = self.place(slot)
            if place is None or place in self.reader.totals.own:
                continue
            problems += self._harmed(slot, place, self.source.cell(*place), value)
        return problems

    def _harmed(self, slot: str, place: Place, cell: Any, value: Any) -> list[Finding]:
        """Has the formula of a result gone, or lost the cells that it reads, or is it that of
        another cell? `value`: what it must show."""
        kind, name, table, line = slots.parse(slot)
        if kind not in WITH_FORMULA or (kind == slots.LISTED and name not in OF_ROWS):
            return []
        if cell is None or cell.formula is None:
            is_lost = kind in BY_FORMULA or (table and self._has_formulas(table, line))
            return [finding("formula-lost", *place.address)] if is_lost else []
        if "#REF!" in cell.formula:
            return [finding("result-broken", *place.address)]
        if kind not in COMPARED or cell.kind == "blank" or self._shows(cell, value):
            return []
        from .foreign_formulas import is_foreign

        if not is_foreign(self.reader.rubric, slot, cell.formula, self._formulas()):
            return []  # not computed again since a figure was changed
        shown = {"expected": value if value != "" else "空白", "actual": cell.text or "空白"}
        return [finding("formula-other", *place.address, **shown)]

    def _formulas(self) -> Iterator[tuple[str, str]]:
        """Those of the results, by slot."""
        ids = [spec["id"] for spec in self.reader.rubric["indicators"]]
        for slot in (made(id_) for made in COMPARED.values() for id_ in ids):
            place = self.place(slot)
            cell = self.source.cell(*place) if place else None
            if cell is not None and cell.formula:
                yield slot, cell.formula

    @staticmethod
    def _shows(cell: Any, value: Any) -> bool:
        """Does it show this, but for what binary numbers lose?"""
        found = from_cell_or_none(cell.text) if cell.kind == "number" else None
        if isinstance(value, Fraction) and found is not None:
            return abs(found - value) < NEAR
        return value is None or bool(found is None and cell.text == value)

    def _has_formulas(self, table: str, line: int) -> bool:
        """Is the row of the list one of the form's own? One that the unit inserted has none."""
        places = self.reader.facts.tables[table][line].places
        cells = (self.source.cell(*places[name]) for name in OF_ROWS if name in places)
        return any(cell is not None and cell.formula for cell in cells)

    def inputs(self, values: dict[str, Any]) -> int:
        """Typed values: a formula of another value goes. Returns how many cells change; raises
        InputError where a value has no cell to go to."""
        changed: dict[Place, Any] = {}
        homeless = []
        for slot, value in values.items():
            place = self.place(slot)
            if place is None and value is not None:
                homeless.append(finding("facts-no-cell", name=slots.spoken(slot)))
            elif place is not None and not same(self.source.cell(*place), value):
                changed[place] = value
        if homeless:
            raise InputError.of(homeless)
        for slot, value in values.items():
            place = self.place(slot)
            if place in changed:
                self.changes.set(*place, edit_value(value), None)
                self._format(place, value, is_percent=self._kind(slot) == "percent")
        return len(changed)

    def _kind(self, slot: str) -> str:
        kind, name, table, _ = slots.parse(slot)
        rubric = self.reader.rubric
        if kind == slots.FACT:
            return str(rubric["facts"][name]["kind"])
        columns = rubric["tables"][table]["columns"] if table else ()
        return next((str(one["kind"]) for one in columns if one["name"] == name), "")

    def _format(self, place: Place, value: Any, *, is_percent: bool) -> None:
        """A number is shown as what it is: as a day, or a share where it is none, nobody could read
        it back."""
        if not isinstance(value, Fraction):
            return
        cell = self.source.cell(*place)
        shows_percent = cell is not None and self.source.is_percent(cell)
        shows_date = cell is not None and (cell.kind == "date" or self.source.is_date(cell))
        if shows_date or shows_percent != is_percent:
            self.changes.set_format(*place, PERCENT if is_percent else GENERAL)

    def findings(self, found: list[Finding], summary: str) -> None:
        """The 校验 sheet: rows filled and the rest cleared, each place a link to its cell."""
        area = self.source.names.get(FINDINGS_AREA)
        if area is None:
            return
        room = area.last_row - area.first_row + 1
        shown = found if len(found) <= room else found[: room - 1]
        rows = [self._finding_row(index, one) for index, one in enumerate(shown, 1)]
        if len(found) > room:
            rows.append(
                (
                    "",
                    "",
                    "",
                    f"另有 {len(found) - len(shown)} 条未列出，改正后重新校验即可看到",
                    "",
                    "",
                    "",
                )
            )
        present = self.source.cells(area)
        last = max([area.first_row + len(rows) - 1, *(row for row, _ in present)])
        is_changed = False
        for row in range(area.first_row, last + 1):
            offset = row - area.first_row
            values = rows[offset] if offset < len(rows) else ("",) * 7
            is_changed |= self._row(area, row, values, present)
        if is_changed:
            self.changes.show_rows(area)
        links = {
            (area.first_row + offset, area.first_col + 2): (
                f"{quoted(one.sheet)}!{one.cell or 'A1'}",
                one.place,
            )
            for offset, one in enumerate(shown)
            if one.sheet in self.source.sheets
        }
        self.changes.set_hyperlinks(area.sheet, links, area)
        place = self.place(FINDINGS_SUMMARY)
        if place and not same(self.source.cell(*place), summary):
            self.changes.set(*place, text(summary), None)

    def _finding_row(self, index: int, one: Finding) -> tuple[Any, ...]:
        severity = SEVERITY[one.severity]
        return (
            Fraction(index),
            severity,
            one.place,
            one.message,
            one.expected,
            one.actual,
            one.fix,
        )

    def _row(
        self, area: Area, row: int, values: tuple[Any, ...], present: dict[tuple[int, int], Any]
    ) -> bool:
        """Write one row of findings; does it differ from what stands there?"""
        cells = [present.get((row, column)) for column in range(area.first_col, area.last_col + 1)]
        height = finding_height([value if isinstance(value, str) else "" for value in values])
        if height != finding_height([cell.text if cell is not None else "" for cell in cells]):
            self.changes.set_height(area.sheet, row, height)
        is_changed = False
        for offset, value in enumerate(values):
            cell = cells[offset] if offset < len(cells) else None
            wanted = value if value != "" else None
            if not same(cell, wanted):
                is_changed = True
                self.changes.set(area.sheet, row, area.first_col + offset, edit_value(wanted), None)
        return is_changed


def same(cell: Any, value: Any) -> bool:
    """Does the cell already show this?"""
    if isinstance(value, Fraction):
        number = cell is not None and cell.kind == "number"
        return number and (cell.text == for_cell(value) or from_cell_or_none(cell.text) == value)
    if cell is None or cell.kind == "blank":
        return value is None or (value == "" and cell is not None)
    return bool(cell.kind == "text" and cell.text == value)


def quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"
