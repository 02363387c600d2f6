"""A workbook → its rubric, its facts and the unit's claims, each with its cell.
Cells are found by defined names."""

from __future__ import annotations

import os

from ..exact.invisible import seen
from ..exact.quantities import plain
from ..facts.derive import derive, judged_claims, own_places
from ..facts.model import Claim, FactSet, Place, Row
from ..facts.pairs import INSTITUTION
from ..findings.finding import Finding, finding
from ..ooxml.cell import Cell
from ..places import headings, slots
from ..places.addresses import Area
from ..places.names import (
    CARRIED_SHEET,
    FINDINGS_AREA,
    HEADER,
    OWN_NOTE,
    OWN_SCORE,
    SCORE_SHEET,
    row_name,
)
from ..rubric.forms import is_one_page, judged_lists
from ..rubric.model import FactSpec, IndicatorSpec, Rubric
from ..rubric.titles import inner, title
from ..rules import own_score
from .labels import moved
from .list_columns import list_columns
from .merges import Merges
from .projects import views
from .rubric_in_book import by_names, foreign_rubric, read_rubric
from .score_columns import score_columns
from .source import FileSource
from .template_totals import TemplateTotals
from .values import from_cell_or_none
from .values import read as read_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .source import Source

CLAIM: Any = {"name": OWN_SCORE, "kind": "judged", "unit": "分"}
NOTE: Any = {"name": OWN_NOTE, "kind": "text", "unit": ""}
NUMBERS = ("amount", "count", "percent")
MANY_LOST = 3  # names: from here on all of them were taken away at once
NAME: Any = {"name": INSTITUTION, "kind": "text", "unit": ""}


