"""Two rubrics, indicator by indicator: what is new, what is gone, what differs field by field."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..exact.tokens import unprotected
from ..rubric.fields import INDICATOR, PROPERTIES, parameters, word
from ..rubric.model import IndicatorSpec, Rubric
from ..rules.lists import in_cell, is_list, listed

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
LABELS = {
    **{field.name: field.label for field in PROPERTIES},
    "grades": "等次",
    "groups": "合并组上限",
    "targets": "自设指标",
    "facts": "填报数据",
    "checks": "勾稽关系",
    "order": "指标次序",
    "sheet": "填报表各页",
}
WHOLE = (
    *("title", "version", "source", "place", "year", "full_marks", "scale"),
    *("first_year", "last_year", "form", "content", "caption"),
    *("grades", "groups", "targets", "sheet"),
)
OWN = tuple(field for field in INDICATOR if field.name not in ("id", "case", "rule", "standard"))


class Difference(NamedTuple):
    """One field; None where it is not there."""

    field: str
    label: str
    before: str | None
    after: str | None


class Compared(NamedTuple):
    """`rubric`: what differs as a whole. `indicators`: (id, its name, ADDED, REMOVED or CHANGED,
    differences), in the order of the new rubric, then those that are gone."""

    rubric: list[Difference]
    indicators: list[tuple[str, str, str, list[Difference]]]


def compare(before: Rubric, after: Rubric) -> Compared:
    """What has changed from one rubric to the other."""
    old = {spec["id"]: spec for spec in before["indicators"]}
    new = {spec["id"]: spec for spec in after["indicators"]}
    found: list[tuple[str, str, str, list[Difference]]] = []
    for id_, spec in new.items():
        name = "·".join(spec["levels"])
        if id_ not in old:
            found.append((id_, name, ADDED, _fields(None, spec, before, after)))
        elif differences := _fields(old[id_], spec, before, after):
            found.append((id_, name, CHANGED, differences))
    for id_, spec in old.items():
        if id_ not in new:
            name = "·".join(spec["levels"])
            found.append((id_, name, REMOVED, _fields(spec, None, before, after)))
    return Compared(_whole(before, after, old, new), found)


def _whole(
    before: Rubric, after: Rubric, old: dict[str, Any], new: dict[str, Any]
) -> list[Difference]:
    found = []
    for name in WHOLE:
        one, other = dict(before).get(name), dict(after).get(name)
        if one != other:
            found.append(Difference(name, LABELS[name], _text(one), _text(other)))
    gone = [name for name in before["facts"] if name not in after["facts"]]
    come = [name for name in after["facts"] if name not in before["facts"]]
    if gone or come:
        both = ("、".join(gone) or None, "、".join(come) or None)
        found.append(Difference("facts", LABELS["facts"], *both))
    if before["checks"] != after["checks"]:
        counts = (f"{len(one['checks'])} 条" for one in (before, after))
        found.append(Difference("checks", LABELS["checks"], *counts))
    shared = [id_ for id_ in old if id_ in new]
    if shared != [id_ for id_ in new if id_ in old]:
        orders = ("、".join(ids) for ids in (old, new))
        found.append(Difference("order", LABELS["order"], *orders))
    return found


def _fields(
    old: IndicatorSpec | None, new: IndicatorSpec | None, before: Rubric, after: Rubric
) -> list[Difference]:
    """What differs of one indicator; of one that is new or gone, all that it has."""
    one, other = _values(old, before), _values(new, after)
    names = {name: label for values in (one, other) for name, (label, _) in values.items()}
    found = []
    for name, label in names.items():
        texts = tuple(values[name][1] if name in values else None for values in (one, other))
        if texts[0] != texts[1]:
            found.append(Difference(name, label, *texts))
    return found


def _values(spec: IndicatorSpec | None, rubric: Rubric) -> dict[str, tuple[str, str]]:
    """field → (label, text) of an indicator: its own fields, those of its rule, its wording."""
    if spec is None:
        return {}
    given: dict[str, Any] = dict(spec)
    found = {
        field.name: (field.label, _text(given[field.name], field.name) or "")
        for field in OWN
        if field.name in given
    }
    if "ratio" in given:
        formula = unprotected(rubric["ratios"][given["ratio"]]["formula"])
        found["formula"] = ("比率公式", formula)
    rule = given["rule"]
    found["rule.kind"] = ("规则", word("rule", rule["kind"]))
    for parameter in parameters(rule["kind"]) or ():
        if parameter.name in rule:
            text = _parameter(parameter.type, parameter.name, rule[parameter.name])
            found[f"rule.{parameter.name}"] = (parameter.label, text)
    found["standard"] = ("评分标准", str(given["standard"]))
    return found


def _parameter(type_: str, name: str, value: Any) -> str:
    if is_list(type_):
        rows = (listed(type_).write(row) if in_cell(type_) else _text(row) for row in value)
        return unprotected("；".join(map(str, rows)))
    return _text(value, name) or ""


def _text(value: Any, field: str = "") -> str | None:
    """As a person reads it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "，".join(f"{key}={_text(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        parts = [_text(inner) or "" for inner in value]
        return "·".join(parts) if field == "levels" else "；".join(parts)
    return unprotected(word(field, str(value)))
