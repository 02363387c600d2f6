"""Facts → scorecard and findings: the one pipeline behind every command and every button."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import ZERO, exact, plain
from ..exact.quantities import total as sum_of
from ..facts.model import FactSet
from ..findings.finding import Finding
from ..records import Record
from ..rubric.model import Rubric
from ..rubric.own_figures import PROJECTS
from ..rubric.parts import scale
from ..scoring.outlook import certain_grade
from ..scoring.result import Result, Scorecard
from ..scoring.scorecard import score
from ..scoring.sums import rescaled
from . import (
    arithmetic,
    claimed_sums,
    claimed_total,
    claims,
    institutions,
    missing,
    own_goals,
    project_units,
    second_look,
    standing,
    years,
)
from .causes import by_seriousness, merged, rank, without_echoes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Evaluation(Record):
    """A scored set of facts; findings stand in order of seriousness. `projects`:
    the parts of a workbook with several."""

    rubric: Rubric
    facts: FactSet
    card: Scorecard
    findings: list[Finding]
    projects: tuple[Evaluation, ...] = ()

    @property
    def has_errors(self) -> bool:
        return any(f.severity == "error" for f in self.findings)

    def count(self, severity: str) -> int:
        return sum(1 for f in self.findings if f.severity == severity)

    @property
    def summary(self) -> str:
        """One line for the 校验 sheet and the terminal."""
        errors, warnings, notes = map(self.count, ("error", "warning", "note"))
        counts = f"错误 {errors} 条，提示 {warnings} 条，说明 {notes} 条"
        return f"{standing.result(self.card)}；{counts}。"


def evaluate(rubric: Rubric, facts: FactSet, published: bool = True) -> Evaluation:
    """Score and check. `published`: the rubric is the published one to the letter,
    so need not be compared."""
    card = score(rubric, facts)
    facts = facts.having(card.figures)
    found = (
        facts.findings
        + arithmetic.check(rubric, facts)
        + years.check(rubric, facts)
        + institutions.check(rubric, facts)
        + project_units.check(rubric, facts)
        + card.findings
        + own_goals.check(rubric, facts)
        + second_look.check(rubric, facts)
        + claims.check(rubric, facts, card)
        + claimed_sums.check(rubric, facts, card)
        + claimed_total.check(rubric, facts, card)
    )
    if PROJECTS in rubric["tables"]:
        from . import project_list

        found = found + project_list.check(facts)
    if not published:
        from .published import against_published

        found = found + against_published(rubric)
    found = merged(without_echoes(found, facts))
    found = missing.together(rubric, facts, card, found)
    return Evaluation(rubric, facts, card, sorted(found, key=by_seriousness(rubric)))


def together(parts: list[Evaluation]) -> Evaluation:
    """Several projects of one workbook as one: points and bases are added up,
    the total is on the same scale."""
    if len(parts) == 1:
        return parts[0]
    rubric, cards = parts[0].rubric, [part.card for part in parts]
    raw, base = sum_of(card.raw for card in cards), sum_of(card.base for card in cards)
    total = None
    if base and any(card.total is not None for card in cards):
        total = rescaled(rubric, raw, base)
    bounds = None if total is None else _bounds(cards, base, plain(scale(rubric)))
    card = Scorecard(
        results=[one for project, card in enumerate(cards, 1) for one in _results(card, project)],
        parts=[],  # they have been added up, project by project
        raw=raw,
        base=base,
        bonus=ZERO,
        penalty=ZERO,
        total=total,
        grade=certain_grade(rubric, bounds) if all(card.is_settled for card in cards) else "",
        pending=sum(card.pending for card in cards),
        findings=[],
        measures={},
        is_settled=all(card.is_settled for card in cards),
        possible=bounds,
        progress=(sum(card.progress[0] for card in cards), sum(card.progress[1] for card in cards)),
    )
    found = sorted((f for part in parts for f in part.findings), key=rank)
    return Evaluation(rubric, parts[0].facts, card, found, tuple(parts))


def _bounds(
    cards: list[Scorecard], base: Fraction, full: Fraction
) -> tuple[Fraction, Fraction] | None:
    """The least and the most of all together, each project by its base: one that has not been
    begun may come to anything."""
    least = most = ZERO
    for card in cards:
        if card.possible is None and card.total is not None:
            return None
        low, high = card.possible or (ZERO, full)
        least, most = least + low * card.base, most + high * card.base
    return least / base, most / base


def _results(card: Scorecard, project: int) -> list[Result]:
    """Those of one project, told apart from those of the first by their ids."""
    if project == 1:
        return card.results
    return [
        result._replace(spec={**result.spec, "id": f"{project}:{result.spec['id']}"})
        for result in card.results
    ]


def _number(value: Any) -> str | None:
    return exact(value) if isinstance(value, Fraction) else value


def _possible_json(card: Scorecard) -> dict[str, str] | None:
    """The least and the most that the total can still come to."""
    if card.possible is None:
        return None
    least, most = card.possible
    return {"least": exact(least), "most": exact(most)}


def indicator_json(result: Result) -> dict[str, Any]:
    return {
        "id": result.spec["id"],
        "levels": result.spec["levels"],
        "weight": exact(result.weight),
        "status": result.status,
        "ratio": _number(result.ratio),
        "computed": _number(result.computed),
        "claimed": _number(result.claimed),
        "score": _number(result.score),
        "reason": result.reason,
    }


def finding_json(one: Finding) -> dict[str, str]:
    return {
        "code": one.code,
        "severity": one.severity,
        "sheet": one.sheet,
        "cell": one.cell,
        "message": one.message,
        "expected": one.expected,
        "actual": one.actual,
        "fix": one.fix,
    }


def as_json(book: str, evaluation: Evaluation) -> dict[str, Any]:
    """The object that `score --json` and `check --json` print for one book."""
    card = evaluation.card
    out = {
        "book": book,
        "rubric": evaluation.rubric["id"],
        "complete": card.complete,
        "raw": exact(card.raw),
        "base": exact(card.base),
        "bonus": exact(card.bonus),
        "penalty": exact(card.penalty),
        "total": _number(card.total),
        "grade": card.grade,
        "possible": _possible_json(card),
        "progress": {"scored": card.progress[0], "of": card.progress[1]},
        "indicators": [indicator_json(result) for result in card.results],
        "findings": [finding_json(one) for one in evaluation.findings],
    }
    if evaluation.projects:
        named = (
            (part, str(part.facts.values.get("项目名称") or "")) for part in evaluation.projects
        )
        out["projects"] = [{"name": name, **as_json(book, part)} for part, name in named]
    return out
