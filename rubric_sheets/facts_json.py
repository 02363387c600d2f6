"""FACTS.json: facts, tables and claims as other programs give and take them; percents in percent (95 is 95%)."""

from __future__ import annotations

import json
from fractions import Fraction

from .facts import Claim, FactSet, Row, Value, derive, total_of
from .findings import Finding, InputError, finding
from .quantities import NOT_APPLICABLE, exact, from_json
from .rubric.model import FactSpec, Rubric

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NUMBERS = ("amount", "count", "percent", "breach_count", "judged")


def read_file(path: str) -> dict[str, Any]:
    """A JSON file that must hold an object. Raises InputError."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            data = json.load(file)
    except FileNotFoundError:
        raise InputError("file-not-found", path=path) from None
    except OSError:
        raise InputError("file-no-permission", path=path) from None
    except (ValueError, RecursionError) as problem:
        raise InputError("facts-not-json", path=path, what=str(problem)) from None
    if not isinstance(data, dict):
        raise InputError("facts-not-json", path=path, what="最外层应为 {…}")
    return data


def value_of(spec: FactSpec, raw: Any) -> Value:
    """One fact's value. Raises ValueError for what does not fit its kind."""
    if raw is None or raw == "":
        return None
    if spec["kind"] in NUMBERS:
        if raw == NOT_APPLICABLE:
            return NOT_APPLICABLE
        number = from_json(raw)
        return number / 100 if spec["kind"] == "percent" else number
    if isinstance(raw, (dict, list, bool)):
        raise ValueError(raw)
    text = str(raw)
    if spec["kind"] == "yes_no" and text not in ("是", "否", NOT_APPLICABLE):
        raise ValueError(raw)
    return text


class _Reader:
    def __init__(self, rubric: Rubric, facts: FactSet) -> None:
        self.rubric, self.facts = rubric, facts
        self.problems: list[Finding] = []

    def take(self, spec: FactSpec, raw: Any, where: str) -> Value:
        try:
            return value_of(spec, raw)
        except ValueError:
            expected = "是、否或不适用" if spec["kind"] == "yes_no" else "数字（如 12.5）或“不适用”" if spec["kind"] in NUMBERS else "文字"
            self.problems.append(finding("facts-value", name=where, actual=json.dumps(raw, ensure_ascii=False), expected=expected))
            return None

    def unknown(self, name: str, known: Any) -> None:
        from difflib import get_close_matches

        near = get_close_matches(name, list(known), 1, 0.4)
        self.problems.append(finding("facts-unknown", name=name, hint=f"是否指“{near[0]}”？" if near else ""))

    def mapping(self, data: Any, name: str, kind: type = dict) -> Any:
        if data is None or isinstance(data, kind):
            return data or kind()
        self.problems.append(finding("facts-shape", name=name, expected="{…}" if kind is dict else "[…]"))
        return kind()

    def read(self, data: dict[str, Any]) -> None:
        for name, rows in self.mapping(data.get("tables"), "tables").items():
            self.table(name, self.mapping(rows, f"tables.{name}", list))
        for name, raw in self.mapping(data.get("facts"), "facts").items():
            if name not in self.rubric["facts"]:
                self.unknown(name, self.rubric["facts"])
                continue
            self.fact(name, raw)
        self.claims(self.mapping(data.get("claims"), "claims"))
        if self.problems:
            raise InputError.of(self.problems)

    def fact(self, name: str, raw: Any) -> None:
        value = self.take(self.rubric["facts"][name], raw, name)
        self.facts.values[name] = value
        self.facts.derived.discard(name)

    def table(self, name: str, rows: list[Any]) -> None:
        spec = self.rubric["tables"].get(name)
        if spec is None:
            self.unknown(name, self.rubric["tables"])
            return
        columns: dict[str, Any] = {c["name"]: c for c in spec["columns"]}
        if spec["totals"]:
            columns["机构名称"] = {"name": "机构名称", "kind": "text"}
        old = self.facts.tables.get(name, [])
        if old and len(rows) > len(old):
            self.problems.append(finding("facts-too-many-rows", table=name, rows=len(rows), room=len(old)))
            return
        totals = {c["name"] for c in spec["columns"] if "sum" in c or "formula" in c}
        filled = []
        for index, raw in enumerate(rows):
            values: dict[str, Value] = {}
            for column, cell in self.mapping(raw, f"{name}[{index}]").items():
                if column in columns:
                    values[column] = self.take(columns[column], cell, f"{name}第{index + 1}行“{column}”")
                else:
                    self.unknown(column, columns)
            filled.append(self.row(values, old[index] if index < len(old) else None, columns, totals))
        filled += [self.row({}, row, columns, totals) for row in old[len(rows) :]]
        self.facts.tables[name] = filled

    def row(self, values: dict[str, Value], old: Row | None, columns: dict[str, Any], totals: set[str]) -> Row:
        """A row as given; the default formulas of its totals stay where nothing is typed over them."""
        derived = {name for name in (old.derived if old else totals) if name not in values}
        blank = {name: None for name in columns if old and name not in derived}
        return Row({**blank, **values}, old.places if old else None, derived)

    def claims(self, data: dict[str, Any]) -> None:
        claims, ids = self.facts.claims, {spec["id"] for spec in self.rubric["indicators"]}
        amount: Any = {"name": "自评得分", "kind": "amount"}
        for key, raw in data.items():
            if key == "total":
                total = self.take(amount, raw, "claims.total")
                claims.total = total if isinstance(total, Fraction) else None
            elif key == "grade":
                claims.grade = str(raw or "")
            elif key == "subtotals":
                for level, points in self.mapping(raw, "claims.subtotals").items():
                    subtotal = self.take(amount, points, f"claims.subtotals.{level}")
                    if isinstance(subtotal, Fraction):
                        claims.subtotals[level] = subtotal
            elif key in ids:
                claim = self.mapping(raw, f"claims.{key}")
                score = self.take(amount, claim.get("自评得分"), f"claims.{key}")
                claims.indicators[key] = Claim(score, str(claim.get("说明") or ""))
            else:
                self.unknown(key, ids)


