"""What FACTS.json says, taken into a set of facts: every mistake is collected,
none stops the others."""

from __future__ import annotations

import json
from fractions import Fraction

from ..exact.quantities import NOT_APPLICABLE, from_json
from ..findings.finding import Finding, InputError, finding
from ..places import slots
from ..rubric.model import FactSpec, Rubric
from ..rules import own_score
from .model import Claim, FactSet, Row, Value
from .pairs import INSTITUTION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LIMIT = 10**15  # beyond this a spreadsheet no longer holds every whole number
LEAST = Fraction(1, 2 * 10**8)  # what is less is 0 to the formulas
MAX_TEXT = 16_000  # half of what a cell takes, as some characters count twice
TEXT = f"不超过 {MAX_TEXT} 字、没有控制符的文字"
POINTS: Any = {"name": "自评得分", "kind": "amount"}
WORDS: Any = {"name": "说明", "kind": "text"}
NAMED_BY = (INSTITUTION, "三级指标")  # the column that names a row, where the table has it
NUMBERS = ("amount", "count", "percent", "breach_count", "judged")


def value_of(spec: FactSpec, raw: Any) -> Value:
    """One fact's value. Raises ValueError for what does not fit its kind."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if spec["kind"] in NUMBERS:
        if raw == NOT_APPLICABLE:
            return NOT_APPLICABLE
        number = from_json(raw)
        if abs(number) >= LIMIT:
            raise ValueError(raw)
        if not _is_held(number):
            raise NotHeld(raw)
        return number / 100 if spec["kind"] == "percent" else number
    if isinstance(raw, (dict, list, bool)):
        raise ValueError(raw)
    text = str(raw)
    if spec["kind"] == "yes_no" and text not in ("是", "否", NOT_APPLICABLE):
        raise ValueError(raw)
    if len(text) > MAX_TEXT or not all(map(_is_writable, text)):
        raise ValueError(raw)
    return text


class NotHeld(ValueError):
    """A number with more digits than a cell keeps, or next to nothing."""


def _is_held(number: Fraction) -> bool:
    """Can a cell hold it to the last digit, and do formulas know it from 0?"""
    if 0 < abs(number) < LEAST:
        return False
    return number == Fraction(f"{number.numerator / number.denominator:.15g}")


def _is_writable(sign: str) -> bool:
    """Can a workbook hold it ([XML] 2.2)? Control signs cannot be written."""
    return sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")


def lines_of(given: list[dict[str, Value]], old: list[Row], key: str) -> list[int]:
    """The line of the table, counted from 0, that each given row belongs to.

    A row that names its institution (or indicator) belongs to the line of that name. A new name
    takes its own position while that is blank, or else the first blank line; a row without a name
    goes by its position. A line past the table's end means that there is no room.
    """
    names = [row.values.get(key) for row in old]
    wanted = [values.get(key) for values in given]
    once = {name for name in names if name and names.count(name) == 1 == wanted.count(name)}
    lines = [names.index(name) if name in once else -1 for name in wanted]
    taken = set(lines)
    for index, name in enumerate(wanted):
        if lines[index] >= 0:
            continue
        blank = (
            line
            for line, row in enumerate(old)
            if line not in taken and all(value is None for value in row.values.values())
        )
        lines[index] = index
        if index in taken or (name and index < len(old) and names[index] not in (None, name)):
            lines[index] = next(blank, max(len(old), index))
        taken.add(lines[index])
    return lines


def merged_row(old: Row, values: dict[str, Value], totals: set[str]) -> Row:
    """A row with what is given over what stands there; the default formulas of its totals stay
    where nothing is typed over them. `totals`: of a new row, the columns with such a formula."""
    derived = {name for name in old.derived | totals if values.get(name) is None}
    kept = {name: value for name, value in values.items() if name not in derived}
    return Row({**old.values, **kept}, old.places, derived)


class Taker:
    """Takes one FACTS.json into a FactSet and collects every mistake; `given`:
    slots of the cells it speaks of."""

    def __init__(self, rubric: Rubric, facts: FactSet) -> None:
        self.rubric, self.facts = rubric, facts
        self.problems: list[Finding] = []
        self.given: dict[str, None] = {}  # slots of the cells that the file speaks of

    def take(self, spec: FactSpec, raw: Any, where: str) -> Value:
        try:
            return value_of(spec, raw)
        except ValueError as problem:
            expected = TEXT
            if spec["kind"] == "yes_no":
                expected = "是、否或不适用"
            elif spec["kind"] in NUMBERS:
                expected = "数字（如 12.5）或“不适用”"
            if isinstance(problem, NotHeld):
                expected = "不超过 15 位有效数字、也不近于 0 的数字"
            shown = json.dumps(raw, ensure_ascii=False)
            shown = shown if len(shown) <= 60 else shown[:60] + "…"
            self.problems.append(
                finding("facts-value", name=where, actual=shown, expected=expected)
            )
            return None

    def unknown(self, name: str, known: Any) -> None:
        from difflib import get_close_matches

        near = get_close_matches(name, list(known), 1, 0.4)
        self.problems.append(
            finding("facts-unknown", name=name, hint=f"是否指“{near[0]}”？" if near else "")
        )

    def mapping(self, data: Any, name: str, kind: type = dict) -> Any:
        if data is None or isinstance(data, kind):
            return data or kind()
        self.problems.append(
            finding("facts-shape", name=name, expected="{…}" if kind is dict else "[…]")
        )
        return kind()

    def read(self, data: dict[str, Any]) -> None:
        self.top_level(data)
        for name, rows in self.mapping(data.get("tables"), "tables").items():
            self.table(name, rows)
        for name, raw in self.mapping(data.get("facts"), "facts").items():
            if name not in self.rubric["facts"] or "listed" in self.rubric["facts"][name]:
                self.unknown(name, self.rubric["facts"])
                continue
            self.fact(name, raw)
        self.claims(self.mapping(data.get("claims"), "claims"))
        if self.problems:
            raise InputError.of(self.problems)

    def top_level(self, data: dict[str, Any]) -> None:
        """A fact beside `facts`, or `fact` for `facts`, would be passed over in silence."""
        from difflib import get_close_matches

        known = ("rubric", "facts", "tables", "claims")
        for name, value in data.items():
            if name in known:
                continue
            if name in self.rubric["facts"] or name in self.rubric["tables"]:
                group = "facts" if name in self.rubric["facts"] else "tables"
                self.problems.append(
                    finding("facts-unknown", name=name, hint=f"请写在“{group}”里面。")
                )
            elif isinstance(value, (dict, list)) or get_close_matches(name, known, 1, 0.7):
                self.unknown(name, known)

    def fact(self, name: str, raw: Any) -> None:
        value = self.take(self.rubric["facts"][name], raw, name)
        if value is None and name in self.facts.derived:
            return  # nothing typed over the total: it stays with its formula
        self.given[slots.fact(name)] = None
        self.facts.values[name] = value
        self.facts.derived.discard(name)
        self.facts.invalid.discard(name)
        judge = next((s for s in self.rubric["indicators"] if own_score(s["rule"]) == name), None)
        if judge:  # the claim is the same cell; a claim given below still wins
            old = self.facts.claims.indicators.get(judge["id"], Claim())
            self.facts.claims.indicators[judge["id"]] = old._replace(score=value)

    def table(self, name: str, raw: Any) -> None:
        """Rows are merged, as facts are: what the file does not name stays, null clears."""
        spec = self.rubric["tables"].get(name)
        if spec is None:
            self.unknown(name, self.rubric["tables"])
            return
        columns: dict[str, Any] = {c["name"]: c for c in spec["columns"] if c["kind"] != "result"}
        if spec["totals"]:
            columns[INSTITUTION] = {"name": INSTITUTION, "kind": "text"}
        old = self.facts.tables.get(name, [])
        rows = [None] * len(old) if raw is None else self.mapping(raw, f"tables.{name}", list)
        given = [self.cells(name, index, cells, columns) for index, cells in enumerate(rows)]
        fresh = name not in self.facts.tables
        if fresh:  # a new workbook gets as many rows as are given
            old = [Row({}) for _ in given]
        lines = lines_of(given, old, next((key for key in NAMED_BY if key in columns), ""))
        if max(lines, default=-1) >= len(old):
            count = max(lines) + 1
            self.problems.append(
                finding("facts-too-many-rows", table=name, rows=count, room=len(old))
            )
            return
        totals = {c["name"] for c in spec["columns"] if "sum" in c or "formula" in c}
        for line, values in zip(lines, given):
            old[line] = merged_row(old[line], values, totals if fresh else set())
            slots_of = (slots.row(name, line, column) for column in values)
            self.given.update(dict.fromkeys(slots_of))
        self.facts.tables[name] = old

    def cells(self, name: str, index: int, raw: Any, columns: dict[str, Any]) -> dict[str, Value]:
        """What one row of the file says, column by column; null as a whole blanks all."""
        if raw is None:
            return dict.fromkeys(columns)
        values: dict[str, Value] = {}
        for column, cell in self.mapping(raw, f"{name}[{index}]").items():
            if column in columns:
                where = f"{name}第{index + 1}行“{column}”"
                values[column] = self.take(columns[column], cell, where)
            else:
                self.unknown(column, columns)
        return values

    def claims(self, data: dict[str, Any]) -> None:
        claims, ids = self.facts.claims, {spec["id"] for spec in self.rubric["indicators"]}
        levels = list(dict.fromkeys(spec["levels"][0] for spec in self.rubric["indicators"]))
        for key, raw in data.items():
            if key == "total":
                total = self.take(POINTS, raw, "claims.total")
                if total is not None or claims.total is not None:
                    self.given[slots.CLAIMED_TOTAL] = None
                claims.total = total if isinstance(total, Fraction) else None
            elif key == "grade":
                claims.grade = str(self.take(WORDS, raw, "claims.grade") or "")
                self.given[slots.CLAIMED_GRADE] = None
            elif key == "subtotals":
                for level, points in self.mapping(raw, "claims.subtotals").items():
                    self.subtotal(level, points, levels)
            elif key in ids:
                self.claim(key, self.mapping(raw, f"claims.{key}"))
            else:
                self.unknown(key, (*ids, "total", "grade", "subtotals"))

    def subtotal(self, level: str, raw: Any, levels: list[str]) -> None:
        claims = self.facts.claims
        if level not in levels:
            self.unknown(level, levels)
            return
        points = self.take(POINTS, raw, f"claims.subtotals.{level}")
        if points is not None or level in claims.subtotals:
            self.given[slots.subtotal(slots.SUBTOTAL_CLAIM, levels.index(level) + 1)] = None
        claims.subtotals.pop(level, None)
        if isinstance(points, Fraction):
            claims.subtotals[level] = points

    def claim(self, key: str, raw: dict[str, Any]) -> None:
        """Null as a whole blanks both cells; of an object only what it names."""
        old = self.facts.claims.indicators.get(key, Claim())
        raw = raw or {"自评得分": None, "说明": None}
        for name in raw:
            if name not in ("自评得分", "说明"):
                self.unknown(name, ("自评得分", "说明"))
        if "自评得分" in raw:
            old = old._replace(score=self.take(POINTS, raw["自评得分"], f"claims.{key}.自评得分"))
            self.given[slots.claim(key)] = None
            rule = next(s["rule"] for s in self.rubric["indicators"] if s["id"] == key)
            if name := own_score(rule):
                self.facts.values[name] = old.score
                self.given[slots.fact(name)] = None
        if "说明" in raw:
            old = old._replace(note=str(self.take(WORDS, raw["说明"], f"claims.{key}.说明") or ""))
            self.given[slots.note(key)] = None
        self.facts.claims.indicators[key] = old
