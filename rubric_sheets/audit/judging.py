"""One file → what `check --json` says of it, and what the store keeps beside: a workbook is read
from its bytes, anything else is looked at as `check` looks at it."""

from __future__ import annotations

import json
from hashlib import sha256

from ..books.read import read_projects
from ..books.rubric_in_book import foreign_rubric
from ..books.shown_values import claimed_total
from ..books.source import FileSource
from ..checks.evaluation import as_json, finding_json
from ..exact.quantities import exact
from ..findings.file_faults import in_words
from ..findings.finding import InputError
from ..ooxml.container import read_file
from ..ooxml.faults import PackageFault
from ..records import Record
from ..rubric.model import canonical, content_hash
from ..rubric.parts import scale
from ..rules import own_score
from ..scoring.sums import grade_name
from ..tasks.look_at import NOT_OURS, document, is_workbook
from ..tasks.score import checked
from . import archives
from .inputs import Input

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction
    from typing import Any, Protocol

    from ..facts.model import FactSet, Value
    from ..rubric.model import Rubric
    from ..scoring.result import Scorecard

    class Scored(Protocol):
        """An evaluation of a workbook, or of a part of a report."""

        @property
        def facts(self) -> FactSet: ...
        @property
        def card(self) -> Scorecard: ...


UNIT = ("单位名称", "实施单位", "主管部门")  # the facts that say whose workbook it is
MOST_HASHES = 32
# The hashes of rubrics met lately in this process.
_HASHES: dict[int, tuple[Rubric, str]] = {}


class Outcome(Record):
    """What became of one input: `check` is the object as JSON, `more` what else the store keeps,
    as JSON; both are empty where the file is the one that the store knows (`digest`)."""

    digest: str
    check: str = ""
    more: str = ""


def judge(given: Input, known: str = "") -> Outcome:
    """Read and judge; whatever is wrong stands in the outcome. `known`: the digest of the file as
    it was judged before."""
    digest = ""
    try:
        if given.fault is not None:
            raise given.fault
        data = contents(given)
        digest = sha256(data).hexdigest()
        if digest == known:
            return Outcome(digest)
        outcome = _judged(given, data, digest)
        return _with_second(given, data, outcome) if given.engine else outcome
    except InputError as problem:
        return unusable(given.name, digest, problem)
    except Exception as problem:  # one file never stops the others
        what = f"{type(problem).__name__} {problem}"[:200]
        return unusable(given.name, digest, InputError("audit-failed", path=given.name, what=what))


def _with_second(given: Input, data: bytes, outcome: Outcome) -> Outcome:
    from .second import second

    found = second(given.engine, given.name, data) if is_workbook(given.name) else None
    if found is None:
        return outcome
    return outcome._replace(more=dumped({**json.loads(outcome.more), "verified": found}))


def unusable(name: str, digest: str, problem: InputError) -> Outcome:
    """A file that could not be judged: its object has only the reason."""
    found = [finding_json(one) for one in problem.findings]
    return Outcome(digest, dumped({"book": name, "usable": False, "findings": found}), "{}")


