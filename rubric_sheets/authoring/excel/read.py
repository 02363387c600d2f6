"""A rubric's workbook → its source, with the cell of everything,
so that each mistake can be shown where it stands."""

from __future__ import annotations

from typing import Any

from ...findings.file_faults import border
from ...findings.finding import InputError, finding
from ...ooxml.book import Book
from ...places.names import META_SHEET
from ...rubric.fields import PROPERTIES, parameters, target_fields, word
from ...rubric.order import in_order
from ...rules.lists import in_rows, listed
from ...rules.lists.cell_text import unquoted
from ..carried import carried, entries
from ..problems import Path
from .cells import example
from .column import Column, Row, Typed
from .columns import property_choices, property_of, tables, target_of
from .grid import Found, near
from .ids import name_all, owners
from .indicator_columns import LIST, list_parameter, row_lists
from .sheets import read_tables
from .source import ExcelSource, meaning


def read_excel(path: str) -> ExcelSource:
    """Read a rubric's workbook. Raises InputError for what is no workbook."""
    with border():
        book = Book.open(path)
        if META_SHEET in book.sheets:
            raise InputError("rubric-is-book", path=path, what=_what(book))
        return read_book(book)


def _what(book: Book) -> str:
    """The rubric of a workbook to be filled in, in brackets; nothing where it cannot be read."""
    try:
        rubric, _ = carried(entries(book.sheet(META_SHEET).cell), book.path)
    except InputError:
        return ""
    return f"（{rubric['title']}，{rubric['id']} {rubric['version']}）"


def read_book(book: Book) -> ExcelSource:
    """The same of a workbook that is open."""
    reader = _Reader(book)
    reader.read()
    return reader.out


def _row_list(kind: object, row: Row) -> str | None:
    """The list that a row of the 核查清单 belongs to;
    of an unknown kind the one that has what the row has."""
    own = parameters(kind)
    if own is not None:
        return next((p.name for p in own if in_rows(p.type)), None)
    worth = bool(row.get(("points",), Typed("", "", "")).text)
    lists = [parameter for _, parameter in row_lists()]
    needing = {
        p.name
        for p in lists
        if any(f.name == "points" and f.required for f in listed(p.type).FIELDS)
    }
    return next(p.name for p in lists if (p.name in needing) == worth)


