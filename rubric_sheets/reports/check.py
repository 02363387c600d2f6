"""Read a report file and judge it: what commands call."""

from __future__ import annotations

from ..rubric.model import Rubric
from .assemble import assemble
from .judge import judge
from .output import Result
from .reading.document import Document
from .reading.open import read as read_file
from .sentences.read import read as read_statements
from .tables.rates import of_form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def check(path: str, rubrics: Iterable[Rubric], named: Rubric | None = None) -> Result:
    """Raises InputError for a file that cannot be read."""
    return check_document(path, read_file(path), rubrics, named)


def check_document(
    path: str, document: Document, rubrics: Iterable[Rubric], named: Rubric | None = None
) -> Result:
    """The same for a document that has been read."""
    report = assemble(document, rubrics, named)
    statements = read_statements(document) + [one for part in report.parts for one in of_form(part)]
    judged, told = judge(report, statements)
    return Result(path, report, statements, judged, told)
