"""What makes a submission a draft: errors, scores that are missing, weights that do not add up."""

from __future__ import annotations

from fractions import Fraction

from ..checks.evaluation import Evaluation
from ..exact.quantities import show
from ..scoring.outlook import is_blank
from .handed_in import totals

MOST = 5  # indicators that are named


def why(evaluation: Evaluation) -> str:
    """Everything that is in the way; "" for what can be handed in."""
    errors, parts = evaluation.count("error"), evaluation.projects or (evaluation,)
    names = [name for part in parts for name in unscored(part)]
    reasons = [f"尚有 {errors} 处错误未改正"] if errors else []
    if names:
        more = "等" if len(names) > MOST else ""
        reasons.append(f"{len(names)} 项没有得分：{'、'.join(names[:MOST])}{more}")
    elif not all(part.card.is_settled for part in parts):
        reasons.append("各项分值尚未填齐，或合计不等于满分")
    return "；".join(reasons)


def unscored(evaluation: Evaluation) -> list[str]:
    """The indicators that should have a score and have none."""
    card = evaluation.card
    return [
        result.spec["levels"][-1]
        for part in card.parts
        for result in part.of(card.results)
        if is_blank(part, result, card.results)
    ]


def mark(reason: str) -> str:
    """The line that nobody overlooks; "" for what is no draft."""
    return f"草稿（{reason}，不得报送）" if reason else ""


def shown(evaluation: Evaluation, *, draft: bool) -> tuple[Fraction | str, str]:
    """(total, grade) as they are handed in; of a draft nothing that could be taken for final."""
    found = totals(evaluation)
    if found.total is None:
        return "", "" if draft else found.grade
    return (f"暂计 {show(found.total)}", "") if draft else (found.total, found.grade)
