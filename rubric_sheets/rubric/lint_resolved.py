"""The resolved rubric out of a workbook: of any shape and size, perhaps hostile. Cheap, and it never fails.

Whatever scoring, reading and layout take for granted is checked here; how well a rubric is made is not.
"""

from __future__ import annotations

from typing import Any

from ..quantities import ZERO
from ..rules import rule as rule_module
from .fields import ALL_KINDS, CHECK, GRADE, INDICATOR, Field, target_fields
from .lint_names import NUMBERS, Names, name_fault
from .lint_rules import amount, rows
from .lint_shape import ID, MOST_FACTS, table
from .problems import Path, Problems

FACT = (
    Field("name", "数据名称", "name", True),
    Field("kind", "类型", "choice", True, (*ALL_KINDS, "result")),
    Field("sheet", "工作表", "text", True),
    Field("label", "显示名称", "text"),
    Field("help", "填报说明", "text"),
    Field("signed", "可为负", "flag"),
    Field("choices", "可选值", "texts"),
    Field("points", "得分", "number"),
    Field("sum", "合计", "texts"),
    Field("formula", "公式", "expression"),
    Field("group", "分组", "text"),
    Field("required", "必填", "flag"),
    Field("offset", "位置", "number"),
)
OPEN = ("unit", "extra", "title")  # texts that may be empty
TABLE = (Field("name", "名称", "name", True), Field("sheet", "工作表", "text", True), Field("totals", "汇总", "flag", True))
RATIO = (Field("name", "名称", "text", True), Field("formula", "公式", "expression", True), Field("source", "依据", "text"))
RESOLVED = tuple(field._replace(required=field.required or field.name == "standard") for field in INDICATOR if field.name != "case")
PARTS: dict[str, type] = {
    "facts": dict, "tables": dict, "ratios": dict, "groups": dict, "indicators": list, "grades": list, "checks": list, "budget": list,
}  # fmt: skip
MOST = 10**9
KINDS_OF = {
    "checklist": ("yes_no",), "grades": ("text",), "judged": ("judged",), "bonus": ("judged",), "penalty": ("judged",),
    "breaches": ("count", "breach_count"),
}  # fmt: skip
TEXTS = ("id", "version", "title", "source", "form")


def check(rubric: Any, problems: Problems) -> None:
    """Stops at the first part that cannot be relied upon: a workbook with any finding is refused as a whole."""
    if not isinstance(rubric, dict) or not all(isinstance(rubric.get(name), kind) for name, kind in PARTS.items()):
        problems.add("rubric-type", (), actual=rubric, expected="完整的指标体系")
        return
    if sum(len(rubric[name]) for name in PARTS) > MOST_FACTS:
        problems.add("rubric-text", (), what=f"各部分共有 {sum(len(rubric[name]) for name in PARTS)} 项，上限为 {MOST_FACTS}")
        return
    for name in TEXTS:
        if not isinstance(rubric.get(name), str) or not rubric[name]:
            problems.add("rubric-missing", (name,), expected="文字")
    for step in (_facts, _tables, _targets, _ratios, _grades, _indicators, _checks):
        step(rubric, problems)
        if problems.found:
            return


def _rows(values: Any, fields: tuple[Field, ...], path: Path, problems: Problems) -> None:
    for index, row in enumerate(values):
        if problems.full:
            return
        _row(row, fields, (*path, index), problems)


def _row(row: Any, fields: tuple[Field, ...], path: Path, problems: Problems) -> None:
    if not isinstance(row, dict):
        problems.add("rubric-type", path, actual=row, expected="一组“名称 = 值”")
        return
    left = {key: value for key, value in row.items() if key not in OPEN}
    if any(not isinstance(row[key], str) or len(row[key]) > 200 for key in OPEN if key in row):
        problems.add("rubric-type", path, actual="", expected="文字")
    table(left, fields, path, problems)


