"""Parameters of rules that are lists: one file for each, found by it; its fields,
its text in Excel, its sense.

A list is one module with these faces:

    FIELDS                      the fields of a row, as parameters
    ONE                         what a row is called: 第 2 档
    PLACE                       CELL: all rows stand in one cell of the 指标 sheet; ROWS: each
                                on the 核查清单
    faults(name, value, review) what is wrong with the rows of the parameter `name`; they may be
                                of any shape

and where they stand in one cell:

    EXAMPLE, BRIEF              such a cell, and a shorter one for the column's prompt
    GUIDE                       lines that explain it to an author; {kind} is the rule
    WORDS                       what the column may be called
    write(row)                  → the text of one row
    read(entry)                 → the row that a text means; ValueError says what cannot be read

Rows on the 核查清单 have no other fields than `fact`, `text` and `points`,
the columns of that sheet.
"""

from __future__ import annotations

from .. import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CELL, ROWS = "cell", "rows"
SHARED = ("cell_text", "points")  # no lists
NAMES = frozenset(modules(__path__, SHARED))


def is_list(type_: str) -> bool:
    """Is this type of a parameter a list?"""
    return type_ in NAMES


def listed(type_: str) -> Any:
    """The module of a list. Raises KeyError for an unknown one."""
    if type_ not in NAMES:
        raise KeyError(type_)
    return __import__(f"{__name__}.{type_}", fromlist=["FIELDS"])


def in_cell(type_: str) -> bool:
    """Is it a list whose rows stand in one cell?"""
    return is_list(type_) and listed(type_).PLACE == CELL


def in_rows(type_: str) -> bool:
    """Is it a list whose rows stand on the 核查清单?"""
    return is_list(type_) and listed(type_).PLACE == ROWS
