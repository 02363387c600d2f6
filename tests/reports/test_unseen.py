"""Invented reports in the wordings of many places: clean ones are silent, and a figure that is
altered is found. A few of each here; `SOAK=1` tries hundreds, in every format."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .unseen.measure import GENRES, PROSE, all_of, clean, judged, table
from .unseen.writer import Writer

SOAK = bool(os.environ.get("SOAK"))
SEEDS = range(100, 180 if SOAK else 103)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "reports.md"


@pytest.mark.parametrize("genre", PROSE)
def test_clean_reports_are_silent(genre: str) -> None:
    for seed in SEEDS:
        assert clean(genre, seed)[1] == [], seed


@pytest.mark.parametrize("genre", PROSE)
def test_altered_figures_are_found(genre: str) -> None:
    _, tried = all_of(genre, SEEDS)
    missed = [f"{one.seed} {one.site}" for one in tried if not one.told]
    assert len(tried) > len(SEEDS) * 3
    assert len(missed) <= len(tried) * 0.05, missed


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("genre", PROSE)
def test_every_format_is_read_alike(genre: str, kind: str) -> None:
    for seed in SEEDS if SOAK else SEEDS[:1]:
        w = Writer(seed)
        blocks = GENRES[genre](w)
        assert clean(genre, seed, kind)[1] == []
        kinds = [(one.kind, one.claimed) for one in judged(blocks).statements]
        assert len([(one.kind, one.claimed) for one in judged(blocks, kind).statements]) == len(
            kinds
        )


def test_the_table_in_the_docs_is_this_one() -> None:
    assert table() in DOCS.read_text("utf-8"), "python -m tests.reports.unseen.measure table"
