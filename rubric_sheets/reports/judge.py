"""What does not hold in a report: findings with the quotes of both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..checks import arithmetic, claimed_sums, claimed_total, claims, own_goals
from ..checks.causes import ORDER, merged, rank
from ..exact.expressions import names_in
from ..exact.quantities import plain
from ..facts.derive import own_places
from ..facts.model import FactSet
from ..findings.finding import Finding, finding
from ..records import Record
from ..rules import rule
from ..scoring.result import Scorecard
from ..scoring.scorecard import score
from ..scoring.sums import grade, grade_name
from . import causes, form_causes, targets, whole
from .assemble import Report
from .items import Item
from .part import Part, where
from .sentences.statement import NO, TRUNCATED, Statement
from .sightings import Evidence, Sighting
from .tables.funds import TOTAL
from .told import Told

# What a form of ours must be asked, and a finished report need not be.
NOT_OF_REPORTS = frozenset(
    (
        "not-scored",
        "not-judged",
        "incomplete",
        "own-weights",
        "own-indicators",
        "weight-missing",
        "not-computable",
        "claim-left-out",
    )
)
Places = dict[str, list[Sighting | Item]]
OF_THE_WHOLE = frozenset(
    ("weights-sum", "total-differs", "total-impossible", "subtotal-differs", "subtotal-impossible")
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOTALS = ("total-differs", "total-impossible")
WITHOUT_FACT = ("full-without-fact", "claim-without-fact")


class Judged(Record):
    """A part with its scorecard and findings."""

    part: Part
    facts: FactSet
    card: Scorecard


def judge(report: Report, statements: list[Statement]) -> tuple[list[Judged], list[Told]]:
    """Everything that is found, the most serious first, one finding for one cause."""
    told: list[Told] = []
    for part in report.parts:
        told += whole.contradictions(part)
    judged = [_scored(part) for part in report.parts]
    for one in judged:
        told += form_causes.of_part(_part(one), one.part, statements)
        told += whole.of_part(report, one.part, one.card) + targets.results(one.part)
    told += [made for one in causes.merged(statements) if (made := _statement(one))]
    told += whole.of_document(report) + _reading(report)
    told += targets.level_weights(report.tables)
    told = form_causes.of_weights(told)
    told = _once(_grade_of_wrong_total(_one_total(told), judged))
    return judged, sorted(told, key=lambda one: (ORDER[one.finding.severity], rank(one.finding)))


def _reading(report: Report) -> list[Told]:
    """What could not be read, or not be recognised."""
    told = []
    if report.items and not report.is_known:
        told.append(Told(finding("report-unknown"), (report.items[0].evidence,)))
    if report.document.missing:
        told.append(Told(finding("report-missing", what=report.document.missing), ()))
    return told


def _scored(part: Part) -> Judged:
    facts = part.fact_set()
    own_places(part.rubric, facts)
    return Judged(part, facts, score(part.rubric, facts))


def _part(one: Judged) -> list[Told]:
    """The findings of the workbook's own checks."""
    found = [f for f in _checked(one) if f.code not in NOT_OF_REPORTS and _is_due(one, f)]
    bare = [f for f in found if f.code in WITHOUT_FACT]
    kept = form_causes.of_findings(
        one.part, merged([f for f in found if f.code not in WITHOUT_FACT])
    )
    places = one.part.evidence()
    told = [Told(f._replace(sheet="", cell=""), _evidence(one, f, places)) for f in kept]
    if bare:
        told.append(_without_facts(one, bare, places))
    return told


def _checked(one: Judged) -> list[Finding]:
    """What the checks of workbooks say; of a rubric that is not the report's own, nothing about
    scores."""
    rubric, facts, card = one.part.rubric, one.facts, one.card
    found = [f for f in arithmetic.check(rubric, facts) if not _rests_on_sentences(one, f)]
    totals = claimed_total.check(rubric, facts, card)
    if not one.part.is_scored:
        return found + [f for f in totals if f.code == "grade-differs"]
    return (
        found
        + card.findings
        + own_goals.check(rubric, facts)
        + claims.check(rubric, facts, card)
        + claimed_sums.check(rubric, facts, card)
        + totals
    )