class _Reader:
    def __init__(self, book: Book) -> None:
        self.out = ExcelSource()
        self.tables = read_tables(book, self.out.findings)
        self.columns = {
            name: {column.key: column for column in table.columns}
            for name, table in tables().items()
        }
        self.ids: dict[str, int] = {}
        self.above: list[str] = []  # the levels of the indicator before
        self.out.path = book.path
        for name, found in self.tables.items():
            self.out.headings |= {(name, key): place for key, place in found.keys.items()}
            self.out.absent[name] = {c.key for c in found.table.columns} - set(found.keys)

    def read(self) -> None:
        source = self.out.source
        self._properties(source)
        for name in ("grades", "fact", "check", "sheet"):
            listed = [
                self._record(name, row, (name, index)) for index, row in enumerate(self._rows(name))
            ]
            if listed:
                source[name] = listed
        self._mapping("ratios", ("formula",), source)
        self._mapping("groups", ("cap",), source)
        self._mapping("shares", ("share",), source)
        self._targets(source)
        source["indicator"] = [
            self._indicator(row, ("indicator", index))
            for index, row in enumerate(self._rows("indicator"))
        ]
        name_all(source)
        self.ids = owners(source["indicator"])
        if found := self.tables.get("indicator"):
            self.out.cells[("indicator",)] = found.keys.get(("weight",), ("", ""))
        self._items(source["indicator"])
        self._cases(source["indicator"])
        self.out.source = in_order(source)

    def _rows(self, name: str) -> list[Row]:
        found: Found | None = self.tables.get(name)
        return found.rows if found else []

    def _complain(self, code: str, typed: Typed, **params: Any) -> None:
        self.out.findings.append(finding(code, typed.sheet, typed.cell, **params))
        self.out.bad.add((typed.sheet, typed.cell))

    def value(self, column: Column, typed: Typed, syntax: str = "") -> Any:
        """The value that a cell means, None for nothing; what cannot be a list is reported."""
        if typed.bad:
            self.out.bad.add((typed.sheet, typed.cell))
        if typed.bad or not typed.text:
            return None
        try:
            return meaning(typed.text, column, syntax or column.kind)
        except ValueError as problem:
            self._complain(
                "rubric-cell-list",
                typed,
                actual=typed.text[:60],
                what=str(problem),
                expected=example(syntax or column.kind),
            )
            return None

    def _record(self, name: str, row: Row, path: Path) -> dict[str, Any]:
        """A row whose columns are the fields of one table."""
        record: dict[str, Any] = {}
        for key, typed in row.items():
            self.out.cells[(*path, *key)] = typed.sheet, typed.cell
            value = self.value(self.columns[name][key], typed)
            if value is not None:
                record[str(key[0])] = value
        self._row_place(row, path)
        return record

    def _row_place(self, row: Row, path: Path) -> None:
        first = next(iter(row.values()))
        self.out.cells.setdefault(path, (first.sheet, first.cell))

    def _properties(self, source: dict[str, Any]) -> None:
        for row in self._rows("properties"):
            key, value = row[("key",)], row.get(("value",))
            field = property_of(key.text)
            if field is None:
                names = [f.label for f in PROPERTIES]
                self._complain(
                    "rubric-property-unknown",
                    key,
                    actual=key.text,
                    expected=names,
                    hint="",
                )
            elif (field.name,) in self.out.cells:
                self._complain(
                    "rubric-duplicate", key, actual=key.text, expected="上面的一行", where="“项”"
                )
            elif value is not None:
                self.out.cells[(field.name,)] = value.sheet, value.cell
                kind = "choice" if field.name in property_choices() else field.type
                kind = kind if kind in ("number", "choice") else "text"
                found = self.value(Column((field.name,), "", 0, kind), value)
                if found is not None:
                    source[field.name] = found

    def _mapping(self, name: str, key: tuple[str, ...], source: dict[str, Any]) -> None:
        """Two columns: a name, and what it stands for."""
        found: dict[str, Any] = {}
        for row in self._rows(name):
            label, typed = row[("name",)], row.get(key)
            text = self.value(self.columns[name][("name",)], label)
            if not text:
                if not label.bad:
                    self._complain(
                        "rubric-missing",
                        label,
                        where=f"“{self.columns[name][('name',)].heading}”",
                        expected="名称",
                    )
            elif text in found:
                self._complain(
                    "rubric-duplicate",
                    label,
                    where=f"“{self.columns[name][('name',)].heading}”",
                    actual=text,
                    expected="上面的一行",
                )
            else:
                place = typed or label
                self.out.cells[(name, text)] = place.sheet, place.cell
                value = self.value(self.columns[name][key], typed) if typed else None
                found[text] = "" if value is None else value
        if found:
            source[name] = found

    def _targets(self, source: dict[str, Any]) -> None:
        found: dict[str, Any] = {}
        for row in self._rows("targets"):
            key, typed = row[("key",)], row.get(("value",))
            field = target_of(key.text)
            if field is None:
                self._complain(
                    "rubric-property-unknown",
                    key,
                    actual=key.text,
                    expected=[f.label for f in target_fields()],
                    hint="",
                )
            elif typed is not None:
                self.out.cells[("targets", field.name)] = typed.sheet, typed.cell
                value = self.value(
                    Column(("value",), "", 0, "number" if field.type == "number" else "text"), typed
                )
                found.update({field.name: value} if value is not None else {})
        if found:
            source["targets"] = found

    def _indicator(self, row: Row, path: Path) -> dict[str, Any]:
        spec: dict[str, Any] = {}
        rule: dict[str, Any] = {}
        columns = self.columns["indicator"]
        kind = (
            self.value(columns[("rule", "kind")], row[("rule", "kind")])
            if ("rule", "kind") in row
            else None
        )
        for key, typed in row.items():
            place = typed.sheet, typed.cell
            name = key
            syntax = ""
            if key == ("rule", LIST):
                parameter = list_parameter(kind)
                name, syntax = ("rule", parameter.name), parameter.type
            self.out.cells[(*path, *name)] = place
            if key[0] == "levels":
                self.out.cells.setdefault((*path, "levels"), place)
                continue
            value = self.value(columns[key], typed, syntax)
            if value is not None and name[0] == "rule":
                rule[str(name[1])] = value
            elif value is not None:
                spec[str(name[0])] = value
        if ("rule", "kind") in row:
            self.out.cells[(*path, "rule")] = (
                row[("rule", "kind")].sheet,
                row[("rule", "kind")].cell,
            )
        self._row_place(row, path)
        levels = self._levels(row)
        spec.update({"levels": levels} if levels else {}, **({"rule": rule} if rule else {}))
        return spec

    def _levels(self, row: Row) -> list[str]:
        typed = [row.get(("levels", number), Typed("", "", "")) for number in range(3)]
        texts = [self.value(self.columns["indicator"][("levels", 0)], one) for one in typed]
        texts = self._as_above(texts)
        for number in (1, 2):
            if (
                texts[number] is not None
                and texts[number - 1] is None
                and not typed[number - 1].bad
            ):
                self._complain(
                    "rubric-levels",
                    typed[number - 1],
                    where="“各级指标”",
                    what=f"空缺第 {number} 级",
                )
                break
        self.above = [text for text in texts if text is not None]
        return self.above

    def _as_above(self, texts: list[str | None]) -> list[str | None]:
        """A level that is left blank before one that is filled is that of the row above, as long
        as those before it are."""
        found = list(texts)
        filled = [number for number, text in enumerate(texts) if text is not None]
        for number, level in enumerate(self.above[:-1]):
            if filled and number < filled[-1] and found[number] is None:
                found[number] = level
            if found[number] != level:
                break
        return found

    def _owner(self, row: Row, last: str) -> tuple[str, int | None]:
        """The indicator that a row belongs to; a blank id means that of the row above."""
        typed = row.get(("id",), Typed("", "", ""))
        wanted = unquoted(typed.text) or last
        index = self.ids.get(wanted)
        if index is None and "indicator" in self.tables:  # else that has been said of its sheet
            self._complain(
                "rubric-row-orphan", typed, actual=wanted, hint=near(wanted, list(self.ids))
            )
        return wanted, index

    def _items(self, indicators: list[dict[str, Any]]) -> None:
        """Checklist items and kinds of breach, in the order of their rows."""
        last = ""
        for row in self._rows("items"):
            last, index = self._owner(row, last)
            if index is None:
                continue
            rule = indicators[index].setdefault("rule", {})
            name = _row_list(rule.get("kind"), row)
            if name is None:
                kinds = "、".join(word("rule", kind) for kind, _ in row_lists())
                typed = next(iter(row.values()))
                self._complain("rubric-row-unused", typed, actual=last, expected=kinds)
                continue
            listed = rule.setdefault(name, [])
            path = ("indicator", index, "rule", name, len(listed))
            own_row = {key: typed for key, typed in row.items() if key != ("id",)}
            listed.append(self._record("items", own_row, path))
            self.out.cells.setdefault(path[:-1], self.out.cells[path])

    def _cases(self, indicators: list[dict[str, Any]]) -> None:
        last = ""
        for row in self._rows("case"):
            last, index = self._owner(row, last)
            if index is not None:
                listed = indicators[index].setdefault("case", [])
                path = ("indicator", index, "case", len(listed))
                own_row = {key: typed for key, typed in row.items() if key != ("id",)}
                listed.append(self._record("case", own_row, path))
