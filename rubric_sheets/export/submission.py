"""Write the submission of one workbook: the one way in, for the command line and for the add-in."""

from __future__ import annotations

import os

from ..evaluate import Evaluation, evaluate
from ..findings import InputError, finding
from ..ooxml.atomic import write_new
from ..sheets.carried import foreign_rubric
from ..sheets.read import Reader, open_book

ENDINGS = (".xlsx", ".pdf")
EXPECTED = ".xlsx 或 .pdf，或写一个已有的文件夹"


class Blocked(InputError):
    """Findings of severity error stand; nothing was written."""


def write(source: str | Reader, out: str, *, force: bool = False, overwrite: bool = False) -> str:
    """Write the submission of a workbook (its path, or a Reader of an open one); returns the path written.

    `out` ends with .xlsx or .pdf, or is a folder: the file is then named after the unit and the year.
    Raises InputError; Blocked where errors stand and `force` does not make it a draft.
    """
    return submit(source, out, force=force, overwrite=overwrite)[0]


def submit(source: str | Reader, out: str, *, force: bool, overwrite: bool) -> tuple[str, Evaluation]:
    """As `write`, with the evaluation that was handed in."""
    out = os.fspath(out)
    folder = os.path.isdir(out)
    kind = ".xlsx" if folder else os.path.splitext(out)[1].lower()
    if kind not in ENDINGS:
        raise InputError("out-extension", path=out, expected=EXPECTED)
    if not folder:
        _refuse_taken(source, out, overwrite)
    reader = source if isinstance(source, Reader) else open_book(os.fspath(source))
    with foreign_rubric(reader.source.path, reader.published):
        evaluation = evaluate(reader.rubric, reader.facts, reader.published)
        if evaluation.has_errors and not force:
            raise blocked(reader.source.path, evaluation)
        path, data = _content(reader, evaluation, out if folder else "")
    path = path or out
    if folder:
        _refuse_taken(source, path, overwrite)
    if kind == ".pdf":
        from .pdf import to_pdf

        data = to_pdf(data, path)
    write_new(path, data, overwrite=overwrite)
    return path, evaluation


def _content(reader: Reader, evaluation: Evaluation, folder: str) -> tuple[str, bytes]:
    """(path in the folder where one is given, the workbook's bytes)."""
    from .book import build
    from .forms import raw_texts
    from .names import file_name

    path = os.path.join(folder, file_name(evaluation)) if folder else ""
    return path, build(evaluation, raw_texts(reader))


def blocked(path: str, evaluation: Evaluation) -> Blocked:
    """What stands in the way, all of it."""
    errors = [one for one in evaluation.findings if one.severity == "error"]
    problem: Blocked = Blocked.of([finding("export-blocked", path=path, count=len(errors)), *errors])  # type: ignore[assignment]
    return problem


def _refuse_taken(source: str | Reader, out: str, overwrite: bool) -> None:
    """Nothing is overwritten unasked, and the unit's own workbook never."""
    if not os.path.lexists(out):
        return
    path = source.source.path if isinstance(source, Reader) else os.fspath(source)
    if os.path.exists(path) and os.path.exists(out) and os.path.samefile(path, out):
        raise InputError("export-same-file", path=out)
    if not overwrite:
        raise InputError("file-exists", path=out)