def _rests_on_sentences(one: Judged, f: Finding) -> bool:
    """Sentences tell parts without their totals, and totals of many scopes: what they add up to is
    for the statements to say."""
    if f.code == "total-blank":
        specs = one.part.rubric["facts"].items()
        sums = [spec.get("sum", []) for name, spec in specs if f"“{name}”" in f.message]
        names = [part for parts in sums for part in parts]
        given = [one.part.facts[name][0] for name in names if one.part.facts.get(name)]
        return not any(sighting.in_form for sighting in given)
    named = _named(one.part, f)
    if TOTAL in f.message and f.code in ("sum-differs", "sum-rounding"):
        return True  # the statements tell
    if one.part.has_own_money and TOTAL in f.message:
        return f.code.startswith("sum-") or "之和" in f.message
    if any(name in one.part.doubted for name in named):
        return True
    if f.code == "sum-part-blank" and "targets" not in one.part.rubric:
        total = next(iter(one.part.facts.get(next(iter(named), ""), ())), None)
        if total is not None and not total.in_form:
            return True  # another layout, whose parts may bear names of their own
    found = [one.part.facts[name][0] for name in named if one.part.facts.get(name)]
    if f.code.startswith("sum-") and _is_list(found):
        return True
    is_sure = f.code == "fact-check" and f.severity == "error"
    return any(sighting.is_sentence for sighting in found) and not is_sure


def _is_list(found: list[Sighting]) -> bool:
    """Do they stand below each other in a table that is no form? Then its own total row tells."""
    spots = [one.evidence.spot for one in found if not one.is_sentence and not one.in_form]
    rows = {spot.row or spot.cell.lstrip(LETTERS) for spot in spots}
    tables = {(spot.table, spot.sheet) for spot in spots}
    return len(spots) == len(found) == len(rows) > 2 and len(tables) == 1


def _named(part: Part, f: Finding) -> list[str]:
    """The facts that the words of a finding name."""
    names = part.rubric["facts"]
    return [name for name in names if f"{name} " in f.message or f"“{name}”" in f.message]


def _is_due(one: Judged, f: Finding) -> bool:
    """Prose has no column for the reason of lost points; a rubric that was only guessed at says
    nothing about scores."""
    if f.code in OF_THE_WHOLE:
        return not one.part.is_partial
    if f.code != "lost-without-reason":
        return True
    item = _item_at(one.part, f)
    return item is not None and item.has_reasons


def _item_at(part: Part, f: Finding) -> Item | None:
    return next((i for i in part.items.values() if where(i) == f.cell), None)


def _without_facts(one: Judged, bare: list[Finding], places: Places) -> Told:
    """All scores without a basis, told once."""
    names = [_name_at(one, f) for f in bare]
    made = finding("report-without-facts", names=names, count=str(len(names)))
    return Told(made, tuple(e for f in bare for e in _evidence(one, f, places)[:1]))


def _name_at(one: Judged, f: Finding) -> str:
    spots = {id_: where(item) for id_, item in one.part.items.items()}
    ids = {spec["id"]: spec["levels"][-1] for spec in one.part.rubric["indicators"]}
    return next((ids[id_] for id_, spot in spots.items() if spot == f.cell), "")


def _evidence(one: Judged, f: Finding, places: Places) -> tuple[Evidence, ...]:
    """What stands at the place of a finding, and the figures that speak against it."""
    found = [each.evidence for each in places.get(f.cell, ())]
    part = one.part
    for name in _facts_behind(one, f):
        found += [each.evidence for each in part.facts.get(name, ())[:1]]
        for rows in part.rows.values():
            found += [row[name].evidence for row in rows if name in row and f.cell in _spots(row)]
    for rows in part.rows.values():
        for row in rows:
            if f.code.startswith(("claim-", "goal-")) and f.cell in _spots(row):
                names = ("年度指标值", "实际完成值", "分值")
                found += [row[name].evidence for name in names if name in row]
    if f.code == "summary-differs":
        wanted = [name for name in _named(part, f) if name in part.facts]
        found += [
            row[n].evidence
            for rows in part.rows.values()
            for row in rows
            for n in wanted
            if n in row
        ]
    if f.code == "weights-sum":
        found += [
            row["分值"].evidence for rows in part.rows.values() for row in rows if "分值" in row
        ]
    if f.code.startswith(("total-", "subtotal-")):
        found += [e for item in part.items.values() for e in [item.evidence]][:40]
    if f.code == "grade-differs":
        found += [each.evidence for each in part.totals[:1]]
    return tuple(dict.fromkeys(found))


