"""What may be typed into a cell: a list or a condition for the spreadsheet, and words
for the person."""

from __future__ import annotations

from typing import Any

from ..exact.quantities import NOT_APPLICABLE
from .page import Item

YES_NO = ["是", "否", NOT_APPLICABLE]
LONGEST = 255  # signs of a condition in [ECMA-376]
Rule = tuple[dict[str, Any], str]


def validate(sheet: Any, item: Item, last: int) -> None:
    """Said before (prompt) and after (error), from the item down to row `last`."""
    fact = item.fact or {}
    if fact.get("listed"):
        return  # nothing is typed there
    rule = _rule(item.cell, fact)
    if rule is None:
        return
    options, expected = rule
    told = f"{fact['help']}\n{expected}" if fact.get("help") else expected
    texts = {
        "ignore_blank": True,
        "input_title": str(fact.get("label", fact["name"]))[:32],
        "input_message": told[:250],
        "error_title": "填报数据有误",
        "error_message": f"此处{expected}"[:250],
    }
    row, column = item.row - 1, item.column - 1
    sheet.data_validation(row, column, last - 1, column, {**options, **texts})


def _rule(cell: str, fact: dict[str, Any]) -> Rule | None:
    """(what the spreadsheet checks, what is expected) of a cell; None where anything may stand."""
    kind = fact["kind"]
    if kind == "yes_no":
        return {"validate": "list", "source": YES_NO}, "请选：是、否或不适用。"
    if fact.get("choices"):
        return _listed(fact), "请从下拉列表中选。"
    if kind in ("count", "breach_count"):
        whole = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell}))"
        return _custom(cell, whole), "请填不小于 0 的整数；没有填 0，确不适用填“不适用”。"
    if kind == "percent":
        between = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<=1)"
        return _custom(cell, between), "请填百分比，如 95%；确不适用填“不适用”。"
    if kind == "amount":
        number = f"ISNUMBER({cell})" if fact.get("signed") else f"AND(ISNUMBER({cell}),{cell}>=0)"
        unit = fact.get("unit", "") or "分"
        return _custom(cell, number), f"请填数字（{unit}）；确不适用填“不适用”。"
    if kind != "claim":
        return None
    return _within(cell, fact) if "least" in fact else _claim(cell, fact["weight"])


def _custom(cell: str, condition: str) -> dict[str, Any]:
    """不适用 is always possible."""
    return {"validate": "custom", "value": f'=OR({cell}="{NOT_APPLICABLE}",{condition})'}


def _listed(fact: dict[str, Any]) -> dict[str, Any]:
    strict = fact["kind"] != "text" or "name" in fact
    mood = "stop" if strict else "warning"
    return {"validate": "list", "source": list(fact["choices"]), "error_type": mood}


def _within(cell: str, fact: dict[str, Any]) -> Rule:
    """A score of the unit's own between limits that depend on what else it fills."""
    inside = f"AND(ISNUMBER({cell}),{cell}>={fact['least']},{cell}<={fact['most']})"
    options = _custom(cell, inside)
    if len(options["value"]) > LONGEST:
        options = _claim(cell, fact["weight"])[0]
    return options, "请先选定档次，再填该档之内的得分；确不适用填“不适用”。"


def _claim(cell: str, weight: str) -> Rule:
    """A score of the unit's own; `weight` is a figure, the cell that has it, or 0 for no limit."""
    limit = f",{cell}<={weight}" if weight != "0" else ""
    known = weight.replace(".", "").isdigit() and weight != "0"
    words = f"0 至 {weight} 之间的得分" if known else "不超过分值的得分"
    return (
        _custom(cell, f"AND(ISNUMBER({cell}),{cell}>=0{limit})"),
        f"请填{words}；确不适用填“不适用”。",
    )
