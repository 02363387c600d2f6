"""The totals of a workbook: which still have the template's own formula, and where the unit put its
own in its place."""

from __future__ import annotations

from ..facts.derive import signed_parts
from ..facts.model import Place
from ..facts.pairs import difference, paired_cell
from ..ooxml.cell import Cell
from ..places.addresses import letters
from ..rubric.model import FactSpec, Rubric
from ..rubric.once import once
from ..rubric.parts import parts_of
from ..rules.base import ADDED, TAKEN_OFF
from .own_formulas import (
    is_broken,
    is_claimed_sum,
    is_difference,
    is_same,
    is_sum_of,
    signed_cells,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .source import Source


@once
def _tables(rubric: Rubric) -> dict[str, str]:
    """Column → its table, of the tables of institutions."""
    return {
        column["name"]: table["name"]
        for table in rubric["tables"].values()
        if table["totals"]
        for column in table["columns"]
    }


class TemplateTotals:
    """Asked of each total's cell. `own`: the cells with a formula of the unit's own."""

    def __init__(self, source: Source, rubric: Rubric) -> None:
        self.source, self.rubric = source, rubric
        self.own: set[Place] = set()
        self._table_of = _tables(rubric)

    def is_total(self, spec: FactSpec, place: Place, cell: Cell | None) -> bool:
        """A total of the form's own facts, or of the 汇总 row, which adds up its column."""
        table = self._table_of.get(spec["name"])
        if cell is None or cell.formula is None or ("own_total" not in spec and table is None):
            return False
        formula, names = cell.formula, self.source.names
        if "own_total" in spec:
            areas = [names[part] for part in spec["sum"] if part in names]
            cells = [(one.first_row, one.first_col) for one in areas]
            return self._noted(place, formula, is_sum_of(formula, "", place.sheet, cells))
        area = names.get(table or "")
        if area is None or not area.is_table:  # its rows are lost
            return self._noted(place, formula, signed_cells(formula, place.sheet) is not None)
        letter = letters(place.column)
        text = f"{letter}{area.first_row}:{letter}{area.last_row}"
        cells = [(row, place.column) for row in range(area.first_row, area.last_row + 1)]
        return self._noted(place, formula, is_sum_of(formula, text, place.sheet, cells))

    def is_row_total(
        self, spec: Any, place: Place, cell: Cell | None, columns: list[tuple[Any, int]]
    ) -> bool:
        """A total of one institution. `columns`: those of its table, with their numbers."""
        if cell is None or cell.formula is None or not ("sum" in spec or "formula" in spec):
            return False
        formula = cell.formula
        if "sum" in spec:
            at = {one["name"]: column for one, column in columns}
            cells = [(place.row, at[name]) for name in spec["sum"] if name in at]
            text = ",".join(f"{letters(column)}{place.row}" for _, column in cells)
            return self._noted(place, formula, is_sum_of(formula, text, place.sheet, cells))
        parts = [
            (sign, name, self.source.names.get(name))
            for sign, name in signed_parts(spec["formula"])
        ]
        known = [(sign, one.sheet, one.first_col) for sign, _, one in parts if one is not None]
        if len(known) < len(parts):  # a column's name is lost
            return self._noted(place, formula, signed_cells(formula, place.sheet) is not None)
        same = is_same(formula, self._paired(spec["name"], place, parts), place.sheet)
        return self._noted(place, formula, same or is_difference(formula, place.sheet, known))

    def _paired(self, name: str, place: Place, parts: list[tuple[int, str, Any]]) -> str:
        """The formula of a new workbook for this row; "" where the rows of a table are lost."""
        table = self._table_of[name]
        areas = {home: self.source.names.get(home) for home in self._table_of.values()}
        cells = []
        for sign, part, column in parts:
            own, other = areas[table], areas[self._table_of[part]]
            if own is None or other is None:
                return ""
            cell = f"{letters(column.first_col)}{place.row}"
            if other != own:
                cell = paired_cell(own, place.row, other, column.first_col)
            cells.append((sign, cell))
        return difference(cells)

    def is_claimed(
        self,
        level: str,
        place: Place,
        cell: Cell | None,
        rows: Mapping[str, int],
        column: int | None,
    ) -> bool:
        """The sum of the unit's own scores: of a first level, or of all where `level` is empty.
        `rows`: of each indicator; `column`: where the scores stand."""
        if cell is None or cell.formula is None:
            return False
        plus, minus, others = self._sides(level, rows)
        same = is_claimed_sum(
            cell.formula, place.sheet, column or place.column, plus, minus, others
        )
        return self._noted(place, cell.formula, same)

    def _sides(self, level: str, rows: Mapping[str, int]) -> tuple[list[int], list[int], list[int]]:
        """The rows that a sum of claims adds, those that it takes off, and those of others."""
        specs = self.rubric["indicators"]
        plus: list[int] = []
        minus: list[int] = []
        others: list[int] = []
        for part in parts_of(specs, self.rubric["groups"]):
            side = others
            if level:
                side = plus if part.is_inside and part.level == level else others
            elif part.is_inside or part.counts == ADDED:
                side = plus
            elif part.counts == TAKEN_OFF:
                side = minus
            side += [rows[spec["id"]] for spec in part.of(specs) if spec["id"] in rows]
        table = self.rubric["targets"]["table"] if "targets" in self.rubric else ""
        listed = self.source.names.get(table)
        if listed is not None and not level and listed.is_table:
            plus += range(listed.first_row, listed.last_row + 1)
        return plus, minus, others

    def _noted(self, place: Place, formula: str, same: bool) -> bool:
        if same or is_broken(formula):
            return True
        self.own.add(place)
        return False
