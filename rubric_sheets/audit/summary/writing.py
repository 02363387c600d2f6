"""The summary as a file: a workbook for people, or its ranking as .csv or .parquet for programs."""

from __future__ import annotations

import csv
import io
import os
import tempfile
import zipfile

import duckdb
import xlsxwriter

from ...books.files import write_new
from ...findings.finding import InputError
from ...looks.styles import CREATED, DEFAULT_FONT
from ..figures import Figures
from ..schema import DERIVED
from ..texts import csv_text
from . import groups, overview, problems, ranking, rates
from .paper import Book

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MARK = "rubric-sheets audit"  # in the file's properties: only a former summary is overwritten
KINDS = (".xlsx", ".csv", ".parquet")
CORE = "docProps/core.xml"
MANY = 5_000  # units from which on a row is written and forgotten: they may be a hundred thousand
OPTIONS = {
    "default_format_properties": DEFAULT_FONT,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def kind_of(path: str) -> str:
    """The ending of a summary to be made. Before any work: InputError for another ending, and for
    a file that is there and is no former summary."""
    kind = os.path.splitext(path)[1].lower()
    if kind not in KINDS:
        raise InputError("out-extension", path=path, expected="、".join(KINDS))
    former = {".xlsx": _is_workbook, ".csv": _is_table, ".parquet": _is_parquet}[kind]
    if os.path.lexists(path) and not former(path):
        raise InputError("file-exists", path=path)
    return kind


def _is_workbook(path: str) -> bool:
    try:
        with zipfile.ZipFile(path) as package, package.open(CORE) as part:
            return MARK.encode() in part.read(1 << 16)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def _is_table(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            head = _csv([column.head for column in ranking.COLUMNS])
            return file.read(len(head)) == head
    except OSError:
        return False


def _is_parquet(path: str) -> bool:
    wanted = {name for name, *_ in DERIVED["units"][1]} | {"position", "digest"}
    try:
        return wanted <= set(duckdb.read_parquet(path).columns)
    except duckdb.Error:
        return False


def write(figures: Figures, path: str, kind: str, by: str | None = None) -> None:
    """Write it whole or not at all. InputError file-locked, file-no-permission …"""
    if kind == ".xlsx":
        data = workbook(figures, os.path.dirname(os.path.abspath(path)), by)
    elif kind == ".csv":
        data = table(figures)
    else:
        data = parquet(figures)
    write_new(path, data, overwrite=True)


def workbook(figures: Figures, folder: str, by: str | None = None) -> bytes:
    """The bytes of the summary; `folder`: where it is going to stand, for its links; `by`: what
    its units are grouped by, too."""
    buffer = io.BytesIO()
    is_long = figures.count() > MANY
    made = xlsxwriter.Workbook(
        buffer, {**OPTIONS, "constant_memory": is_long, "in_memory": not is_long}
    )
    made.set_properties({"title": "绩效自评审核汇总", "category": MARK, "created": CREATED})
    made.set_size(2400, 1400)
    book = Book(made, folder)
    overview.write(book, figures)
    ranking.write(book, figures)
    if by:
        groups.write(book, figures, by)
    rates.write(book, figures)
    problems.frequent(book, figures)
    problems.every(book, figures)
    problems.second(book, figures)
    problems.twice(book, figures)
    problems.unread(book, figures)
    made.close()
    return buffer.getvalue()


def table(figures: Figures) -> bytes:
    """The ranking as CSV."""
    rows = (map(csv_text, values) for *values, _ in ranking.rows(figures))
    return _csv([column.head for column in ranking.COLUMNS], rows)


def _csv(head: list[str], rows: Iterable[Iterable[str]] = ()) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(head)
    lines.writerows(rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def parquet(figures: Figures) -> bytes:
    """All units of the run, as the store has them."""
    with tempfile.TemporaryDirectory(prefix="rubric-audit-") as folder:
        path = os.path.join(folder, "units.parquet")
        figures.base.table("seen").write_parquet(path)
        with open(path, "rb") as file:
            return file.read()
