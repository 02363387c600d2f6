"""What a host offers: one open workbook, whichever program shows it. For type hints alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from rubric_sheets.places.addresses import Area

from .cells import Merges, Place, Rows


class Lock(Protocol):
    """Of one sheet: its protection, taken off for a moment."""

    def open(self) -> bool:
        """Unprotect; False where a password is set. A sheet that is not protected stays so."""

    def close(self) -> None:
        """Protect again, if it was protected."""


class Host(Protocol):
    """One open workbook. Rows and columns count from 1."""

    path: str
    separator: str  # between the arguments of a formula

    # -- the book
    @property
    def folder(self) -> str:
        """The folder it is saved in; empty for a new book, and for one on a network address."""

    def is_read_only(self) -> bool:
        """Was it opened read-only, so that nothing can be saved?"""

    def sheet_names(self) -> list[str]:
        """All tabs in order, as the function SHEET counts them: charts have tabs too."""

    def meta(self) -> Rows:
        """The very hidden sheet: the handshake and the rubric.

        Read once; empty where it is missing.
        """

    def areas(self, names: Iterable[str]) -> dict[str, Area]:
        """Where names point to, one by one: the slow way, for programs that lack a function."""

    # -- cells
    def read(self, areas: Sequence[Area]) -> list[Rows]:
        """The cells of each area."""

    def write(self, blocks: Sequence[tuple[Area, list[list[Any]]]], *, typed: bool = False) -> None:
        """Write each block at once: None, float, str (never taken for a number), Formula, Link.
        `typed`: cell by cell, as a person types."""

    def set_heights(self, heights: dict[tuple[str, int], float]) -> None:
        """Row heights in points, by (sheet, row)."""

    def show_rows(self, areas: Sequence[Area]) -> None:
        """Rows hidden by a filter or by hand are shown again; the filter keeps its arrows."""

    def evaluate(self, formulas: Sequence[str]) -> list[Any]:
        """The texts that formulas give, written without "="; they
        stand in the very hidden sheet meanwhile."""

    def is_percent(self, area: Area) -> bool:
        """Has the first cell a percentage format?"""

    # -- merged cells
    def watch(self) -> None:
        """Called before this click changes anything."""

    def merges(self, inputs: dict[str, list[tuple[int, int]]]) -> Merges:
        """The merged areas that these cells (row, column) of each
        sheet touch, perhaps others too."""

    # -- notes
    def notes(self, sheets: Iterable[str]) -> dict[Place, str]:
        """All notes of these sheets."""

    def set_notes(self, notes: dict[Place, str | None], present: dict[Place, str]) -> None:
        """Write notes; None deletes. Each replaces the one that is
        there (`present`: those that are)."""

    # -- protection and switches
    def unlock(self, sheets: Iterable[str]) -> None:
        """Before writing: the sheets are open, and nothing is recalculated until `finish`.

        InputError where one has a password.
        """

    def begin(self, text: str) -> None:
        """Say what is going on, and let nothing flicker or react meanwhile."""

    def say(self, text: str) -> None:
        """Tell the progress in the status bar."""

    def finish(self) -> None:
        """Everything as it was.

        Goes on where one step fails, and raises the first failure at the end.
        """

    # -- the person
    def tell(self, text: str, *, wrong: bool = False) -> None:
        """One message, in a box where there is a window."""

    def ask(self, question: str) -> str | None:
        """One line from the person; None where the program cannot
        ask, "" where nothing was answered."""

    def ask_file(self, title: str, kinds: dict[str, str]) -> str | None:
        """The path of a file that the person chooses; None where the program cannot ask, ""
        where none was chosen. `kinds`: `{"报告": "*.docx;*.pdf"}`."""

    def confirm(self, question: str) -> bool:
        """是 or 否; 否 where nobody can be asked."""

    def show(self, sheet: str) -> None:
        """Bring a sheet to the front."""