def dumped(data: Any) -> str:
    """One line of JSON, with readable Chinese. Half characters, which no UTF-8 holds, become ?."""
    text = json.dumps(data, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text


def contents(given: Input) -> bytes:
    """The bytes of the file. InputError file-not-found, file-no-permission …"""
    if given.data is not None:
        return given.data
    try:
        if given.member >= 0:
            return archives.read(given.path, given.member, given.name)
        return read_file(given.path)[0]
    except PackageFault as fault:
        fault.path = given.name
        raise in_words(fault) from None


def _judged(given: Input, data: bytes, digest: str) -> Outcome:
    instead = None
    if is_workbook(given.name):
        try:
            return _book(given.name, data, digest)
        except InputError as problem:
            if problem.findings[0].code not in NOT_OURS:
                raise
            instead = problem
    return _document(given.name, data, digest, instead)


def _book(name: str, data: bytes, digest: str) -> Outcome:
    readers = read_projects(FileSource(name, data), lists=False)
    evaluation = checked(readers)
    with foreign_rubric(name, readers[0].published):
        more = _more(evaluation.rubric, evaluation.projects or (evaluation,))
    return Outcome(digest, dumped(as_json(name, evaluation)), dumped(more))


def _document(name: str, data: bytes, digest: str, instead: InputError | None) -> Outcome:
    """A submission or a report."""
    from ..tasks.seal import Sealed
    from ..tasks.seal import as_json as seal_json

    found = document(name, data, instead=instead)
    if isinstance(found, Sealed):
        return Outcome(digest, dumped(seal_json(name, found)), "{}")
    from ..reports.output import as_json as report_json

    more = {}
    if found.report.is_known:
        more = _more(found.main.part.rubric, found.of_one_rubric)
    return Outcome(digest, dumped(report_json(found)), dumped(more))


def _more(rubric: Rubric, parts: Sequence[Scored]) -> dict[str, Any]:
    """What the store keeps beside the object; numbers as exact decimals, percents in percent.
    `parts`: the projects, or the one that there is."""
    facts, card = parts[0].facts, parts[0].card
    claimed = claimed_total(rubric, facts, card) if len(parts) == 1 else None
    numbered = list(enumerate(parts, 1))
    return {
        "unit": next((facts.values[name] for name in UNIT if facts.values.get(name)), None),
        "code": _text(facts.values.get("预算编码")),
        "project": _text(facts.values.get("项目名称")),
        "year": _text(facts.values.get("评价年度")),
        "title": rubric["title"],
        "version": rubric["version"],
        "hash": _hash(rubric),
        "full_marks": scale(rubric),  # what its total is out of
        "claimed": _text(claimed),
        "groups": {spec["id"]: spec["group"] for spec in rubric["indicators"] if "group" in spec},
        "claimed_grade": grade_name(rubric, facts.claims.grade) or facts.claims.grade,
        "facts": [fact for number, part in numbered for fact in _facts(number, rubric, part.facts)],
        "ratios": [one for number, part in numbered for one in _ratios(number, part.card)],
        "claims": [one for number, part in numbered for one in _claims(number, part.facts)],
    }


def _text(value: Value) -> str | None:
    return value if value is None or isinstance(value, str) else exact(value)


def _hash(rubric: Rubric) -> str:
    known = _HASHES.get(id(rubric))
    if known is None:
        known = rubric, content_hash(canonical(rubric))  # kept with it: an id may be given again
        if len(_HASHES) >= MOST_HASHES:
            _HASHES.clear()
        _HASHES[id(rubric)] = known
    return known[1]


def _facts(part: int, rubric: Rubric, facts: FactSet) -> Iterator[tuple[Any, ...]]:
    """(part, table, row, name, value); the scores that the unit gives itself stand with the
    claims."""
    judged = {own_score(spec["rule"]) for spec in rubric["indicators"]}
    specs = rubric["facts"]
    for name, value in facts.values.items():
        if value is not None and name not in judged:
            yield part, None, None, name, _in_unit(value, specs[name]["kind"])
    for table, rows in facts.tables.items():
        kinds = {column["name"]: column["kind"] for column in rubric["tables"][table]["columns"]}
        for number, row in enumerate(rows, 1):
            for name, value in row.values.items():
                if value is not None:
                    yield part, table, number, name, _in_unit(value, kinds.get(name, "text"))


def _in_unit(value: Fraction | str, kind: str) -> str:
    if isinstance(value, str):
        return value
    return exact(value * 100 if kind == "percent" else value)


def _ratios(part: int, card: Scorecard) -> Iterator[tuple[Any, ...]]:
    """(part, name, value), each ratio once, in percent."""
    found = {
        result.spec["ratio"]: result.ratio
        for result in card.results
        if "ratio" in result.spec and result.ratio is not None
    }
    for name, value in found.items():
        yield part, name, exact(value * 100)


def _claims(part: int, facts: FactSet) -> Iterator[tuple[Any, ...]]:
    """(part, what, key, value, note)."""
    claims = facts.claims
    for id_, claim in claims.indicators.items():
        if claim.score is not None or claim.note:
            yield part, "指标", id_, _text(claim.score), claim.note
    for level, points in claims.subtotals.items():
        yield part, "小计", level, exact(points), ""
    if claims.total is not None:
        yield part, "总分", "total", exact(claims.total), ""
    if claims.grade:
        yield part, "等次", "grade", claims.grade, ""
