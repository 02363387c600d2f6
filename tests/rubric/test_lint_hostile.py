"""Rubrics out of anywhere: a check never fails, and what it lets pass can be scored."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.authoring.lint import check as lint
from rubric_sheets.authoring.problems import as_findings
from rubric_sheets.checks.evaluation import as_json, evaluate
from rubric_sheets.facts.json_form import blank
from rubric_sheets.rubric import load
from rubric_sheets.rubric.order import in_order

from .helpers import errors, source_of

ROOT = Path(__file__).parents[2]
JUNK: list[Any] = [
    None,
    "",
    0,
    5,
    -1,
    1.5,
    True,
    False,
    [],
    {},
    "x",
    "是",
    "-5",
    "0",
    "1e9",
    "9" * 50,
    "(((",
    "a+b",
    "A1",
    [None],
    [[]],
    [{}],
    {"a": 1},
    "x" * 9000,
    "[90,)",
    "\x00",
    "编制数 > 0",
    "编制数",
    "单位名称",
    "deduct",
    "target",
    "percent",
    {"kind": "bands"},
]


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(found for key, part in inner for found in paths(part, (*path, key)))]


def spoiled(value: Any, places: list[tuple[Any, ...]], rng: random.Random) -> Any:
    """A copy in which something is lost, renamed, doubled or replaced by junk."""
    out = copy.deepcopy(value)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        *way, last = rng.choice(places[1:])
        place = out
        try:
            for step in way:
                place = place[step]
            chance = rng.random()
            if chance < 0.25:
                del place[last]
            elif chance < 0.4 and isinstance(place, dict):
                place[rng.choice(("zz", "", "a b", "1x"))] = place.pop(last)
            elif chance < 0.5 and isinstance(place, list):
                place.append(copy.deepcopy(place[last]))
            else:
                place[last] = copy.deepcopy(rng.choice(JUNK))
        except (LookupError, TypeError):
            continue
    return out


SHAPED = "small-department"  # an example, with sheets of its own
ALL = [*load.published(), SHAPED]


def source_named(rubric_id: str) -> Any:
    if rubric_id != SHAPED:
        return source_of(rubric_id)
    return load.read_toml(str(ROOT / "examples" / "rubrics" / f"{SHAPED}.toml"))


def resolved(rubric_id: str) -> Any:
    return json.loads(json.dumps(load.resolve(in_order(source_named(rubric_id)))))


@pytest.mark.parametrize("rubric_id", ALL)
def test_published_rubrics_pass(rubric_id: str) -> None:
    assert lint.check_resolved(resolved(rubric_id)) == []


@pytest.mark.parametrize("rubric_id", ALL)
def test_a_spoiled_resolved_rubric(rubric_id: str) -> None:
    rubric, rng = resolved(rubric_id), random.Random(rubric_id)
    places = paths(rubric)
    for _ in range(200):
        one = spoiled(rubric, places, rng)
        if not lint.check_resolved(one):
            as_json("", evaluate(one, blank(one), published=False))


@pytest.mark.parametrize("rubric_id", ALL)
def test_a_spoiled_source(rubric_id: str) -> None:
    source, rng = source_named(rubric_id), random.Random(rubric_id)
    places = paths(source)
    for _ in range(40):
        one = spoiled(source, places, rng)
        found = lint.check_source(one)
        as_findings(found, one)
        if not errors(found):
            assert lint.check_resolved(json.loads(json.dumps(load.resolve(in_order(one))))) == []


def deep(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "part",
    [
        "facts",
        "tables",
        "ratios",
        "groups",
        "indicators",
        "grades",
        "checks",
        "budget",
        "targets",
        "sheet",
        "caption",
        "full_marks",
    ],
)
@pytest.mark.parametrize(
    "junk",
    [*JUNK, deep(50_000), {"a": deep(50_000)}, [deep(50_000)], ["x"] * 100_000],
    ids=range(len(JUNK) + 4),
)
def test_parts_of_any_shape(part: str, junk: Any) -> None:
    rubric = resolved("yueyang-department")
    rubric[part] = junk
    if not lint.check_resolved(rubric):
        evaluate(rubric, blank(rubric), published=False)


@pytest.mark.parametrize(
    "formula",
    [
        "(" * 5000,
        "-" * 5000 + "1",
        "+".join(["编制数"] * 5000),
        "9" * 5000,
        "min(" * 60,
        "编制数 / 编制数 / \x00",
        "编制数.__class__",
    ],
)
def test_formulas_that_would_exhaust_the_stack(formula: str) -> None:
    rubric = resolved("yueyang-department")
    rubric["ratios"]["在职人员控制率"]["formula"] = formula
    assert lint.check_resolved(rubric)


def test_the_number_of_findings_is_bounded() -> None:
    rubric = resolved("yueyang-department")
    rubric["indicators"] = [{} for _ in range(2000)]
    assert 0 < len(lint.check_resolved(rubric)) <= 20
