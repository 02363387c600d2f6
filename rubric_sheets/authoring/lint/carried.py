"""The resolved rubric out of a workbook: of any shape and size, perhaps hostile. Cheap,
and it never fails.

Whatever scoring, reading and layout take for granted is checked here;
how well a rubric is made is not.
"""

from __future__ import annotations

from typing import Any

from ...exact.expressions import parse, texts
from ...exact.quantities import ZERO
from ...rubric.fields import AUTHORS, CHECK, GRADE, INDICATOR, SHEET, Field
from ...rubric.protecting import EXPRESSIONS
from ...rules import rule as rule_module
from ...rules.brought import named
from ...rules.lists import is_list, listed
from ...rules.loose import amount, rows
from ..problems import Path, Problems
from .names import NUMBERS, Names
from .shape import ID, MOST_FACTS
from .tables import check_facts, check_row, check_rows, check_tables, check_targets

RATIO = (
    Field("name", "名称", "text", True),
    Field("formula", "公式", "expression", True),
    Field("source", "依据", "text"),
)
RESOLVED = tuple(
    field._replace(required=field.required or field.name == "standard")
    for field in INDICATOR
    if field.name not in AUTHORS
)
PARTS: dict[str, type] = {
    "facts": dict,
    "tables": dict,
    "ratios": dict,
    "groups": dict,
    "indicators": list,
    "grades": list,
    "checks": list,
    "budget": list,
}
WORDS = ("yes_no", "text")  # kinds of facts that are compared with texts
TEXTS = ("id", "version", "title", "source", "form")


def check(rubric: Any, problems: Problems) -> None:
    """Stops at the first part that cannot be relied upon:
    a workbook with any finding is refused as a whole."""
    if not isinstance(rubric, dict) or not all(
        isinstance(rubric.get(name), kind) for name, kind in PARTS.items()
    ):
        problems.add("rubric-type", (), actual=rubric, expected="完整的指标体系")
        return
    if sum(len(rubric[name]) for name in PARTS) > MOST_FACTS:
        problems.add(
            "rubric-text",
            (),
            what=f"各部分共有 {sum(len(rubric[name]) for name in PARTS)} 项，上限为 {MOST_FACTS}",
        )
        return
    for name in TEXTS:
        if not isinstance(rubric.get(name), str) or not rubric[name]:
            problems.add("rubric-missing", (name,), expected="文字")
    check_rows(rubric.get("sheet", []), SHEET, ("sheet",), problems)
    if not isinstance(rubric.get("caption", ""), str):
        problems.add("rubric-type", ("caption",), actual=rubric["caption"], expected="文字")
    for step in (check_facts, check_tables, check_targets, _ratios, _grades, _indicators, _checks):
        step(rubric, problems)
        if problems.found:
            return


def _ratios(rubric: Any, problems: Problems) -> None:
    known = Names(rubric["facts"], {}, problems)
    for name, spec in rubric["ratios"].items():
        path = ("ratios", name[:60])
        check_row(spec, RATIO, path, problems)
        if isinstance(spec, dict):
            known.formula(spec.get("formula"), path, condition=False)
            if spec.get("name") != name:
                problems.add("rubric-name", path, actual=name, what="与其中的名称不符")


def _grades(rubric: Any, problems: Problems) -> None:
    check_rows(rubric["grades"], GRADE, ("grades",), problems)
    for index, grade in rows(rubric["grades"]):
        if not isinstance(grade.get("synonyms"), list):
            problems.add("rubric-missing", ("grades", index, "synonyms"), expected="列表")
    full = amount(rubric.get("full_marks"))
    if full is None or full <= 0:
        problems.add("rubric-not-positive", ("full_marks",), actual=rubric.get("full_marks"))
    shares = rubric.get("printed_shares", {})
    if not isinstance(shares, dict) or not all(isinstance(one, str) for one in shares.values()):
        problems.add("rubric-type", ("shares",), actual=shares, expected="各级权重")
    for name in ("scale", "first_year", "last_year"):
        number = amount(rubric.get(name))
        if name in rubric and (not isinstance(rubric[name], str) or number is None or number <= 0):
            problems.add("rubric-not-positive", (name,), actual=rubric[name])
    for name, cap in rubric["groups"].items():
        points = amount(cap)
        if points is None or points <= 0:
            problems.add("rubric-not-positive", ("groups", name[:60]), actual=cap)
        if not any(
            isinstance(spec, dict) and spec.get("group") == name for spec in rubric["indicators"]
        ):
            problems.add("rubric-group-empty", ("groups", name[:60]), actual=name)


def _indicators(rubric: Any, problems: Problems) -> None:
    if not rubric["indicators"]:
        problems.add("rubric-missing", ("indicator",), expected="至少一条")
    known = Names(rubric["facts"], {}, problems)
    seen = set[str]()
    for index, spec in enumerate(rubric["indicators"]):
        path = ("indicator", index)
        check_row(spec, RESOLVED, path, problems)
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
        problems.add(
            "rubric-levels",
            (*path, "levels"),
            actual=len(spec["levels"]),
            what=f"有 {len(spec['levels'])} 级",
        )
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
    for field in ("applies_when", "void_when"):
        known.formula(spec.get(field), (*path, field), condition=True)
    _rule(spec, path, known, problems)


def _rule(spec: Any, path: Path, known: Names, problems: Problems) -> None:
    from .rules import check_rule

    found = Problems(limit=problems.limit, hints=False)
    own = Names(known.facts, known.ratios, found)
    check_rule(spec, path, own, found)
    fatal = (
        "rubric-band-range",
        "rubric-not-positive",
        "rubric-measure-missing",
        "rubric-formula",
        "rubric-fact-unknown",
        "rubric-fact-kind",
    )
    for problem in found.found:
        if problem.code in fatal:
            problems.add(problem.code, problem.path, **problem.params)
    if not problems.found:
        _rule_facts(spec["rule"], (*path, "rule"), known, problems)


def _rule_facts(rule: Any, path: Path, known: Names, problems: Problems) -> None:
    """The facts of a rule are of the kind that it brings, figures, or words that it compares."""
    module, words = rule_module(rule["kind"]), _compared(rule)
    own = {one.name: one.brings for one in named(rule, module.PARAMETERS) if one.brings}
    for name in dict.fromkeys((*own, *module.facts(rule))):
        wanted = (own[name].kind, *own[name].like) if name in own else NUMBERS
        if name in words:
            wanted = (*wanted, *WORDS)
        if known.known(name, path) and known.facts[name]["kind"] not in wanted:
            problems.add("rubric-name-taken", path, actual=name, expected="另一类数据")


def _compared(rule: Any) -> set[str]:
    """The facts that its expressions, which have been read, compare with texts."""
    found: set[str] = set()
    for parameter in rule_module(rule["kind"]).PARAMETERS:
        fields = listed(parameter.type).FIELDS if is_list(parameter.type) else ()
        names = [field.name for field in fields if field.type in EXPRESSIONS]
        for _, row in rows(rule.get(parameter.name)) if names else ():
            found.update(*(texts(parse(row[name])) for name in names if row.get(name)))
    return found


def _checks(rubric: Any, problems: Problems) -> None:
    known = Names(rubric["facts"], {}, problems)
    check_rows(rubric["checks"], CHECK, ("check",), problems)
    for index, spec in rows(rubric["checks"]):
        known.formula(spec.get("when"), ("check", index, "when"), condition=True)
        known.known(spec.get("at"), ("check", index, "at"))
    for name in rubric["budget"]:
        known.known(name, ("budget",))
