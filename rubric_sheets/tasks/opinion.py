"""审核意见 of one file: of a workbook what `check` says of it, of all else what its text does not
hold."""

from __future__ import annotations

import os

from ..checks import standing
from ..checks.evaluation import Evaluation
from ..reports.opinion import Opinion, Remark, of_report
from ..reports.reading.open import content
from .look_at import look_at, report
from .seal import Sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..findings.finding import Finding
    from ..reports.output import Result
    from ..rubric.model import Rubric


def judged(path: str, rubric: Rubric | None) -> tuple[Evaluation | Result, Opinion]:
    """What was found, and the opinion. A submission is read as the report that it is."""
    name = os.path.splitext(os.path.basename(path))[0]
    found = look_at(path, rubric)
    if isinstance(found, Evaluation):
        return found, _of_workbook(found, name)
    result = report(path, content(path), rubric) if isinstance(found, Sealed) else found
    return result, of_report(result, name)


def _of_workbook(evaluation: Evaluation, name: str) -> Opinion:
    whom = str(evaluation.facts.values.get("单位名称") or "")
    done = f"按《{evaluation.rubric['title']}》校验，{standing.result(evaluation.card)}"
    return Opinion(whom, name, done, [_remark(one) for one in evaluation.findings])


def _remark(one: Finding) -> Remark:
    """The place is the cell."""
    place = "!".join(filter(None, (one.sheet, one.cell)))
    message = f"{place}　{one.message}" if place else one.message
    return Remark(one.severity, message, one.fix, one.actual, one.expected)
