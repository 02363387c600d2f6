"""A column of a sheet that a rubric's author edits."""

from __future__ import annotations

from typing import NamedTuple

from ...rubric.fields import word

NOTES = ("批注", "填写说明")  # what an author may call a column of remarks
Key = tuple[str | int, ...]  # of a column: the path inside of a row's table
SHOWN = "shown"  # a kind of column: the program's own, never read


class Column(NamedTuple):
    """`key` is the path inside of a row's table; `kind`: text, number, choice, flag, shown,
    or a syntax of cells. `band`: the heading above those of several columns."""

    key: tuple[str | int, ...]
    heading: str
    width: float
    kind: str = "text"
    synonyms: tuple[str, ...] = ()
    help: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    band: str = ""


class Table(NamedTuple):
    name: str
    sheet: str
    title: str
    columns: tuple[Column, ...]


def words_of(group: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a choice's values, as they stand in a drop-down."""
    return tuple(word(group, value) for value in values)


class Typed(NamedTuple):
    """What stands in one cell: a number as exact text, a logical value as 是 or 否. `bad`:
    already complained of."""

    text: str
    sheet: str
    cell: str
    bad: bool = False


Row = dict[tuple[str | int, ...], Typed]
