"""Read a report and judge it: what commands call."""

from __future__ import annotations

from ..rubric.model import Rubric
from .assemble import assemble
from .judge import judge
from .output import Result
from .reading.open import of_bytes
from .sentences.read import read as read_statements
from .tables.rates import of_form
from .tables.sums import read as of_tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def check(path: str, data: bytes, rubrics: Iterable[Rubric], named: Rubric | None = None) -> Result:
    """`data`: the bytes of a file that is called `path`. Raises InputError for what cannot be
    read."""
    document = of_bytes(path, data)
    report = assemble(document, rubrics, named)
    statements = read_statements(document) + [one for part in report.parts for one in of_form(part)]
    statements += of_tables(document)
    judged, told = judge(report, statements)
    return Result(path, report, statements, judged, told)