def _facts(rubric: Any, problems: Problems) -> None:
    facts = rubric["facts"]
    for name, spec in facts.items():
        if problems.full:
            return
        path = ("facts", name[:60])
        _row(spec, FACT, path, problems)
        _fact(name, spec, facts, path, problems)


def _fact(name: str, spec: Any, facts: Any, path: Path, problems: Problems) -> None:
    """A fact under its own name, which can be a defined name, with parts that exist."""
    if not isinstance(spec, dict) or spec.get("name") != name or name_fault(name) or not isinstance(spec.get("unit"), str):
        problems.add("rubric-name", path, actual=name, what="不能用作数据名称")
        return
    if "default" in spec:
        default = amount(spec["default"])
        if not isinstance(spec["default"], str) or (spec.get("kind") in NUMBERS and (default is None or abs(default) > MOST)):
            problems.add("rubric-type", path, actual=spec["default"], expected="数字或文字")
    parts = spec.get("sum", [])
    for part in (*(parts if isinstance(parts, list) else ()), *_words(spec.get("formula", ""))):
        if not isinstance(part, str) or part not in facts:
            problems.add("rubric-fact-unknown", path, actual=part)


def _words(formula: Any) -> list[str]:
    """The names in a column's formula, which is made of sums and differences only."""
    return [word for word in formula.split() if word not in "+-"] if isinstance(formula, str) else [""]


def _unknown(formula: str, facts: Any) -> bool:
    return any(word not in facts for word in _words(formula))


def _tables(rubric: Any, problems: Problems) -> None:
    for name, spec in rubric["tables"].items():
        path = ("tables", name[:60])
        columns = spec.get("columns") if isinstance(spec, dict) else None
        if not isinstance(columns, list) or not columns or len(columns) > 100 or name_fault(name) or spec.get("name") != name:
            problems.add("rubric-type", path, actual=spec, expected="表格")
            continue
        _row({key: value for key, value in spec.items() if key not in ("columns", "rows", "kind")}, TABLE, path, problems)
        _rows(columns, FACT, (*path, "columns"), problems)
        if problems.found:
            return
        here = {column["name"] for column in columns}
        for index, column in enumerate(columns):
            if not isinstance(column.get("unit"), str):
                problems.add("rubric-type", (*path, "columns", index), actual=column, expected="一列")
            elif not isinstance(column.get("offset", "0"), str) or len(column.get("offset", "0")) > 3:
                problems.add("rubric-not-number", (*path, "columns", index, "offset"), actual=column["offset"])
            elif spec.get("totals") is True and column.get("name") not in rubric["facts"]:
                problems.add("rubric-fact-unknown", (*path, "columns", index, "name"), actual=column.get("name"))
            elif any(part not in here for part in column.get("sum", ())) or _unknown(column.get("formula", ""), rubric["facts"]):
                problems.add("rubric-fact-unknown", (*path, "columns", index), actual=column["name"])


def _targets(rubric: Any, problems: Problems) -> None:
    """The unit's own list of indicators stands in one of the tables."""
    targets = rubric.get("targets")
    if targets is None:
        return
    _row(targets, target_fields(), ("targets",), problems)
    if not problems.found and targets["table"] not in rubric["tables"]:
        problems.add("rubric-table-unknown", ("targets", "table"), actual=targets["table"])


def _ratios(rubric: Any, problems: Problems) -> None:
    known = Names(rubric["facts"], {}, problems)
    for name, spec in rubric["ratios"].items():
        path = ("ratios", name[:60])
        _row(spec, RATIO, path, problems)
        if isinstance(spec, dict):
            known.formula(spec.get("formula"), path, condition=False)
            if spec.get("name") != name:
                problems.add("rubric-name", path, actual=name, what="与其中的名称不符")


