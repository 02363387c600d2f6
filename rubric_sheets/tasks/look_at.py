"""What a file is, and what there is to say of it: a workbook, a submission, or a finished report.
Commands and the audit ask here."""

from __future__ import annotations

import os

from ..findings.finding import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..checks.evaluation import Evaluation
    from ..reports.output import Result
    from ..rubric.model import Rubric
    from .seal import Sealed

WORKBOOKS = (".xlsx", ".xlsm")
NOT_OURS = (
    "book-not-ours",
    "file-other-kind",
    "file-not-workbook",
)  # a workbook or a document of others


def is_workbook(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in WORKBOOKS


def look_at(path: str, rubric: Rubric | None = None) -> Evaluation | Sealed | Result:
    """A workbook is evaluated, a submission held against its 报送码, a report read and judged;
    `rubric`: by which a report was scored. Raises InputError."""
    instead = None
    if is_workbook(path) or not os.path.exists(path):
        from .score import score_book

        try:
            return score_book(path, write=False)[0]
        except InputError as problem:
            if problem.findings[0].code not in NOT_OURS:
                raise
            instead = problem
    from ..reports.reading.open import content

    return document(path, content(path), rubric, instead)


def document(
    path: str, data: bytes, rubric: Rubric | None = None, instead: InputError | None = None
) -> Sealed | Result:
    """A submission or a report, of the bytes of a file that is called `path`. `instead`: what is
    wrong with it as a workbook, said where it is neither."""
    sealed = _submission(path, data) if rubric is None else None
    return report(path, data, rubric, instead) if sealed is None else sealed


def _submission(path: str, data: bytes) -> Sealed | None:
    """What was handed in is compared with its 报送码; None where there is none."""
    from .seal import submission

    try:
        return submission(path, data)
    except InputError:
        return None


def report(
    path: str, data: bytes, rubric: Rubric | None = None, instead: InputError | None = None
) -> Result:
    """A report; InputError for what says nothing that could be judged."""
    from .read_report import read_report, says_nothing

    try:
        result = read_report(path, rubric, data)
    except InputError:
        if instead is not None:
            raise instead from None
        raise
    if says_nothing(result):
        raise instead or InputError("report-empty", path=path)
    return result
