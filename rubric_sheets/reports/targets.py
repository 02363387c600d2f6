"""Rows of a list of targets whose result says nothing, and weights that do not add up to those of
their level."""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import plain
from ..exact.quantities import total as sum_of
from ..findings.finding import finding
from ..rules.targets.hints import IN_WORDS, REPEATED, says_no_number
from .part import Part
from .sightings import Evidence, Sighting
from .tables.scores import Line, ScoreTable, weight_in
from .told import Told
from .words.clean import cleaned, label


def results(part: Part) -> list[Told]:
    """Results that only repeat their target, and words where a figure is due."""
    found = []
    for row in part.rows.get("绩效指标", ()):
        goal, result = row.get("年度指标值"), row.get("实际完成值")
        if goal is None or result is None:
            continue
        name = str(row["三级指标"].value) if "三级指标" in row else str(goal.value)
        given = {"name": "".join(name.split()), "actual": _plain(result)}
        evidence = (goal.evidence, result.evidence)
        what = says_no_number(_plain(goal), _plain(result))
        if what == REPEATED:
            found.append(Told(finding("report-repeats", **given), evidence))
        elif what == IN_WORDS:
            found.append(Told(finding("report-words", goal=_plain(goal), **given), evidence))
    return found


def _plain(one: Sighting) -> str:
    return cleaned(str(one.value)).text.replace(" ", "")


def level_weights(tables: list[ScoreTable]) -> list[Told]:
    """`产出指标（50分）` against the weights of its rows, as long as each row has one; a level that
    goes on in the next table is taken as a whole."""
    sums: dict[tuple[str, str], list[Line]] = {}
    for table in tables:
        for line in table.lines:
            key = (label(line.levels[0]), weight_in(line.levels[0]))
            sums.setdefault(key, []).append(line)
    found = [one for lines in sums.values() if (one := _level(lines[0].levels[0], lines))]
    return found + [one for table in tables for one in _total_weight(table)]


def _total_weight(table: ScoreTable) -> list[Told]:
    """The weight that the total row types: full marks, or what its rows add up to."""
    found = []
    weights = [line.weight for line in table.lines if line.weight is not None]
    typed = sum_of(one.value for one in weights)
    for kind, line in table.totals:
        if kind != "total" or line.weight is None or len(weights) < 2:
            continue
        total = line.weight.value
        if total in (typed, 100) or not isinstance(typed, Fraction) or "分值" not in line.cells:
            continue
        made = finding("report-level-weight", name="合计", expected=total, actual=typed)
        cell = line.cells["分值"]
        found.append(Told(made, (Evidence(cell.text, cell.spot),)))
    return found


def _level(level: str, lines: list[Line]) -> Told | None:
    noted = weight_in(level)
    weights = [line.weight for line in lines]
    if not noted or len(lines) < 2 or weights[0] is None:
        return None
    typed = sum_of(one.value for one in weights if one is not None)
    due = plain(noted)
    if typed == due or not isinstance(typed, Fraction):
        return None
    if any(one is None for one in weights) and typed < due:
        return None  # what is blank may be a merged cell of another weight
    made = finding("report-level-weight", name=label(level), expected=due, actual=typed)
    first = next(iter(lines[0].cells.values()))
    cell = lines[0].cells.get("一级指标", first)
    parts = tuple(
        Evidence(line.cells["分值"].text, line.cells["分值"].spot)
        for line in lines
        if line.weight is not None
    )
    return Told(made, (Evidence(level, cell.spot), *parts))