def _grades(rubric: Any, problems: Problems) -> None:
    _rows(rubric["grades"], GRADE, ("grades",), problems)
    for index, grade in rows(rubric["grades"]):
        if not isinstance(grade.get("synonyms"), list):
            problems.add("rubric-missing", ("grades", index, "synonyms"), expected="列表")
    full = amount(rubric.get("full_marks"))
    if full is None or full <= 0:
        problems.add("rubric-not-positive", ("full_marks",), actual=rubric.get("full_marks"))
    for name, cap in rubric["groups"].items():
        points = amount(cap)
        if points is None or points <= 0:
            problems.add("rubric-not-positive", ("groups", name[:60]), actual=cap)
        if not any(isinstance(spec, dict) and spec.get("group") == name for spec in rubric["indicators"]):
            problems.add("rubric-group-empty", ("groups", name[:60]), actual=name)


def _indicators(rubric: Any, problems: Problems) -> None:
    if not rubric["indicators"]:
        problems.add("rubric-missing", ("indicator",), expected="至少一条")
    known = Names(rubric["facts"], {}, problems)
    seen = set[str]()
    for index, spec in enumerate(rubric["indicators"]):
        path = ("indicator", index)
        _row(spec, RESOLVED, path, problems)
        if problems.found:
            return
        if spec["id"] in seen or not ID.match(spec["id"]):
            problems.add("rubric-duplicate", (*path, "id"), actual=spec["id"], expected="别的指标")
        seen.add(spec["id"])
        _indicator(spec, rubric, path, known, problems)


def _indicator(spec: Any, rubric: Any, path: Path, known: Names, problems: Problems) -> None:
    """One indicator whose shape is right: what it refers to exists."""
    weight = amount(spec.get("weight"))
    if weight is None or weight < ZERO:
        problems.add("rubric-not-positive", (*path, "weight"), actual=spec.get("weight"))
    if not 1 <= len(spec["levels"]) <= 3:
        problems.add("rubric-levels", (*path, "levels"), actual=str(len(spec["levels"])))
    if "ratio" in spec and spec["ratio"] not in rubric["ratios"]:
        problems.add("rubric-ratio-unknown", (*path, "ratio"), actual=spec["ratio"])
    if "group" in spec and spec["group"] not in rubric["groups"]:
        problems.add("rubric-group-unknown", (*path, "group"), actual=spec["group"])
    for field in ("value", "weight_fact"):
        if field in spec and known.known(spec[field], (*path, field)):
            known.numeric(spec[field], (*path, field))
    if spec.get("own"):
        known.known(spec.get("name_fact"), (*path, "own"))
        known.known(spec.get("weight_fact"), (*path, "own"))
    known.formula(spec.get("applies_when"), (*path, "applies_when"), condition=True)
    _rule(spec, path, known, problems)


def _rule(spec: Any, path: Path, known: Names, problems: Problems) -> None:
    from .lint_rules import check_rule

    found = Problems(limit=problems.limit, hints=False)
    own = Names(known.facts, known.ratios, found)
    check_rule(spec, path, own, found)
    fatal = ("rubric-band-range", "rubric-not-positive", "rubric-measure-missing", "rubric-formula", "rubric-fact-unknown", "rubric-fact-kind")
    for problem in found.found:
        if problem.code in fatal:
            problems.add(problem.code, problem.path, **problem.params)
    if not problems.found:
        wanted = KINDS_OF.get(spec["rule"]["kind"], NUMBERS)
        for name in rule_module(spec["rule"]["kind"]).facts(spec["rule"]):
            if known.known(name, (*path, "rule")) and known.facts[name]["kind"] not in wanted:
                problems.add("rubric-name-taken", (*path, "rule"), actual=name, expected="另一类数据")


def _checks(rubric: Any, problems: Problems) -> None:
    known = Names(rubric["facts"], {}, problems)
    _rows(rubric["checks"], CHECK, ("check",), problems)
    for index, spec in rows(rubric["checks"]):
        known.formula(spec.get("when"), ("check", index, "when"), condition=True)
        known.known(spec.get("at"), ("check", index, "at"))
    for name in rubric["budget"]:
        known.known(name, ("budget",))
