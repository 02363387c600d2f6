"""Rubrics made for tests, in the same form as the published ones."""

from __future__ import annotations

import os

from rubric_sheets.rubric import load
from rubric_sheets.rubric.model import Rubric

FOLDER = os.path.dirname(os.path.abspath(__file__))


def handmade(rubric_id: str) -> Rubric:
    return load.resolve(load.read_toml(os.path.join(FOLDER, f"{rubric_id}.toml")))


def handmade_ids() -> list[str]:
    return sorted(name[:-5] for name in os.listdir(FOLDER) if name.endswith(".toml"))


def every_rubric() -> list[Rubric]:
    """All published rubrics, then those made for tests."""
    return [load.load(id_) for id_ in load.published()] + [handmade(id_) for id_ in handmade_ids()]
