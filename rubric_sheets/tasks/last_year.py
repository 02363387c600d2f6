"""From last year's workbook to this year's: which figures come over, as the form says."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import Any

from ..authoring.changes import changes
from ..books.read import Reader, open_projects
from ..exact.quantities import exact
from ..facts.model import Value
from ..findings.finding import InputError
from ..pages.carried import Carried, Entry
from ..places import slots
from ..rubric.forms import is_one_page
from ..rubric.load import load_form
from ..rubric.model import Rubric
from .look_at import NOT_OURS


def from_last_year(path: str, rubric: Rubric) -> tuple[dict[str, Any], Carried]:
    """(FACTS.json of what comes over, which cells it is and what is new in the rubric). `path`: a
    workbook, or what was handed in. InputError file-…, book-…, from-other-form."""
    readers, name = _readers(path)
    old = readers[0].rubric
    rules = load_form(rubric["form"]).get("last_year", {})
    if is_one_page(old) != is_one_page(rubric):
        raise InputError("from-other-form", path=path, form=old["title"], title=rubric["title"])
    parts, entries = [], []
    for number, reader in enumerate(readers, 1):
        over = _Over(reader, rubric, rules, number, name)
        parts.append({"facts": over.facts, "tables": over.tables})
        entries += over.entries
    data = parts[0] if len(parts) == 1 else {"projects": parts}
    return {"rubric": rubric["id"], **data}, Carried(entries, changes(old, rubric))


def _readers(path: str) -> tuple[list[Reader], str]:
    """Of a workbook; or of what a submission or a report says, with the file's name, as its figures
    stand in no cell."""
    try:
        return open_projects(path), ""
    except InputError as problem:
        if problem.findings[0].code not in NOT_OURS:
            raise
        readers = _of_report(path)
        if not readers:
            raise
    return readers, os.path.basename(path)


def _of_report(path: str) -> list[Reader]:
    """The readers of the workbook that `import` would make of it; none where it says nothing."""
    from tempfile import TemporaryDirectory

    from ..books.create import workbook
    from .import_report import together
    from .read_report import read_report, says_nothing

    result = read_report(path)
    if says_nothing(result):
        return []
    parts = [one.part for one in result.of_one_rubric]
    rubric = parts[0].rubric
    with TemporaryDirectory() as folder:
        book = os.path.join(folder, "import.xlsx")
        with open(book, "wb") as file:
            file.write(workbook(rubric, together(rubric, [part.data() for part in parts])))
        return open_projects(book)


def over(before: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Last year's under what is given for this year: a table that is given is taken whole."""
    if not given or "projects" in before or "projects" in given:
        return given or before
    merged = {name: {**before.get(name, {}), **given.get(name, {})} for name in ("facts", "tables")}
    return {**before, **given, **merged}


class _Over:
    """What comes over from one project: `facts` and `tables` as FACTS.json has them, `entries`."""

    def __init__(
        self, reader: Reader, rubric: Rubric, rules: dict[str, Any], number: int, file: str
    ) -> None:
        self.reader, self.rubric, self.number, self.file = reader, rubric, number, file
        self.facts: dict[str, Any] = {}
        self.tables: dict[str, list[dict[str, Any]]] = {}
        self.entries: list[Entry] = []
        for table, columns in rules.get("tables", {}).items():
            if table in rubric["tables"]:
                self._table(table, columns)
        of_tables, self.entries = self.entries, []
        own = [name for name in rules.get("keep", ()) if name in rubric["facts"]]
        over = {name: of for name, of in rules.get("facts", {}).items() if name in rubric["facts"]}
        for name, source in {**{name: name for name in own}, **over}.items():
            self._fact(name, source)
        year = self._value(rules.get("year", ""))
        if isinstance(year, Fraction):
            self._put(rules["year"], year + 1, rules["year"])
        self.entries += of_tables

    def _value(self, name: str) -> Value:
        facts = self.reader.facts
        return None if name in facts.invalid else facts.values.get(name)

    def _fact(self, name: str, source: str) -> None:
        value = self._value(source)
        in_rows = any(name in row for rows in self.tables.values() for row in rows)
        if name in self.rubric["facts"] and value not in (None, "") and not in_rows:
            self._put(name, value, source)

    def _put(self, name: str, value: Value, source: str) -> None:
        spec = self.rubric["facts"][name]
        self.facts[name] = _written(value, spec["kind"])
        self._entry(slots.fact(name), spec.get("label", name), self.reader.facts.place(source))

    def _table(self, table: str, columns: dict[str, str]) -> None:
        """Row by row: the rows of the tables of one form belong together."""
        tables = self.reader.facts.tables
        known = {
            column["name"]: column["kind"] for column in self.rubric["tables"][table]["columns"]
        }
        known["机构名称"] = "text"
        found = {}
        for column, source in columns.items():
            old, _, name = source.partition(".")
            for index, row in enumerate(tables.get(old, ())):
                value = row.values.get(name)
                if column in known and value not in (None, ""):
                    found[index, column] = (value, row.places.get(name), name)
        rows: list[dict[str, Any]] = [{} for _ in range(1 + max((i for i, _ in found), default=-1))]
        for (index, column), (value, place, _) in sorted(found.items()):
            rows[index][column] = _written(value, known[column])
            shown = f"{table}第 {index + 1} 行{column}"
            address = place.address if place else ("", "")
            self._entry(slots.row(table, index, column), shown, address)
        if rows:
            self.tables[table] = rows

    def _entry(self, slot: str, name: str, place: tuple[str, str]) -> None:
        sheet, cell = place
        source = self.file or (f"{sheet}!{cell}" if cell else sheet)
        self.entries.append(Entry(slots.of_project(self.number, slot), name, source))


def _written(value: Value, kind: str) -> Any:
    """As FACTS.json has it."""
    if not isinstance(value, Fraction):
        return value
    number = exact(value * 100 if kind == "percent" else value, 40)
    return int(number) if kind == "count" and number.isdecimal() else number
