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
UNITS = """
SELECT unit, CASE WHEN total IS NOT NULL THEN
    rank() OVER (ORDER BY total / full_marks DESC NULLS LAST) END, coalesce(name, ''),
  coalesce(project, ''), coalesce(bureau, ''), year, rubric, kind, claimed, total, full_marks,
  claimed - total, coalesce(claimed_grade, ''), coalesce(grade, ''), complete, errors, warnings,
  notes, file, path, inside
FROM seen WHERE usable AND title IS NOT NULL AND rubric IS NOT NULL ORDER BY position"""
CODES = """
SELECT unit, list(DISTINCT findings.code) FROM findings JOIN seen USING (unit) WHERE usable
GROUP BY unit"""
RATES = "SELECT unit, map(list(key), list(rate)) FROM points GROUP BY unit"
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


def overview(figures: Figures, folder: str) -> tuple[dict[str, Any], list[int]]:
    """The object, and the units in the order of its rows. `folder`: where the page will stand."""
    rates.prepare(figures)
    rubrics = _rubrics(figures)
    place = {rubric: at for at, (rubric, _, _) in enumerate(rubrics)}
    keys = [known for _, _, known in rubrics]
    codes = figures.frequent()
    number = {code: at for at, (code, *_) in enumerate(codes)}
    of_unit = {unit: sorted(number[one] for one in some) for unit, some in figures.rows(CODES)}
    reached = dict(figures.rows(RATES))
    units, rows = [], []
    for row in figures.rows(UNITS):
        unit, at = row[0], place[row[6]]
        file, path, inside = row[-3:]
        units.append(unit)
        rows.append(
            [
                *row[1:6],
                at,
                KIND[row[7]],
                *map(text_of, row[8:12]),
                *row[12:18],
                file,
                _link(path, inside, folder),
                of_unit.get(unit, []),
                [_thousandths(reached.get(unit, {}).get(key)) for key in keys[at]],
            ]
        )
    return {
        "counts": figures.summary(),
        "steps": STEPS,
        "grades": GRADES_ORDER,
        "block": BLOCK,
        "rubrics": [[title, labels] for _, title, labels in _titles(rubrics)],
        "codes": [
            [kind_of_problem(code), SEVERITY[severity], text]
            for code, severity, _, _, text in codes
        ],
        "units": rows,
        "unread": _told(figures, folder, *UNREAD),
        "handedIn": _told(figures, folder, *HANDED_IN),
    }, units


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


def _told(figures: Figures, folder: str, query: str, otherwise: str) -> list[list[str]]:
    return [
        [file, _link(path, inside, folder), message, fix]
        for file, path, inside, message, fix in figures.rows(query, [otherwise])
    ]


def _rubrics(figures: Figures) -> list[tuple[str, str, dict[str, str]]]:
    """(id, title, key → label of its indicators)."""
    found = []
    for rubric, title, _ in figures.rows(rates.RUBRICS):
        keys = figures.rows(rates.KEYS, [rubric, MOST_KEYS])
        found.append((rubric, title or rubric, {key: label for key, label, *_ in keys}))
    return found


def _titles(
    rubrics: list[tuple[str, str, dict[str, str]]],
) -> Iterator[tuple[str, str, list[str]]]:
    """Two rubrics of one title are told apart by their ids."""
    titles = [title for _, title, _ in rubrics]
    for rubric, title, keys in rubrics:
        shown = title if titles.count(title) == 1 else f"{title}（{rubric}）"
        yield rubric, shown, list(keys.values())


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
