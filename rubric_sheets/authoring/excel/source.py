"""What reading a rubric's workbook gives: the source, and the cell of everything in it."""

from __future__ import annotations

from typing import Any

from ...findings.finding import Finding
from ...rules.lists.cell_text import number_text, unquoted
from ..problems import Path
from .cells import from_text
from .column import Column
from .columns import choice_field, choice_of

YES, NO = ("是", "√", "y", "yes", "true", "1"), ("否", "×", "n", "no", "false", "0")


class ExcelSource:
    """`source` as a TOML file would give it; `findings` of reading; `cells` path → (sheet,
    cell); `bad` cells; `headings` table and column → the heading's cell; `absent` table → columns
    that its sheet does not have; `path` of the file."""

    def __init__(self) -> None:
        self.source: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self.cells: dict[Path, tuple[str, str]] = {}
        self.bad: set[tuple[str, str]] = set()
        self.headings: dict[tuple[str, tuple[str | int, ...]], tuple[str, str]] = {}
        self.absent: dict[str, set[tuple[str | int, ...]]] = {}
        self.path = ""

    def place(self, path: Path) -> tuple[str, str]:
        """The cell of a path, or of the nearest part of it that has one."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.cells:
                return self.cells[path[:end]]
        return "", ""


def meaning(text: str, column: Column, kind: str) -> Any:
    """The value that a filled cell means; what is no number, choice or flag stays as it is,
    for the checks to show.

    Raises ValueError for a list that cannot be read.
    """
    if kind in ("text", "share"):
        return unquoted(text)
    if kind == "number":
        return number_text(unquoted(text))
    if kind == "choice":
        return choice_of(choice_field(column), text)
    if kind == "flag":
        lower = text.casefold()
        if lower in YES:
            return True
        return False if lower in NO else text
    return from_text(text, kind)
