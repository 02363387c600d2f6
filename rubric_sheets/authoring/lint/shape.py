"""Shape of a rubric: fields that are missing, unknown or of the wrong type.
Looks no deeper than the fields go."""

from __future__ import annotations

import re
from typing import Any

from ...exact.quantities import plain
from ...rubric.fields import KINDS, TOP, Field, rule_fields, target_fields, word
from ...rubric.order import EMPTY
from ..problems import Path, Problems

_LETTERS = r"[a-z0-9\u3400-\u4dbf\u4e00-\u9fff]"  # of ids, which become names of cells
ID = re.compile(rf"{_LETTERS}+(-{_LETTERS}+)*\Z")
LEVELS = 3
LONGEST_ID, LONGEST_TEXT, MOST_ROWS, MOST_FACTS = 60, 8000, 1000, 3000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def is_letter(text: str) -> bool:
    """May an id hold it?"""
    return re.fullmatch(_LETTERS, text) is not None


def check_shape(source: Any, problems: Problems) -> None:
    """Everything that a reader must be able to rely on before it asks what a rubric means."""
    if not isinstance(source, dict):
        problems.add("rubric-type", (), actual=source, expected="一组“名称 = 值”")
        return
    table({key: value for key, value in source.items() if key != "extends"}, TOP, (), problems)


def table(raw: dict[Any, Any], fields: tuple[Field, ...], path: Path, problems: Problems) -> None:
    """One table against its fields."""
    known = {field.name: field for field in fields}
    for name in raw:
        if name not in known and not problems.full and not problems.lenient:
            hint = problems.hint(name, known)
            problems.add(
                "rubric-unknown-field",
                (*path, str(name)[:60]),
                actual=name,
                hint=hint,
                expected="、".join(known),
                actual_excel=_heading(name, "items"),
                hint_excel="",
                expected_excel=labels(fields),
            )
    for field in fields:
        value = raw.get(field.name)
        if value in EMPTY and isinstance(value, (str, list, dict, type(None))):
            if field.required or (
                problems.strict
                and field.name in raw
                and not (value == [] and field.type == "texts")
            ):
                problems.add("rubric-missing", (*path, field.name), **wanted(field))
        else:
            of_type(value, field, (*path, field.name), problems)


def labels(fields: tuple[Field, ...]) -> str:
    return "、".join(field.label for field in fields)


def _heading(name: object, table: str) -> str:
    """The heading of the column in Excel that a field comes from."""
    from ..excel.columns import tables
    from ..excel.indicator_columns import LIST, cell_lists

    key = LIST if name in [parameter.name for _, parameter in cell_lists()] else name
    return next(
        (column.heading for column in tables()[table].columns if column.key[-1] == key), str(name)
    )


def wanted(field: Field) -> dict[str, str]:
    """What should stand in a field: for a text file, and for Excel."""
    return {"expected": expected(field), "expected_excel": expected(field, excel=True)}


def words_of(field: Field) -> list[tuple[str, str]]:
    """The values of a choice, each with its Chinese word."""
    values = field.choices or KINDS
    group = "rule" if field.choices == KINDS or field.type == "rule" else field.name
    return [(value, word(group, value)) for value in values]


def expected(field: Field, *, excel: bool = False) -> str:
    """What should stand in a field, in words."""
    if field.type in {"choice", "rule"}:
        return "、".join(
            shown if excel or shown == value else f"{value}（{shown}）"
            for value, shown in words_of(field)
        )
    return {
        "number": "数字",
        "flag": "是或否" if excel else "true 或 false",
        "id": "小写字母、汉字、数字和连字符，如 staff-control、人员控制率",
        "name": "数据名称",
        "expression": "公式，如 累计结余 <= 上年结转",
        "points": "数字，或公式，如 指标值 × 分值",
        "texts": "一个或几个文字",
        "rows": "至少一行",
        "formulas": "名称和公式",
        "numbers": "名称和数字",
        "values": "数据名称和值",
        "text": "文字",
    }.get(field.type, "内容")


def of_type(value: Any, field: Field, path: Path, problems: Problems) -> None:
    """One value against its field's type."""
    kind = field.type
    if kind == "number":
        number(value, path, problems)
    elif kind in ("text", "expression", "name", "id", "points"):
        if (
            text(value, path, problems)
            and kind == "id"
            and not (ID.match(value) and len(value) <= LONGEST_ID)
        ):
            problems.add("rubric-id", path, actual=value)
    elif kind == "flag":
        if not isinstance(value, bool):
            problems.add("rubric-type", path, actual=value, **wanted(field))
    elif kind == "choice":
        choice(value, field, path, problems)
    elif kind == "any":
        anything(value, field, path, problems)
    elif kind in ("texts", "rows"):
        items(value, field, path, problems)
    else:
        mapping(value, field, path, problems)


