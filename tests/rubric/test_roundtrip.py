"""Text ⇄ Excel, without loss in either direction: published rubrics,
and ones made of whatever characters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubric_sheets.authoring.excel.cells import from_text, to_text
from rubric_sheets.authoring.excel.read import read_excel
from rubric_sheets.authoring.excel.write import workbook
from rubric_sheets.authoring.lint.shape import check_shape
from rubric_sheets.authoring.problems import Problems
from rubric_sheets.authoring.toml_text import to_toml
from rubric_sheets.findings.finding import InputError
from rubric_sheets.rubric import load
from rubric_sheets.rubric.fields import (
    CHECK,
    CONTENT,
    FACT,
    GRADE,
    INDICATOR,
    KINDS,
    SHEET,
    Field,
    parameter_field,
    rule_fields,
    target_fields,
)
from rubric_sheets.rubric.order import in_order
from rubric_sheets.rules.lists import NAMES as NAMES_OF_LISTS
from rubric_sheets.rules.lists import in_cell, listed
from rubric_sheets.rules.lists.cell_text import quoted, unquoted

from .helpers import small, source_of

# Characters that mean something to a cell, to TOML, to XML or to Excel, and plain ones.
TEXTS = st.text(
    st.sampled_from(
        "；;、，,→：:（）()\"“”'=＝->[] \n\t％%_x0041&<\\#@+ab中文５０年1.😀\u00a0\u3000"
    ),
    min_size=1,
    max_size=14,
)
NAMES = TEXTS.filter(str.strip)
NUMBERS = st.one_of(
    st.decimals(-(10**6), 10**6, places=2, allow_nan=False).map(
        lambda d: format(d.normalize(), "f")
    ),
    st.sampled_from(
        [
            "0",
            "0.1",
            "1.50",
            "100",
            "0.30000000000000004",
            "12345678901234567890",
            "-0",
            "007",
            "5.",
            ".5",
        ]
    ),
)


def value(field: Field) -> st.SearchStrategy[Any]:
    if field.type == "number":
        return NUMBERS
    if field.type == "points":
        return st.one_of(NUMBERS, TEXTS)
    if field.type == "flag":
        return st.booleans()
    if field.type == "choice":
        return st.sampled_from(field.choices)
    if field.type == "texts":
        return st.lists(TEXTS, min_size=1, max_size=3)
    if field.type == "values":
        return st.dictionaries(NAMES, st.one_of(TEXTS, NUMBERS), min_size=1, max_size=4)
    if field.type == "rows":
        return st.lists(table(field.of), min_size=1, max_size=3)
    if field.type == "rule":
        return st.sampled_from(KINDS).flatmap(
            lambda kind: table(rule_fields(kind), kind=st.just(kind))
        )
    return TEXTS


def table(
    fields: tuple[Field, ...], **fixed: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    needed = {f.name: fixed.get(f.name, value(f)) for f in fields if f.required or f.name in fixed}
    return st.fixed_dictionaries(
        needed, optional={f.name: value(f) for f in fields if f.name not in needed}
    )


def sources() -> st.SearchStrategy[dict[str, Any]]:
    levels = st.lists(TEXTS, min_size=1, max_size=3)
    indicator = table(INDICATOR, levels=levels, id=st.just("x"))
    return st.fixed_dictionaries(
        {
            "id": st.just("own"),
            "version": TEXTS,
            "title": TEXTS,
            "source": TEXTS,
            "form": st.just("department"),
            "grades": st.lists(table(GRADE), min_size=1, max_size=3),
            "indicator": st.lists(indicator, min_size=1, max_size=3).map(
                lambda all_: [{**one, "id": f"i-{n}"} for n, one in enumerate(all_)]
            ),
        },
        optional={
            "caption": TEXTS,
            "full_marks": NUMBERS,
            "ratios": st.dictionaries(NAMES, TEXTS, min_size=1, max_size=3),
            "groups": st.dictionaries(NAMES, NUMBERS, min_size=1, max_size=2),
            "targets": table(target_fields()),
            "fact": st.lists(table(FACT), min_size=1, max_size=2),
            "check": st.lists(table(CHECK), min_size=1, max_size=2),
            "content": st.sampled_from(CONTENT),
            "shares": st.dictionaries(NAMES, st.one_of(TEXTS, NUMBERS), min_size=1, max_size=3),
            "sheet": st.lists(table(SHEET), min_size=1, max_size=3),
        },
    ).map(in_order)


def through_excel(source: dict[str, Any], path: Path) -> dict[str, Any]:
    path.write_bytes(workbook(source))
    read = read_excel(str(path))
    assert read.findings == []
    return read.source


def through_toml(source: dict[str, Any], path: Path) -> dict[str, Any]:
    path.write_text(to_toml(source), encoding="utf-8", newline="")
    return load.read_toml(str(path))


@pytest.mark.parametrize("rubric_id", load.published())
def test_published_rubrics(rubric_id: str, tmp_path: Path) -> None:
    source = source_of(rubric_id)
    excel = through_excel(source, tmp_path / "a.xlsx")
    assert excel == source
    text = through_toml(excel, tmp_path / "a.toml")
    assert text == source
    assert workbook(text) == workbook(source), "the same content is the same file"
    assert to_toml(excel) == to_toml(source)
    assert json.dumps(load.resolve(excel)) == json.dumps(load.resolve(in_order(source)))


@given(sources())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_rubric(tmp_path_factory: pytest.TempPathFactory, source: dict[str, Any]) -> None:
    problems = Problems()
    check_shape(source, problems)
    folder = tmp_path_factory.mktemp("any")
    assert [p for p in problems.found if p.code != "rubric-id"] == []
    excel = through_excel(source, folder / "a.xlsx")
    assert excel == source
    assert through_toml(excel, folder / "a.toml") == source
    assert to_toml(through_toml(source, folder / "b.toml")) == to_toml(source)


LISTS = {
    name: table(tuple(parameter_field(field) for field in listed(name).FIELDS))
    for name in NAMES_OF_LISTS
    if in_cell(name)
}


@given(
    st.sampled_from(sorted(LISTS)).flatmap(
        lambda kind: st.tuples(st.just(kind), st.lists(LISTS[kind], min_size=1, max_size=4))
    )
)
@settings(deadline=None, max_examples=300)
def test_lists_in_one_cell(made: tuple[str, list[Any]]) -> None:
    kind, rows = made
    assert from_text(to_text(rows, kind), kind) == rows


@given(TEXTS)
def test_texts_in_one_cell(text: str) -> None:
    assert unquoted(quoted(text)) == text


@given(st.dictionaries(NAMES, st.one_of(TEXTS, NUMBERS), min_size=1, max_size=4))
def test_facts_in_one_cell(facts: dict[str, str]) -> None:
    assert from_text(to_text(facts, "facts"), "facts") == facts


def test_the_canonical_text_reads_like_one_written_by_hand() -> None:
    """As the published ones are written: only their comments and the order of a rule's fields may
    differ."""
    with open(load.source_path("yueyang-department"), encoding="utf-8") as file:
        by_hand = {line for line in file.read().splitlines() if line and not line.startswith("#")}
    made = to_toml(source_of("yueyang-department")).splitlines()
    assert len([line for line in made if line and line not in by_hand]) <= 1


def test_toml_of_awkward_values(tmp_path: Path) -> None:
    source = small()
    source["version"] = "2021.10"
    source["caption"] = 'a"b\\c\nd\te'
    source["indicator"][0]["weight"] = "20.0"
    text = to_toml(source)
    assert 'version = "2021.10"' in text
    assert "weight = 20.0" in text
    assert through_toml(source, tmp_path / "a.toml") == in_order(source)


def test_what_no_cell_can_hold_is_said() -> None:
    source = small()
    source["indicator"][0]["case"] = [
        {"facts": {f"{n}{'长' * 7000}": "长" * 7000 for n in range(3)}, "score": "1"}
    ]
    with pytest.raises(InputError) as caught:
        workbook(source)
    assert caught.value.findings[0].code == "rubric-cell-too-long"


def test_texts_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    source = small()
    for number, start in enumerate("=+-@"):
        source["indicator"][number]["standard"] = start + "SUM(A1)"
    assert through_excel(source, tmp_path / "a.xlsx") == in_order(source)
