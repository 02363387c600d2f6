"""The sheets of a further project: the same pages, with names and slots of their own."""

from __future__ import annotations

from ..places import slots
from ..places.names import suffix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .page import Page


def by_project(texts: dict[str, str]) -> dict[int, dict[str, str]]:
    """The texts of each project, counted from 1, under its own slots."""
    out: dict[int, dict[str, str]] = {}
    for slot, text in texts.items():
        number, own = slots.project_of(slot)
        out.setdefault(number, {})[own] = text
    return out


def renamed(page: Page, number: int) -> Page:
    """The page of another project: sheet, names, slots and the names within formulas."""
    ending = suffix(number)
    known = {item.name for item in page.items if item.name} | set(page.areas)
    page.name = f"{page.name}（{number}）"
    page.areas = {name + ending: area for name, area in page.areas.items()}
    for block in page.blocks:
        block.table += ending if block.table else ""
    for item in page.items:
        item.name += ending if item.name else ""
        item.formula = in_formula(item.formula, known, ending)
        item.slot = slots.of_project(number, item.slot) if item.slot else ""
    page.marks = [
        (cells, in_formula(condition, known, ending), look) for cells, condition, look in page.marks
    ]
    return page


def in_formula(formula: str, known: set[str], ending: str) -> str:
    """Names outside of quoted texts get the ending."""
    parts = formula.split('"')
    parts[::2] = [_words(part, known, ending) for part in parts[::2]]
    return '"'.join(parts)


def _words(text: str, known: set[str], ending: str) -> str:
    out, word = [], ""
    for char in text + " ":
        if char.isalnum() or char == "_":
            word += char
            continue
        out.append(word + ending if word in known else word)
        out.append(char)
        word = ""
    return "".join(out)[:-1]
