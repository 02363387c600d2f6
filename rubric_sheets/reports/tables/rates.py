"""The money of a form: each row's rate of spending, and each column's total against its parts."""

from __future__ import annotations

from ..reading.document import Table
from ..sentences.statement import NO, Statement, added, near, spread, stated, verdict
from ..sightings import of_cell
from ..words.clean import cleaned
from ..words.numbers import Mention
from .causes import Check, one_cause, quotient
from .funds import AMOUNTS, TOTAL, Row, amount, is_ours, rows, share

PLANNED, GRANTED, SPENT = AMOUNTS


def of_funds(table: Table) -> list[Statement]:
    """What the rows of budget and spending say of each other."""
    found: list[Statement] = []
    for some in rows(table):
        made = [one for column in AMOUNTS for one in _sum(table, some, column)]
        made += [one for row in some for one in _rate(table, row)]
        found += one_cause(made)
    return found


def _rate(table: Table, row: Row) -> list[Check]:
    """执行率 against 全年执行数 ÷ 全年预算数."""
    rate, spent = row.cells.get("执行率"), row.cells.get(SPENT)
    budget = row.cells.get(GRANTED, row.cells.get(PLANNED))
    claim = share(rate)
    if rate is None or spent is None or budget is None or claim is None:
        return []
    done, plan = amount(table, spent), amount(table, budget)
    if done is None or plan is None or (given := quotient((done, plan))) is None:
        return []
    how = f"{spent.text.strip()} ÷ {budget.text.strip()} = {near(given[0], claim)}"
    holds = verdict(claim, *given)
    if holds == NO and "%" not in cleaned(rate.text).text:
        holds = verdict(_hundredfold(claim), *given)  # 0.95 for 95%
    one = stated("percent", of_cell(rate), claim, given[0], holds, how)
    one = one._replace(others=(of_cell(spent), of_cell(budget)))
    return [Check(one, claim, (done, plan), "quotient")]


def _hundredfold(one: Mention) -> Mention:
    return one._replace(value=one.value * 100, step=one.step * 100)


def _sum(table: Table, some: list[Row], column: str) -> list[Check]:
    """The total row against all rows below it; those that begin with 其中 may be parts of parts."""
    total = next((row for row in some if row.name == TOTAL), None)
    claim = amount(table, total.cells[column]) if total and column in total.cells else None
    if total is None or claim is None:
        return []
    below = some[some.index(total) + 1 :]
    given = [(row, one) for row in below if (one := _figure(table, row, column)) is not None]
    if not any(one.value for _, one in given):
        return []
    if is_ours(some) and (len(given) < len(below) or not claim.value):
        return []  # the checks of the form tell
    outer = [pair for pair in given if not _is_nested(pair[0])]
    value, room = spread([one for _, one in given])
    holds = verdict(claim, value, room)
    if holds == NO and len(outer) > 1 and verdict(claim, *spread([o for _, o in outer])) != NO:
        return []
    if holds == NO and any(not row.name for row, _ in given):
        return []  # a kind of money that is not known may be part of another
    made = added("sum", of_cell(total.cells[column]), claim, [one for _, one in given])
    made = made._replace(others=tuple(of_cell(row.cells[column]) for row, _ in given))
    return [Check(made, claim, tuple(one for _, one in given), "sum")]


def _figure(table: Table, row: Row, column: str) -> Mention | None:
    cell = row.cells.get(column)
    return amount(table, cell) if cell is not None else None


def _is_nested(row: Row) -> bool:
    return cleaned(row.label.text).text.startswith("其中")
