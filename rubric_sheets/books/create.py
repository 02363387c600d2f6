"""A new workbook from a rubric, with facts where given: the bytes of an .xlsx or .xlsm."""

from __future__ import annotations

from typing import Any

from ..facts.json_form import apply, blank, projects
from ..facts.model import FactSet
from ..pages.carried import Carried
from ..pages.paint import Derived, build
from ..places import slots
from ..rubric.model import Rubric
from ..scoring.scorecard import score
from .dashboard_values import dashboard, of_findings
from .shown_values import derived, inputs, scores


def workbook(
    rubric: Rubric,
    data: dict[str, Any] | None = None,
    *,
    macros: bool = False,
    further: Any = None,
    carried: Carried | None = None,
) -> bytes:
    """Build it with right cached values everywhere. Raises InputError for facts that do not fit.

    `further`, of a workbook without macros, is called with XlsxWriter's workbook and its worksheets
    by name, to add sheets of its own. `carried`: what of the data is last year's.
    """
    values: dict[str, Any] = {}
    rows: list[dict[str, int]] = []
    parts = projects(rubric, data or {})
    for number, part in enumerate(parts, 1):
        facts = blank(rubric)
        apply(rubric, facts, part)
        for slot, value in filled(rubric, facts).items():
            values[slots.of_project(number, slot)] = value
        rows.append({name: len(lines) for name, lines in facts.tables.items()})
    if not macros:
        return build(rubric, values, rows[0], further, rows[1:], carried)
    from ..macros.furnish import furnish
    from ..macros.package import add_ribbon

    return add_ribbon(build(rubric, values, rows[0], furnish, rows[1:], carried))


def filled(rubric: Rubric, facts: FactSet) -> dict[str, Any]:
    """Every value by slot; what a formula gives is marked as such."""
    card = score(rubric, facts)
    results = {
        **derived(rubric, facts),
        **scores(rubric, facts, card),
        **dashboard(rubric, facts, card),
        **of_findings(None),
    }
    return {**inputs(rubric, facts), **{slot: Derived(value) for slot, value in results.items()}}
