"""Saved by LibreOffice, opened, scored with the button, saved again: every rubric, the same facts
and scores as the command line has for the file as it was made."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.books.read import open_projects
from rubric_sheets.rubric.load import published
from rubric_sheets.tasks.score import score_book
from rubric_sheets.tasks.transfer import dump_projects
from tests.books import place
from tests.test_former import FORMER
from tests.test_saved_again import honest

from .sheets import differing, in_file, on_screen

FORMER_BOOKS = sorted(FORMER.glob("*.xlsx"))


def saved_and_scored(path: Path, number: int, open_book: Any, click: Any) -> tuple[Path, Any]:
    """A copy that LibreOffice saved after a click; and what the sheets of results show there."""
    book = open_book(path)
    done = click(book, "calculate")
    assert (done.returncode, done.stderr) == (0, "")
    shown = on_screen(book)
    saved = path.with_name(f"存{number}.xlsx")
    book.save(str(saved))
    book.close()
    return saved, shown


def goes_round(path: Path, open_book: Any, click: Any, grade_by_formula: bool = True) -> None:
    facts = dump_projects(open_projects(str(path)))
    filed = Path(shutil.copy(path, path.with_name("命令行.xlsx")))
    score_book(str(filed), write=True)
    wanted = in_file(filed)
    for number in (1, 2, 3):
        path, shown = saved_and_scored(path, number, open_book, click)
        for cells in () if grade_by_formula else (shown, wanted):
            cells.pop(place(str(path), "等次"), None)
        assert differing(shown, wanted) == [], f"click {number}"
        assert dump_projects(open_projects(str(path))) == facts, f"saved {number} times"


@pytest.mark.parametrize("rubric_id", published())
def test_every_rubric(rubric_id: str, open_book: Any, click: Any, tmp_path: Path) -> None:
    goes_round(honest(rubric_id, 7, tmp_path), open_book, click)


@pytest.mark.parametrize("former", FORMER_BOOKS, ids=[path.stem for path in FORMER_BOOKS])
def test_workbooks_of_the_former_version(
    former: Path, open_book: Any, click: Any, tmp_path: Path
) -> None:
    """Their own formula of the grade knows no range of what is still possible."""
    copy = Path(shutil.copy(former, tmp_path / "旧.xlsx"))
    goes_round(copy, open_book, click, grade_by_formula=False)
