"""FACTS.json: facts, tables and claims as other programs give and take them; percents in percent (95 is 95%)."""

from __future__ import annotations

import json
from fractions import Fraction

from .facts import Claim, FactSet, Row, Value, derive, judged_claims, total_of
from .findings import Finding, InputError, finding
from .quantities import NOT_APPLICABLE, exact, from_json
from .rubric.model import FactSpec, Rubric

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LIMIT = 10**15  # beyond this a spreadsheet no longer holds every whole number
MAX_TEXT = 16_000  # half of what a cell takes, as some characters count twice
TEXT = f"不超过 {MAX_TEXT} 字、没有控制符的文字"
JUDGED = ("judged", "bonus", "penalty")
POINTS: Any = {"name": "自评得分", "kind": "amount"}
WORDS: Any = {"name": "说明", "kind": "text"}
NUMBERS = ("amount", "count", "percent", "breach_count", "judged")


def read_file(path: str) -> dict[str, Any]:
    """A JSON file that must hold an object. Raises InputError."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            data = json.load(file, object_pairs_hook=_object)
        json.dumps(data, ensure_ascii=False).encode()
    except FileNotFoundError:
        raise InputError("file-not-found", path=path) from None
    except IsADirectoryError:
        raise InputError("facts-not-json", path=path, what="是文件夹") from None
    except OSError:
        raise InputError("file-no-permission", path=path) from None
    except (ValueError, RecursionError) as problem:
        raise InputError("facts-not-json", path=path, what=_what(problem)) from None
    if not isinstance(data, dict):
        raise InputError("facts-not-json", path=path, what="最外层应为 {…}")
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names differ: of two figures under one name nobody knows which is meant."""
    out = dict(pairs)
    if len(out) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError("“" + next(name for name in names if names.count(name) > 1) + "”写了两次")
    return out


def _what(problem: Exception) -> str:
    """In Chinese, what the JSON reader stumbled over."""
    if isinstance(problem, json.JSONDecodeError):
        return f"第 {problem.lineno} 行第 {problem.colno} 个字符附近写法有误（常见的是缺逗号、引号用了全角、末项后多了逗号）"
    if isinstance(problem, UnicodeDecodeError):
        return "是工作簿或压缩包，不是文本" if problem.object[:2] == b"PK" else "不是 UTF-8 编码，可能是 GBK（ANSI）"
    if isinstance(problem, UnicodeEncodeError):
        return "含有半个字符（\\ud800—\\udfff）"
    if isinstance(problem, RecursionError):
        return "嵌套过深"
    return str(problem) if str(problem).startswith("“") else "其中的数字过长"


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
        return number / 100 if spec["kind"] == "percent" else number
    if isinstance(raw, (dict, list, bool)):
        raise ValueError(raw)
    text = str(raw)
    if spec["kind"] == "yes_no" and text not in ("是", "否", NOT_APPLICABLE):
        raise ValueError(raw)
    if len(text) > MAX_TEXT or not all(map(_is_writable, text)):
        raise ValueError(raw)
    return text


def _is_writable(sign: str) -> bool:
    """Can a workbook hold it ([XML] 2.2)? Control signs cannot be written."""
    return sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")


class _Reader:
    def __init__(self, rubric: Rubric, facts: FactSet) -> None:
        self.rubric, self.facts = rubric, facts
        self.problems: list[Finding] = []
        self.given: dict[str, None] = {}  # slots of the cells that the file speaks of

    def take(self, spec: FactSpec, raw: Any, where: str) -> Value:
        try:
            return value_of(spec, raw)
        except ValueError:
            expected = (
                "是、否或不适用"
                if spec["kind"] == "yes_no"
                else "数字（如 12.5）或“不适用”"
                if spec["kind"] in NUMBERS
                else TEXT
            )
            shown = json.dumps(raw, ensure_ascii=False)
            shown = shown if len(shown) <= 60 else shown[:60] + "…"
            self.problems.append(finding("facts-value", name=where, actual=shown, expected=expected))
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
        self.top_level(data)
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

    def top_level(self, data: dict[str, Any]) -> None:
        """A fact beside `facts`, or `fact` for `facts`, would be passed over in silence."""
        from difflib import get_close_matches

        known = ("rubric", "facts", "tables", "claims")
        for name in data:
            if name in known:
                continue
            if name in self.rubric["facts"] or name in self.rubric["tables"]:
                group = "facts" if name in self.rubric["facts"] else "tables"
                self.problems.append(finding("facts-unknown", name=name, hint=f"请写在“{group}”里面。"))
            elif get_close_matches(name, known, 1, 0.7):
                self.unknown(name, known)

    def fact(self, name: str, raw: Any) -> None:
        value = self.take(self.rubric["facts"][name], raw, name)
        if value is None and name in self.facts.derived:
            return  # nothing typed over the total: it stays with its formula
        self.given[f"fact:{name}"] = None
        self.facts.values[name] = value
        self.facts.derived.discard(name)
        judge = next(
            (s for s in self.rubric["indicators"] if s["rule"].get("fact") == name and s["rule"]["kind"] in JUDGED),
            None,
        )
        if judge:  # the claim is the same cell; a claim given below still wins
            old = self.facts.claims.indicators.get(judge["id"], Claim())
            self.facts.claims.indicators[judge["id"]] = old._replace(score=value)

    def table(self, name: str, rows: list[Any]) -> None:
        spec = self.rubric["tables"].get(name)
        if spec is None:
            self.unknown(name, self.rubric["tables"])
            return
        columns: dict[str, Any] = {c["name"]: c for c in spec["columns"] if c["kind"] != "result"}
        if spec["totals"]:
            columns["机构名称"] = {"name": "机构名称", "kind": "text"}
        old = self.facts.tables.get(name, [])
        if name in self.facts.tables and len(rows) > len(old):
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
        for index, row in enumerate(filled):
            self.given.update(
                dict.fromkeys(f"row:{name}:{index}:{column}" for column in columns if column not in row.derived)
            )

    def row(self, values: dict[str, Value], old: Row | None, columns: dict[str, Any], totals: set[str]) -> Row:
        """A row as given; the default formulas of its totals stay where nothing is typed over them."""
        derived = {name for name in (old.derived if old else totals) if values.get(name) is None}
        blank = {name: None for name in columns if old and name not in derived}
        kept = {name: value for name, value in values.items() if name not in derived}
        return Row({**blank, **kept}, old.places if old else None, derived)

    def claims(self, data: dict[str, Any]) -> None:
        claims, ids = self.facts.claims, {spec["id"] for spec in self.rubric["indicators"]}
        levels = list(dict.fromkeys(spec["levels"][0] for spec in self.rubric["indicators"]))
        for key, raw in data.items():
            if key == "total":
                total = self.take(POINTS, raw, "claims.total")
                if total is not None or claims.total is not None:
                    self.given["自评总分"] = None
                claims.total = total if isinstance(total, Fraction) else None
            elif key == "grade":
                claims.grade = str(self.take(WORDS, raw, "claims.grade") or "")
                self.given["自评等次"] = None
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
            self.given[f"自评小计:{levels.index(level) + 1}"] = None
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
            self.given[f"自评得分:{key}"] = None
            rule = next(s["rule"] for s in self.rubric["indicators"] if s["id"] == key)
            if rule["kind"] in JUDGED:
                self.facts.values[rule["fact"]] = old.score
                self.given[f"fact:{rule['fact']}"] = None
        if "说明" in raw:
            old = old._replace(note=str(self.take(WORDS, raw["说明"], f"claims.{key}.说明") or ""))
            self.given[f"其他说明:{key}"] = None
        self.facts.claims.indicators[key] = old


