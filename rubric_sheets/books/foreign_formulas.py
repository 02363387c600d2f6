"""Is the formula of a result that of another cell, pasted or filled down over it? Loaded only where
a cell shows something else than it must.

Formulas of the template refer to facts by name, and have the figures of their rule in them. Cells
that they refer to move when rows and columns are inserted: those say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from ..pages.workbook_pages import pages
from ..places import slots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..rubric.model import Rubric

_WORD = re.compile(r"'[^']*'!|\"[^\"]*\"|\$?[A-Z]{1,3}\$?[0-9]+|[^\W\d]\w*|[0-9.]+")
_CELL = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]+")
ASKING = ("0", "1", "2", "8")  # COUNT(…)<2, MIN(…)<0, ROUND(…,8)
_MOST = 8  # rubrics whose formulas are kept in mind
_known: dict[int, dict[str, Counter[str]]] = {}


def is_foreign(
    rubric: Rubric, slot: str, formula: str, siblings: Iterable[tuple[str, str]]
) -> bool:
    """Has it facts or figures of another rule in it, or is it the formula of another cell? False
    for a cell that has none in a new workbook. `siblings`: slot and formula of all results, as they
    stand in the workbook. Other versions of the program asked in other words whether there are
    figures to calculate with: that alone says nothing."""
    templates, own = _templates(rubric), slots.project_of(slot)[1]
    wanted, found = templates.get(own), _words(formula)
    if wanted is None or found == wanted:
        return False
    facts = {name.upper() for name in rubric["facts"]}
    named, due = facts & found.keys(), facts & wanted.keys()
    if named - due or (due and not named) or _figures(found, named) != _figures(wanted, due):
        return True
    others = ((templates.get(name, wanted), text) for name, text in siblings if name != own)
    return any(template != wanted and _words(text) == found for template, text in others)


def _figures(words: Counter[str], named: set[str]) -> set[str]:
    """Those of the rule, without those that ask whether there are figures to calculate with."""
    return {word for word in words if word[0].isdigit()} - {*ASKING, str(len(named))}


def _templates(rubric: Rubric) -> dict[str, Counter[str]]:
    found = _known.get(id(rubric))
    if found is None:
        if len(_known) >= _MOST:
            _known.clear()
        items = (item for page in pages(rubric) for item in page.items)
        found = {one.slot: _words(one.formula) for one in items if one.slot and one.formula}
        _known[id(rubric)] = found
    return found


@lru_cache(maxsize=1 << 10)
def _words(formula: str) -> Counter[str]:
    """Functions, names, texts and figures, each with how often; cells and sheets left out."""
    return Counter(
        _plain(word)
        for word in _WORD.findall(formula.removeprefix("="))
        if not _CELL.fullmatch(word) and not word.endswith("!")
    )


def _plain(word: str) -> str:
    """Without the ending of a further project, and a figure as every program writes it."""
    if word[0].isdigit() or word[0] == ".":
        return f"{float(word):.12g}" if word.count(".") < 2 else word
    return word if word[0] == '"' else word.partition("__")[0].upper()
