"""FACTS.json: facts, tables and claims as other programs give and take them;
percents in percent (95 is 95%)."""

from __future__ import annotations

import json
from fractions import Fraction

from ..exact.quantities import exact
from ..findings.finding import InputError, unreadable
from ..places import slots
from ..rubric.forms import holds_projects
from ..rubric.model import Rubric
from ..rubric.own_figures import listed
from ..rubric.titles import inner
from ..rules import own_score
from .derive import derive, judged_claims, total_of
from .model import FactSet, Value
from .taking import Taker, value_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


MAX_FILE = 16 << 20  # bytes: a thousand times what a unit fills in


def read_file(path: str) -> dict[str, Any]:
    """A JSON file that must hold an object. Raises InputError."""
    try:
        with open(path, "rb") as file:
            raw = file.read(MAX_FILE + 1)
        if len(raw) > MAX_FILE:
            raise InputError("facts-not-json", path=path, what=f"超过 {MAX_FILE >> 20} MB")
        data = json.loads(_text(raw), object_pairs_hook=_object)
        json.dumps(data, ensure_ascii=False).encode()
    except IsADirectoryError:
        raise InputError("facts-not-json", path=path, what="是文件夹") from None
    except OSError as error:
        raise unreadable(path, error) from None
    except (ValueError, RecursionError) as problem:
        raise InputError("facts-not-json", path=path, what=_what(problem)) from None
    if not isinstance(data, dict):
        raise InputError("facts-not-json", path=path, what="最外层应为 {…}")
    return data


def _text(raw: bytes) -> str:
    """As people's programs save texts: UTF-8, UTF-16 with its mark, GBK. UnicodeDecodeError."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if raw.startswith(b"PK"):
            raise
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            raise problem from None


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
        return (
            f"第 {problem.lineno} 行第 {problem.colno} 个字符附近写法有误"
            "（常见的是缺逗号、引号用了全角、末项后多了逗号）"
        )
    if isinstance(problem, UnicodeDecodeError):
        return (
            "是工作簿或压缩包，不是文本"
            if problem.object[:2] == b"PK"
            else "不是文本，或编码认不出来"
        )
    if isinstance(problem, UnicodeEncodeError):
        return "含有半个字符（\\ud800—\\udfff）"
    if isinstance(problem, RecursionError):
        return "嵌套过深"
    return str(problem) if str(problem).startswith("“") else "其中的数字过长"


def blank(rubric: Rubric) -> FactSet:
    """The facts of a new workbook: nothing filled, every total computed by its formula."""
    facts = FactSet()
    facts.titles = inner(rubric)
    facts.derived.update(name for name, spec in rubric["facts"].items() if "own_total" in spec)
    facts.values.update(
        (name, value_of(spec, spec["default"]))
        for name, spec in rubric["facts"].items()
        if "default" in spec
    )
    facts.derived.update(listed(rubric["facts"]))
    for table in rubric["tables"].values():
        if table["totals"]:
            facts.derived.update(column["name"] for column in table["columns"])
    return facts


def projects(rubric: Rubric, data: dict[str, Any]) -> list[dict[str, Any]]:
    """FACTS.json of several projects: `{"rubric": "project", "projects": [{facts, tables,
    claims}, …]}`; otherwise one."""
    parts = data.get("projects")
    if parts is None:
        return [data]
    if (
        not isinstance(parts, list)
        or not parts
        or not all(isinstance(part, dict) for part in parts)
    ):
        raise InputError("facts-shape", name="projects", expected="[{…}, …]")
    if not holds_projects(rubric):
        raise InputError("facts-one-project", id=rubric["id"])
    return [{"rubric": data.get("rubric"), **part} for part in parts]


def apply(rubric: Rubric, facts: FactSet, data: dict[str, Any]) -> list[str]:
    """Put FACTS.json over what is there: null blanks, absent stays.
    Returns the slots that it speaks of.

    Raises InputError with every mistake."""
    wanted = data.get("rubric")
    if wanted not in (None, rubric["id"]):
        raise InputError("facts-other-rubric", actual=str(wanted), expected=rubric["id"])
    by_formula = set(facts.derived)
    reader = Taker(rubric, facts)
    reader.read(data)
    judged_claims(rubric, facts)
    derive(rubric, facts)
    for table in rubric["tables"].values():
        rows = facts.tables.get(table["name"], ())
        for name in (column["name"] for column in table["columns"] if table["totals"]):
            # A 汇总 that is just the sum of the institutions is left to its formula.
            if (
                name in by_formula
                and name not in facts.derived
                and _sum(rows, name) == facts.values[name]
            ):
                facts.derived.add(name)
    derived_slots = set(map(slots.fact, facts.derived))
    return [slot for slot in reader.given if slot not in derived_slots]


def _sum(rows: Any, name: str) -> Value:
    return total_of([row.values.get(name) for row in rows])


def _plain(value: Value, kind: str) -> Any:
    if isinstance(value, Fraction):
        number = value * 100 if kind == "percent" else value
        return (
            int(number)
            if kind in ("count", "breach_count") and number.denominator == 1
            else exact(number, 40)
        )
    return value


def dump(rubric: Rubric, facts: FactSet) -> dict[str, Any]:
    """The same form from what a workbook holds; derived totals are left to the formulas."""
    specs = rubric["facts"]
    judged = {own_score(spec["rule"]) for spec in rubric["indicators"]}
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
            tables[
                name
            ].pop()  # a blank row between others stays: rows of different tables belong together
    claims: dict[str, Any] = {}
    for id_, claim in facts.claims.indicators.items():
        if claim.score is not None or claim.note:
            claims[id_] = {
                "自评得分": _plain(claim.score, "amount"),
                **({"说明": claim.note} if claim.note else {}),
            }
    if facts.claims.total is not None:
        claims["total"] = exact(facts.claims.total)
    if facts.claims.grade:
        claims["grade"] = facts.claims.grade
    if facts.claims.subtotals:
        claims["subtotals"] = {
            level: exact(points) for level, points in facts.claims.subtotals.items()
        }
    kept = {n: v for n, v in values.items() if n not in facts.derived}
    return {"rubric": rubric["id"], "facts": kept, "tables": tables, "claims": claims}
