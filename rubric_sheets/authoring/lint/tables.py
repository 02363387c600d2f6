"""Facts and tables of a resolved rubric: their shape, their names,
and the parts that totals are made of."""

from __future__ import annotations

from typing import Any

from ...rubric.fields import ALL_KINDS, Field, target_fields
from ...rules.loose import amount
from ..problems import Path, Problems
from .names import NUMBERS, name_fault
from .shape import table

MOST = 10**9
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
    Field("block", "小标题", "text"),
    Field("required", "必填", "flag"),
    Field("offset", "位置", "number"),
)
OPEN = ("unit", "extra", "title", "block")  # texts that may be empty
TABLE = (
    Field("name", "名称", "name", True),
    Field("sheet", "工作表", "text", True),
    Field("totals", "汇总", "flag", True),
)


def check_rows(values: Any, fields: tuple[Field, ...], path: Path, problems: Problems) -> None:
    for index, row in enumerate(values if isinstance(values, list) else [values]):
        if problems.full:
            return
        check_row(row, fields, (*path, index), problems)


def check_row(row: Any, fields: tuple[Field, ...], path: Path, problems: Problems) -> None:
    if not isinstance(row, dict):
        problems.add("rubric-type", path, actual=row, expected="一组“名称 = 值”")
        return
    left = {key: value for key, value in row.items() if key not in OPEN}
    if any(not isinstance(row[key], str) or len(row[key]) > 200 for key in OPEN if key in row):
        problems.add("rubric-type", path, actual="", expected="文字")
    table(left, fields, path, problems)


def check_facts(rubric: Any, problems: Problems) -> None:
    facts = rubric["facts"]
    for name, spec in facts.items():
        if problems.full:
            return
        path = ("facts", name[:60])
        check_row(spec, FACT, path, problems)
        _fact(name, spec, facts, path, problems)


def _fact(name: str, spec: Any, facts: Any, path: Path, problems: Problems) -> None:
    """A fact under its own name, which can be a defined name, with parts that exist."""
    if (
        not isinstance(spec, dict)
        or spec.get("name") != name
        or name_fault(name, carried=True)
        or not isinstance(spec.get("unit"), str)
    ):
        problems.add("rubric-name", path, actual=name, what="不能用作数据名称")
        return
    if "default" in spec:
        default = amount(spec["default"])
        if not isinstance(spec["default"], str) or (
            spec.get("kind") in NUMBERS and (default is None or abs(default) > MOST)
        ):
            problems.add("rubric-type", path, actual=spec["default"], expected="数字或文字")
    parts = spec.get("sum", [])
    for part in (*(parts if isinstance(parts, list) else ()), *_words(spec.get("formula", ""))):
        if not isinstance(part, str) or part not in facts:
            problems.add("rubric-fact-unknown", path, actual=part)


def _words(formula: Any) -> list[str]:
    """The names in a column's formula, which is made of sums and differences only."""
    return (
        [word for word in formula.split() if word not in "+-"] if isinstance(formula, str) else [""]
    )


def _unknown(formula: str, facts: Any) -> bool:
    return any(word not in facts for word in _words(formula))


def check_tables(rubric: Any, problems: Problems) -> None:
    for name, spec in rubric["tables"].items():
        path = ("tables", name[:60])
        columns = spec.get("columns") if isinstance(spec, dict) else None
        if (
            not isinstance(columns, list)
            or not columns
            or len(columns) > 100
            or name_fault(name, carried=True)
            or spec.get("name") != name
        ):
            problems.add("rubric-type", path, actual=spec, expected="表格")
            continue
        check_row(
            {key: value for key, value in spec.items() if key not in ("columns", "rows", "kind")},
            TABLE,
            path,
            problems,
        )
        check_rows(columns, FACT, (*path, "columns"), problems)
        if problems.found:
            return
        here = {column["name"] for column in columns}
        for index, column in enumerate(columns):
            if not isinstance(column.get("unit"), str):
                problems.add(
                    "rubric-type", (*path, "columns", index), actual=column, expected="一列"
                )
            elif (
                not isinstance(column.get("offset", "0"), str) or len(column.get("offset", "0")) > 3
            ):
                problems.add(
                    "rubric-not-number",
                    (*path, "columns", index, "offset"),
                    actual=column["offset"],
                )
            elif spec.get("totals") is True and column.get("name") not in rubric["facts"]:
                problems.add(
                    "rubric-fact-unknown",
                    (*path, "columns", index, "name"),
                    actual=column.get("name"),
                )
            elif any(part not in here for part in column.get("sum", ())) or _unknown(
                column.get("formula", ""), rubric["facts"]
            ):
                problems.add(
                    "rubric-fact-unknown", (*path, "columns", index), actual=column["name"]
                )


def check_targets(rubric: Any, problems: Problems) -> None:
    """The unit's own list of indicators stands in one of the tables."""
    if "targets" not in rubric:
        return
    targets = rubric["targets"]
    check_row(targets, target_fields(), ("targets",), problems)
    if not problems.found and targets["table"] not in rubric["tables"]:
        problems.add("rubric-table-unknown", ("targets", "table"), actual=targets["table"])
