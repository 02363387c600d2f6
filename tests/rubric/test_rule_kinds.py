"""A kind of rule is whole in its file: every face is there, and kinds and lists do not get in each other's way."""

from __future__ import annotations

import inspect
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets import rules
from rubric_sheets.authoring.excel.cells import example, from_text, to_text
from rubric_sheets.authoring.excel.columns import tables
from rubric_sheets.authoring.excel.grid import plain_heading
from rubric_sheets.authoring.lint.check import check_source
from rubric_sheets.books.create import workbook
from rubric_sheets.books.read import open_book
from rubric_sheets.places.names import CHECKLIST_SHEET, EXTRA_SHEET, SCORE_SHEET
from rubric_sheets.rubric import load
from rubric_sheets.rubric.fields import KINDS, WORDS, every_parameter
from rubric_sheets.rubric.forms import lists as own_lists
from rubric_sheets.rules import base, lists
from rubric_sheets.rules.brought import brought
from tests.rubrics import FOLDER, handmade

from .helpers import errors

ARGUMENTS = {
    "facts": 1,
    "needed": 3,
    "asked": 3,
    "faults": 2,
    "score": 2,
    "explain": 3,
    "formula": 2,
    "base_formula": 2,
    "standard": 2,
}
LIST_ARGUMENTS = {"faults": 3}
CELL_ARGUMENTS = {"write": 1, "read": 1}
SIMPLE = {"number", "choice", "text", "fact", "flag"}
IN_ROWS = {*SIMPLE, "expression", "points", "texts"}
FORMS = sorted(path.stem for path in Path(load.FORMS).glob("*.toml"))
SCORED = [kind for kind in rules.KINDS if kind in KINDS]  # those that authors write


@pytest.mark.parametrize("kind", rules.KINDS)
def test_every_face_is_there(kind: str) -> None:
    module = rules.rule(kind)
    assert module.LABEL
    assert isinstance(module.READS_MEASURE, bool)
    assert isinstance(module.JUDGED, bool)
    assert module.COUNTS in (base.INSIDE, base.ADDED, base.TAKEN_OFF)
    faces = {**ARGUMENTS, **({"limits": 2} if module.JUDGED else {})}
    for face, count in faces.items():
        assert len(inspect.signature(getattr(module, face)).parameters) == count, face


@pytest.mark.parametrize("kind", rules.KINDS)
def test_its_parameters_can_be_written_checked_and_shown(kind: str) -> None:
    module = rules.rule(kind)
    for one in module.PARAMETERS:
        assert one.label
        assert one.type in SIMPLE or lists.is_list(one.type), one
        assert bool(one.choices) == (one.type == "choice"), one
        assert not one.words or len(one.words) == len(one.choices), one
        assert not one.positive or one.type == "number", one
        if one.brings:
            is_score = module.JUDGED and one is module.PARAMETERS[0]
            sheets = (SCORE_SHEET,) if is_score else (CHECKLIST_SHEET, EXTRA_SHEET)
            assert one.brings.sheet in sheets, "no other sheet has cells for it"
            assert (one.brings.kind == "judged") == is_score
    for place in (lists.in_cell, lists.in_rows):  # there is one column, and one sheet, for each
        assert sum(place(one.type) for one in module.PARAMETERS) <= 1


def test_every_file_is_a_kind_or_said_to_be_shared() -> None:
    assert len(set(rules.KINDS)) == len(rules.KINDS)
    found = {path.stem for folder in rules.__path__ for path in Path(folder).glob("*.py")}
    assert found == {"__init__", *rules.SHARED, *rules.KINDS}
    for name in rules.SHARED:
        with pytest.raises(KeyError):
            rules.rule(name)


def test_labels_are_told_apart() -> None:
    labels = [rules.rule(kind).LABEL for kind in rules.KINDS]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", sorted(every_parameter()))