def number(value: Any, path: Path, problems: Problems) -> bool:
    try:
        if isinstance(value, str):
            plain(value)
            return True
    except (ValueError, IndexError):
        pass
    problems.add("rubric-not-number", path, actual=value)
    return False


def text(value: Any, path: Path, problems: Problems) -> bool:
    """A text that a TOML file and a cell can both hold."""
    if not isinstance(value, str):
        problems.add("rubric-type", path, actual=value, expected="文字")
    elif len(value) > LONGEST_TEXT:
        problems.add("rubric-text", path, what=f"有 {len(value)} 个字，上限为 {LONGEST_TEXT}")
    elif _CONTROL.search(value):
        problems.add("rubric-text", path, what="含有看不见的控制字符")
    else:
        return True
    return False


def choice(value: Any, field: Field, path: Path, problems: Problems) -> None:
    if isinstance(value, str) and value in field.choices:
        return
    code = "rubric-rule-unknown" if path[-1] == "kind" and "rule" in path else "rubric-choice"
    hint = problems.hint(value, field.choices)
    near = problems.hint(value, [shown for _, shown in words_of(field)])
    problems.add(code, path, actual=value, hint=hint, hint_excel=near, **wanted(field))


def items(value: Any, field: Field, path: Path, problems: Problems) -> None:
    """A list of texts or of tables."""
    if not isinstance(value, list):
        problems.add("rubric-type", path, actual=value, expected="列表")
        return
    if len(value) > MOST_ROWS:
        problems.add("rubric-text", path, what=f"有 {len(value)} 行，上限为 {MOST_ROWS}")
        return
    if field.name == "levels" and field.type == "texts" and len(value) > LEVELS:
        problems.add("rubric-levels", path, actual=len(value), what=f"有 {len(value)} 级")
    for index, item in enumerate(value):
        if problems.full:
            return
        if field.type == "texts":
            if item == "":
                problems.add("rubric-missing", (*path, index), expected="文字")
            else:
                text(item, (*path, index), problems)
        elif isinstance(item, dict):
            table(item, field.of, (*path, index), problems)
        else:
            problems.add("rubric-type", (*path, index), actual=item, expected="一组“名称 = 值”")


def mapping(value: Any, field: Field, path: Path, problems: Problems) -> None:
    """Tables whose keys are an author's own names, and rules."""
    if not isinstance(value, dict):
        problems.add("rubric-type", path, actual=value, expected="一组“名称 = 值”")
        return
    if len(value) > MOST_ROWS:
        problems.add("rubric-text", path, what=f"有 {len(value)} 项，上限为 {MOST_ROWS}")
    elif field.type == "rule":
        table_of_rule(value, path, problems)
    elif field.type == "targets":
        table(value, target_fields(), path, problems)
    else:
        for name, inner in value.items():
            if problems.full:
                return
            place = (*path, str(name)[:60])
            if not text(name, place, problems) or not name.strip():
                problems.add("rubric-missing", path, expected="名称")
            elif inner == "" and field.type != "values":
                problems.add(
                    "rubric-missing", place, expected="数字" if field.type == "numbers" else "公式"
                )
            elif field.type == "numbers":
                number(inner, place, problems)
            elif not isinstance(inner, bool) or field.type != "values":
                text(inner, place, problems)


def table_of_rule(rule: dict[str, Any], path: Path, problems: Problems) -> None:
    """A rule against the parameters of its kind; of an unknown kind nothing more can be said."""
    kind = rule.get("kind")
    fields = rule_fields(kind)
    if not isinstance(kind, str) or kind not in KINDS:
        of_kind = {"kind": kind} if kind not in EMPTY else {}
        table(of_kind, fields[:1], path, problems)
        return
    known = {field.name for field in fields}
    for name in rule:
        if name not in known:
            both = "、".join(f"{field.label}（{field.name}）" for field in fields[1:])
            hint = problems.hint(name, known)
            place = (*path, str(name)[:60])
            problems.add(
                "rubric-parameter-unknown",
                place,
                actual=name,
                hint=hint,
                expected=both,
                kind=word("rule", kind),
                actual_excel=_heading(name, "indicator"),
                hint_excel="",
                expected_excel=labels(fields[1:]),
            )
    table({name: value for name, value in rule.items() if name in known}, fields, path, problems)


def anything(value: Any, field: Field, path: Path, problems: Problems, depth: int = 0) -> None:
    """Parameters that no field describes: any texts, flags and lists, a few levels deep."""
    if depth > 6:
        problems.add("rubric-text", path, what="嵌套过深")
    elif isinstance(value, dict):
        for name, inner in list(value.items())[:MOST_ROWS]:
            if not problems.full:
                anything(inner, field, (*path, str(name)[:60]), problems, depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value[:MOST_ROWS]):
            if problems.full:
                return
            anything(inner, field, (*path, index), problems, depth + 1)
    elif not isinstance(value, bool):
        text(value, path, problems)