def blank(rubric: Rubric) -> FactSet:
    """The facts of a new workbook: nothing filled, every total computed by its formula."""
    facts = FactSet()
    facts.derived.update(name for name, spec in rubric["facts"].items() if "own_total" in spec)
    facts.values.update(
        (name, value_of(spec, spec["default"])) for name, spec in rubric["facts"].items() if "default" in spec
    )
    for table in rubric["tables"].values():
        if table["totals"]:
            facts.derived.update(column["name"] for column in table["columns"])
    return facts


def projects(rubric: Rubric, data: dict[str, Any]) -> list[dict[str, Any]]:
    """FACTS.json of several projects: `{"rubric": "project", "projects": [{facts, tables, claims}, …]}`; otherwise one."""
    parts = data.get("projects")
    if parts is None:
        return [data]
    if not isinstance(parts, list) or not parts or not all(isinstance(part, dict) for part in parts):
        raise InputError("facts-shape", name="projects", expected="[{…}, …]")
    if "targets" not in rubric:
        raise InputError("facts-one-project", id=rubric["id"])
    return [{"rubric": data.get("rubric"), **part} for part in parts]


def apply(rubric: Rubric, facts: FactSet, data: dict[str, Any]) -> list[str]:
    """Put FACTS.json over what is there: null blanks, absent stays. Returns the slots that it speaks of.

    Raises InputError with every mistake."""
    wanted = data.get("rubric")
    if wanted not in (None, rubric["id"]):
        raise InputError("facts-other-rubric", actual=str(wanted), expected=rubric["id"])
    by_formula = set(facts.derived)
    reader = _Reader(rubric, facts)
    reader.read(data)
    judged_claims(rubric, facts)
    derive(rubric, facts)
    for table in rubric["tables"].values():
        rows = facts.tables.get(table["name"], ())
        for name in (column["name"] for column in table["columns"] if table["totals"]):
            # A 汇总 that is just the sum of the institutions is left to its formula.
            if name in by_formula and name not in facts.derived and _sum(rows, name) == facts.values[name]:
                facts.derived.add(name)
    return [slot for slot in reader.given if slot.removeprefix("fact:") not in facts.derived]


def _sum(rows: Any, name: str) -> Value:
    return total_of([row.values.get(name) for row in rows])


def _plain(value: Value, kind: str) -> Any:
    if isinstance(value, Fraction):
        number = value * 100 if kind == "percent" else value
        return int(number) if kind in ("count", "breach_count") and number.denominator == 1 else exact(number, 40)
    return value


def dump(rubric: Rubric, facts: FactSet) -> dict[str, Any]:
    """The same form from what a workbook holds; derived totals are left to the formulas."""
    specs = rubric["facts"]
    judged = {
        spec["rule"]["fact"]
        for spec in rubric["indicators"]
        if "fact" in spec["rule"] and spec["rule"]["kind"] != "grades"
    }
    values = {
        n: _plain(facts.values.get(n), spec["kind"])
        for n, spec in specs.items()
        if n not in judged and n not in facts.invalid
    }
    tables: dict[str, Any] = {}
    for name, rows in facts.tables.items():
        kinds = {c["name"]: c["kind"] for c in rubric["tables"][name]["columns"]}
        tables[name] = [
            {
                c: _plain(v, kinds.get(c, "text"))
                for c, v in row.values.items()
                if v is not None and c not in row.derived
            }
            for row in rows
        ]
        while tables[name] and not tables[name][-1]:
            tables[name].pop()  # a blank row between others stays: rows of different tables belong together
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
