"""Rubrics made for tests, in the same form as the published ones."""

from __future__ import annotations

import os
from functools import cache

from rubric_sheets.rubric import load
from rubric_sheets.rubric.forms import lists
from rubric_sheets.rubric.model import Rubric

FOLDER = os.path.dirname(os.path.abspath(__file__))


def handmade(rubric_id: str) -> Rubric:
    return load.resolve(load.read_toml(os.path.join(FOLDER, f"{rubric_id}.toml")))


def handmade_ids() -> list[str]:
    return sorted(name[:-5] for name in os.listdir(FOLDER) if name.endswith(".toml"))


@cache
def every_kind(form: str) -> Rubric:
    """Every kind of rule in this form. What the form has no cells for is a fact of the rubric's
    own: all are known by name."""
    source = load.read_toml(os.path.join(FOLDER, "every-kind.toml"))
    source |= {"form": form, "id": f"every-kind-{form}"}
    if lists(load.load_form(form))[0]:
        source["targets"] = load.read_toml(load.source_path("project"))["targets"]
    return load.resolve(source)


def every_rubric() -> list[Rubric]:
    """All published rubrics, then those made for tests, every kind of rule in every form among
    them."""
    published = [load.load(id_) for id_ in load.published()]
    forms = [every_kind(form) for form in load.form_ids() if form != "department"]
    return published + [handmade(id_) for id_ in handmade_ids()] + forms
