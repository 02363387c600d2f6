"""How far a form has come, in words: for the terminal, the 校验 sheet and the findings."""

from __future__ import annotations

from ..exact.quantities import show
from ..scoring.result import Scorecard


def unfinished(card: Scorecard) -> str:
    """Why it is not complete; empty where it is."""
    if card.complete:
        return ""
    done, of = card.progress
    if done < of:
        return f"已评 {done}/{of} 项"
    if not card.is_settled:
        return "各项分值尚未填齐，或合计不等于满分"
    return "有指标缺少测算依据"


def still_possible(card: Scorecard) -> str:
    """What may come to the total; empty where that is nothing, or cannot be said."""
    return f"最多再得 {show(card.room)} 分" if card.room else ""


def result(card: Scorecard) -> str:
    """The total with its grade; without one what has been got, and what may come to it."""
    if card.total is None:
        return "尚无得分" if card.complete else "尚无得分（未完成）"
    why = unfinished(card)
    if card.grade:
        found = f"总分 {show(card.total)}，{card.grade}"
        if why and not still_possible(card):
            return f"{found}（未完成）"
    else:
        found = "，".join(filter(None, (f"已得 {show(card.total)} 分", still_possible(card))))
    return f"{found}（未完成：{why}）" if why else found
