"""Data of one workbook for another: what it holds, and what another rubric has a place for."""

from __future__ import annotations

from typing import Any

from ..books.read import Reader
from ..facts.json_form import dump
from ..facts.pairs import INSTITUTION
from ..rubric.model import Rubric


def dump_projects(readers: list[Reader]) -> dict[str, Any]:
    """FACTS.json of a workbook: with `projects` where it holds several."""
    parts = [dump(reader.rubric, reader.facts) for reader in readers]
    if len(parts) == 1:
        return parts[0]
    rubric = parts[0]["rubric"]
    return {
        "rubric": rubric,
        "projects": [
            {key: value for key, value in part.items() if key != "rubric"} for part in parts
        ],
    }


def fitting(data: dict[str, Any], rubric: Rubric) -> tuple[dict[str, Any], list[str]]:
    """The part of a dump that another rubric knows,
    and the names of what was filled and has no place there."""
    left: list[str] = []
    same = data["rubric"] == rubric["id"]  # sums of other indicators mean nothing here
    parts = [_fitting(part, rubric, same, left) for part in data.get("projects", [data])]
    kept = parts[0] if len(parts) == 1 else {"projects": parts}
    return {"rubric": rubric["id"], **kept}, list(dict.fromkeys(left))


def _fitting(data: dict[str, Any], rubric: Rubric, same: bool, left: list[str]) -> dict[str, Any]:
    ids = {spec["id"] for spec in rubric["indicators"]}
    left += [
        name
        for name, value in data["facts"].items()
        if value is not None and name not in rubric["facts"]
    ]
    left += [name for name, rows in data["tables"].items() if rows and name not in rubric["tables"]]
    tables = {}
    for name, rows in data["tables"].items():
        if name in rubric["tables"]:
            spec = rubric["tables"][name]
            columns = {column["name"] for column in spec["columns"] if column["kind"] != "result"}
            columns |= {INSTITUTION} if spec["totals"] else set()
            tables[name] = [{c: value for c, value in row.items() if c in columns} for row in rows]
    claims = {key: value for key, value in data["claims"].items() if key in ids or same}
    facts = {name: value for name, value in data["facts"].items() if name in rubric["facts"]}
    return {"facts": facts, "tables": tables, "claims": claims}
