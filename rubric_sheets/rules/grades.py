"""分级计分: a word such as 好/一般/差 gives its points; synonyms are read too."""

from __future__ import annotations

from ..exact.quantities import NOT_APPLICABLE, plain, show
from .base import (
    INSIDE,
    Asked,
    Brings,
    Cells,
    Given,
    Parameter,
    Rule,
    Scored,
    Subject,
    literal,
    needs_all,
    no_faults,
    whole_weight,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LABEL = "分级计分"
READS_MEASURE = False
COUNTS = INSIDE
JUDGED = False
PARAMETERS = (
    Parameter(
        "fact",
        "数据名称",
        "fact",
        help="填报等级的数据名称",
        brings=Brings("text", like=("text",)),
        synonyms=("数据名称", "填报数据"),
        width=20,
    ),
    Parameter("levels", "等级", "levels", help="每级写名称、得分和可用的同义词"),
)
faults = no_faults
base_formula = whole_weight


needed = needs_all


def facts(rule: Rule) -> list[str]:
    return [rule["fact"]]


def asked(rule: Rule, row: dict[str, Any], spec: Any) -> Asked:
    return Asked(rule["fact"], spec["weight"], choices=tuple(map(_name, rule["levels"])))


def words(level: dict[str, Any]) -> list[str]:
    return [level["name"], *level.get("synonyms", ())]


def _level(rule: Rule, answer: Any) -> dict[str, Any] | None:
    """A spreadsheet's = knows no capitals, so a is A here too."""
    wanted = str(answer).casefold()
    return next(
        (level for level in rule["levels"] if wanted in map(str.casefold, words(level))), None
    )


def score(rule: Rule, given: Given) -> Scored:
    answer = given.values[rule["fact"]]
    if answer == NOT_APPLICABLE:
        return Scored(None, given.weight * 0)
    level = _level(rule, answer)
    if level is None:
        return Scored(
            None,
            given.weight,
            (("no-level", {"what": str(answer), "levels": [*map(_name, rule["levels"])]}),),
        )
    return Scored(plain(level["points"]), given.weight)


def _name(level: dict[str, Any]) -> str:
    return str(level["name"])


def explain(rule: Rule, given: Given, scored: Scored) -> str:
    answer = given.values[rule["fact"]]
    if scored.points is None:
        return f"{rule['fact']}为“{answer}”"
    if scored.points == given.weight:
        return f"{rule['fact']}为“{answer}”，得满分 {show(scored.points)} 分"
    lost = given.weight - scored.points
    return f"{rule['fact']}为“{answer}”，得 {show(scored.points)} 分，扣 {show(lost)} 分"


def formula(rule: Rule, cells: Cells) -> str:
    name = rule["fact"]
    text = '"无法计算"'
    for level in reversed(rule["levels"]):
        parts = [f"{name}={literal(word)}" for word in words(level)]
        test = f"OR({','.join(parts)})" if len(parts) > 1 else parts[0]
        text = f"IF({test},{show(plain(level['points']), 10)},{text})"
    return f'IF({name}="","",IF({name}="{NOT_APPLICABLE}","{NOT_APPLICABLE}",{text}))'


def standard(rule: Rule, subject: Subject) -> str:
    return (
        "；".join(
            f"{level['name']}，计{show(plain(level['points']), 10)}分" for level in rule["levels"]
        )
        + "。"
    )
