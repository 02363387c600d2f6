"""The JSON of a report, as `import --json` and `check --json` print it."""

from __future__ import annotations

from fractions import Fraction

from ..checks.evaluation import indicator_json
from ..exact.quantities import exact
from .assemble import Report
from .judge import Judged
from .part import Part
from .sentences.statement import Statement
from .sightings import Evidence, Sighting
from .told import Told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Result:
    """All that is known of one report."""

    __slots__ = ("judged", "path", "report", "statements", "told")

    def __init__(
        self,
        path: str,
        report: Report,
        statements: list[Statement],
        judged: list[Judged],
        told: list[Told],
    ) -> None:
        self.path, self.report, self.statements = path, report, statements
        self.judged, self.told = judged, told

    @property
    def main(self) -> Judged:
        return self.judged[0]

    @property
    def of_one_rubric(self) -> list[Judged]:
        """The forms that belong into one workbook: those of the main one's rubric."""
        main = self.main.part.rubric["id"]
        return [one for one in self.judged if one.part.rubric["id"] == main]

    @property
    def has_errors(self) -> bool:
        return any(one.finding.severity == "error" for one in self.told)

    def count(self, severity: str) -> int:
        return sum(one.finding.severity == severity for one in self.told)


def as_json(result: Result, book: str = "") -> dict[str, Any]:
    report, main = result.report, result.main
    out: dict[str, Any] = {
        "report": result.path,
        "rubric": main.part.rubric["id"] if main.part.is_scored else None,
        "recognised": exact(min(main.part.sure, Fraction(1)), 2),
        "book": book or None,
        "pages": report.document.pages or None,
        **_part(main.part),
        "total": exact(main.card.total) if main.part.is_scored and main.card.total else None,
        "grade": main.card.grade if main.part.is_scored else "",
        "indicators": [indicator_json(one) for one in main.card.results],
        "statements": [one.as_json() for one in result.statements],
        "findings": [finding_json(one) for one in result.told],
    }
    if len(result.judged) > 1:
        out["projects"] = [_part(one.part) for one in result.judged]
    return out


def finding_json(one: Told) -> dict[str, Any]:
    f = one.finding
    return {
        "code": f.code,
        "severity": f.severity,
        "message": f.message,
        "expected": f.expected,
        "actual": f.actual,
        "fix": f.fix,
        "evidence": [each.as_json() for each in one.evidence],
    }


def _part(part: Part) -> dict[str, Any]:
    facts = {
        name: {**found[0].as_json(), **_more(found)} for name, found in part.facts.items() if found
    }
    tables = {
        name: [{column: one.as_json() for column, one in row.items()} for row in rows]
        for name, rows in part.rows.items()
    }
    return {"facts": facts, "tables": tables, "claims": _claims(part)}


def _more(found: list[Sighting]) -> dict[str, Any]:
    """The other places where the same fact stands."""
    others = [one.evidence.as_json() for one in found[1:]]
    return {"also": others} if others else {}


def _claims(part: Part) -> dict[str, Any]:
    claims: dict[str, Any] = {}
    for id_, item in part.items.items():
        if item.score is not None:
            claims[id_] = {
                "自评得分": exact(item.score),
                **({"说明": item.note} if item.note else {}),
                **item.evidence.as_json(),
            }
    for level, one in part.subtotals.items():
        claims[level] = {"小计": one.words, **one.evidence.as_json()}
    for key, some in (("total", part.totals), ("grade", part.grades)):
        if some:
            claims[key] = {"value": some[0].words, **some[0].evidence.as_json()}
    return claims


def quotes(result: Result) -> list[Evidence]:
    """Every quote of a result: each must stand in the report."""
    found = [one.evidence for one in result.statements]
    for judged in result.judged:
        for some in judged.part.evidence().values():
            found += [one.evidence for one in some]
    return found + [each for one in result.told for each in one.evidence]
