"""The 数据名称 sheet: every name that a rubric may measure or use in a formula, with what it is."""

from __future__ import annotations

from typing import Any

from ...places.addresses import letters
from ...places.names import EXTRA_SHEET
from ...rubric.fields import FACT, word
from ...rubric.load import form_facts, form_of, rule_facts
from ...rubric.own_figures import figures
from .preview import FAULTS

HEADINGS = (("数据名称", 26), ("类型", 10), ("单位", 9), ("填在哪张表", 14), ("说明", 60))
NOTE = (
    "公式、条件和“数据”一列里可用的全部名称；前面的是填报表里的，“自有数据”随您的填写变动，"
    "最后是各指标自己带来的。换了填报表的，用 rubric check --preview 重新生成。"
)
PLACE = [field.name for field in FACT].index("sheet")
KINDS = {"breach_count": "例数", "judged": "自评分"}
Row = tuple[str, str, str, str, str]


def form_rows(source: dict[str, Any]) -> list[Row]:
    """The form's facts, and what may be taken from lists that the unit fills in."""
    try:
        facts = form_facts(form_of(source))[0]
    except FAULTS:
        facts = {}
    return [_row(fact) for fact in (*facts.values(), *figures(source).values())]


def brought_rows(source: dict[str, Any]) -> list[Row]:
    """What the indicators' rules bring, with the indicator."""
    found: dict[str, Row] = {}
    for spec in source["indicator"]:
        try:
            facts = rule_facts(spec)
        except FAULTS:
            continue
        for fact in facts:
            found.setdefault(fact["name"], _row({**fact, "help": spec["levels"][-1]}))
    return list(found.values())


def _row(fact: dict[str, Any]) -> Row:
    kind = KINDS.get(fact["kind"]) or word("kind", fact["kind"])
    return fact["name"], kind, fact["unit"], fact["sheet"], fact.get("help", "")


def own_cells(sheet: str, left: int, row: int) -> tuple[str, ...]:
    """Formulas of a row of the author's own facts, whose table begins in column `left`, counted
    from 0; `row` counted from 1. Its columns are name, kind, unit, label and help."""
    cells = [f"'{sheet}'!${letters(left + 1 + at)}${row}" for at in (0, 1, 2, 4, PLACE)]
    name, kind, unit, help_, place = (f'IF({cells[0]}="","",{cell}&"")' for cell in cells)
    stands = f'IF(AND({cells[0]}<>"",{cells[-1]}=""),"{EXTRA_SHEET}",{place})'
    return name, kind, unit, stands, help_
