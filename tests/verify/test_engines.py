"""What each engine gets wrong stands in docs/limits.md, and nothing else is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.engines import ENGINES, engine, wrong_table
from rubric_sheets.books.create import workbook
from rubric_sheets.rubric.load import load, published
from rubric_sheets.verify.compare import UNABLE
from rubric_sheets.verify.verifying import verify

from ..generate import Maker

SUMS = re.compile(r"SUM\(([^()]*)\)")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "limits.md"


def rows(text: str) -> list[str]:
    """Lines of the table, whatever the versions."""
    return re.findall(r"^\| (\w+) [\d.]+ (\| .* \| .* \| .* \| `.*` \|)$", text, re.MULTILINE)


@pytest.mark.parametrize("name", ENGINES)
def test_the_table_is_what_the_engine_says(name: str) -> None:
    title = engine(name).NAME
    told = [row for row in rows(PAGE.read_text("utf-8")) if row[0] == title]
    assert rows("\n".join(wrong_table((name,)))) == told


def test_the_table_is_there() -> None:
    text = PAGE.read_text("utf-8")
    assert rows(text)
    counts = re.findall(r"^\| (\w+) [\d.]+ \|((?: \d+ \|){6})$", text, re.MULTILINE)
    assert {name for name, _ in counts} == {engine(name).NAME for name in ENGINES}
    for _, figures in counts:
        books, formulas, *verdicts = map(int, re.findall(r"\d+", figures))
        assert books > 0
        assert formulas == sum(verdicts) > 0


def test_why_ironcalc_cannot_do_some() -> None:
    """In every workbook with such cells, one of them sums names, one of which holds a text."""
    books = 0
    for rubric in map(load, published()):
        for seed in range(4):
            data = Maker(rubric, seed).data()
            found = verify("b.xlsx", engine("ironcalc"), workbook(rubric, data))
            unable = [one.live.formula for one in found.cells if one.verdict == UNABLE]
            if unable:
                books += 1
                texts = {name for name, value in data["facts"].items() if value == "不适用"}
                sums = [names for formula in unable for names in SUMS.findall(formula)]
                assert any(texts & set(names.split(",")) for names in sums)
    assert books > 0
