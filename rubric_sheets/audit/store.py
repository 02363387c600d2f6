"""The store of an audit: one DuckDB file, written by one audit at a time."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import duckdb

from ..findings.finding import InputError
from . import filling, schema
from .inputs import Input
from .judging import Outcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

BESIDE = " + "  # between the program and the engine that verified
OF_UNIT = tuple(schema.DERIVED)


class Known:
    """What the store has of one file."""

    __slots__ = ("digest", "file", "unit")

    def __init__(self, unit: int, file: str, digest: str) -> None:
        self.unit, self.file, self.digest = unit, file, digest


class Store:
    """Made by `Store.open`. `base`: the connection; `engine`: which one gives second opinions in
    this run, with its version."""

    def __init__(self, base: duckdb.DuckDBPyConnection, program: str, engine: str = "") -> None:
        self.base, self.program = base, f"{program}{BESIDE}{engine}" if engine else program
        self.base.execute(filling.MACROS)
        self.run = self._one("SELECT coalesce(max(run), 0) + 1 FROM runs")
        self._next = self._one("SELECT coalesce(max(unit), 0) + 1 FROM inputs")
        self.known = {
            (path, inside): Known(unit, file, digest if self._same(of) else "")
            for path, inside, unit, file, digest, of in base.execute(
                "SELECT path, inside, unit, file, digest, program FROM inputs"
            ).fetchall()
        }

    def _same(self, program: str) -> bool:
        """Would this program say the same? One that verified too has said all that another says."""
        return program == self.program or program.startswith(self.program + BESIDE)

    @classmethod
    def open(cls, path: str, program: str, engine: str = "") -> Store:
        """Open or make the store. InputError store-busy, store-unusable, store-too-new."""
        base = connect(path, read_only=False)
        try:
            _prepare(base, path)
            return cls(base, program, engine)
        except duckdb.Error as error:
            base.close()
            raise _unusable(path, error) from None
        except InputError:
            base.close()
            raise

    def _one(self, query: str, values: Any = None) -> Any:
        found = self.base.execute(query, values).fetchone()
        assert found is not None
        return found[0]

    def digest_of(self, given: Input) -> str:
        """By which it would be the same as in the store; empty where it has to be judged."""
        known = self.known.get(given.key)
        return known.digest if known is not None and known.file == given.name else ""

    def begin(self, paths: list[str]) -> None:
        self.base.execute(
            "INSERT INTO runs VALUES (?, ?, NULL, ?, ?, 0, 0, false)",
            [self.run, _now(), self.program, paths],
        )

    def add(self, first: int, batch: list[tuple[Input, Outcome]]) -> None:
        """Inputs with their outcomes, the first of them at position `first` of the run: in whole,
        or not at all."""
        kept: list[tuple[int, int]] = []
        fresh: list[tuple[Any, ...]] = []
        for position, (given, outcome) in enumerate(batch, first):
            known = self.known.get(given.key)
            if known is None:
                known = self.known[given.key] = Known(self._next, given.name, "")
                self._next += 1
            if outcome.check:
                fresh.append(self._row(known.unit, position, given, outcome))
            else:
                kept.append((known.unit, position))
        self.base.begin()
        try:
            self._keep(kept)
            self._renew(fresh)
            self.base.commit()
        except BaseException:
            self.base.rollback()
            raise

    def _row(self, unit: int, position: int, given: Input, outcome: Outcome) -> tuple[Any, ...]:
        path, inside = given.key
        digest, check, more = outcome
        root, program = given.root, self.program
        row = (unit, given.name, path, inside, root, digest, program, self.run, position)
        return (*row, check, more)

    def _keep(self, rows: list[tuple[int, int]]) -> None:
        """These are as they were."""
        if rows:
            self.base.execute(
                "UPDATE inputs SET run = $1, position = seen.position FROM (SELECT "
                "unnest($2::INTEGER[]) AS unit, unnest($3::INTEGER[]) AS position) AS seen "
                "WHERE inputs.unit = seen.unit",
                [self.run, *map(list, zip(*rows))],
            )

    def _renew(self, rows: list[tuple[Any, ...]]) -> None:
        if not rows:
            return
        columns = [list(column) for column in zip(*rows)]
        self._forget(columns[0])
        kinds = [kind for _, kind, _ in schema.KEPT["inputs"][1]]
        cast = ", ".join(f"unnest(${at}::{kind}[])" for at, kind in enumerate(kinds, 1))
        self.base.execute(f"INSERT INTO inputs SELECT {cast}", columns)
        self._fill()

    def _list_fresh(self, units: list[int]) -> None:
        self.base.execute(
            "CREATE OR REPLACE TEMP TABLE fresh AS SELECT unnest($1::INTEGER[]) AS unit", [units]
        )

    def _forget(self, units: list[int]) -> None:
        """All that is known of these inputs goes; they are `fresh` to what fills the tables."""
        self._list_fresh(units)
        for table in ("inputs", *OF_UNIT):
            self.base.execute(f"DELETE FROM {table} WHERE unit IN (FROM fresh)")  # noqa: S608

    def _fill(self) -> None:
        self.base.execute(filling.FILL)

    def said(self, units: Iterable[int]) -> Iterator[str]:
        """The objects of these inputs, in this order."""
        wanted = list(units)
        found = dict(
            self.base.execute(
                "SELECT unit, said FROM inputs WHERE unit IN (SELECT unnest($1::INTEGER[]))",
                [wanted],
            ).fetchall()
        )
        return (found[unit] for unit in wanted)

    def unit_of(self, given: Input) -> int:
        return self.known[given.key].unit

    def end(self, inputs: int, judged: int, roots: list[str], *, complete: bool) -> None:
        """The run is over. What stood below one of `roots`, and is there no more, goes."""
        if complete:
            gone = (
                "SELECT unit FROM inputs WHERE run <> $1 AND root IN (SELECT unnest($2::VARCHAR[]))"
            )
            rows = self.base.execute(gone, [self.run, roots]).fetchall()
            self._forget([unit for (unit,) in rows])
        self.base.execute(
            "UPDATE runs SET ended = ?, inputs = ?, judged = ?, complete = ? WHERE run = ?",
            [_now(), inputs, judged, complete, self.run],
        )

    def close(self) -> None:
        self.base.close()


def connect(path: str, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """One thread, and no more memory than a small machine has to spare: others compute."""
    config: dict[str, Any] = {"threads": 1, "memory_limit": "256MB"}
    try:
        return duckdb.connect(path, read_only=read_only, config=config)
    except duckdb.Error as error:
        raise _unusable(path, error) from None


def _prepare(base: duckdb.DuckDBPyConnection, path: str) -> None:
    """Make the tables, or bring them up to date."""
    version = version_of(base, path)
    if version > schema.VERSION:
        raise InputError("store-too-new", path=path)
    if version == schema.VERSION:
        return
    base.begin()
    if version < 0:
        base.execute(schema.create(schema.KEPT))
        base.execute("INSERT INTO meta VALUES ('schema', '')")
    for table in schema.DERIVED:
        base.execute(f"DROP TABLE IF EXISTS {table}")
    base.execute(schema.create(schema.DERIVED))
    base.execute(schema.MERGED)
    base.execute("CREATE OR REPLACE TEMP TABLE fresh AS SELECT unit FROM inputs")
    base.execute(filling.MACROS)
    base.execute(filling.FILL)
    base.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(schema.VERSION)])
    base.commit()


def version_of(base: duckdb.DuckDBPyConnection, path: str) -> int:
    """The version of a store's tables, -1 of a new one. InputError for what is no store."""
    tables = {name for (name,) in base.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return -1
    try:
        row = base.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        return int(row[0]) if row else 0
    except (duckdb.Error, ValueError):
        raise InputError("store-unusable", path=path, what="里面没有审核结果") from None


def _unusable(path: str, error: duckdb.Error) -> InputError:
    text = str(error)
    if "lock" in text.lower() and isinstance(error, duckdb.IOException):
        return InputError("store-busy", path=path)
    if os.path.isdir(path):
        what = "是文件夹"
    elif not os.path.isdir(os.path.dirname(os.path.abspath(path))):
        what = "所在文件夹不存在"
    elif os.path.exists(path):
        what = "不是 DuckDB 数据库，或已损坏"
    else:
        what = "不能在那里建立文件"
    return InputError("store-unusable", path=path, what=what)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
