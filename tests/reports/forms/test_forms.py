"""Forms and tables of many layouts in every format: clean ones are silent, one wrong figure is
found and nothing else is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .measure import Tally, cases, measured, table

DOCS = Path(__file__).resolve().parents[3] / "docs" / "reports.md"
SEEDS = range(2, 12)


@pytest.fixture(scope="module")
def tally() -> Tally:
    return measured(cases(1), some=True)


def test_clean_forms_are_silent(tally: Tally) -> None:
    assert [text for (kind, _), texts in tally.other.items() if not kind for text in texts] == []


def test_a_wrong_figure_is_found(tally: Tally) -> None:
    assert tally.missed == []


def test_nothing_else_is_told(tally: Tally) -> None:
    assert [text for (kind, _), texts in tally.other.items() if kind for text in texts] == []


def test_the_table_in_the_docs_is_this_one(tally: Tally) -> None:
    assert table(tally) in DOCS.read_text("utf-8"), "python -m tests.reports.forms.measure"


if "SOAK" in os.environ:  # a quarter of an hour

    @pytest.mark.parametrize("seed", SEEDS)
    def test_other_figures(seed: int) -> None:
        tally = measured(cases(seed), some=False)
        made = sum(count for (kind, _), count in tally.made.items() if kind)
        other = sum(map(len, tally.other.values()))
        assert len(tally.missed) <= made * 0.05
        assert other <= made * 0.05
