"""A question to a store, asked by anybody: it can read the store, and nothing else."""

from __future__ import annotations

import os

import duckdb

from ..findings.finding import InputError
from ..records import Record
from . import schema
from .store import connect, version_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

STEP = 1_000


class Answer(Record):
    """Column names, and the rows as they come."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


def ask(path: str, sql: str) -> Answer:
    """Read-only, without files, extensions or settings. InputError query-failed, store-…"""
    if not os.path.isfile(path):
        raise InputError("file-not-found", path=path)
    base = connect(path, read_only=True)
    try:
        version = version_of(base, path)
        if version != schema.VERSION:
            code = "store-too-new" if version > schema.VERSION else "store-old"
            raise InputError(code, path=path)
        lock(base)
        base.execute(sql)
        columns = [column[0] for column in base.description or []]
        first = base.fetchmany(STEP)
    except duckdb.Error as error:
        base.close()
        raise InputError("query-failed", what=_words(error)) from None
    except BaseException:
        base.close()
        raise
    return Answer(columns, _rows(base, first))


def lock(base: duckdb.DuckDBPyConnection) -> None:
    """Nothing outside of the store, and no way to allow it again."""
    base.execute("SET enable_external_access = false")
    base.execute("SET autoinstall_known_extensions = false")
    base.execute("SET autoload_known_extensions = false")
    base.execute("SET python_enable_replacements = false")
    base.execute("SET lock_configuration = true")


def _rows(
    base: duckdb.DuckDBPyConnection, rows: list[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    try:
        while rows:
            yield from rows
            rows = base.fetchmany(STEP)
    except duckdb.Error as error:
        raise InputError("query-failed", what=_words(error)) from None
    finally:
        base.close()


def _words(error: duckdb.Error) -> str:
    """The engine's own words, in one line: they name the column or the place in the SQL."""
    return " ".join(str(error).split())[:300]
