"""What both hosts do in the same way, through xlwings or without any program."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from rubric_sheets.findings.finding import InputError
from rubric_sheets.places.addresses import Area

from .cells import Link

if TYPE_CHECKING:
    from .protocol import Lock

YES_NO = "yes_no"
TITLE = "绩效自评"


def folder_of(path: str) -> str:
    """The folder of a book; empty for a new one, and for one on a network address."""
    folder = os.path.dirname(path)
    return folder if os.path.isdir(folder) else ""


def range_of(book: Any, area: Area) -> Any:
    """An xlwings Range."""
    first, last = (area.first_row, area.first_col), (area.last_row, area.last_col)
    return book.sheets[area.sheet].range(first, last)


def areas_of(book: Any, names: Iterable[str]) -> dict[str, Area]:
    """Where names point to, one by one; those that are lost, or no range, are left out."""
    found = {}
    for name in names:
        try:
            cells = book.names[name].refers_to_range
        except Exception:  # each program has its own error for it
            continue
        last = cells.last_cell
        found[name] = Area(cells.sheet.name, cells.row, cells.column, last.row, last.column)
    return found


def is_percent(book: Any, area: Area) -> bool:
    """Has the first cell a percentage format?"""
    cell = range_of(book, area._replace(last_row=area.first_row, last_col=area.first_col))
    return "%" in str(cell.number_format or "")


def link_formula(link: Link, separator: str) -> str:
    """A link as a formula: written with its block, where a real link costs several calls each."""
    place, text = (part.replace('"', '""') for part in (link.location, link.text))
    return f'HYPERLINK("#{place}"{separator}"{text}")'


def mode_of(wrong: bool) -> str:
    """The kind of a message box."""
    return "critical" if wrong else "info"


def alert(book: Any, text: str, *, wrong: bool) -> None:
    """A message box of the program."""
    book.app.alert(text, TITLE, mode=mode_of(wrong))


def confirm(book: Any, question: str) -> bool:
    """A message box with 是 and 否."""
    return bool(book.app.alert(question, TITLE, buttons=YES_NO) == "yes")


class Locks:
    """The sheets whose protection is off for the moment."""

    def __init__(self, lock_of: Callable[[str], Lock]) -> None:
        self._lock_of = lock_of
        self._opened: dict[str, Lock] = {}

    def open(self, sheets: Iterable[str]) -> None:
        """Take the protection off. InputError where a sheet has a password."""
        for name in sheets:
            if name in self._opened:
                continue
            lock = self._lock_of(name)
            if not lock.open():
                raise InputError("live-sheet-password", name)
            self._opened[name] = lock

    def closing(self) -> list[Callable[[], None]]:
        """The steps that put it back; they are handed over once."""
        locks, self._opened = list(self._opened.values()), {}
        return [lock.close for lock in locks]


def carry_out(steps: Iterable[Callable[[], Any]]) -> None:
    """Every step, whichever of them fails; the first failure is raised at the end."""
    problems = []
    for step in steps:
        try:
            step()
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
