"""formulas: a compiler of workbooks in Python; slow, and with its own eyes."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import warnings

from ...facts.model import Place
from ..compare import Answer
from ..live import Live

NAME, PACKAGE = "formulas", "formulas"
FILE = "book.xlsx"


def version() -> str:
    from importlib.metadata import version as installed

    return installed(PACKAGE)


def answers(book: bytes, cells: list[Live]) -> dict[Place, Answer]:
    from formulas import ExcelModel

    with tempfile.TemporaryDirectory(prefix="rubric-verify-") as folder:
        path = os.path.join(folder, FILE)
        with open(path, "wb") as file:
            file.write(book)
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")  # and it draws bars of its progress
            solution = ExcelModel().loads(path).finish().calculate()
    out: dict[Place, Answer] = {}
    for cell in cells:
        found = solution.get(f"'[{FILE}]{cell.place.sheet.upper()}'!{cell.place.cell}")
        out[cell.place] = None if found is None else _plain(found.value[0, 0])
    return out


def _plain(value: object) -> Answer:
    """numpy's numbers as Python's own; errors are texts of a class of their own."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if hasattr(value, "__float__"):
        return float(value)
    return str(value)
