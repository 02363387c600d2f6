"""How much is found, and how much of it is true: the table of docs/reports.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from .marked import CASES, Case, changed, score, table
from .miniatures import CLEAN

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reports.md"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_all_that_is_marked_is_found_and_nothing_else(case: Case) -> None:
    one = score(case)
    assert (one.found, one.true) == (one.wrong, one.made)


def test_a_changed_figure_is_found() -> None:
    tried, found = changed(CLEAN)
    assert tried > 40
    assert found >= tried * 0.95


def test_the_table_in_the_docs_is_this_one() -> None:
    assert table() in DOCS.read_text("utf-8"), "python -m tests.reports.marked"
