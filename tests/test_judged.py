"""Signal before noise: every line that `check` says of the examples was judged by a person, in
`cases/judged.toml`. A line that nobody has judged is noticed here."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.tasks.score import score_book

ROOT = Path(__file__).resolve().parent.parent
VERDICTS = {"有用", "重复", "无用", "说错"}
CASES = tomllib.loads((ROOT / "tests" / "cases" / "judged.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["book"])
def test_every_line_has_been_judged(case: dict[str, Any]) -> None:
    book = str(ROOT / "examples" / f"{case['book']}.xlsx")
    evaluation, _ = score_book(book, write=False)
    said = [(one.code, one.place) for one in evaluation.findings]
    assert said == [(line["code"], line["at"]) for line in case["lines"]]


def test_every_example_is_judged() -> None:
    books = {path.stem for path in (ROOT / "examples").glob("*.xlsx")}
    assert {case["book"] for case in CASES} == books


def test_most_lines_are_useful_and_none_is_false() -> None:
    verdicts = [line["verdict"] for case in CASES for line in case["lines"]]
    assert set(verdicts) <= VERDICTS
    assert "说错" not in verdicts
    assert verdicts.count("有用") >= 0.7 * len(verdicts)
