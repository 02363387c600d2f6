"""Score one workbook: read, evaluate, and write scores, reasons and findings back.
Commands and buttons call this."""

from __future__ import annotations

from ..books.read import Reader, open_projects
from ..books.rubric_in_book import foreign_rubric
from ..books.shown_values import derived, reasons
from ..books.shown_values import scores as scores_of
from ..books.write import Writer
from ..checks.causes import by_seriousness
from ..checks.evaluation import Evaluation, evaluate, together
from ..findings.finding import finding
from ..places.names import FINDINGS_AREA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def score_book(path: str, *, write: bool) -> tuple[Evaluation, bool]:
    """Score one workbook file; also whether the file changed. Raises InputError;
    the file is then as it was."""
    readers = open_projects(path, lists=False)
    with foreign_rubric(path, readers[0].published):
        evaluation, writer = results(readers)
        if not write:
            return evaluation, False
        writer.findings(evaluation.findings, evaluation.summary)
    from ..books.files import save

    return evaluation, save(writer.changes)


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
            if FINDINGS_AREA not in reader.source.names and not parts:
                found.append(finding("findings-nowhere"))
            if found:
                found = sorted(evaluation.findings + found, key=by_seriousness(reader.rubric))
                evaluation = evaluation._replace(findings=found)
        parts.append(evaluation)
        writers.append(writer)
    return together(parts), writers[0]


def outputs(evaluation: Evaluation) -> dict[str, Any]:
    """Every slot that a scoring run writes."""
    rubric, facts, card = evaluation.rubric, evaluation.facts, evaluation.card
    return {**derived(rubric, facts), **scores_of(rubric, facts, card), **reasons(rubric, card)}
