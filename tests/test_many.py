"""Many workbooks in one call: one at a time, one list of results."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rubric_sheets.commands.cli import main

MEASURED = """
import sys
from rubric_sheets.commands.cli import main
code = main(["check", "--json", *sys.argv[1:]])
status = open("/proc/self/status", encoding="ascii").read()
sys.stderr.write(status.partition("VmHWM:")[2].split()[0])
sys.exit(code)
"""


def peak_memory(books: list[str]) -> int:
    """Kilobytes that `check --json` of these workbooks needs at most; Linux tells them."""
    call = [sys.executable, "-c", MEASURED, *books]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return int(done.stderr)


def test_many_workbooks_are_held_one_at_a_time(tmp_path: Path) -> None:
    books = [str(tmp_path / f"{number}.xlsx") for number in range(300)]
    for book in books:
        shutil.copy("examples/yueyang-2021.xlsx", book)
    few, many = peak_memory(books[:20]), peak_memory(books)
    assert many < few + 8000  # kept, 280 evaluations would take more than 60,000
    assert many < 60_000


def test_several_workbooks_are_one_json_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = [f"examples/{name}.xlsx" for name in ("yueyang-2021", "xushui-2023", "ziyang-2022")]
    single = []
    for book in books:
        main(["check", "--json", book])
        single.append(json.loads(capsys.readouterr().out))
    assert main(["check", "--json", *books, str(tmp_path / "没有.xlsx")]) == 2
    out = capsys.readouterr().out
    assert json.loads(out) == single
    assert out == json.dumps(single, ensure_ascii=False, indent=1) + "\n"


def test_the_slots_that_must_hold_a_formula() -> None:
    """A check looks for these alone; they are those that a scoring run looks at, in its order."""
    from rubric_sheets.books.shown_values import formula_slots, scores
    from rubric_sheets.books.write import BY_FORMULA
    from rubric_sheets.checks.evaluation import evaluate
    from rubric_sheets.facts.json_form import apply, blank
    from rubric_sheets.places import slots

    from .generate import Maker
    from .rubrics import every_rubric

    for rubric in every_rubric():
        for seed in range(3):
            facts = blank(rubric)
            apply(rubric, facts, Maker(rubric, seed).data())
            card = evaluate(rubric, facts).card
            wanted = [
                slot for slot in scores(rubric, facts, card) if slots.parse(slot).kind in BY_FORMULA
            ]
            assert (
                [
                    slot
                    for slot, _ in formula_slots(rubric, card)
                    if slots.parse(slot).kind in BY_FORMULA
                ]
                == wanted
                != []
            )
