"""What the page shows, of the store: one object with a row for each unit, and blocks of what is
seen only where somebody opens a unit."""

from __future__ import annotations

import os
from urllib.parse import quote

from ..figures import Figures
from ..summary import rates
from ..summary.overview import GRADES_ORDER, STEPS
from ..texts import text_of
from ..words import KIND, SEVERITY, STATUS, kind_of_problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

BLOCK = 50  # units that are unpacked together
MOST_KEYS = 60  # indicators of one rubric
LIST = 1_000  # rows that are unpacked together, when the page is opened
COUNTED = "FROM seen WHERE usable AND title IS NOT NULL AND rubric IS NOT NULL"
UNITS = f"""
SELECT unit, CASE WHEN total IS NOT NULL THEN
    rank() OVER (ORDER BY total / full_marks DESC NULLS LAST) END, coalesce(name, ''),
  coalesce(project, ''), coalesce(bureau, ''), year, rubric, kind, claimed, total, full_marks,
  claimed - total, coalesce(claimed_grade, ''), coalesce(grade, ''), complete, errors, warnings,
  notes, file, path, inside, codes, reached
FROM (SELECT * {COUNTED})
LEFT JOIN (SELECT unit, list(DISTINCT code) AS codes FROM findings GROUP BY unit) USING (unit)
LEFT JOIN (SELECT unit, map(list(key), list(rate)) AS reached FROM points GROUP BY unit)
  USING (unit)
ORDER BY position"""  # noqa: S608 -- of texts that stand here
SCORES = """
SELECT unit, levels, weight, status, ratio, claimed, computed, score, reason FROM scores
WHERE unit IN (SELECT unnest($1::INTEGER[])) ORDER BY unit, position"""
FINDINGS = """
SELECT unit, severity, place, message, quote, fix, code FROM findings
WHERE unit IN (SELECT unnest($1::INTEGER[])) ORDER BY unit, position"""
# Files of which there are words only: what could not be read, and what was handed in.
TOLD = """
SELECT file, path, inside, coalesce(findings.message, $1), coalesce(findings.fix, '')
FROM seen LEFT JOIN findings USING (unit)
WHERE {} ORDER BY seen.position, findings.position"""
UNREAD = TOLD.format("NOT usable"), "没有认出是哪一套指标体系的报告"
HANDED_IN = TOLD.format("usable AND title IS NULL"), "没有发现问题"


class Page:
    """What there is to show of one run. `folder`: where the page will stand, for its links."""

    def __init__(self, figures: Figures, folder: str) -> None:
        self.figures, self.folder = figures, folder
        rates.prepare(figures)
        self.rubrics = _rubrics(figures)
        self.codes = figures.frequent()
        self.place = {rubric: at for at, (rubric, _, _) in enumerate(self.rubrics)}
        self.number = {code: at for at, (code, *_) in enumerate(self.codes)}
        self.units: list[int] = []  # in the order of the rows, once these have been asked for

    def overview(self) -> dict[str, Any]:
        """All but the units."""
        count = self.figures.rows(f"SELECT count(*) {COUNTED}")[0][0]
        return {
            "counts": self.figures.summary(),
            "steps": STEPS,
            "grades": GRADES_ORDER,
            "block": BLOCK,
            "lists": -(-count // LIST),
            "rubrics": [[title, labels] for title, labels in _titles(self.rubrics)],
            "codes": [
                [kind_of_problem(code), SEVERITY[severity], text]
                for code, severity, _, _, text in self.codes
            ],
            "unread": self._told(*UNREAD),
            "handedIn": self._told(*HANDED_IN),
        }

    def _told(self, query: str, otherwise: str) -> list[list[str]]:
        return [
            [file, _link(path, inside, self.folder), message, fix]
            for file, path, inside, message, fix in self.figures.rows(query, [otherwise])
        ]

    def lists(self) -> Iterator[list[list[Any]]]:
        """A row for each unit, LIST at a time."""
        rows = []
        for row in self.figures.stream(UNITS):
            self.units.append(row[0])
            rows.append(self._row(*row[1:]))
            if len(rows) == LIST:
                yield rows
                rows = []
        if rows:
            yield rows

    def _row(self, *row: Any) -> list[Any]:
        *first, rubric, kind = row[:7]
        file, path, inside, codes, reached = row[-5:]
        at = self.place[rubric]
        way = _link(path, inside, self.folder)
        found = sorted(self.number[code] for code in codes or ())
        shares = [_thousandths((reached or {}).get(key)) for key in self.rubrics[at][2]]
        points = map(text_of, row[7:11])
        return [*first, at, KIND[kind], *points, *row[11:17], file, way, found, shares]


def blocks(figures: Figures, units: list[int]) -> Iterator[list[Any]]:
    """[scores, findings] of each unit, BLOCK units at a time."""
    for first in range(0, len(units), BLOCK):
        some = units[first : first + BLOCK]
        found: dict[int, list[list[Any]]] = {unit: [[], []] for unit in some}
        for unit, levels, weight, status, ratio, *points, reason in figures.rows(SCORES, [some]):
            numbers = [text_of(value) for value in (weight, ratio, *points)]
            found[unit][0].append([levels, *numbers, STATUS.get(status, status), reason or ""])
        for unit, severity, *texts in figures.rows(FINDINGS, [some]):
            found[unit][1].append([SEVERITY[severity], *(text or "" for text in texts)])
        yield [found[unit] for unit in some]


def _rubrics(figures: Figures) -> list[tuple[str, str, dict[str, str]]]:
    """(id, title, key → label of its indicators)."""
    found = []
    for rubric, title, _ in figures.rows(rates.RUBRICS):
        keys = figures.rows(rates.KEYS, [rubric, MOST_KEYS])
        found.append((rubric, title or rubric, {key: label for key, label, *_ in keys}))
    return found


def _titles(
    rubrics: list[tuple[str, str, dict[str, str]]],
) -> Iterator[tuple[str, list[str]]]:
    """Two rubrics of one title are told apart by their ids."""
    titles = [title for _, title, _ in rubrics]
    for rubric, title, keys in rubrics:
        shown = title if titles.count(title) == 1 else f"{title}（{rubric}）"
        yield shown, list(keys.values())


def _thousandths(rate: float | None) -> int | None:
    return None if rate is None else round(float(rate) * 1000)


def _link(path: str, inside: str, folder: str) -> str:
    """The way to a file from the page, never an address of anything else; empty for what stands in
    an archive and for names that cannot be written."""
    if inside or "�" in path:
        return ""
    try:
        way = os.path.relpath(path, folder)
    except ValueError:  # on another drive
        return ""
    return "./" + quote(way.replace(os.sep, "/").encode("utf-8", "replace"), safe="/")
