"""Read and judge a finished report: what `check` and `import` call."""

from __future__ import annotations

from ..authoring.find import find
from ..reports.check import check
from ..reports.output import Result
from ..reports.reading.open import content
from ..rubric.load import published
from ..rubric.model import Rubric


def read_report(path: str, named: Rubric | None = None, data: bytes | None = None) -> Result:
    """Raises InputError for a file that cannot be read. `named`: the rubric it was scored by;
    without one it is recognised among the published ones. `data`: its bytes, where they are read
    already or come out of an archive."""
    data = content(path) if data is None else data
    return check(path, data, map(find, published()), named)


def says_nothing(result: Result) -> bool:
    """Is there nothing in it that a self-evaluation would have?"""
    main = result.main.part
    known = [name for name in main.facts if name != "评价年度"]
    return not (known or main.items or main.rows or main.totals or result.statements)
