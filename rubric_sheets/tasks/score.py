"""Score one workbook: read, evaluate, and write scores, reasons and findings back.
Commands and buttons call this."""

from __future__ import annotations

from ..books.dashboard_values import renew
from ..books.read import Reader, open_projects
from ..books.rubric_in_book import foreign_rubric
from ..books.shown_values import derived, formula_slots, reasons
from ..books.shown_values import scores as scores_of
from ..books.write import Writer
from ..checks.causes import by_seriousness
from ..checks.evaluation import Evaluation, evaluate, together
from ..findings.finding import Finding, finding
from ..pages.dashboard_words import WHOLE
from ..places import slots
from ..places.names import FINDINGS_AREA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def score_book(path: str, *, write: bool) -> tuple[Evaluation, bool]:
    """Score one workbook file; also whether the file changed. Raises InputError;
    the file is then as it was."""
    readers = open_projects(path, lists=False)
    if not write:
        return checked(readers), False
    with foreign_rubric(path, readers[0].published):
        evaluation, writer = results(readers)
        writer.findings(evaluation.findings, evaluation.summary)
        if slots.dashboard_area(WHOLE) in writer.source.names:
            renew(writer, evaluation.card, evaluation.findings)
    from ..books.files import save

    return evaluation, save(writer.changes)


def checked(readers: list[Reader]) -> Evaluation:
    """What `score` would say, without collecting what it would write."""
    with foreign_rubric(readers[0].source.path, readers[0].published):
        parts: list[Evaluation] = []
        for reader in readers:
            evaluation = evaluate(reader.rubric, reader.facts, reader.published)
            found = Writer(reader).lost(formula_slots(reader.rubric, evaluation.card))
            parts.append(_with(evaluation, reader, found, is_first=not parts))
        return together(parts)


def _with(
    evaluation: Evaluation, reader: Reader, found: list[Finding], *, is_first: bool
) -> Evaluation:
    """The evaluation with what was found while looking for the cells of its results."""
    if is_first and FINDINGS_AREA not in reader.source.names:
        found = [*found, finding("findings-nowhere")]
    if not found:
        return evaluation
    in_order = sorted(evaluation.findings + found, key=by_seriousness(reader.rubric))
    return evaluation._replace(findings=in_order)


def results(readers: list[Reader], *, scores: bool = True) -> tuple[Evaluation, Writer]:
    """Evaluate every project and collect what is to be written: `check` says what `score` says.
    `scores` False leaves scores and reasons as they are."""
    parts: list[Evaluation] = []
    writers: list[Writer] = []
    for reader in readers:
        evaluation = evaluate(reader.rubric, reader.facts, reader.published)
        writer = Writer(reader, writers[0].changes if writers else None)
        if scores:
            found = writer.results(outputs(evaluation))
            evaluation = _with(evaluation, reader, found, is_first=not parts)
        parts.append(evaluation)
        writers.append(writer)
    return together(parts), writers[0]


def outputs(evaluation: Evaluation) -> dict[str, Any]:
    """Every slot that a scoring run writes."""
    rubric, facts, card = evaluation.rubric, evaluation.facts, evaluation.card
    return {**derived(rubric, facts), **scores_of(rubric, facts, card), **reasons(rubric, card)}
