"""The promise: whoever types the exact scores, rounded, with a reason for each lost point,
hears nothing about it, and may hand it in.
"""

from __future__ import annotations

import os

import pytest

from rubric_sheets.checks.evaluation import evaluate
from rubric_sheets.export import handed_in
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.rubric import load
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.scoring.result import is_near

from .honest import Honest

UNITS = int(os.environ.get("HONEST_UNITS", "40"))  # of each rubric; `make soak` takes many
RUBRICS = [pytest.param(load.load(one), id=one) for one in load.published()]


@pytest.mark.parametrize("rubric", RUBRICS)
def test_an_honest_unit_hears_nothing(rubric: Rubric) -> None:
    for seed in range(UNITS):
        data = Honest(rubric, seed).data()
        facts = blank(rubric)
        apply(rubric, facts, data)
        evaluation = evaluate(rubric, facts)
        assert not evaluation.findings, f"{seed}: {evaluation.findings}"
        card = evaluation.card
        assert card.complete
        assert card.grade
        assert card.possible == (card.total, card.total)
        shown = handed_in.totals(evaluation)
        assert shown.grade == card.grade
        assert shown.total is not None
        assert shown.total == facts.claims.total or is_near(shown.total, card.total)
        assert shown.base == card.base
