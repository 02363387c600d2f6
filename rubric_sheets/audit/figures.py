"""What the last run found, asked of the store: for the summary and for `--json`."""

from __future__ import annotations

from ..exact.quantities import exact, from_cell
from .store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

STEP = 2_000  # rows fetched at once
# The units of the last run, in the order of the call.
SEEN = """CREATE OR REPLACE TEMP TABLE seen AS
SELECT units.*, inputs.position, inputs.path, inputs.inside, inputs.digest
FROM units JOIN inputs USING (unit) WHERE inputs.run = ? ORDER BY inputs.position"""
# Whose: a unit's name, the project of a project form, the year. A workbook and its report are two
# things.
TWICE = """
SELECT name, coalesce(project, ''), year, list(file ORDER BY position), count(DISTINCT digest) = 1
FROM seen WHERE usable AND name IS NOT NULL AND year IS NOT NULL
GROUP BY name, project, year, kind HAVING count(*) > 1 ORDER BY min(position)"""
SAME = """
SELECT list(file ORDER BY position) FROM seen WHERE digest <> ''
GROUP BY digest HAVING count(*) > 1 ORDER BY min(position)"""
COUNTS = """
SELECT count(*), count(*) FILTER (usable), count(*) FILTER (NOT usable), count(*) FILTER (complete),
  coalesce(sum(errors), 0), coalesce(sum(warnings), 0), coalesce(sum(notes), 0),
  sum(total) / count(total), sum(claimed) / count(claimed) FROM seen"""
FREQUENT = """
SELECT findings.code, severity, count(*) AS times, count(DISTINCT unit) AS files,
  first(message ORDER BY seen.position, findings.position)
FROM findings JOIN seen USING (unit) WHERE usable GROUP BY findings.code, severity
ORDER BY files DESC, times DESC, findings.code"""

# `disagree`: workbooks with a difference that is not one of facts which cannot be used.
VERIFIED = """
SELECT string_agg(DISTINCT engine, '、' ORDER BY engine), count(*), coalesce(sum(cells), 0)::INT,
  coalesce(sum(same), 0)::INT, coalesce(sum(rounded), 0)::INT, coalesce(sum(differs), 0)::INT,
  coalesce(sum(unable), 0)::INT, count(failed), count(*) FILTER (differs > 0 AND len(invalid) = 0)
FROM verified JOIN seen USING (unit)"""


class Figures:
    """The results of one run. `seen` is a table of the connection, of the units looked at."""

    def __init__(self, store: Store) -> None:
        self.base, self.run = store.base, store.run
        self.base.execute(SEEN, [self.run])

    def rows(self, query: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        return self.base.execute(query, values).fetchall()

    def count(self) -> int:
        return int(self.rows("SELECT count(*) FROM seen")[0][0])

    def do(self, statement: str) -> None:
        self.base.execute(statement)

    def stream(self, query: str, values: list[Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, some at a time. No other query before the last of them."""
        self.base.execute(query, values)
        while rows := self.base.fetchmany(STEP):
            yield from rows

    def twice(self) -> list[tuple[Any, ...]]:
        """(unit, project, year, files, are they the same to the letter)."""
        return self.rows(TWICE)

    def frequent(self) -> list[tuple[Any, ...]]:
        """(code, severity, times, files with it, the first one's message)."""
        return self.rows(FREQUENT)

    def verified(self) -> dict[str, Any] | None:
        """What other engines found, of all workbooks together; None where none was asked."""
        row = self.rows(VERIFIED)[0]
        names = ("books", "cells", "same", "rounded", "differs", "unable", "failed", "disagree")
        return {"engine": row[0], **dict(zip(names, row[1:]))} if row[1] else None

    def summary(self) -> dict[str, Any]:
        """Of all inputs together; numbers that are no counts as exact decimals."""
        counts = self.rows(COUNTS)[0]
        names = ("inputs", "usable", "unusable", "complete", "errors", "warnings", "notes")
        grades = self.rows(
            "SELECT grade, count(*) FROM seen WHERE usable GROUP BY grade ORDER BY grade"
        )
        return {
            **{name: int(count) for name, count in zip(names, counts)},
            "mean_total": _number(counts[7]),
            "mean_claimed": _number(counts[8]),
            "grades": {grade or "未定": count for grade, count in grades},
            "frequent": [
                {"code": code, "severity": severity, "times": times, "files": files}
                for code, severity, times, files, _ in self.frequent()[:20]
            ],
            "duplicates": [
                {"unit": unit, "project": project, "year": year, "files": files, "same": same}
                for unit, project, year, files, same in self.twice()
            ],
            "same_content": [files for (files,) in self.rows(SAME)],
        }


def _number(value: float | None) -> str | None:
    """A mean, to four decimals."""
    return None if value is None else exact(from_cell(repr(value)), 4)
