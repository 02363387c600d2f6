"""等级: a word, the points that it gives, and other words that are read as it.

In a cell: `好（优、优秀）→6；差→0`
"""

from __future__ import annotations

from ..base import Parameter
from ..loose import rows
from . import CELL
from .cell_text import (
    ARROW,
    COLON,
    LIST,
    MARKS,
    halves,
    number_text,
    quoted,
    read_texts,
    split,
    unquoted,
    write_texts,
)
from .points import within_weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..base import Review

FIELDS = (
    Parameter("name", "等级", "text"),
    Parameter("points", "得分", "number"),
    Parameter("synonyms", "同义词", "texts", required=False),
)
ONE = "级"
PLACE = CELL
EXAMPLE = "好（优、优秀）→6；差→0"
BRIEF = "好（优）→6；差→0"
GUIDE = ("{kind}：好（优、优秀）→6；一般→3；差→0。括号里是也认得的同义词。",)
WORDS = ("等级",)
_OPEN, _CLOSE = ("（", "("), "）)"
_INNER = (*MARKS, *LIST, "（", "）", "(", ")")


def write_name(row: dict[str, Any]) -> str:
    """`好（优、优秀）`: the name of a row, its synonyms behind it."""
    synonyms = write_texts(row.get("synonyms", []), _INNER)
    after = f"（{synonyms}）" if synonyms else ""
    return f"{quoted(row['name'], _INNER)}{after}"


def read_name(text: str) -> list[str]:
    """The name, then its synonyms."""
    name, *more = split(text, _OPEN, 1)
    return [unquoted(name), *(read_texts(more[0].rstrip(_CLOSE).strip()) if more else ())]


def write(row: dict[str, Any]) -> str:
    return f"{write_name(row)}→{quoted(row['points'], MARKS)}"


def read(entry: str) -> dict[str, Any]:
    start, points = halves(entry, ARROW, COLON)
    name, *synonyms = read_name(start)
    row: dict[str, Any] = {"name": name, "points": number_text(unquoted(points))}
    return {**row, **({"synonyms": synonyms} if synonyms else {})}


def faults(name: str, value: Any, review: Review) -> None:
    """No word may stand for two levels; points that fit the weight."""
    no_word_twice(name, value, review)
    within_weight(name, value, review)


def no_word_twice(name: str, value: Any, review: Review) -> None:
    """No word may stand for two rows."""
    seen: dict[str, int] = {}
    for index, row in rows(value):
        synonyms = row.get("synonyms")
        for word in (row.get("name"), *(synonyms if isinstance(synonyms, list) else ())):
            if not isinstance(word, str):
                continue
            if word in seen:
                other = f"第 {seen[word] + 1} 级"
                review.add("rubric-duplicate", (name, index), actual=word, expected=other)
            else:
                seen[word] = index
