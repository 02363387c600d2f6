"""The promise, for every rubric and every kind of facts: written, read, saved by LibreOffice, read,
saved again, read: the same facts, claims and scores each time, and `score` in between."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.authoring.find import find
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_book, open_projects
from rubric_sheets.rubric.load import published
from rubric_sheets.tasks.transfer import dump_projects

from .generate import Maker
from .test_producers import convert, score

SEEDS = range(3)
NAMES = [f"{rubric_id}-{seed}" for rubric_id in published() for seed in SEEDS]


def honest(rubric_id: str, seed: int, folder: Path) -> Path:
    """A workbook of random facts, all of which can be read."""
    rubric, path = find(rubric_id), folder / f"{rubric_id}-{seed}.xlsx"
    for number in range(50):
        path.write_bytes(workbook(rubric, Maker(rubric, f"saved {seed}.{number}").data()))
        if not open_book(str(path)).facts.invalid:
            return path
    raise AssertionError("50 sets of data, none usable")


def held(path: Path) -> dict[str, Any]:
    """Facts, tables and claims, as FACTS.json; and what `score` says of them, writing it."""
    facts = json.loads(json.dumps(dump_projects(open_projects(str(path)))))
    found = score(str(path))
    found["indicators"] = {one["id"]: one for one in found["indicators"]}
    return {"facts": facts, "score": found}


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, dict[str, Any]]]:
    """Of every workbook: as it was made, saved once, saved twice; each scored before it is
    saved."""
    folder = tmp_path_factory.mktemp("made")
    books = [honest(rubric_id, seed, folder) for rubric_id in published() for seed in SEEDS]
    found = [{path.stem: held(path) for path in books}]
    for number in (1, 2):
        books = list(convert(tmp_path_factory.mktemp(f"saved-{number}"), *books).values())
        found.append({path.stem: held(path) for path in books})
    return found


@pytest.mark.parametrize("name", NAMES)
def test_facts_and_scores_stay(name: str, stages: list[dict[str, dict[str, Any]]]) -> None:
    made, *saved = (stage[name] for stage in stages)
    for number, one in enumerate(saved, 1):
        assert one["facts"] == made["facts"], f"saved {number} times"
        assert one["score"] == made["score"], f"saved {number} times"