def _spots(row: dict[str, Sighting]) -> set[str]:
    return {where(one) for one in row.values()}


def _facts_behind(one: Judged, f: Finding) -> Iterable[str]:
    """The facts that a finding compares with."""
    rubric, part = one.part.rubric, one.part
    for spec in rubric["indicators"]:
        item = part.items.get(spec["id"])
        if item is not None and where(item) == f.cell:
            if "ratio" in spec:
                yield from names_in(rubric["ratios"][spec["ratio"]]["formula"])
            if "value" in spec:
                yield spec["value"]
            yield from rule(spec["rule"]["kind"]).facts(spec["rule"])
    if f.code.startswith(("sum-", "fact-check", "unit-slip")):
        yield from _named(part, f)


def _statement(one: Statement) -> Told | None:
    """The finding of a statement that does not hold, or of one that was cut instead of rounded."""
    given = {"how": one.how, "where": str(one.evidence.spot)}
    figures = {"actual": one.claimed, "expected": one.due}
    if one.holds == TRUNCATED:
        made = finding("report-truncated", quote=one.evidence.shown, **given, **figures)
        return Told(made, (one.evidence, *one.others))
    if one.holds != NO:
        return None
    if one.kind == "sum":
        made = finding("report-sum", severity=one.severity, **given, **figures)
    elif one.kind == "count":
        made = finding("report-count", severity=one.severity, **given, **figures)
    elif one.kind == "change":
        made = finding("report-change", severity=one.severity, **given, **figures)
    elif one.kind == "date":
        made = finding("report-date", **given, **figures)
    elif one.kind in ("total", "subtotal", "score"):
        made = finding("report-points", **given, **figures)
    else:
        made = finding("report-figure", severity=one.severity, **given, **figures)
    return Told(made, (one.evidence, *one.others))


def _one_total(told: list[Told]) -> list[Told]:
    """A total that is not the sum of its items differs from the right one elsewhere: that is said
    with it."""
    wrong = next((one for one in told if one.finding.code in TOTALS), None)
    other = next(
        (
            one
            for one in told
            if one.finding.code == "report-places-differ" and "自评总分" in one.finding.message
        ),
        None,
    )
    if wrong is None or other is None:
        return told
    both = Told(wrong.finding, tuple(dict.fromkeys((*other.evidence, *wrong.evidence))))
    return [both if one is wrong else one for one in told if one is not other]


def _grade_of_wrong_total(told: list[Told], judged: list[Judged]) -> list[Told]:
    """A grade that fits the total as it should be is no second mistake."""
    wrong = [one.finding for one in told if one.finding.code in ("report-points", *TOTALS)]
    dues = {match[0] for f in wrong if (match := re.match(r"[0-9.]+", f.expected or ""))}
    if not dues:
        return told
    rubric, grades = judged[0].part.rubric, judged[0].part.grades
    fits = {grade(rubric, plain(due)) for due in dues}
    if not any(grade_name(rubric, str(one.value)) in fits for one in grades):
        return told
    return [one for one in told if one.finding.code != "grade-differs"]


def _once(told: list[Told]) -> list[Told]:
    """The same words are not told twice."""
    found: dict[tuple[str, str, tuple[Evidence, ...]], Told] = {}
    for one in told:
        key = (one.finding.code, one.finding.message, one.evidence[:1])
        found.setdefault(key, one)
    return list(found.values())
