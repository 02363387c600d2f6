"""The sheet's own live formulas, recalculated by other programs, against the exact scores:
for every rubric and rule kind.

Facts are random and stand at, just over and just under every threshold; there are blanks, 不适用,
0/0, x/0 and texts where figures belong. LibreOffice recalculates them all in one run, from
workbooks whose cached values were made wrong on purpose; `formulas` takes a few, being slow.
"""

from __future__ import annotations

import io
import json
import random
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rubric_sheets.exact.quantities import NOT_APPLICABLE
from rubric_sheets.ooxml.book import Book
from rubric_sheets.pages.formulas import grade_formula
from rubric_sheets.places import slots
from rubric_sheets.rubric.load import form_ids, load, published
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.rules import KINDS, bands, grades
from rubric_sheets.rules.base import Cells

from .generate import Maker
from .honest import Honest
from .recalc import TAMPERED, Address, Sample, differs, libreoffice, sample, tamper, values_of
from .rubrics import every_rubric

IN_ALL = 60  # workbooks; LibreOffice needs a fifth of a second for each
ODD_TEXTS = ("五十", "12 万元", "／", " ", "12,5", "N/A", "１２")


def one_sample(rubric: Rubric, seed: int) -> Sample:
    data = Maker(rubric, seed).data()
    texts: dict[str, str] = {}
    if seed % 4 == 3:
        rng = random.Random(seed)
        numbers = [
            name
            for name, spec in rubric["facts"].items()
            if spec["kind"] in ("amount", "count", "percent", "breach_count")
        ]
        texts = {
            name: rng.choice(ODD_TEXTS)
            for name in rng.sample(numbers, 3)
            if data["facts"].get(name) is not None
        }
    return sample(rubric, f"{rubric['id']} {seed}", data, texts)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    rubrics = every_rubric()
    empty = [sample(rubric, f"{rubric['id']} empty", {}) for rubric in rubrics]
    funds = {"当年财政拨款全年预算数": 10, "当年财政拨款全年执行数": 8}
    totals = {"年度资金总额全年预算数": 0, "年度资金总额全年执行数": 8}
    odd = [
        sample(load("project"), "project parts", {"facts": funds | totals}),
        sample(load("yueyang-department"), "yueyang-department lazy", {"facts": {"累计结余": 0}}),
    ]
    complete = [
        sample(rubric, f"{rubric['id']} honest {seed}", Honest(rubric, seed).data())
        for rubric in map(load, published())
        for seed in range(4)
    ]
    return (
        empty
        + complete
        + odd
        + [
            one_sample(rubric, seed)
            for rubric in rubrics
            for seed in range(max(6, IN_ALL // len(rubrics)))
        ]
    )


@pytest.fixture(scope="module")
def recalculated(
    samples: list[Sample], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Sample, dict[Address, Any]]]:
    folder = tmp_path_factory.mktemp("recalculated")
    return [(one, values_of(data)) for one, data in libreoffice(folder, samples)]


def cached(folder: Path, data: bytes) -> dict[Address, tuple[str | None, Any]]:
    """Every cell of a workbook as its file holds it: formula, and cached value."""
    path = folder / "book.xlsx"
    path.write_bytes(data)
    book = Book.open(str(path))
    found: dict[Address, tuple[str | None, Any]] = {}
    for name in book.sheets:
        sheet = book.sheet(name)
        for row in range(1, 80):
            for column in range(1, 21):
                cell = sheet.cell(row, column)
                if cell is not None:
                    value = float(cell.text) if cell.kind == "number" else cell.text
                    found[name, f"{chr(64 + column)}{row}"] = (cell.formula, value)
    return found


def wrong_cells(one: Sample, shown: dict[Address, Any]) -> list[str]:
    return [
        f"{one.name}: {sheet}!{cell} {slot}: {shown.get((sheet, cell))!r}, not {expected!r}"
        for (sheet, cell), (slot, expected) in one.wanted.items()
        if differs(shown.get((sheet, cell)), expected)
    ]


def test_every_formula_gives_the_exact_score(
    recalculated: list[tuple[Sample, dict[Address, Any]]],
) -> None:
    wrong = [line for one, shown in recalculated for line in wrong_cells(one, shown)]
    assert not wrong, "\n".join(wrong[:20])


def test_the_values_of_a_new_workbook_are_those_of_its_formulas(
    samples: list[Sample], tmp_path: Path
) -> None:
    for one in samples:
        cells = cached(tmp_path, one.data)
        assert {place for place, (formula, _) in cells.items() if formula is not None} == set(
            one.wanted
        ), one.name
        wrong = wrong_cells(one, {place: value for place, (_, value) in cells.items()})
        assert not wrong, "\n".join(wrong[:20])


def test_recalculation_really_happened(
    samples: list[Sample], recalculated: list[tuple[Sample, dict[Address, Any]]], tmp_path: Path
) -> None:
    for one in samples[:3]:
        given = cached(tmp_path, tamper(one.data))
        assert {float(given[place][1]) for place in one.wanted} == {float(TAMPERED)}, (
            "LibreOffice was given wrong values only"
        )
    assert not [
        place
        for _, shown in recalculated
        for place, value in shown.items()
        if value == float(TAMPERED)
    ]


def test_the_samples_reach_every_kind_of_rule_and_every_outcome(samples: list[Sample]) -> None:
    """A test that compares only blanks would prove nothing."""
    rubrics = every_rubric()
    for form in form_ids():
        mine = [rubric for rubric in rubrics if rubric["form"] == form]
        used = {spec["rule"]["kind"] for rubric in mine for spec in rubric["indicators"]}
        lists = {"target" for rubric in mine if "targets" in rubric}
        assert used | lists == set(KINDS), form
    seen = Counter(
        (slots.parse(slot).kind, value if isinstance(value, str) else "number")
        for one in samples
        for slot, value in one.wanted.values()
    )
    for column in ("测算得分", "得分", "指标值"):
        for outcome in ("number", "", NOT_APPLICABLE):
            assert seen[column, outcome] > 10, (column, outcome)
    for pair in (
        ("测算得分", "无法计算"),
        ("测算得分", "自评"),
        ("指标值", "无法计算"),
        ("总分", "number"),
        ("总分", ""),
        ("等次", ""),
    ):
        assert seen[pair], pair
    grades = {grade["name"] for rubric in rubrics for grade in rubric["grades"]}
    assert sum(1 for grade in grades if seen["等次", grade]) >= 3
    for rubric in rubrics:
        mine = [one for one in samples if one.name.split()[0] == rubric["id"]]
        for spec in rubric["indicators"]:
            shown = {
                str(value)
                for one in mine
                for slot, value in one.wanted.values()
                if slot == slots.score(spec["id"])
            }
            assert len(shown) > 1, f"{rubric['id']} {spec['id']}: always {shown}"


def test_another_engine_agrees(samples: list[Sample], tmp_path: Path) -> None:
    """The package `formulas`, one workbook of each rubric and one with odd texts;
    there is no cell that it cannot do, but for links."""
    from formulas import ExcelModel

    picked = [one for one in samples if one.name.endswith(" 1")] + [
        one for one in samples if one.name == "every-kind 3"
    ]
    for number, one in enumerate(picked):
        path = tmp_path / f"B{number}.xlsx"
        path.write_bytes(tamper(one.data))
        solution = ExcelModel().loads(str(path)).finish().calculate()
        shown = {}
        links = linked(one.data)
        for sheet, cell in one.wanted:
            if (sheet, cell) in links:
                shown[sheet, cell] = one.wanted[sheet, cell][1]
                continue
            found = solution.get(f"'[{path.name}]{sheet.upper()}'!{cell}")
            shown[sheet, cell] = None if found is None else plain_value(found.value[0, 0])
        wrong = wrong_cells(one, shown)
        assert not wrong, "\n".join(wrong[:20])


def linked(data: bytes) -> set[Address]:
    """The cells whose formula makes a link, which the package knows nothing of."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if "HYPERLINK(" in str(cell.value)
    }


def plain_value(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    return (
        float(value)
        if value is not None and not isinstance(value, bool) and hasattr(value, "__float__")
        else value
    )


def test_words_of_a_rubric_stay_words() -> None:
    """A quote in a grade's or a level's name ends no text of a formula."""
    word = '优"&WEBSERVICE("http://x")&"'
    spoilt = '"优""&WEBSERVICE(""http://x"")&"""'
    rubric = json.loads(json.dumps(load("yueyang-department")))
    rubric["grades"][0]["name"] = word
    assert spoilt in grade_formula(rubric, "A1")
    rule = {"fact": "甲", "levels": [{"name": word, "points": "1"}]}
    assert f"甲={spoilt}" in grades.formula(rule, Cells("A1", "B1"))


def test_a_band_is_not_missed_by_binary_dust() -> None:
    """(1.1 − 1) ÷ 1 is a little more than 10% in a spreadsheet."""
    dusty = (1.1 - 1) / 1
    assert dusty * 100 > 10
    rule: Any = {
        "kind": "bands",
        "bands": [
            {"range": "(,10]", "points": "2"},
            {"range": "(10,20]", "points": "1"},
            {"range": "(20,)", "points": "0"},
        ],
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        text = "=" + bands.formula(rule, Cells("3", "G5*100"))
        compiled = formulas.Parser().ast(text)[1].compile()
    assert float(compiled(dusty)) == 2
    assert float(compiled(0.11)) == 1
