"""Write the submission of one workbook: the one way in, for the command line and for the add-in."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..books.files import write_new
from ..books.read import Reader, open_projects
from ..books.rubric_in_book import foreign_rubric
from ..checks.evaluation import Evaluation, evaluate, together
from ..findings.finding import InputError, finding
from ..seals.code import code_of, identity
from ..seals.stamp import stamped, stamped_pdf

ENDINGS = (".xlsx", ".pdf", ".docx")
EXPECTED = ".xlsx、.pdf 或 .docx，或写一个已有的文件夹"


Source = str | Reader | Sequence[Reader]  # a path, or what was read of an open workbook


class Blocked(InputError):
    """Findings of severity error stand; nothing was written."""


def write(source: Source, out: str, *, force: bool = False, overwrite: bool = False) -> str:
    """Write the submission of a workbook (its path, or the readers of an open one);
    returns the path written.

    `out` ends with .xlsx, .pdf or .docx, or is a folder: the file is then named after the unit and
    the year. Raises InputError; Blocked where errors stand and `force` does not make it a draft.
    """
    return submit(source, out, force=force, overwrite=overwrite)[0]


def submit(
    source: Source, out: str, *, force: bool, overwrite: bool, template: str = ""
) -> tuple[str, Evaluation]:
    """As `write`, with the evaluation that was handed in. `template`: a .docx, for a .docx."""
    out = os.fspath(out)
    folder = os.path.isdir(out)
    kind = ".xlsx" if folder else os.path.splitext(out)[1].lower()
    if kind not in ENDINGS:
        raise InputError("out-extension", path=out, expected=EXPECTED)
    if template and kind != ".docx":
        raise InputError("template-only-docx", path=out)
    if not folder:
        _refuse_taken(source, out, overwrite)
    readers = _readers(source)
    first = readers[0]
    with foreign_rubric(first.source.path, first.published):
        evaluation = together([evaluate(one.rubric, one.facts, one.published) for one in readers])
        if evaluation.has_errors and not force:
            raise blocked(first.source.path, evaluation)
        code, rubric = code_of(evaluation), identity(evaluation.rubric)
        if kind == ".docx":
            path, data = out, _report(evaluation, template, code)
        else:
            path, data = _content(readers, evaluation, out if folder else "", code)
    path = path or out
    if folder:
        _refuse_taken(source, path, overwrite)
    if kind == ".pdf":
        from ..export.draft import why
        from ..export.pdf import to_pdf
        from ..export.watermark import on_pdf

        data = to_pdf(data, path)
        data = stamped_pdf(on_pdf(data) if why(evaluation) else data, code, rubric)
    else:
        data = stamped(data, code, rubric)
    write_new(path, data, overwrite=overwrite)
    return path, evaluation


def evaluated(readers: Sequence[Reader]) -> tuple[Evaluation, str]:
    """What would be handed in, and what makes it a draft: "" where nothing does."""
    from ..export.draft import why

    first = readers[0]
    with foreign_rubric(first.source.path, first.published):
        found = together([evaluate(one.rubric, one.facts, one.published) for one in readers])
        return found, why(found)


def _readers(source: Source) -> Sequence[Reader]:
    """One for each project."""
    if isinstance(source, Reader):
        return [source]
    return open_projects(source) if isinstance(source, (str, os.PathLike)) else source


def _content(
    readers: Sequence[Reader], evaluation: Evaluation, folder: str, code: str
) -> tuple[str, bytes]:
    """(path in the folder where one is given, the workbook's bytes)."""
    from ..export.book import build
    from ..export.forms import raw_texts
    from ..export.names import file_name

    path = os.path.join(folder, file_name(evaluation)) if folder else ""
    return path, build(evaluation, [raw_texts(reader) for reader in readers], code)


def _report(evaluation: Evaluation, template: str, code: str) -> bytes:
    """The report in words."""
    from ..export.report.charts import charts_of
    from ..export.report.context import context
    from ..export.report.own_template import read
    from ..export.report.word import render, shipped

    form = evaluation.rubric["form"]
    own = read(template) if template else shipped(form)
    drawn = [charts_of(part) for part in evaluation.projects or (evaluation,)]
    return render(own, context(evaluation, code), template, drawn)


def blocked(path: str, evaluation: Evaluation) -> Blocked:
    """What stands in the way, all of it."""
    errors = [one for one in evaluation.findings if one.severity == "error"]
    problem: Blocked = Blocked.of(
        [finding("export-blocked", path=path, count=len(errors)), *errors]
    )  # type: ignore[assignment]
    return problem


def _refuse_taken(source: Source, out: str, overwrite: bool) -> None:
    """Nothing is overwritten unasked, and the unit's own workbook never."""
    if not os.path.lexists(out):
        return
    path = (
        os.fspath(source)
        if isinstance(source, (str, os.PathLike))
        else _readers(source)[0].source.path
    )
    if os.path.exists(path) and os.path.exists(out) and os.path.samefile(path, out):
        raise InputError("export-same-file", path=out)
    if not overwrite:
        raise InputError("export-exists", path=out)
