"""The rate of spending that the form of a project prints beside its amounts."""

from __future__ import annotations

from fractions import Fraction

from ..part import Part
from ..sentences.statement import Range, Statement, divided, near, stated, verdict
from ..sightings import Sighting
from ..words.clean import cleaned
from ..words.numbers import SHARE, mentions

DONE, PLAN = "全年执行数", "全年预算数"
TOTAL = "年度资金总额"


def of_form(part: Part) -> list[Statement]:
    """执行率 against 全年执行数 ÷ 全年预算数."""
    done, plan = (part.facts.get(TOTAL + name, []) for name in (DONE, PLAN))
    if part.rate is None or not done or not plan:
        return []
    found = [one for one in mentions(cleaned(part.rate.as_read)) if one.kind == SHARE]
    given = divided(_range(done[0]), _range(plan[0]))
    if len(found) != 1 or given is None:
        return []
    claim = found[0]
    how = f"{done[0].as_read} ÷ {plan[0].as_read} = {near(given[0], claim)}"
    holds = verdict(claim, *given)
    one = stated("percent", part.rate.evidence, claim, given[0], holds, how)
    return [one._replace(others=(done[0].evidence, plan[0].evidence))]


def _range(one: Sighting) -> tuple[Fraction, Range]:
    value = one.value if isinstance(one.value, Fraction) else Fraction(0)
    return value, (value - one.slack, value + one.slack)
