"""The workbook that a source makes, laid out: every fact, indicator and table has its cells, and no
name stands for two. Asked only of a source without errors."""

from __future__ import annotations

from typing import Any

from ...pages.workbook_pages import pages
from ...places import slots
from ...places.names import row_name
from ...rubric.load import resolve
from ...rubric.model import Rubric
from ...rules.brought import brought
from ...rules.loose import rows
from ..problems import Path, Problems


def check_laid_out(source: dict[str, Any], problems: Problems) -> None:
    """One problem for each name that has no cell, or more than one."""
    rubric = resolve(source)
    places: dict[str, list[str]] = {}
    filled: set[str] = set()
    for page in pages(rubric):
        named = [item.name for item in page.items if item.name]
        for name in (*named, *page.areas):
            places.setdefault(name.casefold(), []).append(page.name)
        filled.update(item.slot for item in page.items)
    for name in (*rubric["facts"], *rubric["tables"]):
        found = places.get(name.casefold(), [])
        if len(found) > 1:
            sheets = "、".join(dict.fromkeys(found))
            problems.add("rubric-cell-twice", _path(source, name), actual=name, what=sheets)
        elif not found:
            problems.add("rubric-cell-none", _path(source, name), actual=name)
    for index, spec in enumerate(rubric["indicators"]):
        id_ = spec["id"]
        needed = {slots.claim(id_), slots.score(id_), slots.reason(id_), slots.note(id_)}
        if not needed <= filled or row_name(id_).casefold() not in places:
            problems.add("rubric-cell-none", ("indicator", index), actual=_level(rubric, index))


def _level(rubric: Rubric, index: int) -> str:
    return rubric["indicators"][index]["levels"][-1]


def _path(source: dict[str, Any], name: str) -> Path:
    """Where an author wrote the name; the form where nobody did."""
    for index, fact in rows(source.get("fact")):
        if fact.get("name") == name:
            return ("fact", index, "name")
    for index, spec in rows(source.get("indicator")):
        if spec.get("weight_fact") == name:
            return ("indicator", index, "weight_fact")
        if name in {one.name for one in brought(spec)}:
            return ("indicator", index, "rule")
    return ("form",)
