"""Read a report and judge it: what commands call."""

from __future__ import annotations

from ..rubric.model import Rubric
from .assemble import assemble
from .judge import judge
from .output import Result
from .reading.open import of_bytes
from .sentences.read import read as read_statements
from .tables import flat
from .tables.rates import of_funds
from .tables.sums import read as of_tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def check(path: str, data: bytes, rubrics: Iterable[Rubric], named: Rubric | None = None) -> Result:
    """`data`: the bytes of a file that is called `path`. Raises InputError for what cannot be
    read."""
    document = of_bytes(path, data)
    report = assemble(document, rubrics, named)
    statements = read_statements(document) + of_tables(document)
    statements += [
        one for table in document.tables or flat.read(document) for one in of_funds(table)
    ]
    judged, told = judge(report, statements)
    return Result(path, report, statements, judged, told)
