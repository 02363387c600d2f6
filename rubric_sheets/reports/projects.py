"""The forms of projects, or of a department that sets its own targets: money, aims and targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..exact.invisible import one_line
from ..exact.quantities import total as sum_of
from ..rubric.model import Rubric
from .items import Item
from .linking import claims
from .own_rubric import with_shares
from .part import Part
from .reading.document import Document, Table
from .sightings import Evidence, Sighting, of_cell
from .tables import facts, forms, funds, scores
from .tables.scores import Line, ScoreTable
from .tables.values import is_blank
from .words import synonyms
from .words.clean import cleaned, label

PROJECT, DEPARTMENT = "project", "department-targets"
EXECUTION = frozenset(("预算执行率", "预算执行", "资金执行率", "预算执行情况", "执行率"))
SPENDING = frozenset(("基本支出", "项目支出"))
WHOLE = re.compile(r"部门整体|整体支出")


def read(
    document: Document,
    tables: list[Table],
    known: dict[str, Rubric],
    named: Rubric | None,
    year: str,
) -> list[Part]:
    """One part for each form. `tables`: all of the document, in their order."""
    parts = []
    for above, given in _groups(tables):
        rubric = named or _rubric(known, above)
        parts.append(_project(rubric, above, given, year))
        parts[-1].is_partial = not document.tables
    if len(parts) == 1:
        every = [one for _, given in _groups(tables) for one in given]
        parts[0].totals += [one for one in claims.totals(document, every) if one.is_sentence]
        parts[0].grades += claims.grades(document)
    return parts


def _groups(tables: list[Table]) -> Iterator[tuple[list[Table], list[ScoreTable]]]:
    """The tables of each form, and those of them that list targets: what stands above a list
    belongs to it; a list below which neither name nor money stands anew goes on with the last."""
    blocks: list[Table] = []
    lists: list[ScoreTable] = []
    for table in tables:
        if lists and _is_new(table):
            yield blocks, lists
            blocks, lists = [], []
        blocks.append(table)
        given = scores.read(table)
        if given is not None and given.has_targets:
            lists.append(given)
    if lists:
        yield blocks, lists


def _is_new(table: Table) -> bool:
    """Does another form begin with this table?"""
    return bool(funds.rows(table)) or any(forms.begins(cells) for cells in table.rows())


def _rubric(known: dict[str, Rubric], tables: list[Table]) -> Rubric:
    """That of a department where the form names one, or tells its spending by kind."""
    rows = [row for table in tables for some in funds.rows(table) for row in some]
    texts = [label(cells[0].text) for table in tables for cells in table.rows() if cells]
    is_department = any(row.name in SPENDING for row in rows) or any(
        WHOLE.search(table.caption) for table in tables
    )
    if is_department and "项目名称" not in texts and DEPARTMENT in known:
        return known[DEPARTMENT]
    return known[PROJECT]


def _project(rubric: Rubric, tables: list[Table], lists: list[ScoreTable], year: str) -> Part:
    lines = [line for one in lists for line in one.lines]
    targets = [line for line in lines if _is_target(line) and not _is_execution(line)]
    money = [one for table in tables for one in funds.read(table)]
    execution = next((line for line in lines if _is_execution(line)), None)
    part = Part(with_shares(rubric, *_shares(money, execution, targets)), Fraction(1))
    for table in tables:
        for name, one in facts.read(part.rubric, table, year).facts:
            part.add(name, one)
        part.has_own_money |= any(not funds.is_ours(some) for some in funds.rows(table))
        for name, one in goals_of(table):
            part.add(name, one)
    for name, one in money:
        if name == "得分" and isinstance(one.value, Fraction):
            part.items["execution"] = _execution(one)
        if name == "执行率":
            part.rate = one
        part.add(name, one)
    if execution is not None and execution.score is not None:
        part.items.setdefault("execution", _of_line(execution))
    part.rows["绩效指标"] = [_target(line) for line in targets]
    part.totals += claims.totals(Document([]), lists)
    return part


def _shares(
    money: list[tuple[str, Sighting]], execution: Line | None, targets: list[Line]
) -> tuple[Fraction | None, Fraction]:
    """The weight of 执行率 as the form gives it, None where it has none; those of all targets."""
    given = [one.value for name, one in money if name == "分值"]
    if execution is not None and execution.weight is not None:
        given.append(execution.weight.value)
    weights = sum_of(line.weight.value for line in targets if line.weight is not None)
    found = next((value for value in given if isinstance(value, Fraction)), None)
    is_scored = found is not None or any(name == "得分" for name, _ in money)
    return (found or Fraction(10)) if is_scored else None, Fraction(weights)


def _is_execution(line: Line) -> bool:
    """A row of the list that scores the rate of spending."""
    return label(line.name) in EXECUTION and label(line.levels[0]) in {*EXECUTION, label(line.name)}


def _execution(one: Sighting) -> Item:
    value = one.value if isinstance(one.value, Fraction) else None
    return Item("预算执行率", (), "", None, value, one.evidence, as_read=one.as_read)


def _of_line(line: Line) -> Item:
    cell = line.cells["自评得分"]
    score = line.score.value if line.score is not None else None
    evidence = Evidence(cell.text, cell.spot)
    return Item("预算执行率", (), "", None, score, evidence, as_read=cell.text.strip())


def goals_of(table: Table) -> list[tuple[str, Sighting]]:
    """预期目标 and 实际完成情况: the texts below these two heads."""
    found = []
    heads = synonyms.lookup("goals")
    for cell in table.cells:
        name = heads.get(label(cell.text), "")
        if name and sum(not is_blank(c) for c in table.row(cell.top)) < 5:
            below = table.grid.get((cell.bottom, cell.left))
            if below is not None and below.text.strip():
                quote = Evidence(below.text, below.spot)
                text = below.text.strip()
                found.append((name, Sighting(text, text, "", quote)))
    return found


def _is_target(line: Line) -> bool:
    return bool(line.text("年度指标值") or line.text("实际完成值") or line.weight)


def _target(line: Line) -> dict[str, Sighting]:
    """One row of the list, by the columns of the form."""
    row: dict[str, Sighting] = {}
    levels = dict(zip(scores.LEVELS, line.levels))
    for name in ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "偏差原因"):
        cell = line.cells.get(name)
        if name == "偏差原因" and is_blank(cell) and line.text("说明"):
            cell = line.cells["说明"]  # 备注
            row[name] = Sighting(cell.text.strip(), cell.text.strip(), "", of_cell(cell))
            continue
        typed = levels.get(name, "") if name in levels else line.text(name)
        text = _plain_level(typed) if name in ("一级指标", "二级指标") else typed.strip()
        text = text if name == "偏差原因" else one_line(text)
        if text and cell is not None:
            row[name] = Sighting(_whole(line, name, text), typed, "", Evidence(typed, cell.spot))
    for name, one in (("分值", line.weight), ("自评得分", line.score)):
        cell = line.cells.get(name)
        if one is not None and cell is not None:
            row[name] = Sighting(one.value, cell.text.strip(), "分", Evidence(cell.text, cell.spot))
    return row


def _whole(line: Line, name: str, text: str) -> str:
    """A target whose sign and unit stand in columns of their own, put together; its result with
    the same unit."""
    if name not in scores.TARGETS or not text[-1:].isdigit():
        return text
    sign = synonyms.sign(line.text("指标性质")) if name == scores.TARGETS[0] else ""
    return f"{sign}{text}{line.text('度量单位')}" if text[:1].isdigit() else text


def _plain_level(text: str) -> str:
    """`产出指标\\n(50分)` → `产出指标`."""
    clean = cleaned(text).text.replace(" ", "")
    return re.sub(r"\([^()]*\)", "", clean)
