"""The form of a project as running text, its cells parted by blanks: tokens under the headings that
stand before them.

Only rows of a plain shape are taken: name, target, result, weight and score, or name, weight,
target, result and score.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ...records import Record
from ..reading.document import Cell, Document, Spot, Table
from ..words.clean import label
from ..words.synonyms import lookup

AMOUNTS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
HEADS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
NAMES = ("项目名称", "主管部门", "实施单位")
FIRST = re.compile(r"^(?:产出|效益|满意度)指标")
SECOND = re.compile(
    r"^(?:数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度|满意度)(?:指标)?$"
)
POINTS = re.compile(r"^[0-9]{1,2}(?:\.[0-9]+)?$")
FIGURE = re.compile(r"^-?[0-9]+(?:\.[0-9]+)?%?$")
MEASURED = re.compile(r"^[≥≤<>=≧≦]*[0-9]")
_TOKEN = re.compile(r"[^\s;；]+")


class Token(Record):
    text: str
    spot: Spot


def read(document: Document) -> list[Table]:
    """One table for a document that has such a form and no table of its own."""
    if document.tables:
        return []
    tokens = [
        Token(match[0], passage.spot)
        for passage in document.paragraphs
        for match in _TOKEN.finditer(passage.text)
    ]
    rows = [*_names(tokens), *_funds(tokens), *_targets(tokens)]
    if len(rows) < 2 or not _funds(tokens):
        return []
    cells = [
        Cell(token.text, token.spot, top, left)
        for top, row in enumerate(rows)
        for left, token in enumerate(row)
    ]
    return [Table(cells, 1)]


def _names(tokens: list[Token]) -> list[list[Token]]:
    """The names of the project and of who has it in hand."""
    return [
        [token, value]
        for token, value in pairwise(tokens)
        if label(token.text) in NAMES and label(value.text) not in NAMES
    ]


def _funds(tokens: list[Token]) -> list[list[Token]]:
    """A heading, and a row for each kind of money that has figures."""
    heads = lookup("funds.columns")
    kinds = lookup("funds.rows")
    columns = [(token, heads[label(token.text)]) for token in tokens if label(token.text) in heads]
    amounts = [token for token, name in columns if name in AMOUNTS[:3]]
    if len(amounts) < 2:
        return []
    order = [token for token, name in columns if name in AMOUNTS][: len(amounts) + 3]
    rows: list[list[Token]] = []
    for at, token in enumerate(tokens):
        if label(token.text) in kinds and (row := _figures(tokens[at + 1 :], len(order))):
            rows.append([token, *row])
    blank = Token("", tokens[0].spot)
    return [[blank, *order], *rows] if rows else []


def _figures(tokens: list[Token], most: int) -> list[Token]:
    found = []
    for token in tokens[:most]:
        if not FIGURE.match(token.text):
            break
        found.append(token)
    return found


def _targets(tokens: list[Token]) -> list[list[Token]]:
    """The rows of the list of targets under a heading of our own."""
    rows: list[list[Token]] = []
    blank = Token("", tokens[0].spot) if tokens else Token("", Spot())
    first = second = blank
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if FIRST.match(token.text):
            first, second = token, blank
        elif SECOND.match(token.text):
            second = token
        elif (row := _target(tokens[at : at + 5])) and second is not blank:
            rows.append([first, second, *row])
            at += 4
        at += 1
    heads = [Token(head, blank.spot) for head in HEADS]
    return [heads, *rows] if rows else []


def _target(given: list[Token]) -> list[Token]:
    """Name, target, result, weight, score of five tokens; [] for other words."""
    if len(given) < 5 or FIGURE.match(given[0].text):
        return []
    name, a, b, c, d = given
    if not POINTS.match(d.text):
        return []
    is_measured = MEASURED.match(b.text) and MEASURED.match(c.text) and not POINTS.match(c.text)
    if POINTS.match(a.text) and is_measured:
        return [name, b, c, a, d]
    if POINTS.match(c.text) and float(d.text) <= float(c.text) <= 50 and not SECOND.match(a.text):
        return [name, a, b, c, d]
    return []