def test_parameters_of_one_name_share_a_column(name: str) -> None:
    assert name not in WORDS, "its words would be those of another field"
    uses = [parameter for _, parameter in every_parameter()[name]]
    assert len({(one.type, one.choices, one.words) for one in uses}) == 1


def test_every_heading_is_read_as_its_own_column() -> None:
    for table in tables().values():
        words: dict[str, Any] = {}
        for column in table.columns:
            for word in (column.heading, *column.synonyms):
                words.setdefault(plain_heading(word), column)
        for column in table.columns:
            assert words[plain_heading(column.heading)] is column, (table.name, column.heading)


@pytest.mark.parametrize("name", sorted(lists.NAMES))
def test_every_face_of_a_list_is_there(name: str) -> None:
    module = lists.listed(name)
    assert module.ONE
    assert {one.type for one in module.FIELDS} <= IN_ROWS
    wanted = {**LIST_ARGUMENTS, **(CELL_ARGUMENTS if lists.in_cell(name) else {})}
    for face, count in wanted.items():
        assert len(inspect.signature(getattr(module, face)).parameters) == count, face
    if lists.in_rows(name):
        columns = {str(column.key[0]) for column in tables()["items"].columns}
        assert {one.name for one in module.FIELDS} <= columns
        return
    for text in (example(name), module.BRIEF):
        assert to_text(from_text(text, name), name).replace("\n", "") == text
    assert all(isinstance(line, str) for line in (*module.GUIDE, *module.WORDS))
    assert any("{kind}" in line for line in module.GUIDE)


def source_with(kind: str, form: str) -> dict[str, Any]:
    """A rubric of this form with the first indicator of `every-kind` that has such a rule; what it
    measures and reads is the rubric's own."""
    every = load.read_toml(str(Path(FOLDER) / "every-kind.toml"))
    known = handmade("every-kind")["facts"]
    spec = next(one for one in every["indicator"] if one["rule"]["kind"] == kind)
    spec = {key: value for key, value in spec.items() if key not in ("case", "group")}
    spec["levels"] = spec["levels"][-1:]
    formula = every["ratios"].get(spec.get("ratio"), spec.get("value", ""))
    own = {one.name for one in brought(spec)}
    there, _ = load.form_facts(load.load_form(form))
    read = [*re.findall(r"[\u4e00-\u9fff]+", formula), *rules.rule(kind).facts(spec["rule"])]
    facts = [
        {"name": name, "kind": known[name]["kind"]}
        for name in dict.fromkeys(read)
        if name not in own and name not in there
    ]
    ratios = {spec["ratio"]: formula} if "ratio" in spec else {}
    source = {
        **{key: every[key] for key in ("id", "version", "title", "source", "grades")},
        "form": form,
        "full_marks": "100",
        "ratios": ratios,
        "fact": facts,
        "indicator": [spec],
    }
    if own_lists(load.load_form(form))[0]:
        project = load.read_toml(load.source_path("project"))
        source["targets"] = project["targets"]
    return source


HARMLESS = {
    "rubric-weight-sum",
    "rubric-band-gap",
    "rubric-no-fallback",
}  # one indicator, with gaps


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", SCORED)
def test_every_form_has_a_cell_for_every_fact(kind: str, form: str, tmp_path: Path) -> None:
    """No formula of a new workbook speaks of a cell that is not there, and nothing is missing when it is read."""
    source = source_with(kind, form)
    assert not {one.code for one in errors(check_source(source))} - HARMLESS
    rubric = load.resolve(source)
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(rubric, {}))
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    names = set(book.defined_names)
    (spec,) = rubric["indicators"]
    assert {one.name for one in brought(spec)} <= names
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str) and cell.value.startswith("="):
                formula = re.sub(r"\"[^\"]*\"|'[^']*'!", "", cell.value)
                spoken = set(re.findall(r"[\u4e00-\u9fff][\w.]*", formula))
                assert spoken <= names, (sheet.title, cell.coordinate)
    read = open_book(str(path)).facts
    assert not read.lost
    assert {one.name for one in brought(spec)} <= set(read.places)
