"""A finding: one thing that is wrong, doubtful or worth knowing, said once, in Chinese,
with its place and its mend."""

from __future__ import annotations

from ..exact.invisible import one_line
from ..records import Record
from .catalogue import CATALOGUE
from .figures import said, told_apart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SEVERITY = {"error": "错误", "warning": "提示", "note": "说明"}  # as users read it


class Finding(Record):
    """`code` is stable and English; `sheet` and `cell` are empty where the finding is about the
    whole book. Findings of the same `cause` are told as one; without one each stands alone."""

    code: str
    severity: str
    message: str
    fix: str
    sheet: str = ""
    cell: str = ""
    expected: str = ""
    actual: str = ""
    cause: str = ""

    @property
    def place(self) -> str:
        """`收支表!C6`, or the sheet alone, or nothing."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class Words(dict[str, str]):
    """Words by parameter. What a message asks for and nobody gave is our own mistake: it is shown
    as …, as a person who has a file to hand in is not helped by a traceback."""

    def __missing__(self, name: str) -> str:
        return "…"


def finding(
    code: str, sheet: str = "", cell: str = "", severity: str = "", **params: Any
) -> Finding:
    """Build a finding from the catalogue, of numbers, texts and lists of them;
    see `figures` for how they are shown.

    `expected` and `actual` are fields of the finding, and may be used in its texts too. `severity`:
    where not the catalogue tells it, but a form.
    """
    usual, problem, fix = CATALOGUE[code]
    words = Words({name: one_line(said(code, name, value)) for name, value in params.items()})
    words["sheet"] = sheet
    words.update(told_apart(words, params))
    return Finding(
        code,
        severity or usual,
        problem.format_map(words),
        fix.format_map(words),
        sheet,
        cell,
        words.get("expected", ""),
        words.get("actual", ""),
    )


class InputError(Exception):
    """The input or the call cannot be used at all: exit status 2, clear lines, nothing written."""

    def __init__(self, code: str, sheet: str = "", cell: str = "", **params: Any) -> None:
        self.findings = [finding(code, sheet, cell, **params)]
        super().__init__(code)

    @classmethod
    def of(cls, findings: list[Finding]) -> InputError:
        """Several at once: a person mends all of them before the next try."""
        error = cls.__new__(cls)
        Exception.__init__(error, findings[0].code)
        error.findings = findings
        return error

    def __str__(self) -> str:
        return "\n".join(
            f"{f.place}{'：' if f.place else ''}{f.message}{f.fix}" for f in self.findings
        )


def unreadable(path: str, error: OSError) -> InputError:
    """For a text file that the system does not let us read."""
    missing = isinstance(error, FileNotFoundError)
    return InputError("file-not-found" if missing else "file-no-permission", path=path)