class Reader:
    """Reads one workbook. `rubric`, `facts`; `rows` and `columns` of the 评分表 for writing
    back."""

    def __init__(self, source: Source, carried: tuple[Rubric, bool] | None = None) -> None:
        self.source = source
        self.rubric, self.published = carried or read_rubric(source)
        self.facts = FactSet()
        self.facts.titles = inner(self.rubric)
        self.rows: dict[str, int] = {}
        self.columns: dict[str, int] = {}
        self.tables: dict[str, Area] = {}
        self.merges = Merges(source)
        self.is_first = getattr(source, "number", 1) == 1
        self.totals = TemplateTotals(source, self.rubric)

    def read(self, *, lists: bool = True) -> Reader:
        """Read everything; `lists=False` leaves out the tables of texts that nothing judges."""
        self._facts()
        judged = judged_lists(self.rubric)
        for table in self.rubric["tables"].values():
            found = self._columns(table)
            if found is not None and (table["totals"] or lists or table["name"] in judged):
                self._table(table, *found)
        self._claims()
        self._lost()
        self.facts.findings += self._moved()
        self.facts.findings += self.merges.findings()
        if CARRIED_SHEET in self.source.sheets:
            self.facts.findings += self._carried()
        judged_claims(self.rubric, self.facts)
        derive(self.rubric, self.facts)
        own_places(self.rubric, self.facts)
        return self

    def _carried(self) -> list[Finding]:
        """Said once, for all projects of the workbook."""
        from .carried import unconfirmed

        return unconfirmed(self.source) if self.is_first else []

    def _cell(self, name: str) -> tuple[Place, Cell | None] | None:
        area = self.source.names.get(name)
        if area is None:
            self.facts.lost.add(name)
            return None
        place = Place(area.sheet, area.first_row, area.first_col)
        return place, self.source.cell(*place)

    def _value(self, spec: FactSpec, place: Place, cell: Cell | None) -> tuple[Any, bool]:
        """(value, usable); problems are collected."""
        if self.merges.hides(place, spec):
            return None, False
        if cell is None or (cell.kind == "blank" and not cell.formula):
            return None, True
        percent_format = date_format = False
        if cell.kind == "number":
            percent_format = self.source.is_percent(cell)
            date_format = self.source.is_date(cell)
        reading = read_value(spec, cell, place, percent_format, date_format)
        if reading.problem:
            self.facts.findings.append(reading.problem)
        value = reading.value
        if value and spec["kind"] == "text" and cell.kind in ("number", "date"):
            from .shown_texts import as_shown

            value = as_shown(value, cell, percent_format, date_format, self.source.date1904)
        return value, reading.ok

    def _facts(self) -> None:
        facts = self.facts
        for name, spec in self.rubric["facts"].items():
            found = self._cell(name)
            if found is None:
                continue
            place, cell = found
            facts.places[name] = place
            if "listed" in spec:  # computed from the unit's own list
                facts.derived.add(name)
                continue
            if self.totals.is_total(spec, place, cell):
                facts.derived.add(name)
                self._broken(spec, place, cell)
                continue
            facts.values[name], usable = self._value(spec, place, cell)
            if not usable:
                facts.invalid.add(name)

    def _broken(self, spec: FactSpec, place: Place, cell: Cell | None) -> None:
        """A total whose parts were deleted is computed here all the same,
        but shows #REF! in the sheet."""
        if cell is not None and cell.formula and "#REF!" in cell.formula:
            name = spec.get("label", spec["name"])
            self.facts.findings.append(
                finding("formula-broken", *place.address, name=name, actual="=" + cell.formula)
            )

    def _columns(self, table: Any) -> tuple[Area, list[tuple[Any, int]]] | None:
        """Where the table's rows are, and its columns, with their numbers; None where it is lost.
        What is wrong with its headings is said even where its texts are not read."""
        area = self.source.names.get(table["name"])
        if area is None or not area.is_table:
            self.facts.lost.add(table["name"])
            return None
        if table["totals"]:
            return area, self._named_columns(table, area)
        columns, found = list_columns(self.source, table, area)
        self.facts.findings += found
        return area, columns

    def _table(self, table: Any, area: Area, columns: list[tuple[Any, int]]) -> None:
        self.tables[table["name"]] = area
        self._outside(table, area, columns)
        rows = self.facts.tables.setdefault(table["name"], [])
        # the last row says where to insert more
        for number in range(area.first_row, area.last_row):
            rows.append(self._row(area.sheet, number, columns))

    def _named_columns(self, table: Any, area: Area) -> list[tuple[Any, int]]:
        """Those of institutions, by the names of their 汇总; what has lost its name is not read."""
        columns: list[tuple[Any, int]] = [(NAME, area.first_col)]
        for column in table["columns"]:
            own = self.source.names.get(column["name"])
            if own is not None and own.sheet == area.sheet:
                columns.append((column, own.first_col))
        return columns

    def _outside(self, table: Any, area: Area, columns: list[tuple[Any, int]]) -> None:
        """Rows inserted above the first or below the last belong to no table:
        nothing adds them up."""
        own = self.source.names.get(table["columns"][0]["name"]) if table["totals"] else None
        # above the institutions stands their 汇总, above other lists a heading
        top = own.last_row + 1 if own and own.sheet == area.sheet else area.first_row - 1
        if area.first_row - 1 in self._indicator_rows(area.sheet):
            top = area.first_row  # the rubric's own indicators stand above
        for row in (*range(max(top, area.first_row - 5), area.first_row), area.last_row + 1):
            for spec, column in columns:
                cell = (
                    self.source.cell(area.sheet, row, column) if spec["kind"] in NUMBERS else None
                )
                place = Place(area.sheet, row, column)
                if (
                    cell is None
                    or cell.kind != "number"
                    or cell.formula is not None
                    or self._is_named(place)
                ):
                    continue
                self.facts.findings.append(
                    finding("row-outside", *place.address, table=table["name"], row=row)
                )
                break

    def _indicator_rows(self, sheet: str) -> set[int]:
        found = (self.source.names.get(row_name(one["id"])) for one in self.rubric["indicators"])
        return {area.first_row for area in found if area and area.sheet == sheet}

    def _is_named(self, place: Place) -> bool:
        """Does a name stand for just this cell?"""
        return any(area.is_cell and area[:3] == place for area in self.source.names.values())

    def _row(self, sheet: str, number: int, columns: list[tuple[Any, int]]) -> Row:
        values, places, derived = {}, {}, set()
        for spec, column in columns:
            place = Place(sheet, number, column)
            cell = self.source.cell(*place)
            places[spec["name"]] = place
            if spec["kind"] == "result":
                continue
            if self.totals.is_row_total(spec, place, cell, columns):
                derived.add(spec["name"])
                self._broken(spec, place, cell)
            else:
                values[spec["name"]], _ = self._value(spec, place, cell)
        return Row(values, places, derived)

    def _claims(self) -> None:
        self._score_header()
        claims = self.facts.claims
        score_column, note_column = self.columns.get(OWN_SCORE), self.columns.get(OWN_NOTE)
        weight_column = self.columns.get(slots.WEIGHT)
        for spec in self.rubric["indicators"]:
            area = self.source.names.get(row_name(spec["id"]))
            if area is None:
                self.facts.lost.add(row_name(spec["id"]))
                continue
            row = self.rows[spec["id"]] = area.first_row
            if score_column:
                place = claims.places[spec["id"]] = Place(area.sheet, row, score_column)
                name = own_score(spec["rule"])
                if name in self.facts.places:
                    score = self.facts.values.get(name)
                else:
                    own: Any = {**CLAIM, "label": f"{spec['levels'][-1]}·{OWN_SCORE}"}
                    score, _ = self._value(own, place, self.source.cell(*place))
                note = self._note(Place(area.sheet, row, note_column)) if note_column else ""
                claims.indicators[spec["id"]] = Claim(score, note)
            if weight_column:
                self._weight(spec, Place(area.sheet, row, weight_column))
        self._claimed_totals()

    def _weight(self, spec: IndicatorSpec, place: Place) -> None:
        """The 分值 that stands in the sheet, whose totals add it up."""
        cell = self.source.cell(*place)
        weight = from_cell_or_none(cell.text) if cell and cell.kind == "number" else None
        if weight is not None:
            self.facts.claims.places[slots.weight(spec["id"])] = place
            self.facts.claims.weights[spec["id"]] = weight
        elif self._has_weight(spec):
            shown = (cell.text if cell else "") or "空白"
            name, due = "·".join(spec["levels"][-2:]), plain(spec["weight"])
            self.facts.findings.append(
                finding("weight-changed", *place.address, name=name, actual=shown, expected=due)
            )

    def _has_weight(self, spec: IndicatorSpec) -> bool:
        """Does the sheet state a weight of the rubric's? A group's stands beside its first one."""
        group = spec.get("group")
        first = (
            spec
            if not group
            else next(one for one in self.rubric["indicators"] if one.get("group") == group)
        )
        return first is spec and "weight_fact" not in spec and bool(plain(spec["weight"]))

    def _moved(self) -> list[Finding]:
        rows = {}
        for spec in self.rubric["indicators"]:
            column = self.columns.get(headings.LEVELS[len(spec["levels"]) - 1])
            area = self.source.names.get(row_name(spec["id"]))
            if column and area is not None:
                rows[spec["id"]] = Place(area.sheet, area.first_row, column)
        return moved(self.source, self.rubric, self.facts.places, rows)

    def _note(self, place: Place) -> str:
        value, _ = self._value(NOTE, place, self.source.cell(*place))
        return str(value or "").strip()

    def _score_header(self) -> None:
        area = self.source.names.get(HEADER)
        if area is None:
            self.facts.lost.add(HEADER)
            return
        self.columns, found = score_columns(
            self.source, area, headings.printed(is_one_page(self.rubric))
        )
        self.facts.findings += found

    def _claimed_totals(self) -> None:
        claims, column = self.facts.claims, self.columns.get(OWN_SCORE)
        for slot, level in {slots.CLAIMED_TOTAL: "", **self._claimed_levels()}.items():
            found = self._cell(slots.defined_name(slot))
            if found is None or self.totals.is_claimed(level, *found, self.rows, column):
                continue
            claims.places[slot] = found[0]
            value, _ = self._value(CLAIM, *found)
            if value is not None and not isinstance(value, str):
                if level:
                    claims.subtotals[level] = value
                else:
                    claims.total = value
        found = self._cell(slots.CLAIMED_GRADE)
        if found:
            claims.places[slots.CLAIMED_GRADE] = found[0]
            claims.grade = seen(self._note(found[0])).strip()

    def _claimed_levels(self) -> dict[str, str]:
        """Slot of each claimed subtotal → its first level."""
        levels = dict.fromkeys(spec["levels"][0] for spec in self.rubric["indicators"])
        return {slots.subtotal(slots.SUBTOTAL_CLAIM, i): level for i, level in enumerate(levels, 1)}

    def _lost(self) -> None:
        """Lost names, or one finding for a whole sheet that is gone."""
        facts = self.facts
        facts.lost |= {slots.SUM, slots.TOTAL, slots.GRADE} - self.source.names.keys()
        if len(facts.lost) > MANY_LOST and not self._named():
            facts.findings.append(
                finding("names-gone", next(iter(self.source.sheets)), "A1", count=len(facts.lost))
            )
            return
        # A form may have no subtotals.
        facts.lost -= {FINDINGS_AREA, *map(slots.defined_name, self._claimed_levels())}
        gone: dict[str, int] = {}
        home = self._homes()
        for name in sorted(facts.lost):
            planned, label = self._planned(name)
            sheet = home.get(planned, planned)
            if sheet in self.source.sheets:
                facts.findings.append(finding("name-lost", sheet, name=name, label=label))
            else:
                gone[sheet] = gone.get(sheet, 0) + 1
        for sheet, count in gone.items():
            facts.findings.append(finding("sheet-missing", sheet, count=count))

    def _named(self) -> bool:
        """Has any fact, table or indicator still its name?"""
        facts = self.facts
        return bool(self.tables or self.rows or facts.places)

    def _planned(self, name: str) -> tuple[str, str]:
        """(the sheet where a name stood in the new workbook, what a person calls it)."""
        if name in self.rubric["facts"]:
            spec = self.rubric["facts"][name]
            return spec["sheet"], title(spec)
        if name in self.rubric["tables"]:
            return self.rubric["tables"][name]["sheet"], f"{name}表"
        rows = {
            row_name(spec["id"]): f"{spec['levels'][-1]}”所在行的名称“{name}"
            for spec in self.rubric["indicators"]
        }
        return SCORE_SHEET, rows.get(name, name)

    def _homes(self) -> dict[str, str]:
        """Planned sheet → its present name: people rename sheets, and defined names follow."""
        homes: dict[str, str] = {}
        for name, place in self.facts.places.items():
            homes.setdefault(self.rubric["facts"][name]["sheet"], place.sheet)
        for place in self.facts.claims.places.values():
            homes.setdefault(SCORE_SHEET, place.sheet)
        return homes


def read_projects(source: Source, *, lists: bool = True, by: Rubric | None = None) -> list[Reader]:
    """Every project of a workbook, one reader each; for most workbooks that is one.
    `by`: the rubric whose names are looked for, whatever the workbook carries."""
    carried = read_rubric(source) if by is None else by_names(source, by)
    with foreign_rubric(source.path, carried[1]):
        return [Reader(view, carried).read(lists=lists) for view in views(source)]


def open_projects(path: str, *, lists: bool = True, by: Rubric | None = None) -> list[Reader]:
    """Read a workbook file, project by project.
    Raises InputError for what is no workbook of ours."""
    return read_projects(FileSource(os.fspath(path)), lists=lists, by=by)


def open_book(path: str, *, lists: bool = True) -> Reader:
    """Read a workbook file, its first project where it has several."""
    return open_projects(path, lists=lists)[0]