def blank(rubric: Rubric) -> FactSet:
    """The facts of a new workbook: nothing filled, every total computed by its formula."""
    facts = FactSet()
    for table in rubric["tables"].values():
        if table["totals"]:
            facts.derived.update(column["name"] for column in table["columns"])
    return facts


def apply(rubric: Rubric, facts: FactSet, data: dict[str, Any]) -> None:
    """Put FACTS.json over what is there: null blanks, absent stays. Raises InputError with every mistake."""
    wanted = data.get("rubric")
    if wanted not in (None, rubric["id"]):
        raise InputError("facts-other-rubric", actual=str(wanted), expected=rubric["id"])
    by_formula = set(facts.derived)
    _Reader(rubric, facts).read(data)
    judged_claims(rubric, facts)
    derive(rubric, facts)
    for table in rubric["tables"].values():
        rows = facts.tables.get(table["name"], ())
        for name in (column["name"] for column in table["columns"] if table["totals"]):
            # A 汇总 that is just the sum of the institutions is left to its formula.
            if name in by_formula and name not in facts.derived and _sum(rows, name) == facts.values[name]:
                facts.derived.add(name)


def _sum(rows: Any, name: str) -> Value:
    return total_of([row.values.get(name) for row in rows])


def judged_claims(rubric: Rubric, facts: FactSet) -> None:
    """For a judged indicator the fact and the claim are one cell: whichever is given serves as both."""
    for spec in rubric["indicators"]:
        if spec["rule"]["kind"] not in ("judged", "bonus", "penalty"):
            continue
        name, claim = spec["rule"]["fact"], facts.claims.indicators.get(spec["id"])
        if claim and claim.score is not None:
            facts.values[name] = claim.score
        elif facts.values.get(name) is not None:
            facts.claims.indicators[spec["id"]] = Claim(facts.values[name], claim.note if claim else "")


def _plain(value: Value, kind: str) -> Any:
    if isinstance(value, Fraction):
        number = value * 100 if kind == "percent" else value
        return int(number) if kind in ("count", "breach_count") and number.denominator == 1 else exact(number)
    return value


def dump(rubric: Rubric, facts: FactSet) -> dict[str, Any]:
    """The same form from what a workbook holds; derived totals are left to the formulas."""
    specs = rubric["facts"]
    judged = {spec["rule"]["fact"] for spec in rubric["indicators"] if "fact" in spec["rule"] and spec["rule"]["kind"] != "grades"}
    values = {n: _plain(facts.values.get(n), spec["kind"]) for n, spec in specs.items() if n not in judged}
    tables: dict[str, Any] = {}
    for name, rows in facts.tables.items():
        kinds = {c["name"]: c["kind"] for c in rubric["tables"][name]["columns"]}
        tables[name] = [
            {c: _plain(v, kinds.get(c, "text")) for c, v in row.values.items() if v is not None and c not in row.derived}
            for row in rows
            if any(value is not None for column, value in row.values.items() if column not in row.derived)
        ]
    claims: dict[str, Any] = {}
    for id_, claim in facts.claims.indicators.items():
        if claim.score is not None or claim.note:
            claims[id_] = {"自评得分": _plain(claim.score, "amount"), **({"说明": claim.note} if claim.note else {})}
    if facts.claims.total is not None:
        claims["total"] = exact(facts.claims.total)
    if facts.claims.grade:
        claims["grade"] = facts.claims.grade
    if facts.claims.subtotals:
        claims["subtotals"] = {level: exact(points) for level, points in facts.claims.subtotals.items()}
    kept = {n: v for n, v in values.items() if n not in facts.derived}
    return {"rubric": rubric["id"], "facts": kept, "tables": tables, "claims": claims}
